/** What is asked of a report, and how its keys are called by people. */
import { ERASURE } from "../../../schema/outcomes.ts";
import { RESPONSE_STEPS } from "../../../schema/reports.ts";
import type { ReportColumn, ReportGroup, ReportRow } from "../../../schema/wire/reports.ts";
import { dateOfDay } from "../../domain/calendar/local.ts";
import type { Compiled } from "../../domain/config/compiled.ts";
import { toCounted } from "../../domain/reports/counted.ts";
import type { Figure } from "../../domain/reports/figures.ts";
import { endOfMonth, type DayRange } from "../../domain/reports/period.ts";
import type { Filters } from "../../store/report-sql.ts";
import type { Deps } from "../deps.ts";

export interface Ask {
  deps: Pick<Deps, "db" | "now">;
  compiled: Compiled;
  range: DayRange;
  group: ReportGroup | null;
  filters: Filters;
  now: number;
  /** Of the amounts that are added; empty where no currency is known, or none is agreed on. */
  currency: string;
}

const named = (name: string | undefined, key: string, none: string): string =>
  key === "" ? none : (name ?? key);

const CHANNEL_WORDS = (key: string): string => {
  const words = key.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** As the policy lists it; the one that no policy lists is ours. */
export const dispositionOf = ({ document }: Compiled, key: string) =>
  key === ERASURE.code ? ERASURE : document.dispositions.find(({ code }) => code === key);

const LABELS: Readonly<Record<string, (compiled: Compiled, key: string) => string>> = {
  person: (compiled, key) => named(compiled.people.get(key)?.name, key, "Nobody"),
  other: (compiled, key) => named(compiled.people.get(key)?.name, key, "A queue"),
  team: (compiled, key) => named(compiled.teams.get(key)?.name, key, "No team"),
  form: (compiled, key) => named(compiled.forms.get(key)?.name, key, "No form"),
  segment: (_, key) => named(undefined, key, "No segment"),
  source: (_, key) => (key === "" ? "Unknown" : CHANNEL_WORDS(key)),
  hour: (_, key) => `${key}:00`,
  response: (_, key) => RESPONSE_STEPS.find(({ id }) => id === key)?.label ?? key,
  code: (compiled, key) => named(dispositionOf(compiled, key)?.label, key, "No code"),
  day: (_, key) => dateOfDay(Number(key)),
  week: (_, key) => `Week of ${dateOfDay(Number(key))}`,
  month: (_, key) => dateOfDay(Number(key)).slice(0, 7),
};

export const labelOf = (compiled: Compiled, by: string, key: string): string =>
  LABELS[by]?.(compiled, key) ?? key;

const LENGTHS: Readonly<Record<string, (from: number) => number>> = {
  day: (from) => from,
  week: (from) => from + 6,
  month: endOfMonth,
};

export const isTime = (by: string | null): boolean => by !== null && by in LENGTHS;

/** The days of a row: the period's, of a day, week or month those that lie in it. */
export const daysOf = (range: DayRange, by: string | null, key: string): DayRange => {
  const length = by === null ? undefined : LENGTHS[by];
  if (!length) return range;
  return { from: Math.max(range.from, Number(key)), to: Math.min(range.to, length(Number(key))) };
};

/** The leads behind a row: period, filters and the row's own group, for `GET /v1/leads?counted=`. */
export const countedBy = ({ range, filters }: Ask, by: string | null, key: string): string => {
  const pairs = { ...filters, ...(by === null || isTime(by) ? {} : { [by]: key }) };
  return toCounted(daysOf(range, by, key), Object.entries(pairs));
};

/** Days are told as dates, whatever they are counted by. */
export const keyOf = (by: string | null, key: string): string => (isTime(by) ? dateOfDay(Number(key)) : key);

/** An amount is called by its currency too. */
export const labelOfFigure = ({ label, kind }: Figure, currency: string): string =>
  kind === "amount" && currency !== "" ? `${label}, ${currency}` : label;

export const columnsOf = (figures: readonly Figure[], currency: string): ReportColumn[] =>
  figures.map((figure) => ({
    key: figure.key,
    label: labelOfFigure(figure, currency),
    kind: figure.kind,
    measure: figure.measure ?? null,
    ...(figure.kind === "amount" && currency !== "" ? { unit: currency } : {}),
  }));

/** Of what a list is cut from. */
export const cutTitle = (title: string, shown: number, of: number): string =>
  of > shown ? `${title}: ${shown.toLocaleString("en")} of ${of.toLocaleString("en")}` : title;

export const column = (
  key: string,
  label: string,
  kind: ReportColumn["kind"],
  measure: string | null = null,
): ReportColumn => ({ key, label, kind, measure });

/** Time and hours in their order, all else by what there is most of. */
export const inOrder = (by: string | null, rows: ReportRow[], first: string): ReportRow[] =>
  isTime(by) || by === "hour"
    ? rows.sort((a, b) => (a.key < b.key ? -1 : 1))
    : rows.sort(
        (a, b) => Number(b.values[first] ?? 0) - Number(a.values[first] ?? 0) || (a.key < b.key ? -1 : 1),
      );
