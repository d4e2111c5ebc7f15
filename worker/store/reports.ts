/** Reading reports from the roll-ups: sums by day and month where nothing is filtered, else the leads' own figures. */
import {
  LEAD_DIMENSIONS,
  MEASURES,
  type IncidentKind,
  type LeadDimension,
  type Measures,
  type SketchName,
} from "../../schema/reports.ts";
import type { ReportFilter, ReportGroup } from "../../schema/wire/reports.ts";
import { spansOf, type DayRange } from "../domain/reports/period.ts";
import type { BucketCount } from "../domain/reports/sketch.ts";
import type { Db } from "./db.ts";

export type Filters = Partial<Record<ReportFilter, string>>;

export interface SumsQuery {
  range: DayRange;
  /** Null: everything together. */
  by: ReportGroup | "response" | null;
  filters: Filters;
}

type Row = Record<string, unknown>;
type Value = string | number;

const TIMES: Readonly<Record<string, (day: string) => string>> = {
  day: (day) => day,
  week: (day) => `${day} - (${day} + 3) % 7`,
  month: (day) => `unixepoch(date(${day} * 86400, 'unixepoch', 'start of month')) / 86400`,
};

/** A condition on the filtered columns, and what is bound to it. */
const filtered = (filters: Filters): { where: string; values: Value[] } => {
  const pairs = Object.entries(filters);
  return {
    where: pairs.map(([name]) => ` AND ${name} = ?`).join(""),
    values: pairs.map(([, value]) => value),
  };
};

const isFree = (filters: Filters): boolean => Object.keys(filters).length === 0;

/** Sums lie ready by one dimension; two at a time are worked out from the leads. */
const fromCells = (
  { range, by, filters }: SumsQuery,
  table: string,
  more: string,
): { sql: string; values: Value[]; value: string } | null => {
  if (!isFree(filters)) return null;
  const time = by === null ? undefined : TIMES[by];
  const spans = time ? [{ grain: 0, ...range }] : spansOf(range);
  const dimension = by === null || time ? "all" : by;
  const one = `SELECT * FROM ${table} WHERE dimension = ?${more} AND grain = ? AND period BETWEEN ? AND ?`;
  return {
    sql: spans.map(() => one).join(" UNION ALL "),
    values: spans.flatMap(({ grain, from, to }) => [dimension, grain, from, to]),
    value: time ? time("period") : "value",
  };
};

const fromLeads = ({ range, by, filters }: SumsQuery): { sql: string; values: Value[]; value: string } => {
  const { where, values } = filtered(filters);
  const time = by === null ? undefined : TIMES[by];
  return {
    sql: `SELECT * FROM report_leads WHERE day BETWEEN ? AND ?${where}`,
    values: [range.from, range.to, ...values],
    value: by === null ? "''" : time ? time("day") : by,
  };
};

const ALL_SUMS = MEASURES.map((name) => `sum(${name}) AS ${name}`).join(", ");

const toMeasures = (row: Row): Measures =>
  Object.fromEntries(MEASURES.map((name) => [name, Number(row[name] ?? 0)])) as Measures;

/** Sums by group; groups without a lead are left out. */
export const sumsStatement = (db: Db, query: SumsQuery): D1PreparedStatement => {
  const { sql, values, value } = fromCells(query, "report_cells", "") ?? fromLeads(query);
  return db
    .prepare(
      `SELECT ${value} AS value, ${ALL_SUMS} FROM (${sql}) GROUP BY 1 HAVING sum(leads) <> 0 ORDER BY 1`,
    )
    .bind(...values);
};

export const bucketsStatement = (db: Db, query: SumsQuery, sketch: SketchName): D1PreparedStatement => {
  const cells = fromCells(query, "report_buckets", ` AND sketch = '${sketch}'`);
  if (cells)
    return db
      .prepare(
        `SELECT ${cells.value} AS value, bucket, sum(n) AS n FROM (${cells.sql}) GROUP BY 1, 2 HAVING sum(n) > 0`,
      )
      .bind(...cells.values);
  const { sql, values, value } = fromLeads(query);
  return db
    .prepare(
      `SELECT ${value} AS value, ${sketch} AS bucket, count(*) AS n FROM (${sql}) WHERE ${sketch} IS NOT NULL GROUP BY 1, 2`,
    )
    .bind(...values);
};

