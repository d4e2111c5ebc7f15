/** What we hold of a person, by address; taking the person out of it; and the marks that remain. */
import { ERASED } from "../domain/privacy/erase.ts";
import { eventsStatement } from "./happened.ts";
import { parseJson, type Db } from "./db.ts";
import { contactMarks, markStatement } from "./suppressed.ts";

type Row = Record<string, unknown>;

const rows = (result: D1Result<Row> | undefined): Row[] => result?.results ?? [];

/** JSON columns as what they hold. */
const opened = (row: Row, names: readonly string[]): Row => ({
  ...row,
  ...Object.fromEntries(
    names.map((name) => [
      name,
      typeof row[name] === "string" ? parseJson<unknown>(row[name]) : (row[name] ?? null),
    ]),
  ),
});

export interface Held {
  contacts: Row[];
  leads: Row[];
  submissions: Row[];
  events: Row[];
  touches: Row[];
  tasks: Row[];
  assignments: Row[];
  messages: Row[];
}

/** Leads of address ?1 now, and those that had it before it was corrected: their submissions say it still. `?2` is its hash. */
const LEADS_OF = `SELECT id FROM leads WHERE email_norm = ?1
  UNION SELECT lead_id FROM events WHERE type = 'lead.corrected' AND data ->> 'former' = ?2`;

/** Everything of an address, in one round trip. */
export const readHeld = async (db: Db, emailNorm: string, hash: string): Promise<Held> => {
  const [contacts, leads, submissions, events, touches, tasks, assignments, messages] = await db.batch<Row>([
    db.prepare("SELECT * FROM contacts WHERE email_norm = ?1 ORDER BY id").bind(emailNorm),
    ...[
      `SELECT * FROM leads WHERE id IN (${LEADS_OF}) ORDER BY created_at`,
      `SELECT * FROM submissions WHERE lead_id IN (${LEADS_OF}) ORDER BY created_at`,
      `SELECT seq, lead_id, at, type, actor, data FROM events WHERE lead_id IN (${LEADS_OF}) ORDER BY seq`,
      `SELECT * FROM touches WHERE lead_id IN (${LEADS_OF}) ORDER BY at`,
      `SELECT * FROM tasks WHERE lead_id IN (${LEADS_OF}) ORDER BY created_at`,
      `SELECT lead_id, seq, person_id, queue_id, team_id, at, cause, rule_id, trace FROM assignments WHERE lead_id IN (${LEADS_OF}) ORDER BY lead_id, seq`,
      `SELECT id, kind, channel, lead_id, recipient, status, data, created_at, sent_at FROM outbox WHERE lead_id IN (${LEADS_OF}) ORDER BY created_at`,
    ].map((sql) => db.prepare(sql).bind(emailNorm, hash)),
  ]);
  return {
    contacts: rows(contacts).map((row) => opened(row, ["extra"])),
    leads: rows(leads).map((row) =>
      opened(row, ["facts", "match", "tags", "routing", "timers", "disposition"]),
    ),
    submissions: rows(submissions).map((row) => opened(row, ["body", "acknowledgement"])),
    events: rows(events).map((row) => opened(row, ["data"])),
    touches: rows(touches),
    tasks: rows(tasks),
    assignments: rows(assignments).map((row) => opened(row, ["trace"])),
    messages: rows(messages).map((row) => opened(row, ["data"])),
  };
};

export interface LeadToErase {
  generation: number;
  open: boolean;
  facts: Row;
  disposition: Row | null;
  match: Row;
  routing: Row;
  events: { seq: number; data: Row }[];
  touches: { id: string; outcome: string | null }[];
  effects: { id: string; data: Row }[];
}

