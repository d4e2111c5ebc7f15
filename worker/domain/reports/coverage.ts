/** A week, hour by hour: which team is open, who of it is on duty, and the hours that are open with nobody there. */
import type { Coverage, CoverageCell, CoverageTeam } from "../../../schema/wire/policy.ts";
import type { Team } from "../../../schema/config/document.ts";
import type { Calendar } from "../calendar/types.ts";
import { dateOfDay, epochDay } from "../calendar/local.ts";
import { DAY, dayOf, instantOf, MINUTE, startOfDay, zoneOf } from "../calendar/zones.ts";
import { clockCalendar, teamCalendar, type Compiled } from "../config/compiled.ts";
import { mondayOf } from "./period.ts";
import { isAround, standingInWords, standingOf, type People } from "../routing/people.ts";
import {
  complement,
  contains,
  intersect,
  lengthOf,
  NEVER,
  openSpans,
  union,
  whole,
  type Horizon,
  type Spans,
} from "../verification/proof/spans.ts";

const HOURS = 24;
const DAYS = 7;
const ALWAYS = Number.POSITIVE_INFINITY;

export interface WeekQuestion {
  compiled: Compiled;
  people: People;
  /** Any date of the week, YYYY-MM-DD; null for the one that `now` falls in. */
  date: string | null;
  /** The zone in which days and hours are counted. */
  timezone: string;
  now: number;
}

const mondayAsked = ({ date, timezone, now }: Pick<WeekQuestion, "date" | "timezone" | "now">): number =>
  mondayOf((date === null ? null : epochDay(date)) ?? dayOf(zoneOf(timezone), now));

/** The 168 hours of the week as instants, 169 of them; an hour that the clocks skip has no length. */
const edgesOf = (monday: number, timezone: string): number[] => {
  const zone = zoneOf(timezone);
  const edges: number[] = [];
  for (let hour = 0; hour < DAYS * HOURS; hour++)
    edges.push(
      hour % HOURS === 0
        ? startOfDay(zone, monday + hour / HOURS)
        : instantOf(zone, monday * DAY + hour * 60 * MINUTE),
    );
  return [...edges, startOfDay(zone, monday + DAYS)];
};

/** When somebody can't be assigned for reasons of their own: state of today, planned time off. */
const absentIn = (people: People, id: string, horizon: Horizon, now: number): Spans => {
  const state = people.states.get(id);
  const gone = (from: number, to: number): Spans =>
    from < horizon.to && to > horizon.from
      ? Float64Array.of(Math.max(from, horizon.from), Math.min(to, horizon.to))
      : NEVER;
  let spans = NEVER;
  if (state && (state.deactivatedAt !== null || state.suspendedAt !== null)) spans = gone(now, ALWAYS);
  else if (state?.away) spans = gone(now, state.awayUntil ?? ALWAYS);
  for (const { startAt, endAt } of people.timeOff.get(id) ?? []) spans = union(spans, gone(startAt, endAt));
  return spans;
};

interface Shift {
  id: string;
  name: string;
  on: Spans;
}

/** A team's members with the spans they are on duty; people whom the document doesn't name are left out. */
const shiftsOf = ({ compiled, people, now }: WeekQuestion, team: Team, horizon: Horizon): Shift[] =>
  team.members.flatMap(({ person: id }) => {
    const person = compiled.people.get(id);
    if (!person) return [];
    const planned = openSpans(clockCalendar(compiled, person, team.id), horizon);
    const there = complement(absentIn(people, id, horizon, now), horizon);
    return [{ id, name: person.name, on: intersect(planned, there) }];
  });

const minutes = (spans: Spans): number => Math.round(lengthOf(spans) / MINUTE);

/** How many are on duty at each moment at which that can change. */
const headsAt = (shifts: readonly Shift[], within: Spans): number[] => {
  const moments = new Set<number>();
  for (let at = 0; at < within.length; at += 2) moments.add(within[at] as number);
  for (const { on } of shifts) for (const at of on) if (contains(within, at)) moments.add(at);
  return [...moments].map((at) => shifts.filter(({ on }) => contains(on, at)).length);
};

const cellOf = (shifts: readonly Shift[], open: Spans, hour: Horizon): CoverageCell => {
  if (hour.to <= hour.from) return { minutes: 0, open: 0, uncovered: 0, least: 0, people: [] };
  const all = whole(hour);
  const here = shifts
    .map((shift) => ({ ...shift, on: intersect(shift.on, all) }))
    .filter(({ on }) => on.length > 0);
  const opened = intersect(open, all);
  const held = here.reduce((sum, { on }) => union(sum, on), NEVER);
  const heads = headsAt(here, opened.length > 0 ? opened : all);
  return {
    minutes: minutes(all),
    open: minutes(opened),
    uncovered: minutes(opened) - minutes(intersect(opened, held)),
    least: opened.length > 0 ? Math.min(...heads) : Math.max(...heads),
    people: here.map(({ id }) => id),
  };
};

const iso = (at: number): string => new Date(at).toISOString();