/** Open leads that nobody has touched yet, whenever they came. */
export const backlogStatement = (db: Db, { by, filters }: SumsQuery): D1PreparedStatement => {
  const { where, values } = filtered(filters);
  const column = LEAD_DIMENSIONS.includes(by as LeadDimension) ? String(by) : "''";
  return db
    .prepare(
      `SELECT ${column} AS value, count(*) AS n FROM report_leads WHERE open = 1 AND touched = 0${where} GROUP BY 1`,
    )
    .bind(...values);
};

export interface Grouped {
  sums: Map<string, Measures>;
  buckets: Record<SketchName, Map<string, BucketCount[]>>;
  backlog: Map<string, number>;
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

const NO_ROWS = "SELECT 1 WHERE 0";

/** One round trip; only the sketches that are shown are read. */
export const readGrouped = async (
  db: Db,
  query: SumsQuery,
  sketches: readonly SketchName[],
  backlog: boolean,
): Promise<Grouped> => {
  const wanted = (name: SketchName): D1PreparedStatement =>
    sketches.includes(name) ? bucketsStatement(db, query, name) : db.prepare(NO_ROWS);
  const [sums, speed, coverage, recycle, waiting] = await db.batch<Row>([
    sumsStatement(db, query),
    wanted("speed"),
    wanted("coverage"),
    wanted("recycle"),
    backlog ? backlogStatement(db, query) : db.prepare(NO_ROWS),
  ]);
  return {
    sums: new Map((sums?.results ?? []).map((row) => [String(row["value"]), toMeasures(row)])),
    buckets: {
      speed: toBuckets(speed?.results),
      coverage: toBuckets(coverage?.results),
      recycle: toBuckets(recycle?.results),
    },
    backlog: new Map((waiting?.results ?? []).map((row) => [String(row["value"]), Number(row["n"])])),
  };
};

export interface PersonScore {
  person: string;
  score: number;
  of: number;
  hits: number;
}

/** A person's leads by their score: how many were due, and how many of those touched in time. */
export const readPersonScores = async (
  db: Db,
  range: DayRange,
  person: string | undefined,
): Promise<PersonScore[]> => {
  const spans = spansOf(range);
  const one =
    "SELECT value, met, missed FROM report_cells WHERE dimension = 'person_score' AND grain = ? AND period BETWEEN ? AND ?";
  const { results } = await db
    .prepare(
      `SELECT value, sum(met) AS hits, sum(met + missed) AS n FROM (${spans.map(() => one).join(" UNION ALL ")})
       GROUP BY 1 HAVING sum(met + missed) > 0`,
    )
    .bind(...spans.flatMap(({ grain, from, to }) => [grain, from, to]))
    .all<Row>();
  return results
    .map((row) => {
      const [name = "", score = "0"] = String(row["value"]).split("\t");
      return { person: name, score: Number(score), of: Number(row["n"]), hits: Number(row["hits"]) };
    })
    .filter((each) => each.person !== "" && (person === undefined || each.person === person));
};

export interface IncidentCount {
  keys: string[];
  n: number;
  /** Average of what is known of their durations, ms. */
  ms: number | null;
}

export type IncidentColumn =
  "person" | "code" | "other" | "team" | "source" | "segment" | "form" | "day" | "week" | "month";

/** Incidents of a kind, counted by columns; `hour` isn't one of theirs. */
export const countIncidents = async (
  db: Db,
  kind: IncidentKind,
  range: DayRange,
  by: readonly IncidentColumn[],
  filters: Filters,
): Promise<IncidentCount[]> => {
  const { where, values } = filtered(filters);
  const columns = by.map((name, at) => `${TIMES[name] ? TIMES[name]("day") : name} AS k${at}`);
  const { results } = await db
    .prepare(
      `SELECT ${columns.map((column) => `${column}, `).join("")} count(*) AS n FROM report_incidents
       WHERE kind = ? AND day BETWEEN ? AND ?${where} ${by.length > 0 ? `GROUP BY ${by.map((_, at) => at + 1).join(", ")}` : ""}`,
    )
    .bind(kind, range.from, range.to, ...values)
    .all<Row>();
  return results.map((row) => ({
    keys: by.map((_, at) => String(row[`k${at}`])),
    n: Number(row["n"]),
    ms: null,
  }));
};

export interface ListedIncident {
  leadId: string;
  at: number;
  person: string;
  code: string;
  other: string;
  source: string;
  ms: number | null;
}

/** The latest of a kind. */
export const listIncidents = async (
  db: Db,
  kind: IncidentKind,
  range: DayRange,
  filters: Filters,
  limit: number,
): Promise<ListedIncident[]> => {
  const { where, values } = filtered(filters);
  const { results } = await db
    .prepare(
      `SELECT lead_id AS leadId, at, person, code, other, source, ms FROM report_incidents
       WHERE kind = ? AND day BETWEEN ? AND ?${where} ORDER BY day DESC, at DESC LIMIT ?`,
    )
    .bind(kind, range.from, range.to, ...values, limit)
    .all<ListedIncident>();
  return results;
};

export interface ListedPromise {
  submissionId: string;
  leadId: string;
  toldAt: number;
  person: string;
  promiseAt: number;
  touchedAt: number | null;
  lateMs: number | null;
}

export interface BrokenPromises {
  listed: ListedPromise[];
  /** Past without a touch. */
  overdue: number;
  /** Not yet past, and without a touch. */
  waiting: number;
}

const PROMISE =
  "submission_id AS submissionId, lead_id AS leadId, told_at AS toldAt, person, promise_at AS promiseAt, touched_at AS touchedAt, late_ms AS lateMs";

/** Broken promises: touched late, or past without a touch. */
export const readBrokenPromises = async (
  db: Db,
  range: DayRange,
  filters: Filters,
  now: number,
  limit: number,
): Promise<BrokenPromises> => {
  const { where, values } = filtered(filters);
  const own =
    where === ""
      ? ""
      : ` AND EXISTS (SELECT 1 FROM report_leads f WHERE f.lead_id = report_promises.lead_id${where})`;
  const within = [range.from, range.to, ...values];
  const part = (condition: string, order: string): string =>
    `SELECT * FROM (SELECT ${PROMISE} FROM report_promises WHERE ${condition} AND day BETWEEN ? AND ?${own} ORDER BY ${order} DESC LIMIT ?)`;
  const [listed, counts] = await db.batch<Row>([
    db
      .prepare(
        `SELECT * FROM (${part("late_ms > 0", "day")} UNION ALL ${part("touched_at IS NULL AND promise_at < ?", "promise_at")})
         ORDER BY promiseAt DESC LIMIT ?`,
      )
      .bind(...within, limit, now, ...within, limit, limit),
    db
      .prepare(
        `SELECT sum(promise_at < ?) AS overdue, sum(promise_at >= ?) AS waiting FROM report_promises
         WHERE touched_at IS NULL AND day BETWEEN ? AND ?${own}`,
      )
      .bind(now, now, ...within),
  ]);
  return {
    listed: (listed?.results ?? []) as unknown as ListedPromise[],
    overdue: Number(counts?.results[0]?.["overdue"] ?? 0),
    waiting: Number(counts?.results[0]?.["waiting"] ?? 0),
  };
};

/** Every lead of some days, by id: what a sample is drawn from. */
export const leadIdsOf = async (db: Db, range: DayRange, filters: Filters): Promise<string[]> => {
  const { where, values } = filtered(filters);
  const { results } = await db
    .prepare(`SELECT lead_id FROM report_leads WHERE day BETWEEN ? AND ?${where}`)
    .bind(range.from, range.to, ...values)
    .all<{ lead_id: string }>();
  return results.map(({ lead_id: id }) => id);
};

export interface SampledLead {
  id: string;
  owner: string | null;
  segment: string | null;
  source: string;
  status: string;
  touched: number;
  response: string;
  code: string | null;
  createdAt: number;
}

export const readSampled = async (db: Db, ids: readonly string[]): Promise<SampledLead[]> => {
  const { results } = await db
    .prepare(
      `SELECT l.id, l.owner_id AS owner, l.segment, f.source, l.status, f.touched, f.response, l.disposition ->> '$.code' AS code,
         l.created_at AS createdAt
       FROM json_each(?1) w JOIN leads l ON l.id = w.value JOIN report_leads f ON f.lead_id = l.id ORDER BY w.key`,
    )
    .bind(JSON.stringify(ids))
    .all<SampledLead>();
  return results;
};
