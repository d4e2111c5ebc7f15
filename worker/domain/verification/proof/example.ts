/**
 * A lead made from a point of the proof, as somebody could send it to the dry run; and what becomes of it there. The same
 * functions as in production read, score and route it, so an example that is shown has been seen to happen.
 */
import type { Assumption } from "../../../../schema/wire/route.ts";
import type { Compiled } from "../../config/compiled.ts";
import { enrich } from "../../enrichment/enrich.ts";
import { readTitle } from "../../enrichment/title.ts";
import { localParts, startOfDate } from "../../calendar/local.ts";
import { assumed } from "../../routing/assumed.ts";
import { assembleFacts, type Scored } from "../../routing/facts.ts";
import type { Value } from "./candidates.ts";

/** As the dry run takes it. */
export interface ExampleLead {
  fields: Record<string, string | number | boolean | string[]>;
  formKey?: string;
  source?: string;
  page?: Record<string, unknown>;
  assume: Assumption;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const TITLES =
  "Founder|CEO|VP of Sales|Sales Director|Marketing Manager|Senior Engineer|Engineer|Intern|Chief Operating Officer|Head of IT|" +
  "CTO|CFO|CMO|VP of Marketing|VP of Engineering|IT Director|HR Manager|Sales Manager|Product Manager|Data Scientist|" +
  "Designer|Lawyer|Accountant|Buyer|Security Engineer|Support Agent|Researcher|Teacher|Nurse|Consultant|Executive Assistant|" +
  "Operations Manager|Sales Representative|Head of Procurement|Finance Director|Director|Manager|VP|Senior Consultant";

const titleFor = (values: ReadonlyMap<string, Value>): string | null => {
  const title = values.get("lead.title") ?? null;
  if (title !== null) return String(title);
  const seniority = values.get("lead.seniority") ?? null;
  const job = values.get("lead.function") ?? null;
  if (seniority === null && job === null) return null;
  return (
    TITLES.split("|").find((text) => {
      const read = readTitle(text);
      return (seniority === null || read.seniority === seniority) && (job === null || read.function === job);
    }) ?? null
  );
};

/** Addresses that might do, the likeliest first. */
const emailsFor = (values: ReadonlyMap<string, Value>): (string | null)[] => {
  const email = values.get("lead.email") ?? null;
  const host = values.get("lead.emailDomain") ?? null;
  const company = values.get("lead.corporateDomain") ?? null;
  const local = values.get("lead.roleAddress") === true ? "info" : "kim.lindgren";
  if (host === null) return [email === null ? null : String(email)];
  const hosts = [
    String(host),
    ...(company === null ? [] : [String(company), `${String(host)}.${String(company)}`]),
  ];
  return [
    ...(email === null ? [] : [String(email), ...hosts.map((each) => `${String(email)}@${each}`)]),
    ...hosts.map((each) => `${local}@${each}`),
  ];
};

const PLAIN =
  "name firstName lastName company phone country city region timezone language website message".split(" ");

const spaceOf = (values: ReadonlyMap<string, Value>, space: string): Record<string, unknown> =>
  Object.fromEntries(
    [...values]
      .filter(([field, value]) => field.startsWith(`${space}.`) && value !== null)
      .map(([field, value]) => [field.slice(space.length + 1), value]),
  );

/** Dotted names become nested ones. */
const nested = (flat: Readonly<Record<string, unknown>>, prefix: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(flat)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );

const ACCOUNT = "id name domain parentId owner country city industry employees lifecycle".split(" ");

const accountFor = (values: ReadonlyMap<string, Value>): Assumption["account"] => {
  const flat = spaceOf(values, "account");
  if (flat["id"] === undefined) return undefined;
  const plain = Object.fromEntries(Object.entries(flat).filter(([name]) => ACCOUNT.includes(name)));
  const roles = { ...nested(flat, "roles."), ...(flat["csm"] === undefined ? {} : { csm: flat["csm"] }) };
  return {
    ...plain,
    ...(Object.keys(roles).length > 0 ? { roles: roles as Record<string, string> } : {}),
    ...(Object.keys(nested(flat, "extra.")).length > 0 ? { extra: nested(flat, "extra.") } : {}),
  };
};

const assumeFor = (values: ReadonlyMap<string, Value>): Assumption => {
  const account = accountFor(values);
  const contact = spaceOf(values, "contact");
  const { open, ...opportunity } = spaceOf(values, "opportunity");
  const method = values.get("match.method");
  const confidence = values.get("match.confidence");
  const attribution = spaceOf(values, "attribution");
  return {
    match: {
      method: typeof method === "string" ? method : "none",
      ...(typeof confidence === "number" ? { confidence } : {}),
    },
    ...(account ? { account } : {}),
    ...(contact["id"] === undefined ? {} : { contact }),
    ...(open === true ? { opportunity } : {}),
    ...(Object.keys(attribution).length > 0 ? { attribution } : {}),
  };
};

/** Leads that might be what the values say, to be tried in order. */
export const leadsFor = (values: ReadonlyMap<string, Value>): ExampleLead[] => {
  const title = titleFor(values);
  const number = values.get("lead.phoneE164") ?? null;
  const plain = Object.fromEntries(
    PLAIN.map((name) => [name, values.get(`lead.${name}`) ?? null]).filter(([, value]) => value !== null),
  ) as Record<string, string>;
  const form = values.get("form.key");
  const source = values.get("source");
  const named = typeof form === "string" && form.startsWith("source:") ? form.slice("source:".length) : null;
  return emailsFor(values).map((email): ExampleLead => ({
    fields: {
      ...spaceOf(values, "custom"),
      ...(number === null ? {} : { phone: "+14155550132" }),
      ...plain,
      ...(title === null ? {} : { title }),
      ...(email === null ? {} : { email }),
    } as ExampleLead["fields"],
    ...(typeof form === "string" && named === null ? { formKey: form } : {}),
    ...(typeof source === "string" ? { source } : named === null ? {} : { source: named }),
    ...(Object.keys(spaceOf(values, "page")).length > 0 ? { page: spaceOf(values, "page") } : {}),
    assume: assumeFor(values),
  }));
};

/** As the dry run names a form that the request doesn't. */
export const formOf = (compiled: Compiled, lead: ExampleLead): string | null => {
  if (lead.formKey) return lead.formKey;
  if (lead.source) return `source:${lead.source}`;
  const [first, ...others] = compiled.forms.keys();
  return others.length === 0 ? (first ?? null) : null;
};

/** No data provider is asked about a lead that is only assumed. */
const NO_COMPANY = { company: null };

export interface LeadRead {
  scored: Scored;
  timezone: string;
  hasPhone: boolean;
}

/** What policies see of such a lead at `at`. */
export const readLead = (compiled: Compiled, lead: ExampleLead, at: number): LeadRead => {
  const page = lead.page ?? {};
  const { custom, attribution, ...facts } = enrich({ fields: lead.fields, edge: {}, page });
  const known = assumed(
    {
      lead: { ...facts, custom, attribution },
      contact: null,
      ...NO_COMPANY,
      match: { method: "none", confidence: 0, accountId: null },
      account: null,
      opportunity: null,
      page,
      attribution: { ...attribution },
      custom,
      formKey: formOf(compiled, lead),
      source: lead.source ?? null,
    },
    lead.assume,
  );
  return {
    scored: assembleFacts(compiled, known, at),
    timezone: facts.timezone ?? compiled.document.workspace.timezone,
    hasPhone: facts.phoneE164 !== null,
  };
};

/** An instant at or after `now` on the hour and day that the values name; null where there is none. */
export const instantFor = (
  values: ReadonlyMap<string, Value>,
  timezone: string,
  now: number,
): number | null => {
  const hour = values.get("time.hour") ?? null;
  const date = values.get("time.date") ?? null;
  if (hour === null && date === null) return Math.ceil(now / MINUTE) * MINUTE;
  const first = date === null ? localParts(now, timezone).date : String(date);
  for (let step = 0; step < 50; step++) {
    const at = startOfDate(first, timezone) + step * HOUR;
    const local = localParts(at, timezone);
    const fits =
      at >= now &&
      (hour === null || Number(local.time.slice(0, 2)) === hour) &&
      (date === null || local.date === date);
    if (fits) return at;
  }
  return null;
};
