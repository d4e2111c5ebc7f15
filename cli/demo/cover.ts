/** Who works when in the demo company, so that its script asks of people only what they could have done. */
import { isOpen, nextOpening, openBetween } from "../../worker/domain/calendar/coverage.ts";
import { compileCalendar } from "../../worker/domain/calendar/compile.ts";
import type { Calendar } from "../../worker/domain/calendar/types.ts";
import { demoCalendars } from "./config-calendars.ts";
import { demoPeople, demoTeams } from "./config-people.ts";
import { DAY, MINUTE } from "./steps.ts";

const compile = (): Map<string, Calendar> => {
  const calendars = new Map<string, Calendar>();
  for (const { id, timezone, hours, holidays, overrides } of demoCalendars) {
    const given = Object.entries(hours).filter(([, windows]) => windows !== undefined);
    const compiled = compileCalendar({ timezone, hours: Object.fromEntries(given), holidays, overrides });
    if (!compiled.ok)
      throw new RangeError(`Demo calendar ${id}: ${compiled.problems[0]?.message ?? "invalid"}`);
    calendars.set(id, compiled.calendar);
  }
  return calendars;
};

const calendars = compile();

const calendarOf = (id: string): Calendar => {
  const calendar = calendars.get(id);
  if (!calendar) throw new RangeError(`The demo has no calendar ${id}`);
  return calendar;
};

export const opens = (calendarId: string, at: number): number =>
  nextOpening(calendarOf(calendarId), at) ?? at;

/** Public holidays are not known here: what falls on one waits, as it would in life. */
export const openFor = (calendarId: string, at: number, duration: number): boolean => {
  const calendar = calendarOf(calendarId);
  return isOpen(calendar, at) && openBetween(calendar, at, at + duration) === duration;
};

const SCAN = 10 * MINUTE;

/** The latest instant at or before `at` from which the calendar stays open for `duration`. */
export const lastOpen = (calendarId: string, at: number, duration: number): number => {
  for (let time = at; time > at - 12 * DAY; time -= SCAN)
    if (openFor(calendarId, time, duration)) return time;
  throw new RangeError(`Demo calendar ${calendarId} doesn't open`);
};

/** The latest opening at or before `at` that ended at least `closed` ms without coverage. */
export const lastOpening = (calendarId: string, at: number, closed: number): number => {
  const calendar = calendarOf(calendarId);
  for (let time = at; time > at - 12 * DAY; time -= SCAN) {
    const opening = nextOpening(calendar, time) ?? at;
    if (opening <= at && openBetween(calendar, opening - closed, opening) === 0) return opening;
  }
  throw new RangeError(`Demo calendar ${calendarId} doesn't open`);
};

/** A person's own calendar, else that of the first team they are in. */
export const calendarOfPerson = (personId: string): string => {
  const own = demoPeople.find(({ id }) => id === personId)?.calendar;
  const team = demoTeams.find(({ members }) => members?.some(({ person }) => person === personId));
  return own ?? team?.calendar ?? "us";
};

export const onDuty = (personId: string, at: number, duration: number): boolean =>
  openFor(calendarOfPerson(personId), at, duration);

/** Members of a team on shift from `at` for `duration`, whether or not the team's own calendar is open. */
export const membersOnDuty = (teamId: string, at: number, duration: number): string[] => {
  const members = demoTeams.find(({ id }) => id === teamId)?.members ?? [];
  return members.map(({ person }) => person).filter((person) => onDuty(person, at, duration));
};

export const teamOpen = (teamId: string, at: number): boolean => {
  const calendar = demoTeams.find(({ id }) => id === teamId)?.calendar;
  return typeof calendar === "string" && isOpen(calendarOf(calendar), at);
};
