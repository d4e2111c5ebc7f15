/** Reading reports from the roll-ups: sums by day and month where nothing is filtered, else the leads' own figures. */
import {
  LEAD_DIMENSIONS,
  MEASURES,
  type LeadDimension,
  type Measures,
  type SketchName,
} from "../../schema/reports.ts";
import type { ReportGroup } from "../../schema/wire/reports.ts";
import { spansOf, type DayRange } from "../domain/reports/period.ts";
import type { BucketCount } from "../domain/reports/sketch.ts";
import type { Db } from "./db.ts";
import {
  filtered,
  named,
  onlyFilter,
  spansBy,
  TIMES,
  type Filters,
  type Row,
  type Value,
} from "./report-sql.ts";
import { waitingStatement } from "./waiting.ts";

export interface SumsQuery {
  range: DayRange;
  /** Null: everything together. */
  by: ReportGroup | "response" | null;
  filters: Filters;
}

/**
 * Sums lie ready by one dimension: that of the group, or that of a filter where there is no other group than time. Two
 * dimensions at a time are worked out from the leads.
 */
const fromCells = (
  { range, by, filters }: SumsQuery,
  table: string,
  more: string,
): { sql: string; values: Value[] } | null => {
  const filter = onlyFilter(filters);
  const time = by !== null && by in TIMES;
  const dimension = by === null || time ? (filter?.[0] ?? "all") : by;
  if (filter === undefined || (filter !== null && filter[0] !== dimension)) return null;
  const only = filter === null ? "" : " AND value = ?";
  const spans = spansBy(range, by);
  const one = (grain: 0 | 1): string => {
    const value = by === null ? "''" : time ? named(by, grain) : "value";
    return `SELECT ${value} AS grouped, * FROM ${table} WHERE dimension = ?${more} AND grain = ? AND period BETWEEN ? AND ?${only}`;
  };
  return {
    sql: spans.map(({ grain }) => one(grain)).join(" UNION ALL "),
    values: spans.flatMap(({ grain, from, to }) => [
      dimension,
      grain,
      from,
      to,
      ...(filter === null ? [] : [filter[1]]),
    ]),
  };
};

const fromLeads = ({ range, by, filters }: SumsQuery): { sql: string; values: Value[] } => {
  const { where, values } = filtered(filters);
  const time = by === null ? undefined : TIMES[by];
  return {
    sql: `SELECT ${by === null ? "''" : time ? time("day") : by} AS grouped, * FROM report_leads WHERE day BETWEEN ? AND ?${where}`,
    values: [range.from, range.to, ...values],
  };
};

const ALL_SUMS = MEASURES.map((name) => `sum(${name}) AS ${name}`).join(", ");

const toMeasures = (row: Row): Measures =>
  Object.fromEntries(MEASURES.map((name) => [name, Number(row[name] ?? 0)])) as Measures;

/** Sums by group; groups without a lead are left out. */
export const sumsStatement = (db: Db, query: SumsQuery): D1PreparedStatement => {
  const { sql, values } = fromCells(query, "report_cells", "") ?? fromLeads(query);
  return db
    .prepare(
      `SELECT grouped AS value, ${ALL_SUMS} FROM (${sql}) GROUP BY 1 HAVING sum(leads) <> 0 ORDER BY 1`,
    )
    .bind(...values);
};

export const bucketsStatement = (db: Db, query: SumsQuery, sketch: SketchName): D1PreparedStatement => {
  const cells = fromCells(query, "report_buckets", ` AND sketch = '${sketch}'`);
  if (cells)
    return db
      .prepare(
        `SELECT grouped AS value, bucket, sum(n) AS n FROM (${cells.sql}) GROUP BY 1, 2 HAVING sum(n) > 0`,
      )
      .bind(...cells.values);
  const { sql, values } = fromLeads(query);
  return db
    .prepare(
      `SELECT grouped AS value, ${sketch} AS bucket, count(*) AS n FROM (${sql}) WHERE ${sketch} IS NOT NULL GROUP BY 1, 2`,
    )
    .bind(...values);
};

/** Open leads that nobody has touched yet, whenever they came, by who has them now. */
const backlogStatement = (db: Db, { by, filters }: SumsQuery): D1PreparedStatement =>
  waitingStatement(db, LEAD_DIMENSIONS.includes(by as LeadDimension) ? by : null, Object.entries(filters));

