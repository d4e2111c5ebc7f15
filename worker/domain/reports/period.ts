/** Periods of reports: whole days of the workspace, read from sums by month wherever a month lies wholly inside. Pure. */
import { addDays, dateOfDay, epochDay, localParts, startOfDate } from "../calendar/local.ts";

/** Both ends included, in days since 1970-01-01. */
export interface DayRange {
  from: number;
  to: number;
}

export interface Span extends DayRange {
  /** 0: days; 1: months, counted as year × 12 + month. */
  grain: 0 | 1;
}

/** A day's month, counted as year × 12 + month. */
export const monthOf = (day: number): number => {
  const [year, month] = dateOfDay(day).split("-").map(Number);
  return (year ?? 0) * 12 + (month ?? 1) - 1;
};

/** First day of a month. */
export const dayOfMonth = (month: number): number =>
  Date.UTC(Math.floor(month / 12), month % 12, 1) / 86_400_000;

/** Last day of the month that a day lies in. */
export const endOfMonth = (day: number): number => dayOfMonth(monthOf(day) + 1) - 1;

/** At most three: the days before the first whole month, the whole months, the days after them. */
export const spansOf = ({ from, to }: DayRange): Span[] => {
  const first = dayOfMonth(monthOf(from)) === from ? monthOf(from) : monthOf(from) + 1;
  const last = dayOfMonth(monthOf(to) + 1) - 1 === to ? monthOf(to) : monthOf(to) - 1;
  if (last < first) return [{ grain: 0, from, to }];
  const spans: Span[] = [
    { grain: 0, from, to: dayOfMonth(first) - 1 },
    { grain: 1, from: first, to: last },
    { grain: 0, from: dayOfMonth(last + 1), to },
  ];
  return spans.filter((span) => span.from <= span.to);
};

export const DEFAULT_DAYS = 30;
export const MAX_DAYS = 1_100;

export type PeriodProblem = { field: "from" | "to"; detail: string };

/** The day that was asked for; of a time the day in the workspace's zone that it falls on. */
export const dayAsked = (text: string | undefined, timezone: string): string | undefined =>
  text === undefined || text.length === 10 ? text : localParts(Date.parse(text), timezone).date;

/** The instant that was asked for: of a day in the workspace's zone its beginning, or as an end the next day's. */
export const instantAsked = (text: string, timezone: string, bound: "begin" | "end"): number =>
  text.length === 10 ? startOfDate(bound === "end" ? addDays(text, 1) : text, timezone) : Date.parse(text);

/** Days as asked for; without them the last 30 until today. */
export const periodOf = (
  asked: { from?: string | undefined; to?: string | undefined },
  today: string,
): DayRange | PeriodProblem => {
  const to = epochDay(asked.to ?? today);
  if (to === null) return { field: "to", detail: "use a date such as 2026-11-22" };
  const from = epochDay(asked.from ?? addDays(dateOfDay(to), 1 - DEFAULT_DAYS));
  if (from === null) return { field: "from", detail: "use a date such as 2026-11-22" };
  if (from > to) return { field: "from", detail: "must not be after `to`" };
  if (to - from >= MAX_DAYS) return { field: "from", detail: `a report covers at most ${MAX_DAYS} days` };
  return { from, to };
};

/** The Monday of a day's week. */
export const mondayOf = (day: number): number => day - ((((day + 3) % 7) + 7) % 7);

/** The step that leaves a chart of the period to read. */
export const chartStep = ({ from, to }: DayRange): "day" | "week" | "month" => {
  const days = to - from + 1;
  return days <= 45 ? "day" : days <= 190 ? "week" : "month";
};

/** Where each day, week or month of a period begins, in order; the first may begin before the period. */
export const stepsIn = ({ from, to }: DayRange, step: "day" | "week" | "month"): number[] => {
  const steps: number[] = [];
  let at = step === "day" ? from : step === "week" ? mondayOf(from) : dayOfMonth(monthOf(from));
  while (at <= to) {
    steps.push(at);
    at = step === "day" ? at + 1 : step === "week" ? at + 7 : endOfMonth(at) + 1;
  }
  return steps;
};

/** Weeks a period spans, as a fraction: what "per week" divides by. */
export const weeksIn = ({ from, to }: DayRange): number => (to - from + 1) / 7;
