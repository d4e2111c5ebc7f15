/** Rows of the demo's CRM, in the shape that the bulk upserts take. */

export interface AccountRow {
  id: string;
  name: string;
  domain: string;
  domains: string[];
  parentId: string | null;
  /** As CRMs name people: by our id, by e-mail, by their own id. */
  owner: string | null;
  csm: string | null;
  country: string;
  city: string;
  industry: string;
  employees: number;
  lifecycle: "prospect" | "customer" | "churned" | "competitor" | "partner";
}

export interface ContactRow {
  id: string;
  email: string;
  accountId: string;
  name: string;
  title: string;
  phone: string | null;
  owner: string | null;
}

export interface OpportunityRow {
  id: string;
  accountId: string;
  name: string;
  open: boolean;
  stage: string;
  amount: number;
  currency: string;
  owner: string | null;
  /** YYYY-MM-DD. */
  closeDate: string;
}

export interface Crm {
  accounts: AccountRow[];
  contacts: ContactRow[];
  opportunities: OpportunityRow[];
}
