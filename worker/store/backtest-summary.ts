/** What a back-test comes to, and its leads page by page. Counted by the database from the rows that it lists. */
import type { BACKTEST_CHANGES, BacktestSummary } from "../../schema/wire/backtests.ts";
import type { WorldState } from "../domain/backtest/world.ts";
import { parseJson, type Db } from "./db.ts";

export const ASSUMPTIONS = [
  "An answer takes as much coverage time as it really took; where owner or clock are the same it comes at the same moment.",
  "People were there as they really were: shifts as the document has them, time off, away, suspended and deactivated as recorded.",
  "Leads close, and queues let them go, when they really did. What somebody moved or corrected by hand isn't simulated.",
  "What CRM and matching said is what they said when each lead came; the lead's own data are today's.",
];

type Row = Record<string, number | null>;

/** A promise is judged by the minute told (schema/wire/told.ts); leads close when they really did. */
const fates = (was: "" | "was_"): string => {
  const [told, touched] = [`((${was}promise_at + 59999) / 60000 * 60000)`, `${was}touch_at`];
  const withdrawn = `(state ->> '$.closeAt' <= ${told} AND coalesce(${touched} > ${told}, 1))`;
  return `count(${was}promise_at) AS ${was}told, sum(${touched} <= ${told}) AS ${was}kept, sum(${withdrawn}) AS ${was}withdrawn,
  sum(${touched} IS NULL AND ${told} >= ?2 AND NOT coalesce(${withdrawn}, 0)) AS ${was}waiting`;
};

const TOTALS = `
SELECT count(*) AS leads, sum(other_owner) AS other, sum(intervened) AS intervened,
  sum(owner IS NULL AND queue IS NULL) AS nobody,
  sum(was_breached_by <> '[]') AS was_breached, sum(breached_by <> '[]') AS breached,
  sum(breach_change = -1) AS avoided, sum(breach_change = 1) AS added,
  sum(json_array_length(was_breached_by)) AS was_deadlines, sum(json_array_length(breached_by)) AS deadlines,
  ${fates("was_")}, ${fates("")},
  sum(promise_at <= was_promise_at - 1000) AS earlier, sum(promise_at >= was_promise_at + 1000) AS later
FROM backtest_leads WHERE backtest_id = ?1 AND counts = 1`;

const grouped = (was: string, would: string): string => `
SELECT id, sum(was) AS was, sum(would) AS would FROM (
  SELECT ${was} AS id, 1 AS was, 0 AS would FROM backtest_leads WHERE backtest_id = ?1 AND counts = 1
  UNION ALL SELECT ${would}, 0, 1 FROM backtest_leads WHERE backtest_id = ?1 AND counts = 1)
GROUP BY id ORDER BY sum(would) DESC, id`;

const BREACHES = `
SELECT id, sum(was) AS was, sum(would) AS would FROM (
  SELECT value AS id, 1 AS was, 0 AS would FROM backtest_leads b, json_each(b.was_breached_by) WHERE b.backtest_id = ?1 AND b.counts = 1
  UNION ALL SELECT value, 0, 1 FROM backtest_leads b, json_each(b.breached_by) WHERE b.backtest_id = ?1 AND b.counts = 1)
GROUP BY id`;

/** Seconds; nearest rank. */
const wait = (column: string, share: number): string =>
  `SELECT (${column} - at) / 1000.0 AS wait FROM backtest_leads WHERE backtest_id = ?1 AND counts = 1 AND ${column} IS NOT NULL
   ORDER BY ${column} - at LIMIT 1 OFFSET (SELECT max(CAST(ceil(count(${column}) * ${share}) AS INTEGER) - 1, 0)
     FROM backtest_leads WHERE backtest_id = ?1 AND counts = 1)`;

interface Group {
  id: string | null;
  was: number;
  would: number;
}

const named = (groups: readonly Group[]): (Group & { id: string })[] =>
  groups.filter((group): group is Group & { id: string } => group.id !== null);

const peopleOf = (
  owners: readonly Group[],
  breaches: readonly Group[],
  { peaks }: WorldState,
): BacktestSummary["people"] => {
  const breached = new Map(breaches.map((group) => [group.id, group]));
  const peak = new Map(peaks);
  const known = new Map(named(owners).map((group) => [group.id, group]));
  for (const { id } of named(breaches)) if (!known.has(id)) known.set(id, { id, was: 0, would: 0 });
  return [...known.values()].map(({ id, was, would }) => ({
    id,
    was: { leads: was, breaches: breached.get(id)?.was ?? 0 },
    would: { leads: would, breaches: breached.get(id)?.would ?? 0, peakAwaiting: peak.get(id) ?? 0 },
  }));
};

