/** Back-tests as they are kept: begun, gone on with slice by slice, ended; and their leads in the simulated world. */
import { backtests } from "../../schema/tables/backtests.ts";
import type { PastLead, Simulated } from "../domain/backtest/types.ts";
import { nextOf } from "../domain/backtest/agenda.ts";
import { desc, eq, lt } from "drizzle-orm";
import { orm, parseJson, type Db } from "./db.ts";

export type BacktestRow = typeof backtests.$inferSelect;
export type NewBacktest = typeof backtests.$inferInsert;

export const insertBacktest = async (db: Db, row: NewBacktest): Promise<void> => {
  await orm(db).insert(backtests).values(row);
};

export const readBacktest = async (db: Db, id: string): Promise<BacktestRow | null> => {
  const [row] = await orm(db).select().from(backtests).where(eq(backtests.id, id));
  return row ?? null;
};

/** What lists show: everything but the document and the world. */
const LISTED = {
  id: backtests.id,
  status: backtests.status,
  version: backtests.version,
  fromAt: backtests.fromAt,
  toAt: backtests.toAt,
  condition: backtests.condition,
  startedBy: backtests.startedBy,
  startedAt: backtests.startedAt,
  updatedAt: backtests.updatedAt,
  finishedAt: backtests.finishedAt,
  total: backtests.total,
  decided: backtests.decided,
  summary: backtests.summary,
  error: backtests.error,
  prunedAt: backtests.prunedAt,
};

export type ListedBacktest = Pick<BacktestRow, keyof typeof LISTED>;

/** Newest first, begun before `before`. */
export const listBacktests = (db: Db, before: number, limit: number): Promise<ListedBacktest[]> =>
  orm(db)
    .select(LISTED)
    .from(backtests)
    .where(lt(backtests.startedAt, before))
    .orderBy(desc(backtests.startedAt))
    .limit(limit);

/** Ids of those that run, and since when nothing was heard of each. */
export const runningBacktests = async (db: Db): Promise<{ id: string; updatedAt: number }[]> => {
  const { results } = await db
    .prepare(
      "SELECT id, updated_at AS updatedAt FROM backtests WHERE status = 'running' ORDER BY updated_at LIMIT 20",
    )
    .all<{ id: string; updatedAt: number }>();
  return results;
};

/** False when it had ended already. */
export const endBacktest = async (
  db: Db,
  id: string,
  how: { status: "cancelled" | "failed"; error: string | null },
  now: number,
): Promise<boolean> => {
  const { meta } = await db
    .prepare(
      "UPDATE backtests SET status = ?2, error = ?3, finished_at = ?4, updated_at = ?4 WHERE id = ?1 AND status = 'running'",
    )
    .bind(id, how.status, how.error, now)
    .run();
  return meta.changes > 0;
};

export interface Slice {
  id: string;
  /** The number of the slice this one follows. */
  after: number;
  decided: number;
  progress: object;
  world: object;
  /** New in the simulated world, with how they really went. */
  come: readonly { lead: Simulated; past: PastLead }[];
  changed: readonly Simulated[];
  /** Beyond this nothing happens any more. */
  until: number;
  now: number;
}

const wouldColumns = (lead: Simulated, until: number) => ({
  n: lead.n,
  owner: lead.firstOwner ?? (lead.provisional ? lead.owner : null),
  team: lead.firstTeam ?? (lead.provisional ? lead.team : null),
  queue: lead.firstQueue,
  rule: lead.firstRule,
  promise_at: lead.promiseAt,
  touch_at: lead.touched ? lead.touchAt : null,
  last_owner: lead.owner,
  breached_by: JSON.stringify(lead.breachedBy),
  holder: lead.open && !lead.touched && !lead.earlier ? lead.owner : null,
  related: Number(lead.open && !lead.provisional && lead.owner !== null),
  next_at: nextOf(lead, until)?.at ?? null,
  state: JSON.stringify(lead),
});

type WouldColumn = keyof ReturnType<typeof wouldColumns>;

const WOULD: readonly Exclude<WouldColumn, "n">[] = [
  "owner",
  "team",
  "queue",
  "rule",
  "promise_at",
  "touch_at",
  "last_owner",
  "breached_by",
  "holder",
  "related",
  "next_at",
  "state",
];

const wasColumns = ({ lead, past }: Slice["come"][number]) => ({
  lead_id: lead.leadId,
  at: lead.at,
  counts: Number(lead.counts),
  was_owner: past.happened.owner,
  was_team: past.happened.team,
  was_queue: past.happened.queue,
  was_rule: past.happened.ruleId,
  was_promise_at: past.happened.promiseAt,
  was_touch_at: past.happened.firstTouchAt,
  was_last_owner: past.happened.lastOwner,
  was_breached_by: JSON.stringify(past.happened.breachedBy),
  intervened: Number(past.happened.intervened),
});

