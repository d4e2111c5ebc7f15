/** How reports name periods and narrow what they read: by days or whole months, by columns of the leads. */
import type { ReportFilter } from "../../schema/wire/reports.ts";
import { spansOf, type DayRange, type Span } from "../domain/reports/period.ts";

export type Filters = Partial<Record<ReportFilter, string>>;

export type Row = Record<string, unknown>;
export type Value = string | number;

export const TIMES: Readonly<Record<string, (day: string) => string>> = {
  day: (day) => day,
  week: (day) => `${day} - (${day} + 3) % 7`,
  month: (day) => `unixepoch(date(${day} * 86400, 'unixepoch', 'start of month')) / 86400`,
};

/** The first day of a month that is counted as year × 12 + month. */
const FIRST_OF_MONTH = "unixepoch(printf('%04d-%02d-01', period / 12, period % 12 + 1)) / 86400";

/** How a period is named when grouping by time, by grain; only months can be read from sums by month. */
export const named = (by: string, grain: 0 | 1): string =>
  grain === 1 ? FIRST_OF_MONTH : (TIMES[by] ?? String)("period");

export const spansBy = (range: DayRange, by: string | null): Span[] =>
  by !== null && TIMES[by] && by !== "month" ? [{ grain: 0, ...range }] : spansOf(range);

/** A condition on the filtered columns, `table` before them, and what is bound to it. */
export const filtered = (filters: Filters, table = ""): { where: string; values: Value[] } => {
  const pairs = Object.entries(filters);
  return {
    where: pairs.map(([name]) => ` AND ${table}${name} = ?`).join(""),
    values: pairs.map(([, value]) => value),
  };
};

/** The one filter there is; null where there are none, undefined where there are several. */
export const onlyFilter = (filters: Filters): [ReportFilter, string] | null | undefined => {
  const [first, second] = Object.entries(filters) as [ReportFilter, string][];
  return second ? undefined : (first ?? null);
};