export const summarise = async (
  db: Db,
  id: string,
  world: WorldState & { fromToday: number; until: number },
): Promise<BacktestSummary> => {
  const results = await db.batch<Row & Group & { wait: number }>([
    db.prepare(TOTALS).bind(id, world.until),
    ...[
      grouped("was_owner", "owner"),
      BREACHES,
      grouped("was_team", "team"),
      grouped("was_queue", "queue"),
      grouped("was_rule", "rule"),
      ...["was_promise_at", "promise_at"].flatMap((column) => [wait(column, 0.5), wait(column, 0.9)]),
    ].map((sql) => db.prepare(sql).bind(id)),
  ]);
  const rows = (at: number) => results[at]?.results ?? [];
  const total = (name: string): number => rows(0)[0]?.[name] ?? 0;
  const waited = (at: number): number | null => rows(at)[0]?.wait ?? null;
  const promised = (was: "" | "was_", at: number): BacktestSummary["promises"]["was"] => {
    const [told, waiting, withdrawn] = [`${was}told`, `${was}waiting`, `${was}withdrawn`].map(total);
    return {
      told: told ?? 0,
      decided: (told ?? 0) - (waiting ?? 0) - (withdrawn ?? 0),
      kept: total(`${was}kept`),
      waiting: waiting ?? 0,
      withdrawn: withdrawn ?? 0,
      wait: { p50: waited(at), p90: waited(at + 1) },
    };
  };
  const groups = (at: number): Group[] => rows(at).map(({ id, was, would }) => ({ id, was, would }));
  return {
    leads: total("leads"),
    owner: { same: total("leads") - total("other"), other: total("other") },
    intervened: total("intervened"),
    nobody: total("nobody"),
    breached: {
      was: total("was_breached"),
      would: total("breached"),
      avoided: total("avoided"),
      added: total("added"),
    },
    deadlines: { was: total("was_deadlines"), would: total("deadlines") },
    promises: {
      was: promised("was_", 6),
      would: promised("", 8),
      earlier: total("earlier"),
      later: total("later"),
    },
    people: peopleOf(groups(1), groups(2), world),
    teams: groups(3),
    queues: named(groups(4)),
    rules: groups(5),
    decidedByTodaysCrm: world.fromToday,
    assumptions: ASSUMPTIONS,
  };
};

export interface DiffRow {
  n: number;
  leadId: string;
  at: number;
  was: Side;
  would: Side;
  otherOwner: boolean;
  otherPromise: boolean;
  breachChange: number;
  intervened: boolean;
}

export interface Side {
  owner: string | null;
  team: string | null;
  queue: string | null;
  ruleId: string | null;
  promiseAt: number | null;
  firstTouchAt: number | null;
  breachedBy: string[];
  lastOwner: string | null;
}

export interface DiffFilter {
  change?: "any" | (typeof BACKTEST_CHANGES)[number] | undefined;
  /** Was or would be the owner. */
  person?: string | undefined;
  rule?: string | undefined;
}

const CHANGES: Record<NonNullable<DiffFilter["change"]>, string> = {
  any: "(other_owner OR other_promise OR breach_change <> 0)",
  owner: "other_owner",
  promise: "other_promise",
  breach_added: "breach_change = 1",
  breach_avoided: "breach_change = -1",
};

const toSide = (row: Record<string, unknown>, prefix: "" | "was_"): Side => {
  const text = (name: string) => row[prefix + name] as string | null;
  const time = (name: string) => row[prefix + name] as number | null;
  return {
    owner: text("owner"),
    team: text("team"),
    queue: text("queue"),
    ruleId: text("rule"),
    promiseAt: time("promise_at"),
    firstTouchAt: time("touch_at"),
    breachedBy: parseJson<string[]>(text("breached_by") ?? "[]"),
    lastOwner: text("last_owner"),
  };
};

/** In the order in which they came, after number `after`. */
export const readDiff = async (
  db: Db,
  id: string,
  filter: DiffFilter,
  after: number,
  limit: number,
): Promise<DiffRow[]> => {
  const { results } = await db
    .prepare(
      `SELECT * FROM backtest_leads WHERE backtest_id = ?1 AND n > ?2 AND counts = 1
         AND (?3 IS NULL OR owner = ?3 OR was_owner = ?3) AND (?4 IS NULL OR rule = ?4 OR was_rule = ?4)
         ${filter.change ? `AND ${CHANGES[filter.change]}` : ""} ORDER BY n LIMIT ?5`,
    )
    .bind(id, after, filter.person ?? null, filter.rule ?? null, limit)
    .all();
  return results.map((row) => ({
    n: Number(row["n"]),
    leadId: String(row["lead_id"]),
    at: Number(row["at"]),
    was: toSide(row, "was_"),
    would: toSide(row, ""),
    otherOwner: row["other_owner"] === 1,
    otherPromise: row["other_promise"] === 1,
    breachChange: Number(row["breach_change"]),
    intervened: row["intervened"] === 1,
  }));
};

/** Drops leads of ended back-tests beyond the newest `keep`, at most `limit`; their summaries stay. */
export const pruneBacktests = async (db: Db, keep: number, limit: number, now: number): Promise<number> => {
  const row = await db
    .prepare(
      `SELECT id FROM backtests WHERE status <> 'running' AND pruned_at IS NULL AND id NOT IN
         (SELECT id FROM backtests ORDER BY started_at DESC LIMIT ?1) ORDER BY started_at LIMIT 1`,
    )
    .bind(keep)
    .first<{ id: string }>();
  if (!row) return 0;
  const { meta } = await db
    .prepare(
      "DELETE FROM backtest_leads WHERE rowid IN (SELECT rowid FROM backtest_leads WHERE backtest_id = ?1 LIMIT ?2)",
    )
    .bind(row.id, limit)
    .run();
  if (meta.changes < limit)
    await db
      .prepare("UPDATE backtests SET pruned_at = ?2, world = '{}' WHERE id = ?1")
      .bind(row.id, now)
      .run();
  return meta.changes;
};
