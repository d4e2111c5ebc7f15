/** Makes one report: brings the roll-ups up to date, reads what the report needs, and puts it into its one shape. */
import type { Report, ReportGroup, ReportName, ReportQuery } from "../../../schema/wire/reports.ts";
import { REPORT_FILTERS } from "../../../schema/wire/reports.ts";
import { dateOfDay, epochDay, localParts } from "../../domain/calendar/local.ts";
import { isRate } from "../../domain/reports/figures.ts";
import { dayAsked, periodOf } from "../../domain/reports/period.ts";
import { listBaselines, type Baseline } from "../../store/baselines.ts";
import { loadCurrentConfig } from "../../store/config.ts";
import { readRollupState } from "../../store/rollups.ts";
import type { Filters } from "../../store/report-sql.ts";
import type { Deps } from "../deps.ts";
import { refuse, type Outcome } from "../hand.ts";
import { rollUp } from "../rollup.ts";
import { iso } from "../view.ts";
import type { Ask } from "./ask.ts";
import { REPORTS, type Parts } from "./all.ts";

/** How long a reader waits for what happened a moment ago to be counted. */
const FRESHEN_MS = 1_500;

const refuseQuery = (field: string, detail: string): Outcome<never> =>
  refuse(422, `/query/${field}: ${detail}`, `/query/${field}`);

const filtersOf = (query: ReportQuery, onlyPerson: string | null): Filters => {
  const filters: Filters = {};
  for (const name of REPORT_FILTERS) {
    const value = query[name];
    if (value !== undefined) filters[name] = value;
  }
  return onlyPerson === null ? filters : { ...filters, person: onlyPerson };
};

const asked = async (
  deps: Deps,
  name: ReportName,
  query: ReportQuery,
  onlyPerson: string | null,
): Promise<Outcome<Ask>> => {
  const compiled = await loadCurrentConfig(deps.db);
  if (!compiled) return refuse(409, "No configuration is published yet: there is nothing to report on.");
  const now = deps.now();
  const { timezone } = compiled.document.workspace;
  const days = { from: dayAsked(query.from, timezone), to: dayAsked(query.to, timezone) };
  const range = periodOf(days, localParts(now, timezone).date);
  if ("field" in range) return refuseQuery(range.field, range.detail);
  const { groups, group: usual, filters: allowed = REPORT_FILTERS } = REPORTS[name];
  if (query.group !== undefined && !groups.includes(query.group))
    return refuseQuery(
      "group",
      groups.length === 0 ? `${name} isn't grouped` : `${name} is grouped by one of ${groups.join(", ")}`,
    );
  const wrong = REPORT_FILTERS.find((filter) => query[filter] !== undefined && !allowed.includes(filter));
  if (wrong) return refuseQuery(wrong, `${name} can't be filtered by ${wrong}`);
  if (onlyPerson !== null && query.person !== undefined && query.person !== onlyPerson)
    return refuse(403, "You see your own figures; ask a manager for those of others.");
  if (onlyPerson !== null && !allowed.includes("person"))
    return refuse(403, `${name} is about everybody; ask a manager.`);
  const group: ReportGroup | null = query.group ?? usual;
  return {
    ok: true,
    value: { deps, compiled, range, group, filters: filtersOf(query, onlyPerson), now, currency: "" },
  };
};

const daysIn = (from: string, to: string): number => (epochDay(to) ?? 0) - (epochDay(from) ?? 0) + 1;

/** Everybody's figures are none to compare a part with, and counts of periods of other lengths none to compare at all. */
const baselineOf = (
  name: ReportName,
  { filters, range }: Ask,
  baselines: readonly Baseline[],
): Report["baseline"] => {
  const [last] = baselines;
  const totals = last?.totals[name];
  if (!last || !totals || Object.keys(filters).length > 0) return null;
  const { id, takenAt, takenBy, from, to, note } = last;
  const isAsLong = daysIn(from, to) === range.to - range.from + 1;
  const shown = Object.entries(totals).filter(([key]) => isAsLong || isRate(key));
  return { id, takenAt: iso(takenAt), takenBy, from, to, note, totals: Object.fromEntries(shown) };
};

const shaped = (
  name: ReportName,
  ask: Ask,
  parts: Parts,
  about: Pick<Report, "asOf" | "complete" | "baseline">,
): Report => ({
  name,
  title: REPORTS[name].title,
  period: {
    from: dateOfDay(ask.range.from),
    to: dateOfDay(ask.range.to),
    timezone: ask.compiled.document.workspace.timezone,
  },
  group: REPORTS[name].groups.length === 0 ? null : ask.group,
  filters: ask.filters,
  totals: null,
  series: null,
  sections: [],
  commitments: [],
  notes: [],
  ...parts,
  ...about,
});

/** `onlyPerson`: the one whose figures the caller may see; null: everybody's. */
export const makeReport = async (
  deps: Deps,
  name: ReportName,
  query: ReportQuery,
  onlyPerson: string | null,
): Promise<Outcome<Report>> => {
  const ask = await asked(deps, name, query, onlyPerson);
  if (!ask.ok) return ask;
  const { done } = await rollUp(deps, FRESHEN_MS);
  const [state, baselines] = await Promise.all([readRollupState(deps.db), listBaselines(deps.db, 1)]);
  const baseline = baselineOf(name, ask.value, baselines);
  const parts = await REPORTS[name].make({ ...ask.value, currency: state.currency }, baseline?.totals);
  const asOf = iso(done ? ask.value.now : state.updatedAt);
  return { ok: true, value: shaped(name, ask.value, parts, { asOf, complete: done, baseline }) };
};