const WAS: readonly (keyof ReturnType<typeof wasColumns>)[] = [
  "lead_id",
  "at",
  "counts",
  "was_owner",
  "was_team",
  "was_queue",
  "was_rule",
  "was_promise_at",
  "was_touch_at",
  "was_last_owner",
  "was_breached_by",
  "intervened",
];

const NEW = ["n", ...WOULD, ...WAS] as const;

const INSERT = `INSERT INTO backtest_leads (backtest_id, ${NEW.join(", ")})
  SELECT ?1, ${NEW.map((name) => `value ->> '${name}'`).join(", ")} FROM json_each(?2)`;

/** Each row is looked up by its key: a plain join reads the whole back-test for every slice. */
const UPDATE = `UPDATE backtest_leads SET ${WOULD.map((name) => `${name} = v.value ->> '${name}'`).join(", ")}
  FROM json_each(?2) v
  WHERE backtest_leads.rowid = (SELECT k.rowid FROM backtest_leads k WHERE k.backtest_id = ?1 AND k.n = v.value ->> 'n')`;

/** Whoever wrote this slice before, or ended the back-test, makes the whole batch fail: the number becomes NULL. */
const ADVANCE = `UPDATE backtests SET slice = CASE WHEN slice = ?2 AND status = 'running' THEN slice + 1 END,
  decided = decided + ?3, progress = ?4, world = ?5, updated_at = ?6 WHERE id = ?1`;

const MOVED_ON = /NOT NULL constraint failed: backtests\.slice/;

/** Atomic. False when another hand was faster or it has ended: nothing was written then. */
export const writeSlice = async (db: Db, slice: Slice): Promise<boolean> => {
  const come = slice.come.map((item) => ({ ...wouldColumns(item.lead, slice.until), ...wasColumns(item) }));
  const changed = slice.changed.map((lead) => wouldColumns(lead, slice.until));
  try {
    await db.batch([
      db
        .prepare(ADVANCE)
        .bind(
          slice.id,
          slice.after,
          slice.decided,
          JSON.stringify(slice.progress),
          JSON.stringify(slice.world),
          slice.now,
        ),
      ...(come.length > 0 ? [db.prepare(INSERT).bind(slice.id, JSON.stringify(come))] : []),
      ...(changed.length > 0 ? [db.prepare(UPDATE).bind(slice.id, JSON.stringify(changed))] : []),
    ]);
    return true;
  } catch (error) {
    if (MOVED_ON.test(String(error))) return false;
    throw error;
  }
};

/** False when it had ended, or another slice came in between. */
export const finishBacktest = async (
  db: Db,
  row: Pick<BacktestRow, "id" | "slice">,
  summary: object,
  now: number,
): Promise<boolean> => {
  const { meta } = await db
    .prepare(
      `UPDATE backtests SET status = 'done', summary = ?3, world = '{}', finished_at = ?4, updated_at = ?4
       WHERE id = ?1 AND slice = ?2 AND status = 'running'`,
    )
    .bind(row.id, row.slice, JSON.stringify(summary), now)
    .run();
  return meta.changes > 0;
};

/** Leads to which something happens up to `until`, the earliest first. */
export const dueLeads = async (
  db: Db,
  id: string,
  until: number,
  limit: number,
): Promise<{ lead: Simulated; nextAt: number }[]> => {
  const { results } = await db
    .prepare(
      `SELECT state, next_at AS nextAt FROM backtest_leads WHERE backtest_id = ?1 AND next_at <= ?2
       ORDER BY next_at, n LIMIT ?3`,
    )
    .bind(id, until, limit)
    .all<{ state: string; nextAt: number }>();
  return results.map(({ state, nextAt }) => ({ lead: parseJson<Simulated>(state), nextAt }));
};

/** Most leads of those absent that are looked at in one slice. */
const MOST_HELD = 2000;

/** Untouched leads of these people in the simulated world. */
export const leadsHeldBy = async (db: Db, id: string, people: readonly string[]): Promise<Simulated[]> => {
  if (people.length === 0) return [];
  const { results } = await db
    .prepare(
      `SELECT b.state FROM json_each(?2) p CROSS JOIN backtest_leads b
       WHERE b.backtest_id = ?1 AND b.holder = p.value ORDER BY b.n LIMIT ${MOST_HELD}`,
    )
    .bind(id, JSON.stringify(people))
    .all<{ state: string }>();
  return results.map(({ state }) => parseJson<Simulated>(state));
};