const spansOnWire = (spans: Spans): { from: string; to: string }[] =>
  Array.from({ length: spans.length / 2 }, (_, at) => ({
    from: iso(spans[2 * at] as number),
    to: iso(spans[2 * at + 1] as number),
  }));

/** Why each member isn't there, as of the hole's beginning. */
const whyNobody = ({ compiled, people }: WeekQuestion, team: Team, at: number): string =>
  team.members.length === 0
    ? "the team has no members"
    : team.members
        .map(({ person }) => {
          const name = compiled.people.get(person)?.name ?? person;
          return `${name} is ${standingInWords(standingOf(compiled, people, person, team.id, at))}`;
        })
        .join("; ");

const teamWeek = (question: WeekQuestion, team: Team, edges: readonly number[], horizon: Horizon) => {
  const { compiled, people, now } = question;
  const calendar = teamCalendar(compiled, team);
  const open = openSpans(calendar, horizon);
  const shifts = shiftsOf(question, team, horizon);
  const held = shifts.reduce((sum, { on }) => union(sum, on), NEVER);
  const holes = intersect(open, complement(held, horizon));
  const row: CoverageTeam = {
    id: team.id,
    name: team.name,
    timezone: calendar.timezone,
    members: shifts.map(({ id, name }) => {
      const standing = standingOf(compiled, people, id, team.id, now);
      return { id, name, absent: isAround(standing) ? null : standingInWords(standing) };
    }),
    cells: edges
      .slice(0, -1)
      .map((from, hour) => cellOf(shifts, open, { from, to: edges[hour + 1] as number })),
    holes: spansOnWire(holes).map((hole) => ({
      ...hole,
      why: whyNobody(question, team, Date.parse(hole.from)),
    })),
  };
  return { row, held };
};

/** Dates ahead, and how many of them are told. */
const AHEAD_DAYS = 120;
const MOST_DATES = 40;

const wall = (minute: number): string => {
  const inDay = minute > 1440 ? minute - 1440 : minute;
  return `${String(Math.floor(inDay / 60)).padStart(2, "0")}:${String(inDay % 60).padStart(2, "0")}`;
};

interface Using {
  teams: string[];
  people: string[];
}

/** Which teams and members go by which calendar: only their holidays matter. */
const calendarsInUse = (compiled: Compiled): Map<Calendar, Using> => {
  const used = new Map<Calendar, Using>();
  const using = (calendar: Calendar): Using => {
    const known = used.get(calendar) ?? { teams: [], people: [] };
    used.set(calendar, known);
    return known;
  };
  for (const team of compiled.document.teams) {
    using(teamCalendar(compiled, team)).teams.push(team.name);
    for (const { person: id } of team.members) {
      const person = compiled.people.get(id);
      const list = person ? using(clockCalendar(compiled, person, team.id)).people : [];
      if (person && !list.includes(person.name)) list.push(person.name);
    }
  }
  return used;
};

const holidaysFrom = (compiled: Compiled, monday: number): Coverage["holidays"] => {
  const named = new Map([...compiled.calendars].map(([id, calendar]) => [calendar, id]));
  const names = new Map(compiled.document.calendars.map(({ id, name }) => [id, name ?? id]));
  return [...calendarsInUse(compiled)]
    .flatMap(([calendar, using]) => {
      const id = named.get(calendar) ?? "";
      const about = { id, name: names.get(id) ?? id, timezone: calendar.timezone };
      return [...calendar.rules.special]
        .filter(([day]) => day >= monday && day < monday + AHEAD_DAYS)
        .filter(([day, windows]) => !sameAsUsual(calendar, day, windows))
        .map(([day, windows]) => ({
          date: dateOfDay(day),
          calendar: about,
          ...using,
          hours: windows.map(({ start, end }): [string, string] => [wall(start), wall(end)]),
        }));
    })
    .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.calendar.id < b.calendar.id ? -1 : 1))
    .slice(0, MOST_DATES);
};

/** A holiday on a day that is closed every week changes nothing. */
const sameAsUsual = (calendar: Calendar, day: number, windows: readonly unknown[]): boolean =>
  windows.length === 0 && (calendar.rules.weekly[((day % 7) + 7) % 7] ?? []).length === 0;

export const coverageOf = (question: WeekQuestion): Coverage => {
  const { compiled, timezone } = question;
  const monday = mondayAsked(question);
  const edges = edgesOf(monday, timezone);
  const horizon = { from: edges[0] as number, to: edges[DAYS * HOURS] as number };
  const teams = compiled.document.teams.map((team) => teamWeek(question, team, edges, horizon));
  const anybody = teams.reduce((sum, { held }) => union(sum, held), NEVER);
  return {
    week: dateOfDay(monday),
    timezone,
    from: iso(horizon.from),
    to: iso(horizon.to),
    teams: teams.map(({ row }) => row),
    nobody: teams.length === 0 ? [] : spansOnWire(complement(anybody, horizon)),
    holidays: holidaysFrom(compiled, monday),
  };
};

/** The first instant of the week, for what must be read from the database. */
export const startOfWeek = (date: string | null, timezone: string, now: number): number =>
  startOfDay(zoneOf(timezone), mondayAsked({ date, timezone, now }));
