/**
 * Who gets a digest this minute. A digest comes in its reader's own morning, on days on which their calendar opens at all, and
 * goes on where their last one ended: no day is told twice and none is left out. Pure: docs/reports.md.
 */
import type { Person } from "../../../schema/config/document.ts";
import type { DigestKind } from "../../../schema/config/people.ts";
import { WEEKDAYS } from "../../../schema/config/primitives.ts";
import { addDays, epochDay, localParts, startOfDate, weekdayOfDay } from "../calendar/local.ts";
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
  /** What it covers, both included; days of the workspace. */
  from: string;
  to: string;
}

/** A morning is over at this hour: what couldn't go out by then is told by the next, which goes on where the last one ended. */
const NOON = "12:00";
/** What wasn't told for longer than this is left to the reports. */
const LONGEST = 31;
const WEEKS = 4;

/** The digest of a kind that somebody was sent last: their date, and the last day it covered. */
export interface Told {
  date: string;
  to: string;
}

/** How the ids of somebody's digests begin; they end in the reader's date. */
export const idBegin = (kind: DigestKind, person: string): string => `digest.${kind}.${person}.`;

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

const daysBetween = (from: string, to: string): number => (epochDay(to) ?? 0) - (epochDay(from) ?? 0);

/** A reader whose morning it is. */
export interface Morning {
  person: string;
  kinds: readonly DigestKind[];
  calendar: Calendar;
  date: string;
  /** The last day that is over both for them and for the workspace, by whose days reports count. */
  over: string;
}

const morningOf = (compiled: Compiled, person: Person, now: number): Morning[] => {
  const kinds = digestsFor(person);
  if (kinds.length === 0) return [];
  const { digests, timezone } = compiled.document.workspace;
  const calendar = clockCalendar(compiled, person, null);
  const { date, time } = localParts(now, calendar.timezone);
  const { at = "07:00" } = digests ?? {};
  if (time < at || time >= NOON || !opensOn(calendar, date)) return [];
  const today = localParts(now, timezone).date;
  return [{ person: person.id, kinds, calendar, date, over: addDays(today < date ? today : date, -1) }];
};

/** Everybody whose morning it is; the same all morning long, so that a minute that was lost loses nothing. */
export const morningsNow = (compiled: Compiled, now: number): Morning[] =>
  compiled.document.people.flatMap((person) => morningOf(compiled, person, now));

/** Who was never sent one hears of what has come to its end since the open day before. */
const morningDays = ({ calendar, date, over }: Morning, told: Told | undefined): [string, string] => {
  const longest = addDays(over, 1 - LONGEST);
  if (told) return [told.to < longest ? longest : addDays(told.to, 1), over];
  const lag = daysBetween(over, addDays(date, -1));
  return [addDays(openDayBefore(calendar, date), -lag), over];
};

const isClosed = (calendar: Calendar, from: string, until: string): boolean => {
  for (let day = from; day < until; day = addDays(day, 1)) if (opensOn(calendar, day)) return false;
  return true;
};

/**
 * Whole weeks, which end before the week's day on whatever day they are told: the first open morning after. Who was never sent
 * one waits for that morning.
 */
const weeklyDays = (
  { calendar, date, over }: Morning,
  told: Told | undefined,
  wanted: Weekday,
): [string, string] | null => {
  const since =
    (WEEKDAYS.indexOf(weekdayOfDay((epochDay(over) ?? 0) + 1)) - WEEKDAYS.indexOf(wanted) + 7) % 7;
  const to = addDays(over, -since);
  const longest = addDays(to, 1 - 7 * WEEKS);
  if (told) return [told.to < longest ? longest : addDays(told.to, 1), to];
  const first = addDays(to, 1 + daysBetween(over, addDays(date, -1)));
  return isClosed(calendar, first, date) ? [addDays(to, -6), to] : null;
};

/** What they are due and weren't sent yet; `told` by the beginnings of ids. */
export const dueDigests = (
  mornings: readonly Morning[],
  told: ReadonlyMap<string, Told>,
  weeklyOn: Weekday = "mon",
): DueDigest[] =>
  mornings.flatMap((morning) =>
    morning.kinds.flatMap((kind): DueDigest[] => {
      const { person, date } = morning;
      const last = told.get(idBegin(kind, person));
      if (last && last.date >= date) return [];
      const days = kind === "morning" ? morningDays(morning, last) : weeklyDays(morning, last, weeklyOn);
      return !days || days[0] > days[1] ? [] : [{ person, kind, date, from: days[0], to: days[1] }];
    }),
  );

/** Whom a manager answers for: those who report to them, the members of their teams and themselves; nobody in particular: everybody. */
export const scopeOf = (compiled: Compiled, personId: string): ReadonlySet<string> | null => {
  const people = compiled.document.people.filter(({ manager }) => manager === personId).map(({ id }) => id);
  const members = compiled.document.teams
    .filter(({ manager }) => manager === personId)
    .flatMap((team) => team.members.map(({ person }) => person));
  const all = new Set([...people, ...members]);
  return all.size === 0 ? null : all.add(personId);
};
