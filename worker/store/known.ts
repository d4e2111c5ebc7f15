/**
 * Everything that the decision about a new lead needs, in one round trip. Raw statements rather than the query builder,
 * because this is the path a visitor waits on.
 */
import type { Acknowledgement } from "../../schema/wire/capture.ts";
import { knownAs } from "../domain/crm/learned.ts";
import type { AccountFacts, OpportunityFacts } from "../domain/routing/facts.ts";
import { accountColumns, CHOSEN, CROWDED } from "./candidate-sql.ts";
import { companyColumn, type KnownCompany } from "./companies.ts";
import { parseJson, type Db } from "./db.ts";
import { QUEUED_COLUMN } from "./openings.ts";
import { STATES_COLUMN, TIME_OFF_COLUMN, toCurrent, type Current } from "./people.ts";
import { toAccount, toLead, toOpportunity, type LeadRow } from "./rows.ts";

export interface ContactFacts {
  id: string;
  accountId: string | null;
  owner: string | null;
  title: string | null;
  lifecycle: string | null;
  doNotContact: boolean;
}

export interface CandidateAccount extends AccountFacts {
  domains: string[];
  otherNames: string[];
  updatedAt: number;
  matchedKeys: string[];
  /** Those that more accounts have than were looked at. */
  crowdedKeys: string[];
  /** A contact with the lead's address belongs to it. */
  ofContact: boolean;
  openOpportunities: (OpportunityFacts & { accountId: string })[];
}

export interface Repeat {
  leadId: string;
  contentHash: string;
  acknowledgement: Acknowledgement;
  receipt: string;
}

/** A lead that another submission by its person joins. */
export interface OpenLead extends LeadRow {
  /** It waits because everybody on duty was full when it was decided, not for the hour. */
  busy: boolean;
}

/** What is known about who submits, read at one moment. */
export interface Known {
  current: Current;
  repeat: Repeat | null;
  openLead: OpenLead | null;
  lastOwner: { personId: string; at: number } | null;
  companyOwner: { personId: string; leadId: string } | null;
  contact: ContactFacts | null;
  /** What a data provider said of the lead's domain; null when none was asked. */
  company: KnownCompany | null;
  accounts: CandidateAccount[];
  /** Leads that wait for each team's opening, by team; left out where nobody asks. */
  queued?: Record<string, number>;
}

export interface Question {
  submissionKey: string;
  emailNorm: string;
  /** By which privacy remembers the address (docs/privacy.md). */
  emailHash: string;
  corporateDomain: string | null;
  accountKeys: readonly string[];
  now: number;
}

/** How the id of a contact of ours begins, which only carries the mark. */
export const OWN_CONTACT = "do-not-contact:";

/** Any of the address's contacts may carry the mark, whichever speaks for it otherwise. */
const NOT_CONTACTED = "(SELECT max(d.do_not_contact) FROM contacts d WHERE d.email_norm = c.email_norm)";

/** A row of `contacts c`, as `toContact` reads it. */
export const CONTACT_OBJECT = `json_object('id', c.id, 'account_id', c.account_id, 'owner', c.owner, 'title', c.title,
  'lifecycle', c.lifecycle, 'do_not_contact', ${NOT_CONTACTED})`;

/** Whose contact speaks for an address that several have: one of an account, the newest. */
export const CONTACT_ORDER = "account_id IS NULL, updated_at DESC, id";

/** Contacts with one address whose accounts are looked at, the newest; more would be a shared mailbox, which says nothing. */
export const MAX_CONTACTS = 20;

/** The person's own word: it outlives the contact that carried it. */
const MARKED = "EXISTS (SELECT 1 FROM privacy_marks m WHERE m.hash = ?5 AND m.do_not_contact_at IS NOT NULL)";

const CONTACT_COLUMN = `
  coalesce(
    (SELECT json_set(${CONTACT_OBJECT}, '$.do_not_contact', max(${NOT_CONTACTED}, ${MARKED}))
       FROM contacts c WHERE c.email_norm = ?3 ORDER BY ${CONTACT_ORDER} LIMIT 1),
    (SELECT json_object('id', '${OWN_CONTACT}' || substr(?5, 1, 16), 'account_id', NULL, 'owner', NULL, 'title', NULL,
       'lifecycle', NULL, 'do_not_contact', 1) WHERE ${MARKED}))`;

/** Of `leads open_lead`: the lead, and the word that its decision had for the wait. */
export const OPEN_LEAD = `open_lead.*,
  (SELECT a.chosen ->> '$.acknowledgement.busy' FROM assignments a
     WHERE a.lead_id = open_lead.id AND a.seq = open_lead.assignment_seq) AS open_lead_busy`;

export const toOpenLead = (row: Row): OpenLead => ({
  ...toLead(row),
  busy: row["open_lead_busy"] === 1,
});

/**
 * All that is one row or little, as JSON columns of one row. A statement costs more than what it reads here, so two of
 * them ask everything: this one, and the candidate accounts, which may be more than one value holds.
 */