/** Null when there is no such lead. */
export const readToErase = async (db: Db, leadId: string): Promise<LeadToErase | null> => {
  const [leads, events, touches, effects] = await db.batch<Row>(
    [
      "SELECT generation, open, facts, disposition, match, routing FROM leads WHERE id = ?1",
      "SELECT seq, data FROM events WHERE lead_id = ?1",
      "SELECT id, outcome FROM touches WHERE lead_id = ?1",
      "SELECT id, data FROM outbox WHERE lead_id = ?1",
    ].map((sql) => db.prepare(sql).bind(leadId)),
  );
  const lead = rows(leads)[0];
  if (!lead) return null;
  const { facts, disposition, match, routing } = opened(lead, ["facts", "disposition", "match", "routing"]);
  return {
    generation: lead["generation"] as number,
    open: lead["open"] === 1,
    facts: facts as Row,
    disposition: disposition as Row | null,
    match: match as Row,
    routing: routing as Row,
    events: rows(events).map((row) => ({
      seq: row["seq"] as number,
      data: parseJson<Row>(row["data"] as string),
    })),
    touches: rows(touches) as unknown as LeadToErase["touches"],
    effects: rows(effects).map((row) => ({
      id: row["id"] as string,
      data: parseJson<Row>(row["data"] as string),
    })),
  };
};

export interface Erasure {
  leadId: string;
  generation: number;
  closed: boolean;
  emailNorm: string;
  facts: Row;
  match: Row;
  routing: Row;
  disposition: Row | null;
  body: string;
  events: { seq: number; data: Row }[];
  touches: { id: string; outcome: string | null }[];
  effects: { id: string; data: Row }[];
  /** What is noted of it. */
  noted: { type: string; actor: string; data: Row }[];
  at: number;
}

/** One atomic batch; throws an error that `isStale` knows when the lead has moved on. */
export const writeErasure = async (db: Db, erasure: Erasure): Promise<void> => {
  const { leadId, at, closed } = erasure;
  await db.batch([
    db
      .prepare(
        `UPDATE leads SET generation = ?2 + 1, email_norm = ?3, corporate_domain = NULL, facts = ?4, match = ?5, routing = ?6,
           disposition = ?7, updated_at = ?8, timers = '[]', next_due_at = NULL, recycle_at = NULL
           ${closed ? ", status = 'disqualified', open = 0, closed_at = ?8, next_action_at = NULL" : ""} WHERE id = ?1`,
      )
      .bind(
        leadId,
        erasure.generation,
        erasure.emailNorm,
        JSON.stringify(erasure.facts),
        JSON.stringify(erasure.match),
        JSON.stringify(erasure.routing),
        erasure.disposition === null ? null : JSON.stringify(erasure.disposition),
        at,
      ),
    db
      .prepare(
        `UPDATE submissions SET body = ?2, content_hash = 'erased', receipt = 'erased:' || id,
           acknowledgement = json_set(acknowledgement, '$.message', '') WHERE lead_id = ?1`,
      )
      .bind(leadId, erasure.body),
    db
      .prepare(
        "UPDATE events SET data = v.value -> 'data' FROM json_each(?1) v WHERE events.seq = v.value ->> 'seq'",
      )
      .bind(JSON.stringify(erasure.events)),
    db
      .prepare(
        "UPDATE touches SET body = NULL, outcome = v.value ->> 'outcome' FROM json_each(?1) v WHERE touches.id = v.value ->> 'id'",
      )
      .bind(JSON.stringify(erasure.touches)),
    db
      .prepare(
        `UPDATE outbox SET data = v.value -> 'data', last_error = NULL,
           status = CASE WHEN status IN ('pending', 'leased') THEN 'obsolete' ELSE status END
         FROM json_each(?1) v WHERE outbox.id = v.value ->> 'id'`,
      )
      .bind(JSON.stringify(erasure.effects)),
    db.prepare("UPDATE assignments SET trace = '[]', basis = NULL WHERE lead_id = ?1").bind(leadId),
    db
      .prepare("UPDATE tasks SET note = NULL, done_at = coalesce(done_at, ?2) WHERE lead_id = ?1")
      .bind(leadId, at),
    eventsStatement(db, leadId, at, erasure.noted),
  ]);
};

export const leadIdsByAddress = async (db: Db, emailNorm: string, hash: string): Promise<string[]> => {
  const { results } = await db
    .prepare(`SELECT id FROM leads WHERE id IN (${LEADS_OF}) ORDER BY created_at LIMIT 1000`)
    .bind(emailNorm, hash)
    .all<{ id: string }>();
  return results.map(({ id }) => id);
};

