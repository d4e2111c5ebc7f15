/** The lead list's filters: from the page's address to the API's query, and back into words. Pure. */
import { wallToInstant } from "./times.ts";

export const FILTERS = ["q", "status", "owner", "team", "segment", "from", "to", "net", "today"] as const;
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

/** Days are the reader's; the API takes instants, `to` exclusive. */
export function apiQuery(filters: Filters, timezone: string, after: string | null): string {
  const params = new URLSearchParams();
  for (const name of FILTERS) {
    const value = filters[name];
    if (value === undefined) continue;
    const sent =
      name === "from" ? dayStart(value, timezone, 0) : name === "to" ? dayStart(value, timezone, 1) : value;
    if (sent) params.set(name, sent);
  }
  if (after) params.set("after", after);
  params.set("limit", String(PAGE_SIZE));
  return params.toString();
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