const SURROUNDINGS = `
SELECT r.config, r.people,
  ${STATES_COLUMN} AS states,
  ${TIME_OFF_COLUMN} AS time_off,
  (SELECT json_object('lead_id', lead_id, 'content_hash', content_hash, 'acknowledgement', json(acknowledgement), 'receipt', receipt)
     FROM submissions WHERE id = ?2) AS repeat,
  (SELECT json_object('personId', owner_id, 'at', updated_at)
     FROM leads WHERE email_norm = ?3 AND owner_id IS NOT NULL ORDER BY created_at DESC LIMIT 1) AS last_owner,
  (SELECT json_object('personId', owner_id, 'leadId', id)
     FROM leads WHERE corporate_domain = ?4 AND open = 1 AND provisional = 0 AND owner_id IS NOT NULL ORDER BY created_at DESC LIMIT 1) AS company_owner,
  ${CONTACT_COLUMN} AS contact,
  ${companyColumn("?4", "?1")} AS company,
  ${QUEUED_COLUMN} AS queued,
  ${OPEN_LEAD}
FROM revisions r LEFT JOIN leads open_lead ON open_lead.email_norm = ?3 AND open_lead.open = 1 WHERE r.id = 1`;

/** Candidate accounts by key, and those of contacts whatever else there is; each with its open opportunities, the largest first. */
const ACCOUNTS = `
WITH ${CHOSEN},
theirs AS MATERIALIZED (
  SELECT account_id FROM contacts WHERE email_norm = ?2 AND account_id IS NOT NULL
  ORDER BY updated_at DESC, id LIMIT ${MAX_CONTACTS}),
wanted AS (
  SELECT account_id, matched FROM chosen
  UNION ALL SELECT DISTINCT account_id, '[]' FROM theirs WHERE account_id NOT IN (SELECT account_id FROM chosen))
SELECT ${accountColumns()}, w.matched, ${CROWDED} AS crowded, w.account_id IN (SELECT account_id FROM theirs) AS of_contact,
  (SELECT json_group_array(json_object('id', id, 'account_id', account_id, 'stage', stage, 'amount', amount, 'owner', owner))
     FROM (SELECT * FROM opportunities o WHERE o.account_id = a.id AND o.open = 1 ORDER BY o.amount DESC, o.id LIMIT 20)) AS opportunities
FROM wanted w CROSS JOIN accounts a WHERE a.id = w.account_id`;

type Row = Record<string, unknown>;

export const toContact = (row: Row | undefined): ContactFacts | null =>
  row
    ? {
        id: row["id"] as string,
        accountId: row["account_id"] as string | null,
        owner: row["owner"] as string | null,
        title: row["title"] as string | null,
        lifecycle: row["lifecycle"] as string | null,
        doNotContact: row["do_not_contact"] === 1,
      }
    : null;

const toCandidateAccount = (row: Row): CandidateAccount => {
  const matchedKeys = parseJson<string[]>(row["matched"] as string);
  const crowded = parseJson<string[]>(row["crowded"] as string);
  return {
    ...toAccount(row),
    ...knownAs(row),
    updatedAt: row["updated_at"] as number,
    matchedKeys,
    crowdedKeys: crowded.length === 0 ? crowded : matchedKeys.filter((key) => crowded.includes(key)),
    ofContact: row["of_contact"] === 1,
    openOpportunities: parseJson<Row[]>(row["opportunities"] as string).map(toOpportunity),
  };
};

/** A JSON column; null where it found nothing. */
const column = (row: Row | undefined, name: string): unknown =>
  parseJson<unknown>((row?.[name] as string | null | undefined) ?? "null");

/** One round trip. */
export const readForCapture = async (db: Db, question: Question): Promise<Known> => {
  const { submissionKey, emailNorm, emailHash, corporateDomain, accountKeys, now } = question;
  const [around, accounts] = await db.batch<Row>([
    db.prepare(SURROUNDINGS).bind(now, submissionKey, emailNorm, corporateDomain, emailHash),
    db.prepare(ACCOUNTS).bind(JSON.stringify(accountKeys), emailNorm),
  ]);
  const row = around?.results[0];
  const repeat = column(row, "repeat") as Row | null;
  return {
    current: toCurrent(row),
    repeat: repeat ? toRepeat(repeat) : null,
    openLead: row && row["id"] !== null ? toOpenLead(row) : null,
    lastOwner: column(row, "last_owner") as Known["lastOwner"],
    companyOwner: column(row, "company_owner") as Known["companyOwner"],
    company: column(row, "company") as KnownCompany | null,
    contact: toContact((column(row, "contact") ?? undefined) as Row | undefined),
    accounts: (accounts?.results ?? []).map(toCandidateAccount),
    queued: column(row, "queued") as Record<string, number>,
  };
};

const toRepeat = (row: Row): Repeat => ({
  leadId: row["lead_id"] as string,
  contentHash: row["content_hash"] as string,
  acknowledgement: row["acknowledgement"] as Acknowledgement,
  receipt: row["receipt"] as string,
});
