/** Rows as the domain reads them: JSON columns parsed, times still epoch milliseconds. */
import { getTableColumns } from "drizzle-orm";
import { leads } from "../../schema/tables/leads.ts";
import type { AccountFacts, OpportunityFacts } from "../domain/routing/facts.ts";
import type { CompanyFacts } from "../domain/enrichment/company.ts";
import type { EnrichedLead } from "../domain/enrichment/enrich.ts";
import type { Match } from "../domain/matching/types.ts";
import type { Timer } from "../domain/sla/timers.ts";
import type { Stage, Status } from "../../schema/life.ts";
import { parseJson } from "./db.ts";

type RawLead = typeof leads.$inferSelect;

export interface RoutingNote {
  ruleId: string | null;
  target: string;
  reason: string;
}

export interface DispositionNote {
  code: string;
  label: string;
  outcome: string;
  note: string | null;
  nextStep: string | null;
  recycleOn: string | null;
  suppress?: boolean;
  at: number;
  by: string;
}

/** A lead as flows work with it. */
export interface LeadRow extends Omit<
  RawLead,
  | "facts"
  | "match"
  | "tags"
  | "routing"
  | "timers"
  | "disposition"
  | "status"
  | "stage"
  | "provisional"
  | "overflow"
  | "open"
> {
  status: Status;
  stage: Stage;
  open: boolean;
  provisional: boolean;
  overflow: boolean;
  facts: StoredFacts;
  match: Match;
  tags: string[];
  routing: RoutingNote;
  timers: Timer[];
  disposition: DispositionNote | null;
}

/** What `leads.facts` holds: the enriched person, undeclared fields, and where they came from. */
export interface StoredFacts {
  lead: EnrichedLead;
  custom: Record<string, unknown>;
  page: Record<string, unknown>;
  attribution: Record<string, unknown>;
  consent: unknown;
  /** What a data provider said of the company; absent until one was asked. */
  company?: CompanyFacts | null;
}

export type LeadRecord = Record<string, unknown>;

const LEAD_COLUMNS = Object.entries(getTableColumns(leads)).map(
  ([name, column]) => [name, column.name] as const,
);

/** From a raw row of `leads`, whatever else it holds beside `leads.*`. */
export const toLead = (record: LeadRecord): LeadRow => {
  const raw = Object.fromEntries(LEAD_COLUMNS.map(([name, column]) => [name, record[column]])) as RawLead;
  return {
    ...raw,
    status: raw.status as Status,
    stage: raw.stage as LeadRow["stage"],
    open: raw.open === 1,
    provisional: raw.provisional === 1,
    overflow: raw.overflow === 1,
    facts: parseJson<StoredFacts>(raw.facts),
    match: parseJson<Match>(raw.match),
    tags: parseJson<string[]>(raw.tags),
    routing: parseJson<RoutingNote>(raw.routing),
    timers: parseJson<Timer[]>(raw.timers),
    disposition: raw.disposition === null ? null : parseJson<DispositionNote>(raw.disposition),
  };
};

export const toAccount = (row: Record<string, unknown>): AccountFacts => ({
  id: row["id"] as string,
  name: row["name"] as string,
  domain: row["domain"] as string | null,
  parentId: row["parent_id"] as string | null,
  owner: row["owner"] as string | null,
  roles: parseJson<Record<string, string>>(row["roles"] as string),
  country: row["country"] as string | null,
  city: row["city"] as string | null,
  industry: row["industry"] as string | null,
  employees: row["employees"] as number | null,
  lifecycle: row["lifecycle"] as string | null,
  extra: parseJson<Record<string, unknown>>(row["extra"] as string),
});

export const toOpportunity = (row: Record<string, unknown>): OpportunityFacts & { accountId: string } => ({
  id: row["id"] as string,
  accountId: row["account_id"] as string,
  stage: row["stage"] as string | null,
  amount: row["amount"] as number | null,
  owner: row["owner"] as string | null,
});
