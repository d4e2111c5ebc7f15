// What an instant is called where somebody lives: local date, weekday, time of day, start of the day.
// Every function takes an IANA name that was validated before and throws RangeError on an unknown one.
import { DAY, dayOf, offsetAt, startOfDay, zoneOf } from "./zones.ts";
import type { Weekday } from "./types.ts";

/** By epoch day modulo 7: 1970-01-01 was a Thursday. */
export const WEEKDAYS: readonly Weekday[] = ["thu", "fri", "sat", "sun", "mon", "tue", "wed"];

export interface LocalParts {
  /** YYYY-MM-DD */
  date: string;
  weekday: Weekday;
  /** HH:MM, 00:00 to 23:59 */
  time: string;
}

export function localParts(at: number, timezone: string): LocalParts {
  const wall = at + offsetAt(zoneOf(timezone), at);
  const iso = new Date(wall).toISOString();
  return { date: iso.slice(0, -14), weekday: weekdayOfDay(Math.floor(wall / DAY)), time: iso.slice(-13, -8) };
}

/** The first instant of the local date that `at` falls on. Not always 00:00: some zones spring forward at midnight. */
export function startOfLocalDay(at: number, timezone: string): number {
  const zone = zoneOf(timezone);
  return startOfDay(zone, dayOf(zone, at));
}

/** The first instant of a local date (YYYY-MM-DD). Throws RangeError where the text is no date. */
export function startOfDate(date: string, timezone: string): number {
  return startOfDay(zoneOf(timezone), knownDay(date));
}

/** The date `days` after (or, if negative, before) a date. Throws RangeError where the text is no date. */
export function addDays(date: string, days: number): string {
  return dateOfDay(knownDay(date) + days);
}

/** Days from 1970-01-01 to a date (YYYY-MM-DD), or null where the text is no date of the calendar. */
export function epochDay(date: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const at = Date.parse(`${date}T00:00:00Z`);
  // JavaScript reads the 30th of February as the 2nd of March.
  return Number.isNaN(at) || dateOfDay(at / DAY) !== date ? null : at / DAY;
}

export function dateOfDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, -14);
}

export function weekdayOfDay(day: number): Weekday {
  return WEEKDAYS[((day % 7) + 7) % 7] as Weekday;
}

function knownDay(date: string): number {
  const day = epochDay(date);
  if (day === null) throw new RangeError(`Not a date (YYYY-MM-DD): ${date}`);
  return day;
}
