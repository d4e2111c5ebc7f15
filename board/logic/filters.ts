/** The lead list's filters: from the page's address to the API's query, and back into words. Pure. */
import { wallToInstant } from "./times.ts";

export const FILTERS = [
  "q",
  "status",
  "owner",
  "team",
  "segment",
  "from",
  "to",
  "net",
  "today",
  "rule",
  "way",
  "since",
  "until",
  "counted",
  "ledger",
] as const;
export type Filter = (typeof FILTERS)[number];
export type Filters = Partial<Record<Filter, string>>;

export function readFilters(query: URLSearchParams): Filters {
  const filters: Filters = {};
  for (const name of FILTERS) {
    const value = query.get(name)?.trim();
    if (value) filters[name] = value;
  }
  return filters;
}

export const PAGE_SIZE = 50;

/**
 * Days are the reader's; the API takes instants, `to` exclusive. `since` and `until` are instants already: the period that
 * a number elsewhere counted, which no whole days would give back.
 */
export function apiQuery(filters: Filters, timezone: string, after: string | null): URLSearchParams {
  const { from, to, since, until, ...others } = filters;
  const params = new URLSearchParams(others);
  const start = since ?? (from && dayStart(from, timezone, 0));
  const end = until ?? (to && dayStart(to, timezone, 1));
  if (start) params.set("from", start);
  if (end) params.set("to", end);
  if (after) params.set("after", after);
  params.set("limit", String(PAGE_SIZE));
  return params;
}

function dayStart(day: string, timezone: string, plusDays: number): string | null {
  const [year, month, date] = day.split("-").map(Number);
  if (!year || !month || !date) return null;
  const shifted = new Date(Date.UTC(year, month - 1, date + plusDays)).toISOString().slice(0, 10);
  const at = wallToInstant(shifted, timezone);
  return at === null ? null : new Date(at).toISOString();
}

export const TODAY_WORDS: Record<string, string> = {
  captured: "captured today",
  touched: "touched today",
  breached: "breached today",
  reassigned: "reassigned today",
};

/** Figures of what happened to leads, to one of them more than once. */
const OF_HAPPENINGS = /^(incident\.|net\.|(fallbacks|attempts|promised|kept|late|withdrawn|pipelines)~)/;

/** Which leads a report's figure leads to: where it doesn't count leads, the list may be shorter. */
export const countedInWords = (counted: string): string =>
  OF_HAPPENINGS.test(counted)
    ? "behind a figure of a report, each once, however often it counts there"
    : "that a report counts";
