/**
 * Absences from a calendar file (RFC 5545): whole days and hours, repeated ones with their exceptions, in whatever time zone.
 * Cancelled events and those that are marked as free time are none (docs/decisions/0081-calendar-feeds.md).
 */
import ICAL from "ical.js";
import { findZone, instantOf, zoneOf } from "../calendar/zones.ts";

export interface Absence {
  /** Stable for an event and occurrence. */
  key: string;
  startAt: number;
  endAt: number;
}

export interface Window {
  from: number;
  to: number;
  /** Where whole days and times without a zone are. */
  timezone: string;
}

export type Feed = { ok: true; absences: Absence[] } | { ok: false; reason: string };

/** Guards against a file that repeats without end. */
const MOST_TURNS = 20_000;
const MOST_ABSENCES = 5_000;

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
  occurrence: string,
  { from, to, timezone }: Window,
): Absence[] => {
  const startAt = instant(start, zoneNamed(event, "dtstart"), timezone);
  const endAt = instant(end, zoneNamed(event, "dtend", "dtstart"), timezone);
  if (!isAbsence(event.component) || endAt <= startAt || endAt <= from || startAt >= to) return [];
  // What it is about is nobody's business here.
  return [{ key: `${event.uid}/${occurrence}`, startAt, endAt }];
};

const occurrences = (event: ICAL.Event, window: Window, turns: { left: number }): Absence[] => {
  if (!event.isRecurring()) return absenceOf(event, event.startDate, event.endDate, "once", window);
  const found: Absence[] = [];
  const iterator = event.iterator();
  const zone = zoneNamed(event, "dtstart");
  const lasts = event.duration.toSeconds() * 1000;
  const isPlain = Object.keys(event.exceptions).length === 0;
  for (let next = iterator.next() as ICAL.Time | null; next; next = iterator.next() as ICAL.Time | null) {
    const at = instant(next, zone, window.timezone);
    if (at >= window.to || turns.left-- <= 0) break;
    if (isPlain && at + lasts < window.from) continue;
    const { item, startDate, endDate, recurrenceId } = event.getOccurrenceDetails(next);
    found.push(...absenceOf(item, startDate, endDate, recurrenceId.toString(), window));
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

/** The absences of a file within a window, in order. */
export const readFeed = (text: string, window: Window): Feed => {
  try {
    const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
    if (calendar.name !== "vcalendar") return { ok: false, reason: "it is no calendar" };
    const turns = { left: MOST_TURNS };
    const absences = eventsIn(calendar).flatMap((event) => occurrences(event, window, turns));
    if (absences.length > MOST_ABSENCES) return { ok: false, reason: "it has too many events" };
    return { ok: true, absences: absences.sort((a, b) => a.startAt - b.startAt) };
  } catch {
    return { ok: false, reason: "it is no calendar that can be read" };
  }
};
