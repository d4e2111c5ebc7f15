/** Candidate accounts of many leads at once: two round trips for every couple of hundred leads, not one for each. */
import type { OpportunityFacts } from "../domain/routing/facts.ts";
import { knownAs } from "../domain/crm/learned.ts";
import { chooseCandidates, type FoundBy } from "../domain/matching/candidates.ts";
import { accountColumns, HITS } from "./candidate-sql.ts";
import { CONTACT_ORDER, MAX_CONTACTS, toContact, type CandidateAccount, type ContactFacts } from "./known.ts";
import type { Db } from "./db.ts";
import { toAccount, toOpportunity } from "./rows.ts";

export interface Asked {
  /** Null without a usable address. */
  emailNorm: string | null;
  keys: readonly string[];
}

/** As capture finds them for one lead. */
export interface Found {
  contact: ContactFacts | null;
  accounts: CandidateAccount[];
}

type Row = Record<string, unknown>;

const LEADS_A_TRIP = 200;
const CONTACTS = `
SELECT id, email_norm, account_id, owner, title, lifecycle, do_not_contact FROM contacts
WHERE email_norm IN (SELECT value FROM json_each(?1)) ORDER BY ${CONTACT_ORDER}`;

const accountsWith = (columns: string): string =>
  `SELECT ${columns} FROM accounts a WHERE a.id IN (SELECT value FROM json_each(?1))`;

const ACCOUNTS = {
  facts: accountsWith(accountColumns()),
  /** Without what only policies ask: of a record it may be 32 kB. */
  lookUp: accountsWith(accountColumns("'{}'", "'{}'")),
};

/** What accounts are read for: all that policies ask of them, or only which is meant. */
type Purpose = keyof typeof ACCOUNTS;

const LARGEST_OPPORTUNITIES = `
SELECT * FROM (
  SELECT *, row_number() OVER (PARTITION BY account_id ORDER BY amount DESC, id) AS place
  FROM opportunities WHERE open = 1 AND account_id IN (SELECT value FROM json_each(?1)))
WHERE place = 1`;

/** One for each lead, in order. One trip after another: what two hold at once may be more than an isolate has. */
export const readCandidates = async (
  db: Db,
  asked: readonly Asked[],
  purpose: Purpose = "facts",
): Promise<Found[]> => {
  const found: Found[] = [];
  for (let at = 0; at < asked.length; at += LEADS_A_TRIP)
    found.push(...(await readPart(db, asked.slice(at, at + LEADS_A_TRIP), purpose)));
  return found;
};

const unique = (items: readonly string[]): string => JSON.stringify([...new Set(items)]);

const groupBy = (rows: readonly Row[], column: string): Map<string, Row[]> => {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const name = String(row[column]);
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return groups;
};

/** The one that speaks for the address; any of them may say that it mustn't be contacted. */
const contactOf = (rows: readonly Row[]): ContactFacts | null => {
  const contact = toContact(rows[0]);
  const doNotContact = rows.some((row) => row["do_not_contact"] === 1);
  return contact && { ...contact, doNotContact };
};

const readPart = async (db: Db, asked: readonly Asked[], purpose: Purpose): Promise<Found[]> => {
  const emails = asked.map(({ emailNorm }) => emailNorm).filter((email) => email !== null);
  const [contacts, keys] = await db.batch<Row>([
    db.prepare(CONTACTS).bind(unique(emails)),
    db.prepare(HITS).bind(unique(asked.flatMap(({ keys }) => keys))),
  ]);
  const byEmail = groupBy(contacts?.results ?? [], "email_norm");
  const byKey = groupBy(keys?.results ?? [], "key");
  const wanted = asked.map((lead) => accountsOf(lead, byEmail, byKey));
  const accounts = await readAccounts(db, unique(wanted.flatMap((ids) => [...ids.keys()])), purpose);
  return asked.map((lead, at) => ({
    contact: contactOf(byEmail.get(lead.emailNorm ?? "") ?? []),
    accounts: [...(wanted[at] ?? [])].flatMap(([id, by]) => {
      const account = accounts.get(id);
      return account ? [{ ...account, ...by }] : [];
    }),
  }));
};

type Led = FoundBy & { ofContact: boolean };

/** Account ids with the keys that led to them, and those of the lead's contacts whatever led there. */
const accountsOf = (
  { emailNorm, keys }: Asked,
  byEmail: ReadonlyMap<string, readonly Row[]>,
  byKey: ReadonlyMap<string, readonly Row[]>,
): Map<string, Led> => {
  const chosen = chooseCandidates(keys, (key) =>
    (byKey.get(key) ?? []).map((row) => String(row["account_id"])),
  );
  const contacts = emailNorm === null ? [] : (byEmail.get(emailNorm) ?? []);
  const ids = contacts.map((row) => row["account_id"]).filter((id) => typeof id === "string");
  const theirs = new Set(ids.slice(0, MAX_CONTACTS));
  const wanted = new Map([...chosen].map(([id, by]) => [id, { ...by, ofContact: theirs.has(id) }]));
  for (const id of theirs)
    if (!chosen.has(id)) wanted.set(id, { matchedKeys: [], crowdedKeys: [], ofContact: true });
  return wanted;
};

/** By id, each with its largest open opportunity; `ids` is a JSON list. */
export const readAccounts = async (
  db: Db,
  ids: string,
  purpose: Purpose = "facts",
): Promise<Map<string, CandidateAccount>> => {
  const [accounts, opportunities] = await db.batch<Row>([
    db.prepare(ACCOUNTS[purpose]).bind(ids),
    db.prepare(LARGEST_OPPORTUNITIES).bind(ids),
  ]);
  const open = new Map<string, OpportunityFacts & { accountId: string }>();
  for (const row of opportunities?.results ?? []) open.set(String(row["account_id"]), toOpportunity(row));
  return new Map(
    (accounts?.results ?? []).map((row) => [
      String(row["id"]),
      toCandidate(row, open.get(String(row["id"]))),
    ]),
  );
};

const toCandidate = (
  row: Row,
  open: (OpportunityFacts & { accountId: string }) | undefined,
): CandidateAccount => ({
  ...toAccount(row),
  ...knownAs(row),
  updatedAt: row["updated_at"] as number,
  matchedKeys: [],
  crowdedKeys: [],
  ofContact: false,
  openOpportunities: open ? [open] : [],
});
