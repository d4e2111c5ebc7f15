/** Misses, fallbacks and closings for reports: sums where they lie ready, else the incidents themselves. */
import { INCIDENT_DIMENSIONS, type IncidentDimension, type IncidentKind } from "../../schema/reports.ts";
import type { DayRange } from "../domain/reports/period.ts";
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
import { incidentDimension } from "./rollup-sql.ts";

export interface IncidentCount {
  keys: string[];
  n: number;
}

export type IncidentColumn =
  "person" | "code" | "other" | "team" | "source" | "segment" | "form" | "day" | "week" | "month";

const isIncidentDimension = (name: string): name is IncidentDimension =>
  (INCIDENT_DIMENSIONS as readonly string[]).includes(name);

interface Counting {
  kind: IncidentKind;
  range: DayRange;
  by: readonly IncidentColumn[];
  filters: Filters;
}

/** Sums lie ready by one column (or none) and the code; null where more is asked for. */
const incidentCells = ({ kind, range, by, filters }: Counting): { sql: string; values: Value[] } | null => {
  const filter = onlyFilter(filters);
  const first = by[0] === "code" ? null : (by[0] ?? null);
  const time = first !== null && first in TIMES;
  const dimension = first === null || time ? (filter?.[0] ?? "all") : first;
  const ready = by.at(-1) === "code" && by.length <= 2 && isIncidentDimension(dimension);
  if (!ready || filter === undefined || (filter !== null && filter[0] !== dimension)) return null;
  const spans = spansBy(range, first);
  const cut = "instr(value, char(9))";
  const only = filter === null ? "" : ` AND substr(value, ${cut} + 1) = ?`;
  const group = (grain: 0 | 1): string =>
    first === null ? "" : `${time ? named(first, grain) : `substr(value, ${cut} + 1)`} AS k0, `;
  const one = (grain: 0 | 1): string =>
    `SELECT ${group(grain)}substr(value, 1, ${cut} - 1) AS k${by.length - 1}, leads FROM report_cells
     WHERE dimension = ? AND grain = ? AND period BETWEEN ? AND ?${only}`;
  const keys = by.map((_, at) => `k${at}`).join(", ");
  return {
    sql: `SELECT ${keys}, sum(leads) AS n FROM (${spans.map(({ grain }) => one(grain)).join(" UNION ALL ")})
          GROUP BY ${keys} HAVING sum(leads) <> 0`,
    values: spans.flatMap(({ grain, from, to }) => [
      incidentDimension(kind, dimension),
      grain,
      from,
      to,
      ...(filter === null ? [] : [filter[1]]),
    ]),
  };
};

const incidentRows = ({ kind, range, by, filters }: Counting): { sql: string; values: Value[] } => {
  const { where, values } = filtered(filters);
  const columns = by.map((name, at) => `${TIMES[name] ? TIMES[name]("day") : name} AS k${at}`);
  return {
    sql: `SELECT ${columns.map((column) => `${column}, `).join("")} count(*) AS n FROM report_incidents
       WHERE kind = ? AND day BETWEEN ? AND ?${where} ${by.length > 0 ? `GROUP BY ${by.map((_, at) => at + 1).join(", ")}` : ""}`,
    values: [kind, range.from, range.to, ...values],
  };
};

/** Incidents of a kind, counted by columns; `hour` isn't one of theirs. */
export const countIncidents = async (
  db: Db,
  kind: IncidentKind,
  range: DayRange,
  by: readonly IncidentColumn[],
  filters: Filters,
): Promise<IncidentCount[]> => {
  const counting = { kind, range, by, filters };
  const { sql, values } = incidentCells(counting) ?? incidentRows(counting);
  const { results } = await db
    .prepare(sql)
    .bind(...values)
    .all<Row>();
  return results.map((row) => ({ keys: by.map((_, at) => String(row[`k${at}`])), n: Number(row["n"]) }));
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