/** What stands apart from leads: contacts of the CRM, messages to the address itself. Answers how many contacts went. */
export const removeContacts = async (db: Db, emailNorm: string): Promise<number> => {
  const [gone] = await db.batch([
    db.prepare("DELETE FROM contacts WHERE email_norm = ?1").bind(emailNorm),
    db.prepare("DELETE FROM suppressed WHERE email_norm = ?1").bind(emailNorm),
    db
      .prepare(
        "UPDATE outbox SET recipient = 'address:erased', data = '{}' WHERE recipient = 'address:' || ?1 AND status NOT IN ('pending', 'leased')",
      )
      .bind(emailNorm),
  ]);
  return gone?.meta.changes ?? 0;
};

export interface Mark {
  doNotContact: boolean;
  erasedAt: number | null;
}

export const readMarks = async (db: Db, hashes: readonly string[]): Promise<Map<string, Mark>> => {
  const { results } = await db
    .prepare("SELECT * FROM privacy_marks WHERE hash IN (SELECT value FROM json_each(?1))")
    .bind(JSON.stringify(hashes))
    .all<Row>();
  return new Map(
    results.map((row) => [
      row["hash"] as string,
      { doNotContact: row["do_not_contact_at"] !== null, erasedAt: row["erased_at"] as number | null },
    ]),
  );
};

export const anyMarks = async (db: Db): Promise<boolean> =>
  (await db.prepare("SELECT 1 FROM privacy_marks LIMIT 1").first()) !== null;

export const saveMark = async (db: Db, mark: Parameters<typeof markStatement>[1]): Promise<void> => {
  await markStatement(db, mark).run();
};

export const markContacts = async (
  db: Db,
  address: Parameters<typeof contactMarks>[1],
  now: number,
): Promise<void> => {
  await db.batch(contactMarks(db, address, now));
};

const NOT_ERASED = `closed_at IS NOT NULL AND substr(email_norm, 1, ${ERASED.length}) <> '${ERASED}'`;

const DAY = 86_400_000;

/** Leads closed before, that still have their person; not those that are to come back, or that the sweep is about to bring back. */
export const closedBefore = async (db: Db, before: number, now: number, limit: number): Promise<string[]> => {
  const { results } = await db
    .prepare(
      `SELECT id FROM leads WHERE ${NOT_ERASED} AND open = 0 AND closed_at < ?1
         AND (recycle_at IS NULL OR recycle_at < ?3) ORDER BY closed_at LIMIT ?2`,
    )
    .bind(before, limit, now - DAY)
    .all<{ id: string }>();
  return results.map(({ id }) => id);
};

/** What is still to be sent is read once more; given-up deliveries are as old as the others. */
const OWED = "status IN ('pending', 'leased')";

/**
 * Blanks what is older in the order it came in; goes on where the last run ended, and no further than the first that is still owed.
 * Answers how many rows.
 */
export const blankOlder = async (
  db: Db,
  kind: "submissions" | "outbox",
  before: number,
  body: string,
  limit: number,
): Promise<number> => {
  const cursor = "coalesce((SELECT cursor FROM retention_state WHERE kind = ?1), 0)";
  const owed =
    kind === "submissions"
      ? ""
      : ` AND rowid < coalesce((SELECT min(rowid) FROM outbox WHERE ${OWED} AND rowid > ${cursor}), 9e18)`;
  const list = `SELECT rowid FROM ${kind} WHERE rowid > ${cursor} AND created_at < ?2${owed} ORDER BY rowid LIMIT ?3`;
  const set = kind === "submissions" ? "body = ?4" : "data = ?4";
  const [changed] = await db.batch([
    db.prepare(`UPDATE ${kind} SET ${set} WHERE rowid IN (${list})`).bind(kind, before, limit, body),
    db
      .prepare(
        `INSERT INTO retention_state (kind, cursor) SELECT ?1, max(rowid) FROM (${list}) HAVING max(rowid) IS NOT NULL
         ON CONFLICT (kind) DO UPDATE SET cursor = excluded.cursor`,
      )
      .bind(kind, before, limit),
  ]);
  return changed?.meta.changes ?? 0;
};
