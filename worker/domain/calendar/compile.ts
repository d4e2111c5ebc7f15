// From a calendar as written to one that can be computed with. Everything wrong with it is found in one go, each
// problem with a pointer and the fix. Shapes are the schema's business; here the texts must mean something.
import { compileRules } from "./blocks.ts";
import { WEEKDAYS, epochDay } from "./local.ts";
import { findZone, zoneOf } from "./zones.ts";
import type { Calendar, CalendarSpec, DayRules, Problem, WallWindow, Weekday, Windows } from "./types.ts";

export type Compiled = { ok: true; calendar: Calendar } | { ok: false; problems: Problem[] };

const DAY_MINUTES = 1440;

/**
 * Compile once and keep: a calendar caches the days it resolves. That it ever opens is `hasOpening`'s to say.
 * A window belongs to the date it starts on. A holiday closes its whole local day, also what runs into it from the day
 * before. An override replaces its own date's windows only, and makes a holiday none (docs/calendar.md).
 */
export function compileCalendar(spec: CalendarSpec): Compiled {
  const problems: Problem[] = [];
  const zone = findZone(spec.timezone);
  if (zone === null) {
    const message = `"${spec.timezone}" is no IANA time zone; write a name such as "Europe/Berlin" or "UTC".`;
    problems.push({ path: "/timezone", message });
  }
  const rules = readRules(spec, problems);
  if (zone === null || problems.length > 0) return { ok: false, problems };
  return { ok: true, calendar: compileRules(spec.timezone, zone, rules) };
}

/** Coverage around the clock, every day. Throws RangeError on an unknown time zone. */
export function alwaysOpen(timezone: string): Calendar {
  const wholeDay = [{ start: 0, end: DAY_MINUTES }];
  const weekly = WEEKDAYS.map(() => wholeDay);
  return compileRules(timezone, zoneOf(timezone), { weekly, special: new Map(), closed: new Set() });
}

function readRules(spec: CalendarSpec, problems: Problem[]): DayRules {
  for (const key of Object.keys(spec.hours)) {
    if (WEEKDAYS.includes(key as Weekday)) continue;
    const message = `"${key}" is no weekday; write mon, tue, wed, thu, fri, sat or sun.`;
    problems.push({ path: `/hours/${escape(key)}`, message });
  }
  const weekly = WEEKDAYS.map((weekday) =>
    readWindows(spec.hours[weekday] ?? [], `/hours/${weekday}`, problems),
  );
  const special = new Map<number, readonly WallWindow[]>();
  const closed = new Set<number>();
  spec.holidays?.forEach((date, index) => {
    const day = readDate(date, `/holidays/${index}`, problems);
    if (day === null) return;
    special.set(day, []);
    closed.add(day);
  });
  for (const [date, windows] of Object.entries(spec.overrides ?? {})) {
    const path = `/overrides/${escape(date)}`;
    const day = readDate(date, path, problems);
    const opening = readWindows(windows, path, problems);
    if (day === null) continue;
    special.set(day, opening);
    closed.delete(day);
  }
  return { weekly, special, closed };
}

function readDate(date: string, path: string, problems: Problem[]): number | null {
  const day = epochDay(date);
  if (day === null) {
    problems.push({
      path,
      message: `"${date}" is no date of the calendar; write YYYY-MM-DD, such as "2027-12-24".`,
    });
  }
  return day;
}

function readWindows(windows: Windows, path: string, problems: Problem[]): WallWindow[] {
  return windows.map(([from, to], index) => {
    const start = readTime(from, false, `${path}/${index}/0`, problems);
    const end = readTime(to, true, `${path}/${index}/1`, problems);
    return { start, end: end > start ? end : end + DAY_MINUTES };
  });
}

/** Minutes from 00:00. */
function readTime(text: string, isEnd: boolean, path: string, problems: Problem[]): number {
  if (text === "24:00" && isEnd) return DAY_MINUTES;
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (match !== null) return Number(match[1]) * 60 + Number(match[2]);
  const range = isEnd ? '00:00 to 24:00, such as "17:30"' : '00:00 to 23:59, such as "09:00"';
  problems.push({ path, message: `"${text}" is no time of day; write HH:MM from ${range}.` });
  return 0;
}

/** A key inside a JSON pointer (RFC 6901). */
function escape(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
