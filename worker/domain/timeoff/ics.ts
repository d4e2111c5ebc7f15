/**
 * Absences from a calendar file (RFC 5545): whole days and hours, repeated ones with their exceptions, in whatever time zone.
 * Cancelled events and those that are marked as free time are none (docs/decisions/0081-calendar-feeds.md).
 */
import ICAL from "ical.js";
import { findZone, instantOf, zoneOf } from "../calendar/zones.ts";

/** What it is about is nobody's business here. */
export interface Absence {
  startAt: number;
  endAt: number;
}

export interface Window {
  from: number;
  to: number;
  /** Where whole days and times without a zone are. */
  timezone: string;
}

export interface Unreadable {
  ok: false;
  reason: string;
}

export type Feed = { ok: true; absences: Absence[] } | Unreadable;

/** Guards against a file that repeats without end; one that needs more is refused whole rather than cut short. */
const MOST_TURNS = 50_000;
const MOST_ABSENCES = 5_000;
const DAY = 86_400_000;

const wallOf = (time: ICAL.Time): number =>
  Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second);

/** The zone that a property names; the library forgets names that the file doesn't define. */
const zoneNamed = (event: ICAL.Event, ...properties: readonly string[]): string | null => {
  for (const name of properties) {
    const zone = event.component.getFirstProperty(name)?.getParameter("tzid");
    if (typeof zone === "string") return zone;
  }
  return null;
};

/** IANA names by our own zones, others by the file's own definition; without any, where the person is. */
const instant = (time: ICAL.Time, named: string | null, timezone: string): number => {
  const tzid = time.zone?.tzid ?? "floating";
  if (tzid === "UTC" || tzid === "Z") return wallOf(time);
  if (time.isDate) return instantOf(zoneOf(timezone), wallOf(time));
  const known = named === null ? null : findZone(named);
  if (known) return instantOf(known, wallOf(time));
  return tzid === "floating" ? instantOf(zoneOf(timezone), wallOf(time)) : time.toUnixTime() * 1000;
};

const isAbsence = (component: ICAL.Component): boolean => {
  const status = String(component.getFirstPropertyValue("status") ?? "").toUpperCase();
  const free = String(component.getFirstPropertyValue("transp") ?? "").toUpperCase() === "TRANSPARENT";
  return status !== "CANCELLED" && !free;
};

const absenceOf = (
  event: ICAL.Event,
  start: ICAL.Time,
  end: ICAL.Time,
  { from, to, timezone }: Window,
): Absence[] => {
  const startAt = instant(start, zoneNamed(event, "dtstart"), timezone);
  const endAt = instant(end, zoneNamed(event, "dtend", "dtstart"), timezone);
  if (!isAbsence(event.component) || endAt <= startAt || endAt <= from || startAt >= to) return [];
  return [{ startAt, endAt }];
};

/** Neither the series nor any one of it that was changed. */
const isNoAbsence = ({ component, exceptions }: ICAL.Event): boolean =>
  !isAbsence(component) && !Object.values(exceptions).some((each) => isAbsence(each.component));

const occurrences = (event: ICAL.Event, window: Window, turns: { left: number }): Absence[] => {
  if (!event.isRecurring()) return absenceOf(event, event.startDate, event.endDate, window);
  if (isNoAbsence(event)) return [];
  const found: Absence[] = [];
  const iterator = event.iterator();
  const zone = zoneNamed(event, "dtstart");
  const lasts = event.duration.toSeconds() * 1000;
  const isPlain = Object.keys(event.exceptions).length === 0;
  for (let next = iterator.next() as ICAL.Time | null; next; next = iterator.next() as ICAL.Time | null) {
    if (turns.left-- <= 0) break;
    // Far from the window, its wall time alone says so.
    if (isPlain && wallOf(next) + lasts < window.from - DAY) continue;
    const at = instant(next, zone, window.timezone);
    if (at >= window.to) break;
    if (isPlain && at + lasts < window.from) continue;
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    found.push(...absenceOf(item, startDate, endDate, window));
  }
  return found;
};

const eventsIn = (calendar: ICAL.Component): ICAL.Event[] => {
  const all = calendar.getAllSubcomponents("vevent").filter((each) => each.hasProperty("dtstart"));
  const masters = all.filter((each) => !each.hasProperty("recurrence-id"));
  const byUid = new Map(masters.map((each) => [each.getFirstPropertyValue("uid"), new ICAL.Event(each)]));
  const alone: ICAL.Event[] = [];
  for (const each of all.filter((one) => one.hasProperty("recurrence-id"))) {
    const master = byUid.get(each.getFirstPropertyValue("uid"));
    if (master) master.relateException(each);
    else alone.push(new ICAL.Event(each));
  }
  return [...byUid.values(), ...alone];
};

export type Opened = { ok: true; events: ICAL.Event[] } | Unreadable;

const UNREADABLE: Unreadable = { ok: false, reason: "it is no calendar that can be read" };

/** Parses a file once, however many zones it is read in. */
export const openFeed = (text: string): Opened => {
  try {
    const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
    if (calendar.name !== "vcalendar") return { ok: false, reason: "it is no calendar" };
    return { ok: true, events: eventsIn(calendar) };
  } catch {
    return UNREADABLE;
  }
};

/** The absences of a file within a window, in order: all of them, or why not. */
export const absencesIn = (events: readonly ICAL.Event[], window: Window): Feed => {
  try {
    const turns = { left: MOST_TURNS };
    const absences = events.flatMap((event) => occurrences(event, window, turns));
    if (turns.left < 0) return { ok: false, reason: "its series repeat too often to be followed" };
    if (absences.length > MOST_ABSENCES) return { ok: false, reason: "it has too many events" };
    return { ok: true, absences: absences.sort((a, b) => a.startAt - b.startAt) };
  } catch {
    return UNREADABLE;
  }
};
