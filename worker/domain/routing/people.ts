/** Whether a person may be assigned, and when they may be again. */
import type { Person, Queue } from "../../../schema/config/document.ts";
import { add, isOpen } from "../calendar/coverage.ts";
import { clockCalendar, type Compiled } from "../config/compiled.ts";

/** Runtime state of one person; absent rows mean "available". Times in epoch milliseconds. */
export interface PersonState {
  away: boolean;
  awayUntil: number | null;
  awayReason: string | null;
  suspendedAt: number | null;
  deactivatedAt: number | null;
  capacity: number | null;
  capacityUntil: number | null;
}

/** Somebody about whom nothing was ever said. */
export const NO_STATE: PersonState = {
  away: false,
  awayUntil: null,
  awayReason: null,
  suspendedAt: null,
  deactivatedAt: null,
  capacity: null,
  capacityUntil: null,
};

export interface People {
  states: ReadonlyMap<string, PersonState>;
  /** Time off that hasn't ended yet, by person. */
  timeOff: ReadonlyMap<string, readonly { startAt: number; endAt: number; reason: string | null }[]>;
}

/** As if these were away until further notice, whatever else is known of them. */
export const withAbsent = (people: People, absent: Iterable<string>): People => {
  const states = new Map<string, PersonState>(people.states);
  for (const id of absent)
    states.set(id, { ...(states.get(id) ?? NO_STATE), away: true, awayUntil: null, awayReason: "absent" });
  return { ...people, states };
};

/** As if these had left for good. */
export const withDeactivated = (people: People, gone: Iterable<string>, at: number): People => {
  const states = new Map<string, PersonState>(people.states);
  for (const id of gone) states.set(id, { ...(states.get(id) ?? NO_STATE), deactivatedAt: at });
  return { ...people, states };
};

export type Standing =
  | { kind: "available" }
  | { kind: "off_shift"; opensAt: number | null }
  | { kind: "away"; until: number | null; reason: string | null }
  | { kind: "time_off"; until: number; reason: string | null }
  | { kind: "suspended" }
  | { kind: "deactivated" }
  | { kind: "unknown" };

const isSet = (at: number | null | undefined): boolean => at !== null && at !== undefined;

/** Not there at all, whatever they may be assigned. */
const outOf = (people: People, personId: string, at: number): Standing | null => {
  const state = people.states.get(personId);
  if (state?.away && (state.awayUntil === null || state.awayUntil > at))
    return { kind: "away", until: state.awayUntil, reason: state.awayReason };
  const off = people.timeOff.get(personId)?.find((span) => span.startAt <= at && at < span.endAt);
  return off ? { kind: "time_off", until: off.endAt, reason: off.reason } : null;
};

const absence = (people: People, personId: string, at: number): Standing | null => {
  const state = people.states.get(personId);
  if (isSet(state?.deactivatedAt)) return { kind: "deactivated" };
  if (isSet(state?.suspendedAt)) return { kind: "suspended" };
  return outOf(people, personId, at);
};

/** Standing of a person at `at`, on their own calendar or that of the team that routes to them. */
export const standingOf = (
  compiled: Compiled,
  people: People,
  personId: string,
  teamId: string | null,
  at: number,
): Standing => {
  const person = compiled.people.get(personId);
  if (!person) return { kind: "unknown" };
  const absent = absence(people, personId, at);
  if (absent) return absent;
  const calendar = clockCalendar(compiled, person, teamId);
  return isOpen(calendar, at) ? { kind: "available" } : { kind: "off_shift", opensAt: add(calendar, at, 0) };
};

/** Closed is not unavailable: who is off shift comes back by themselves. */
export const isAround = ({ kind }: Standing): boolean => kind === "available" || kind === "off_shift";

/** Active: named in the document and not deactivated. The last resort asks for nothing more. */
export const isActive = (compiled: Compiled, people: People, personId: string): boolean =>
  compiled.people.has(personId) && !isSet(people.states.get(personId)?.deactivatedAt);

/** Who keeps a queue now: its steward, else the backup; undefined where neither is active. */
export const activeSteward = (compiled: Compiled, people: People, queue: Queue): string | undefined =>
  [queue.steward, queue.backupSteward].find(
    (id): id is string => typeof id === "string" && isActive(compiled, people, id),
  );

/** Whether a queue has a steward who isn't away or on time off; one who is off shift will be back. */
export const isAttended = (
  compiled: Compiled,
  people: People,
  { steward, backupSteward }: Pick<Queue, "steward" | "backupSteward">,
  at: number,
): boolean =>
  [steward, backupSteward].some(
    (id) => id && isActive(compiled, people, id) && outOf(people, id, at) === null,
  );

/** The most leads awaiting first touch the person may hold at `at`; null: no limit. */
export const capacityOf = (person: Person, people: People, at: number): number | null => {
  const state = people.states.get(person.id);
  const overridden =
    state && state.capacity !== null && (state.capacityUntil === null || state.capacityUntil > at)
      ? state.capacity
      : null;
  return overridden ?? person.capacity ?? null;
};

const has = (held: readonly string[], wanted: string): boolean =>
  held.some((item) => item.toLowerCase() === wanted.toLowerCase());

/** What of the required skills and languages a person lacks. */
export const lacking = (
  person: Person,
  skills: readonly string[],
  languages: readonly string[],
): string[] => [
  ...skills.filter((skill) => !has(person.skills, skill)),
  ...languages.filter((language) => !has(person.languages, language)),
];

const WORDS: Record<Standing["kind"], string> = {
  available: "available",
  off_shift: "off shift",
  away: "away",
  time_off: "on time off",
  suspended: "suspended from new leads",
  deactivated: "deactivated",
  unknown: "not known to Leadclock",
};

export const standingInWords = (standing: Standing): string =>
  standing.kind === "away" && standing.reason ? `away (${standing.reason})` : WORDS[standing.kind];
