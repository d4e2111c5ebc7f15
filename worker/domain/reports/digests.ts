/**
 * Who gets a digest this minute. A digest comes in its reader's own morning, on days on which their calendar opens at all;
 * the one after a weekend or a holiday covers the days between. Pure: docs/reports.md.
 */
import type { Person } from "../../../schema/config/document.ts";
import type { DigestKind } from "../../../schema/config/people.ts";
import { WEEKDAYS } from "../../../schema/config/primitives.ts";
import { addDays, localParts, startOfDate } from "../calendar/local.ts";
import { openBetween } from "../calendar/coverage.ts";
import type { Calendar, Weekday } from "../calendar/types.ts";
import { clockCalendar, type Compiled } from "../config/compiled.ts";

const USUAL: Readonly<Record<Person["role"], readonly DigestKind[]>> = {
  manager: ["morning", "weekly"],
  revops: ["weekly"],
  marketer: ["weekly"],
  admin: [],
  rep: [],
};

/** What the document says of a person, else what their role gets. */
export const digestsFor = (person: Person): readonly DigestKind[] => person.digests ?? USUAL[person.role];

export interface DueDigest {
  person: string;
  kind: DigestKind;
  /** The reader's own date. */
  date: string;
  /** What it covers, both included. */
  from: string;
  to: string;
}

/** A morning is over at this hour: a digest that couldn't go out by then waits for the next. */
const NOON = "12:00";

const opensOn = (calendar: Calendar, date: string): boolean =>
  openBetween(
    calendar,
    startOfDate(date, calendar.timezone),
    startOfDate(addDays(date, 1), calendar.timezone),
  ) > 0;

/** The last day before `date` on which it opens, at most a week back. */
const openDayBefore = (calendar: Calendar, date: string): string => {
  for (let back = 1; back < 7; back++) {
    const day = addDays(date, -back);
    if (opensOn(calendar, day)) return day;
  }
  return addDays(date, -7);
};

/** The week's digest goes out on its day, or on the first open day after it. */
const isWeeklyDay = (calendar: Calendar, date: string, weekday: Weekday, wanted: Weekday): boolean => {
  const late = (WEEKDAYS.indexOf(weekday) - WEEKDAYS.indexOf(wanted) + 7) % 7;
  for (let back = 1; back <= late; back++) if (opensOn(calendar, addDays(date, -back))) return false;
  return true;
};

const dueFor = (compiled: Compiled, person: Person, now: number): DueDigest[] => {
  const kinds = digestsFor(person);
  if (kinds.length === 0) return [];
  const { at = "07:00", weeklyOn = "mon" } = compiled.document.workspace.digests ?? {};
  const calendar = clockCalendar(compiled, person, null);
  const { date, time, weekday } = localParts(now, calendar.timezone);
  if (time < at || time >= NOON || !opensOn(calendar, date)) return [];
  const to = addDays(date, -1);
  const one = { person: person.id, date, to };
  const weekly = kinds.includes("weekly") && isWeeklyDay(calendar, date, weekday, weeklyOn);
  return [
    ...(kinds.includes("morning")
      ? [{ ...one, kind: "morning" as const, from: openDayBefore(calendar, date) }]
      : []),
    ...(weekly ? [{ ...one, kind: "weekly" as const, from: addDays(date, -7) }] : []),
  ];
};

/** Everybody whose morning it is; the same all morning long, so that a minute that was lost loses nothing. */
export const dueDigests = (compiled: Compiled, deactivated: ReadonlySet<string>, now: number): DueDigest[] =>
  compiled.document.people
    .filter(({ id }) => !deactivated.has(id))
    .flatMap((person) => dueFor(compiled, person, now));

/** Whom a manager answers for: those who report to them and the members of their teams; nobody in particular: everybody. */
export const scopeOf = (compiled: Compiled, personId: string): ReadonlySet<string> | null => {
  const people = compiled.document.people.filter(({ manager }) => manager === personId).map(({ id }) => id);
  const members = compiled.document.teams
    .filter(({ manager }) => manager === personId)
    .flatMap((team) => team.members.map(({ person }) => person));
  const all = new Set([...people, ...members]);
  return all.size === 0 ? null : all;
};
