/** What a calendar's absences come to for everybody whose calendar it is (docs/configuration.md, `timeOffFeeds`). */
import { absencesIn, openFeed, type Absence, type Unreadable } from "./ics.ts";

/** Somebody whose absences a calendar tells, and the zone of their working hours: whole days are days there. */
export interface Holder {
  personId: string;
  timezone: string;
}

export interface FeedSpan {
  id: string;
  personId: string;
  startAt: number;
  endAt: number;
}

export type Spans = { ok: true; spans: FeedSpan[]; events: number } | Unreadable;

/** Of one calendar, for all whose it is: each is a row that decisions read. */
const MOST_SPANS = 5_000;
const DAY = 86_400_000;
/** As far ahead as absences matter for routing; a later run sees the rest. */
const AHEAD_MS = 200 * DAY;
/** Far enough back that a chain of absences keeps its beginning, and with it its name. */
const BACK_MS = 31 * DAY;

/** Absences that overlap or touch are one: a busy day is one span, not nine. */
export const merged = (absences: readonly Absence[]): Absence[] => {
  const spans: Absence[] = [];
  for (const { startAt, endAt } of absences.toSorted((a, b) => a.startAt - b.startAt)) {
    const last = spans.at(-1);
    if (last && startAt <= last.endAt) last.endAt = Math.max(last.endAt, endAt);
    else spans.push({ startAt, endAt });
  }
  return spans;
};

/** A span that moved is another one, so that what was once so stays known. The sign after the calendar is in no id. */
const idOf = (feedId: string, personId: string, { startAt, endAt }: Absence): string =>
  `feed.${feedId}~${personId}~${startAt.toString(36)}~${endAt.toString(36)}`;

/** The calendar that a span of time off comes from; null where somebody recorded it. */
export const feedOf = (spanId: string): string | null => /^feed\.([^~]+)~/.exec(spanId)?.[1] ?? null;

const tooMany = (spans: number, people: number): Unreadable => ({
  ok: false,
  reason: `it has ${spans} absences for ${people} ${people === 1 ? "person" : "people"}; up to ${MOST_SPANS} are taken: leave meetings out, or mark them as free time`,
});

/** Everybody's spans that aren't over, from the text of a calendar; what can't be taken whole is refused whole. */
export const spansFrom = (
  text: string,
  feed: { id: string; holders: readonly Holder[] },
  now: number,
): Spans => {
  const opened = openFeed(text);
  if (!opened.ok) return opened;
  const spans: FeedSpan[] = [];
  let events = 0;
  for (const [timezone, holders] of Map.groupBy(feed.holders, (holder) => holder.timezone)) {
    const read = absencesIn(opened.events, { from: now - BACK_MS, to: now + AHEAD_MS, timezone });
    if (!read.ok) return read;
    events = Math.max(events, read.absences.filter(({ endAt }) => endAt > now).length);
    const ahead = merged(read.absences).filter(({ endAt }) => endAt > now);
    if (spans.length + ahead.length * holders.length > MOST_SPANS)
      return tooMany(spans.length + ahead.length * holders.length, feed.holders.length);
    for (const { personId } of holders)
      for (const span of ahead) spans.push({ id: idOf(feed.id, personId, span), personId, ...span });
  }
  return { ok: true, spans, events };
};
