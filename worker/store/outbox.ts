/**
 * The outbox as a queue: rows are leased in one statement, what a batch needs is read in one round trip, and all that
 * came of it is written in one. However many messages a flood owes, the database sees a handful of statements a batch.
 */
import type { Acknowledgement } from "../../schema/wire/capture.ts";
import type { Owed, OwedAssignment } from "../domain/owed.ts";
import { parseJson, type Db } from "./db.ts";
import { withAccount, type LeadWithAccount } from "./leads.ts";

type Row = Record<string, unknown>;

/** Lanes are drained apart, so that a receiver that hangs never delays mail. */
export type Lane = "email" | "webhook" | "lookup";

const NEXT = "SELECT min(next_attempt_at) AS next FROM outbox WHERE status IN ('pending', 'leased')";

const toOwed = (row: Row): Owed => ({
  id: row["id"] as string,
  kind: row["kind"] as string,
  channel: row["channel"] as string,
  leadId: row["lead_id"] as string | null,
  seq: row["seq"] as number | null,
  recipient: row["recipient"] as string,
  data: parseJson<Row>(row["data"] as string),
  attempts: row["attempts"] as number,
  createdAt: row["created_at"] as number,
});

export interface Claim {
  lane: Lane;
  limit: number;
  now: number;
  /** Whoever holds the rows has until then; afterwards anybody may take them again. */
  leaseUntil: number;
}

export interface Claimed {
  rows: Owed[];
  /** When anything at all is due next, what is leased included. */
  nextAttemptAt: number | null;
}

/**
 * Takes the most overdue rows of a lane. The attempt is counted as it begins: a message that brings its carrier down
 * runs out of attempts like any other, and the count tells a lease from a later one.
 */
export const claimDue = async (db: Db, { lane, limit, now, leaseUntil }: Claim): Promise<Claimed> => {
  const [claimed, next] = await db.batch<Row>([
    db
      .prepare(
        `UPDATE outbox SET status = 'leased', attempts = attempts + 1, next_attempt_at = ?2
         WHERE id IN (SELECT id FROM outbox WHERE status IN ('pending', 'leased') AND next_attempt_at <= ?1
           AND CASE channel WHEN 'webhook' THEN 'webhook' WHEN 'lookup' THEN 'lookup' ELSE 'email' END = ?3 ORDER BY next_attempt_at LIMIT ?4)
         RETURNING *`,
      )
      .bind(now, leaseUntil, lane, limit),
    db.prepare(NEXT),
  ]);
  return {
    rows: (claimed?.results ?? []).map(toOwed).sort((a, b) => a.createdAt - b.createdAt),
    nextAttemptAt: (next?.results[0]?.["next"] as number | null | undefined) ?? null,
  };
};

export interface OwedSubmission {
  receipt: string;
  message: string | null;
  acknowledgement: Acknowledgement;
}

export interface Surroundings {
  /** The live configuration's version; 0 before the first. */
  config: number;
  deactivated: ReadonlySet<string>;
  leads: ReadonlyMap<string, LeadWithAccount>;
  assignment(leadId: string, seq: number): OwedAssignment | null;
  submissions: ReadonlyMap<string, OwedSubmission>;
}

const submissionIdOf = (row: Owed): string | null => {
  const named = row.data["submission"];
  return typeof named === "string" ? named : row.kind === "visitor.acknowledged" ? row.leadId : null;
};

/** The submission an effect speaks of: the one it names, else for an acknowledgement the one that founded the lead. */
export const submissionOf = (around: Surroundings, row: Owed): OwedSubmission | null =>
  around.submissions.get(submissionIdOf(row) ?? "") ?? null;

const present = <T>(values: readonly (T | null)[]): T[] => [
  ...new Set(values.filter((value) => value !== null)),
];

const ASSIGNMENTS = `
SELECT a.lead_id, a.seq, a.person_id, a.team_id, a.cause, a.chosen ->> 'steward' AS steward, a.chosen ->> 'reason' AS reason,
  a.chosen ->> 'firstTouchDueAt' AS due
FROM (SELECT DISTINCT value ->> 0 AS lead_id, value ->> 1 AS seq FROM json_each(?1)) w
JOIN assignments a ON a.lead_id = w.lead_id AND a.seq = w.seq`;