/** Promises to leads of the period that have no touch and are still to come, by the leads' group. */
const promisesAheadStatement = (db: Db, query: SumsQuery, now: number): D1PreparedStatement => {
  const { by, range, filters } = query;
  const { where, values } = filtered(filters);
  const time = by === null ? undefined : TIMES[by];
  return db
    .prepare(
      // Told which way, because it would rather begin with the leads.
      `SELECT ${by === null ? "''" : time ? time("day") : by} AS value, count(*) AS n FROM (
         SELECT f.* FROM report_promises p INDEXED BY report_promises_waiting CROSS JOIN report_leads f ON f.lead_id = p.lead_id
         WHERE p.touched_at IS NULL AND p.open = 1 AND p.promise_at >= ? AND f.day BETWEEN ? AND ?)
       WHERE true${where} GROUP BY 1`,
    )
    .bind(now, range.from, range.to, ...values);
};

export interface Grouped {
  sums: Map<string, Measures>;
  buckets: Record<SketchName, Map<string, BucketCount[]>>;
  backlog: Map<string, number>;
  promisesAhead: Map<string, number>;
}

const toBuckets = (rows: readonly Row[] | undefined): Map<string, BucketCount[]> => {
  const map = new Map<string, BucketCount[]>();
  for (const row of rows ?? []) {
    const key = String(row["value"]);
    const list = map.get(key) ?? [];
    list.push({ bucket: Number(row["bucket"]), n: Number(row["n"]) });
    map.set(key, list);
  }
  return map;
};

const countsOf = (rows: readonly Row[] | undefined): Map<string, number> =>
  new Map((rows ?? []).map((row) => [String(row["value"]), Number(row["n"])]));

const NO_ROWS = "SELECT 1 WHERE 0";

/** One round trip; only what is shown is read: promises still to come where `promisesAt` says as of when. */
export const readGrouped = async (
  db: Db,
  query: SumsQuery,
  sketches: readonly SketchName[],
  { backlog, promisesAt }: { backlog: boolean; promisesAt: number | null },
): Promise<Grouped> => {
  const wanted = (name: SketchName): D1PreparedStatement =>
    sketches.includes(name) ? bucketsStatement(db, query, name) : db.prepare(NO_ROWS);
  const [sums, speed, coverage, recycle, waiting, ahead] = await db.batch<Row>([
    sumsStatement(db, query),
    wanted("speed"),
    wanted("coverage"),
    wanted("recycle"),
    backlog ? backlogStatement(db, query) : db.prepare(NO_ROWS),
    promisesAt === null ? db.prepare(NO_ROWS) : promisesAheadStatement(db, query, promisesAt),
  ]);
  return {
    sums: new Map((sums?.results ?? []).map((row) => [String(row["value"]), toMeasures(row)])),
    buckets: {
      speed: toBuckets(speed?.results),
      coverage: toBuckets(coverage?.results),
      recycle: toBuckets(recycle?.results),
    },
    backlog: countsOf(waiting?.results),
    promisesAhead: countsOf(ahead?.results),
  };
};

export interface PersonScore {
  person: string;
  score: number;
  of: number;
  hits: number;
}

/** Everybody's leads by their score: how many they had to answer themselves, and how many of those they reached in time. */
export const readPersonScores = async (db: Db, range: DayRange): Promise<PersonScore[]> => {
  const spans = spansOf(range);
  const one =
    "SELECT value, own_met, own_due FROM report_cells WHERE dimension = 'person_score' AND grain = ? AND period BETWEEN ? AND ?";
  const { results } = await db
    .prepare(
      `SELECT value, sum(own_met) AS hits, sum(own_due) AS n FROM (${spans.map(() => one).join(" UNION ALL ")})
       GROUP BY 1 HAVING sum(own_due) > 0`,
    )
    .bind(...spans.flatMap(({ grain, from, to }) => [grain, from, to]))
    .all<Row>();
  return results
    .map((row) => {
      const [name = "", score = "0"] = String(row["value"]).split("\t");
      return { person: name, score: Number(score), of: Number(row["n"]), hits: Number(row["hits"]) };
    })
    .filter((each) => each.person !== "");
};
