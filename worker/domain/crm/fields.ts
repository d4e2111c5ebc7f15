/** The fields of CRM records, and the names under which CRMs export them. Names compare without case, spaces and marks. */
import type { CrmKind } from "../../../schema/wire/crm.ts";

export type FieldType = "text" | "number" | "count" | "flag" | "list" | "instant" | "time" | "record";

export interface Field {
  type: FieldType;
  /** Best first: an owner's e-mail says more than the name that stands in "Account Owner". */
  names: readonly string[];
}

const field = (type: FieldType, names: string): Field => ({ type, names: names.split(" ") });

const OWNER = "owner owneremail ownerid hubspotownerid hubspotowner recordowner";
const ACTIVITY = field(
  "time",
  "lastactivityat lastactivitydate lastactivity lastcontacted noteslastcontacted updatedat lastmodifieddate lastmodified hslastmodifieddate",
);
const LIFECYCLE = field("text", "lifecycle lifecyclestage lifecyclestatus customerstatus");
const ACCOUNT_ID =
  "accountid companyid associatedcompanyid primaryassociatedcompanyid associatedcompanyidsprimary primarycompanyid organizationid organisationid account";
const EXTRA = field("record", "extra");

/** In the order in which an error names them. */
export const FIELDS: Record<CrmKind, Readonly<Record<string, Field>>> = {
  accounts: {
    id: field(
      "text",
      "id accountid recordid companyid hsobjectid organizationid organisationid donotmodifyaccount",
    ),
    name: field(
      "text",
      "name accountname companyname organizationname organisationname company organization organisation",
    ),
    domain: field(
      "text",
      "domain companydomainname companydomain emaildomain primarydomain domainname website websiteurl companywebsite organizationwebsite url web",
    ),
    domains: field("list", "domains aliasdomains additionaldomains otherdomains alternatedomains aliases"),
    parentId: field(
      "text",
      "parentid parentaccountid parentcompanyid parent parentaccount parentorganization",
    ),
    owner: field(
      "text",
      `${OWNER} accountowneremail accountownerid companyowner organizationowner accountowner`,
    ),
    csm: field("text", "csm csmemail csmid csmowner customersuccessmanager"),
    roles: field("record", "roles"),
    country: field(
      "text",
      "country countrycode countryregion billingcountrycode billingcountry hqcountry address1countryregion organizationcountryofaddress " +
        "primarylocationcountrycode primarylocationcountry companycountry",
    ),
    city: field(
      "text",
      "city billingcity hqcity town address1city organizationcitytownvillagelocalityofaddress primarylocationcity companycity",
    ),
    industry: field("text", "industry sector"),
    employees: field(
      "count",
      "employees numberofemployees noofemployees employeecount organizationemployeecount headcount companysize",
    ),
    lifecycle: LIFECYCLE,
    lastActivityAt: ACTIVITY,
    extra: EXTRA,
  },
  contacts: {
    id: field("text", "id contactid personid recordid hsobjectid donotmodifycontact"),
    email: field("text", "email emailaddress workemail businessemail personemailwork personemail mail"),
    accountId: field("text", ACCOUNT_ID),
    name: field("text", "name fullname contactname personname"),
    firstName: field("text", "firstname givenname"),
    lastName: field("text", "lastname surname familyname"),
    title: field("text", "title jobtitle position"),
    phone: field(
      "text",
      "phone phonenumber businessphone workphone mobilephone mobile mobilephonenumber personphonework",
    ),
    owner: field("text", `${OWNER} contactowneremail contactownerid contactowner personowner`),
    lifecycle: LIFECYCLE,
    doNotContact: field("flag", "donotcontact dnc"),
    lastActivityAt: ACTIVITY,
    extra: EXTRA,
  },
  opportunities: {
    id: field("text", "id opportunityid dealid recordid hsobjectid donotmodifyopportunity"),
    accountId: field("text", ACCOUNT_ID),
    name: field("text", "name opportunityname dealname dealtitle"),
    open: field("flag", "open isopen"),
    isClosed: field("flag", "isclosed closed isdealclosed"),
    // Pipedrive's status says whether a deal is won or lost; its stage doesn't.
    stage: field("text", "stage dealstatus stagename dealstage opportunitystage"),
    amount: field("number", "amount dealamount dealvalue value"),
    currency: field("text", "currency currencyisocode currencycode dealcurrencycode"),
    owner: field("text", `${OWNER} opportunityowneremail opportunityownerid dealowner opportunityowner`),
    closeDate: field("text", "closedate expectedclosedate"),
    createdAt: field("instant", "createdat createddate createdate createdon dealcreated addtime"),
    lastActivityAt: ACTIVITY,
    extra: EXTRA,
  },
};

export const squash = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

/** Which of a record's own names is which field, in the order of preference; the rest is extra. */
export interface Naming {
  fields: ReadonlyMap<string, readonly string[]>;
  others: readonly string[];
}

const indexes = new Map<CrmKind, Map<string, { field: string; rank: number }>>();

const indexOf = (kind: CrmKind): Map<string, { field: string; rank: number }> => {
  let index = indexes.get(kind);
  if (!index) {
    const entries = Object.entries(FIELDS[kind]).flatMap(([field, { names }]) =>
      names.map((name, rank) => [name, { field, rank }] as const),
    );
    index = new Map(entries);
    indexes.set(kind, index);
  }
  return index;
};

/** The field's own spelling goes before any other. */
export const nameFields = (kind: CrmKind, names: readonly string[]): Naming => {
  const index = indexOf(kind);
  const found = new Map<string, { name: string; rank: number }[]>();
  const others: string[] = [];
  for (const name of names) {
    const known = index.get(squash(name));
    if (!known) others.push(name);
    else
      found.set(known.field, [
        ...(found.get(known.field) ?? []),
        { name, rank: name === known.field ? -1 : known.rank },
      ]);
  }
  const fields = [...found].map(
    ([field, list]) => [field, list.sort((a, b) => a.rank - b.rank).map(({ name }) => name)] as const,
  );
  return { fields: new Map(fields), others };
};
