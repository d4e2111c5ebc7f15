/**
 * Open leads by the hundred thousand in a moment: copies of leads that were really captured, with all that capture wrote of them,
 * each due when it is wanted. Their clocks are armed as ever: the sweeper finds what is due soon.
 */
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { databaseFile } from "./state.ts";

export interface Wanted {
  /** Of the leads to copy, turn by turn; captured, told to their owners and left alone. */
  readonly originals: readonly string[];
  readonly count: number;
  /** First touches are due evenly from here on (epoch ms) … */
  readonly from: number;
  /** … one so many ms after the other. */
  readonly every: number;
  /** The warning has been given. */
  readonly warned: boolean;
  /** Sets these leads apart from those of another call. */
  readonly mark: string;
}

/** What ids end in, each a clock's (worker/store/clocks.ts). */
const SHARDS = "0123456789abcdefghjkmnpqrstvwxyz";

/** So many in one transaction: meanwhile the product can't write. */
const AT_ONCE = 2_000;

const COPIES = `
CREATE TEMP TABLE copies AS
WITH RECURSIVE numbers (n) AS (SELECT ?1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?2 - 1)
SELECT n, l.id AS original, printf('ld_%s%022d', ?3, n) || substr('${SHARDS}', n % ${SHARDS.length} + 1, 1) AS id,
  CAST(?4 + n * ?5 AS INTEGER) - l.first_touch_due_at AS later
FROM numbers JOIN json_each(?6) o ON o.key = n % json_array_length(?6) JOIN leads l ON l.id = o.value`;

/** When the warning was due, wherever it is needed. */
const WARNED_AT = "(SELECT value ->> 'dueAt' FROM json_each(x.timers) WHERE value ->> 'kind' = 'warning')";

const timers = (warned: boolean): string =>
  `FROM json_each(x.timers) ${warned ? "WHERE value ->> 'kind' <> 'warning'" : ""}`;

const moved = (...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, `x.${name} + c.later`]));

const moment = (path: string) =>
  `strftime('%Y-%m-%dT%H:%M:%fZ', unixepoch(x.acknowledgement ->> '${path}', 'subsec') + c.later / 1000.0, 'unixepoch')`;

/** By table: which rows are copied, and the columns that a copy has of its own. */
const tables = (warned: boolean): Record<string, { where: string; set: Record<string, string> }> => ({
  leads: {
    where: "x.id = c.original",
    set: {
      id: "c.id",
      email_norm: "'robin@' || replace(c.id, '_', '') || '.example'",
      corporate_domain: "replace(c.id, '_', '') || '.example'",
      facts: "json_set(x.facts, '$.lead.email', 'robin@' || replace(c.id, '_', '') || '.example')",
      ...moved("created_at", "updated_at", "assigned_at", "clock_starts_at", "first_touch_due_at"),
      ...moved("promise_at", "next_action_at"),
      warned_at: warned ? `${WARNED_AT} + c.later` : "NULL",
      timers: `(SELECT json_group_array(json_set(value, '$.dueAt', (value ->> 'dueAt') + c.later)) ${timers(warned)})`,
      next_due_at: `(SELECT min(value ->> 'dueAt') ${timers(warned)}) + c.later`,
    },
  },
  submissions: {
    where: "x.id = c.original",
    set: {
      id: "c.id",
      submission_id: "c.id",
      lead_id: "c.id",
      acknowledgement: `json_set(x.acknowledgement, '$.promiseAt', ${moment("$.promiseAt")})`,
      receipt: "'r' || c.id",
      ...moved("created_at"),
    },
  },
  assignments: {
    where: "x.lead_id = c.original AND x.seq = 1",
    set: {
      lead_id: "c.id",
      ...moved("at"),
      chosen: `json_set(x.chosen, ${["clockStartsAt", "promiseAt", "firstTouchDueAt"]
        .map((name) => `'$.${name}', (x.chosen ->> '${name}') + c.later`)
        .join(", ")})`,
    },
  },
  events: { where: "x.lead_id = c.original", set: { seq: "NULL", lead_id: "c.id", ...moved("at") } },
  // What decides whose a breach is: whether its owner had been told.
  outbox: {
    where: "x.lead_id = c.original AND x.recipient = 'owner'",
    set: {
      id: "replace(x.id, c.original, c.id)",
      lead_id: "c.id",
      ...moved("next_attempt_at", "created_at", "sent_at"),
    },
  },
});

const copy = (database: DatabaseSync, wanted: Wanted, first: number): void => {
  const { originals, count, from, every, warned, mark } = wanted;
  const end = Math.min(first + AT_ONCE, count);
  database.prepare(COPIES).run(first, end, mark, from, every, JSON.stringify(originals));
  database.exec("BEGIN IMMEDIATE");
  for (const [table, { where, set }] of Object.entries(tables(warned))) {
    const columns = database.prepare(`PRAGMA table_info(${table})`).all() as { name: string }[];
    const names = columns.map(({ name }) => name);
    const values = names.map((name) => set[name] ?? `x.${name}`);
    // The copies first, each of which looks up few rows.
    database.exec(
      `INSERT INTO ${table} (${names.join(", ")}) SELECT ${values.join(", ")} FROM copies c CROSS JOIN ${table} x ON ${where}`,
    );
  }
  database.exec("COMMIT; DROP TABLE copies");
};

/** What reads on from where it was takes the copies for read: they were never to be seen to. */
const PASS_OVER = `
UPDATE report_state SET turn = turn + 1, seq = (SELECT max(seq) FROM events), rebuild_after = NULL;
UPDATE pick_replay SET cursor = (SELECT max(rowid) FROM assignments), credits = (
  SELECT json_group_object(team_id, json(members)) FROM (
    SELECT team_id, json_group_object(person_id, credit) AS members FROM rotation_credits GROUP BY team_id))`;

/** Lets the product have its turn between any two portions. */
export async function layOpenLeads(dataDir: string, wanted: Wanted): Promise<void> {
  const database = new DatabaseSync(databaseFile(dataDir), { timeout: 30_000 });
  try {
    for (let first = 0; first < wanted.count; first += AT_ONCE) {
      copy(database, wanted, first);
      await sleep(50);
    }
    database.exec(`BEGIN IMMEDIATE; ${PASS_OVER}; COMMIT`);
  } finally {
    database.close();
  }
}