/** Everything a batch speaks of, in one round trip. */
export const readSurroundings = async (db: Db, rows: readonly Owed[]): Promise<Surroundings> => {
  const pairs = rows.flatMap((row) =>
    row.leadId === null || row.seq === null
      ? []
      : [[row.leadId, row.seq], ...(row.seq > 1 ? [[row.leadId, row.seq - 1]] : [])],
  );
  const [revision, gone, leads, assignments, submissions] = await db.batch<Row>([
    db.prepare("SELECT config FROM revisions WHERE id = 1"),
    db.prepare("SELECT person_id FROM people_state WHERE deactivated_at IS NOT NULL"),
    db
      .prepare(
        `SELECT l.*, a.name AS account_name FROM leads l LEFT JOIN accounts a ON a.id = l.account_id
         WHERE l.id IN (SELECT value FROM json_each(?1))`,
      )
      .bind(JSON.stringify(present(rows.map((row) => row.leadId)))),
    db.prepare(ASSIGNMENTS).bind(JSON.stringify(pairs)),
    db
      .prepare(
        `SELECT id, receipt, acknowledgement, body ->> '$.fields.message' AS message FROM submissions
         WHERE id IN (SELECT value FROM json_each(?1))`,
      )
      .bind(JSON.stringify(present(rows.map(submissionIdOf)))),
  ]);
  const byPair = new Map(
    (assignments?.results ?? []).map((row) => [
      `${row["lead_id"] as string} ${row["seq"] as number}`,
      toAssignment(row),
    ]),
  );
  return {
    config: (revision?.results[0]?.["config"] as number | undefined) ?? 0,
    deactivated: new Set((gone?.results ?? []).map((row) => row["person_id"] as string)),
    leads: new Map((leads?.results ?? []).map((row) => [row["id"] as string, withAccount(row)])),
    assignment: (leadId, seq) => byPair.get(`${leadId} ${seq}`) ?? null,
    submissions: new Map((submissions?.results ?? []).map((row) => [row["id"] as string, toSubmission(row)])),
  };
};

const toAssignment = (row: Row): OwedAssignment => ({
  seq: row["seq"] as number,
  personId: row["person_id"] as string | null,
  stewardId: row["steward"] as string | null,
  teamId: row["team_id"] as string | null,
  cause: row["cause"] as string,
  reason: (row["reason"] as string | null) ?? "",
  dueAt: row["due"] as number | null,
});

const toSubmission = (row: Row): OwedSubmission => ({
  receipt: row["receipt"] as string,
  message: typeof row["message"] === "string" ? row["message"] : null,
  acknowledgement: parseJson<Acknowledgement>(row["acknowledgement"] as string),
});

/** What came of one attempt. */
export interface Outcome {
  id: string;
  /** The attempt it speaks of; if somebody has taken the row since, it is not ours to say. */
  attempts: number;
  status: "sent" | "pending" | "dead" | "obsolete";
  nextAttemptAt: number;
  error: string | null;
  /** True where the data must not outlive the message. */
  blank: boolean;
  /** False: the attempt never began (its lease ran out first) and doesn't count. */
  begun: boolean;
}

const RECORD = `
UPDATE outbox SET status = v.status, next_attempt_at = v.next, last_error = v.error,
  attempts = outbox.attempts - (1 - v.begun), sent_at = CASE v.status WHEN 'sent' THEN ?2 END,
  data = CASE WHEN v.blank THEN '{}' ELSE data END
FROM (SELECT value ->> 'id' AS id, value ->> 'attempts' AS attempts, value ->> 'status' AS status,
        value ->> 'nextAttemptAt' AS next, value ->> 'error' AS error, value ->> 'blank' AS blank, value ->> 'begun' AS begun
      FROM json_each(?1)) v
WHERE outbox.id = v.id AND outbox.status = 'leased' AND outbox.attempts = v.attempts
RETURNING id`;

/** Said once for each row that this very batch gave up. */
const DEAD_EVENTS = `
INSERT INTO events (lead_id, at, type, actor, data)
SELECT o.lead_id, ?2, 'delivery.dead', 'system', json_object('delivery', o.id, 'kind', o.kind, 'channel', o.channel,
  'recipient', CASE WHEN o.recipient LIKE 'address:%' THEN 'address' ELSE o.recipient END, 'attempts', o.attempts, 'error', o.last_error)
FROM json_each(?1) v JOIN outbox o ON o.id = v.value ->> 'id' AND o.attempts = v.value ->> 'attempts' AND o.status = 'dead'
WHERE v.value ->> 'status' = 'dead'`;

/** Effects that deliveries themselves owe (alerts, events to subscribers): no lead of their own. */
export interface OwedAbout {
  id: string;
  kind: string;
  channel: string;
  recipient: string;
  data: Record<string, unknown>;
}

const OWE = `
INSERT INTO outbox (id, kind, channel, recipient, data, next_attempt_at, created_at)
SELECT value ->> 'id', value ->> 'kind', value ->> 'channel', value ->> 'recipient', value -> 'data', ?2, ?2
FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING`;

/** Writes what came of a batch, in one round trip. Answers how many rows were still ours, and what is due next. */
export const recordOutcomes = async (
  db: Db,
  outcomes: readonly Outcome[],
  owed: readonly OwedAbout[],
  now: number,
): Promise<{ recorded: number; nextAttemptAt: number | null }> => {
  const list = JSON.stringify(
    outcomes.map((outcome) => ({ ...outcome, blank: Number(outcome.blank), begun: Number(outcome.begun) })),
  );
  const died = outcomes.some((outcome) => outcome.status === "dead");
  const results = await db.batch<Row>([
    db.prepare(RECORD).bind(list, now),
    ...(died ? [db.prepare(DEAD_EVENTS).bind(list, now)] : []),
    ...(owed.length > 0 ? [db.prepare(OWE).bind(JSON.stringify(owed), now)] : []),
    db.prepare(NEXT),
  ]);
  return {
    recorded: results[0]?.results.length ?? 0,
    nextAttemptAt: (results.at(-1)?.results[0]?.["next"] as number | null | undefined) ?? null,
  };
};
