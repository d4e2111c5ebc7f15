/**
 * One record of an upload to a patch of its row. A patch names only what was sent, so a file with two columns can't wipe
 * the others; null clears. Rows have the columns of schema/tables/crm.ts.
 */
import * as wire from "../../../schema/wire/crm.ts";
import { countryCode } from "../enrichment/geo.ts";
import { hostOf } from "../enrichment/domain.ts";
import { parseEmail } from "../enrichment/email.ts";
import { FIELDS, type Naming } from "./fields.ts";
import { tidy, type Raw } from "./tidy.ts";

export type Value = string | number | null;

export interface Patch {
  id: string;
  /** By column; absent: as it was. */
  set: Readonly<Record<string, Value>>;
  /** Merged into the JSON columns, name by name; null removes. */
  roles: Readonly<Record<string, string | null>>;
  extra: Readonly<Record<string, unknown>>;
}

export type ReadRecord = { ok: true; patch: Patch } | { ok: false; error: string };

type Given = Readonly<Record<string, unknown>>;

const SCHEMAS = {
  accounts: wire.accountInput,
  contacts: wire.contactInput,
  opportunities: wire.opportunityInput,
} as const;

/** Largest `extra` of one record, as JSON. */
const MAX_EXTRA = 32_768;

/** "field: what to do about it", for the first thing that is wrong. */
export const readRecord = (kind: wire.CrmKind, raw: Raw, naming: Naming): ReadRecord => {
  const tidied = tidy(kind, raw, naming);
  const parsed = SCHEMAS[kind].safeParse(tidied);
  if (!parsed.success) {
    const order = Object.keys(FIELDS[kind]);
    const rank = (name: unknown): number => order.indexOf(String(name));
    const [issue] = [...parsed.error.issues].sort((a, b) => rank(a.path[0]) - rank(b.path[0]));
    return {
      ok: false,
      error: `${String(issue?.path[0] ?? "record")}: ${issue?.message ?? "can't be read"}`,
    };
  }
  const { id, extra, roles, ...given } = parsed.data as {
    id: string;
    extra?: Given | null;
    roles?: Patch["roles"] | null;
  } & Given;
  const size = jsonSize(extra ?? {});
  if (size === null || size > MAX_EXTRA)
    return {
      ok: false,
      error: `extra: fields that Leadclock doesn't know take up more than ${MAX_EXTRA / 1024} kB: send fewer`,
    };
  const columns = COLUMNS_OF[kind](given, id);
  if (typeof columns === "string") return { ok: false, error: columns };
  const named = "csm" in given ? { ...roles, csm: given["csm"] as string | null } : (roles ?? {});
  return { ok: true, patch: { id, set: columns, roles: named, extra: extra ?? {} } };
};

/** Null for what can't be written as JSON at all (nested too deeply). */
const jsonSize = (value: unknown): number | null => {
  try {
    return JSON.stringify(value).length;
  } catch {
    return null;
  }
};

type Columns = Record<string, Value>;

/** Copies the fields that were sent to their columns. */
const copied = (given: Given, columns: Readonly<Record<string, string>>): Columns =>
  Object.fromEntries(
    Object.entries(columns)
      .filter(([field]) => given[field] !== undefined)
      .map(([field, column]) => [column, given[field] as Value]),
  );

const COMMON = { name: "name", owner: "owner", lifecycle: "lifecycle", lastActivityAt: "updated_at" };

/** Exports write these where there is nothing. */
const NOTHING = /^(?:n\/?a|none|null|unknown|-+|\.)$/i;

/** The host of a domain or web address, without "www."; as it was sent where it is no host, so nothing is lost. */
const bareHost = (said: string): string | null =>
  NOTHING.test(said) ? null : (hostOf(said)?.replace(/^www\./, "") ?? said);

const hosts = (said: readonly string[]): string[] => [
  ...new Set(said.map(bareHost).filter((host) => host !== null)),
];

const accountColumns = (given: Given, id: string): Columns | string => {
  const columns = copied(given, {
    ...COMMON,
    parentId: "parent_id",
    city: "city",
    industry: "industry",
    employees: "employees",
  });
  if (columns["name"] === null) return NO_NAME;
  if (columns["parent_id"] === id) columns["parent_id"] = null;
  const country = given["country"] as string | null | undefined;
  if (country !== undefined) columns["country"] = countryCode(country) ?? country;
  const domain = given["domain"] as string | null | undefined;
  const [own, ...more] = hosts(domain?.split(/[|;,\s]+/).filter((each) => each !== "") ?? []);
  if (domain !== undefined) columns["domain"] = own ?? null;
  if ("domains" in given || more.length > 0)
    columns["domains"] = JSON.stringify(
      hosts([...more, ...((given["domains"] as string[] | null | undefined) ?? [])]),
    );
  return columns;
};

const contactColumns = (given: Given): Columns | string => {
  const columns = copied(given, { ...COMMON, accountId: "account_id", title: "title", phone: "phone" });
  const parts = [given["firstName"], given["lastName"]].filter((part) => typeof part === "string");
  if ((given["name"] ?? null) === null && parts.length > 0) columns["name"] = parts.join(" ");
  if ("doNotContact" in given) columns["do_not_contact"] = given["doNotContact"] === true ? 1 : 0;
  const email = given["email"] as string | null | undefined;
  if (email === undefined) return columns;
  const parsed = parseEmail(email ?? "");
  if (!parsed.ok) return email === null ? NO_EMAIL : NOT_AN_EMAIL;
  return { ...columns, email: parsed.email, email_norm: parsed.normalized };
};

/** "Closed Won", "closedlost" and their like. */
const CLOSED_STAGE = /closed|\b(?:won|lost|disqualified|abandoned|cancel+ed)\b/i;

const opportunityColumns = (given: Given): Columns | string => {
  const columns = copied(given, {
    ...COMMON,
    accountId: "account_id",
    stage: "stage",
    amount: "amount",
    currency: "currency",
    closeDate: "close_date",
    createdAt: "begun_at",
  });
  delete columns["lifecycle"];
  if (typeof columns["currency"] === "string") columns["currency"] = columns["currency"].toUpperCase();
  if (columns["account_id"] === null) return NO_ACCOUNT;
  const { open, isClosed, stage } = given;
  const derived =
    typeof open === "boolean"
      ? open
      : typeof isClosed === "boolean"
        ? !isClosed
        : typeof stage === "string"
          ? !CLOSED_STAGE.test(stage)
          : undefined;
  return derived === undefined ? columns : { ...columns, open: derived ? 1 : 0 };
};

const COLUMNS_OF = { accounts: accountColumns, contacts: contactColumns, opportunities: opportunityColumns };

const NO_NAME = "name: is required: an account without a name can't be shown or matched";
const NO_EMAIL = "email: is required: a contact is found by it";
/** Without what was sent: refused lines are kept for months, and it may be somebody's address all the same. */
const NOT_AN_EMAIL = "email: is no e-mail address: use one such as ana@acme.example";
const NO_ACCOUNT = "accountId: is required: the account it belongs to";

/** What a row must have once it exists, and what to say where a new record lacks it. */
export const REQUIRED: Record<wire.CrmKind, readonly { column: string; error: string }[]> = {
  accounts: [{ column: "name", error: NO_NAME }],
  contacts: [{ column: "email", error: NO_EMAIL }],
  opportunities: [
    { column: "account_id", error: NO_ACCOUNT },
    { column: "open", error: "open: say true or false, or give isClosed or stage" },
  ],
};
