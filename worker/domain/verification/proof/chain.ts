/**
 * Who takes a lead of a branch, and when, before the last resort does: the fall-through of routing/fallthrough.ts over
 * whole spans of time in place of one instant. Every step is somebody's, so the chain holds at an instant as long as one of
 * those who hold it then is there: absences only take people away. Capacity isn't looked at; who is full counts here.
 */
import type { Team } from "../../../../schema/config/document.ts";
import type { Target } from "../../../../schema/config/routing.ts";
import { clockCalendar, teamCalendar, type Compiled } from "../../config/compiled.ts";
import type { Calendar } from "../../calendar/types.ts";
import { holds } from "../../conditions.ts";
import { resolveTarget, type Resolved, type Situation } from "../../routing/options.ts";
import { isActive, lacking, standingOf } from "../../routing/people.ts";
import {
  complement,
  contains,
  firstIn,
  intersect,
  openSpans,
  union,
  whole,
  within,
  type Horizon,
  type Spans,
} from "./spans.ts";

export interface Times {
  compiled: Compiled;
  horizon: Horizon;
  spansOf: (calendar: Calendar) => Spans;
  /** Who takes what of a team's leads, by team and the members that may. */
  teams: Map<string, Map<string, Spans>>;
}

/** Calendars are worked out once. */
export const timesOf = (compiled: Compiled, horizon: Horizon): Times => {
  const known = new Map<Calendar, Spans>();
  return {
    compiled,
    horizon,
    teams: new Map(),
    spansOf: (calendar) => {
      const spans = known.get(calendar) ?? openSpans(calendar, horizon);
      known.set(calendar, spans);
      return spans;
    },
  };
};

export interface Chain {
  /** A queue takes it, whatever the hour: its steward is a last resort of their own. */
  settled: boolean;
  holders: Map<string, Spans>;
}

type Give = (personId: string, spans: Spans) => void;

const assignable = (situation: Situation, personId: string, relationship: boolean): boolean => {
  const { compiled, people, now } = situation;
  const person = compiled.people.get(personId);
  if (!person) return false;
  if (!relationship && lacking(person, situation.skills, situation.languages).length > 0) return false;
  const standing = standingOf(compiled, people, personId, null, now).kind;
  return standing === "available" || standing === "off_shift";
};

const shift = (times: Times, personId: string, teamId: string | null): Spans => {
  const person = times.compiled.people.get(personId);
  return person ? times.spansOf(clockCalendar(times.compiled, person, teamId)) : [];
};

const membersOf = (situation: Situation, team: Team): string[] =>
  team.members
    .filter(
      ({ person, when }) => assignable(situation, person, false) && (!when || holds(when, situation.facts)),
    )
    .map(({ person }) => person);

const mayEnter = (situation: Situation, team: Team): boolean =>
  !(situation.existingBusiness && team.newBusiness);

/** As routing looks for somebody at a closed team's openings. */
const OPENINGS_TRIED = 5;
const BETWEEN_OPENINGS = 12 * 3_600_000;

const openingsAfter = (open: Spans, first: number): number[] => {
  const openings: number[] = [];
  for (let at = firstIn(open, first); at !== null && openings.length < OPENINGS_TRIED;) {
    openings.push(at);
    at = firstIn(open, at + BETWEEN_OPENINGS);
  }
  return openings;
};

/** While the team is closed, whoever is on shift at one of the openings that routing looks at. */
const waiting = (times: Times, team: Team, members: readonly string[], closed: Spans, give: Give): void => {
  const open = times.spansOf(teamCalendar(times.compiled, team));
  const waits = members.map((id) => ({ id, shift: shift(times, id, team.id), gaps: [] as number[] }));
  for (let index = 0; index < closed.length; index += 2) {
    const [from = 0, to = 0] = [closed[index], closed[index + 1]];
    const openings = openingsAfter(open, to);
    for (const member of waits)
      if (openings.some((opening) => contains(member.shift, opening))) member.gaps.push(from, to);
  }
  for (const { id, gaps } of waits) give(id, gaps);
};

interface Staffed {
  team: Team;
  /** Those who may take a lead like this one. */
  members: string[];
}

const staffed = (situation: Situation, id: string): Staffed | null => {
  const team = situation.compiled.teams.get(id);
  return team && mayEnter(situation, team) ? { team, members: membersOf(situation, team) } : null;
};

/** A team at every instant: those on shift, those of the first open team it follows the sun with, those at its opening. */
const teamHolders = (
  times: Times,
  { team, members }: Staffed,
  others: readonly Staffed[],
): Map<string, Spans> => {
  const { compiled, horizon } = times;
  const holders = new Map<string, Spans>();
  const give: Give = (id, spans) => void holders.set(id, union(holders.get(id) ?? [], spans));
  const open = times.spansOf(teamCalendar(compiled, team));
  for (const member of members) give(member, intersect(open, shift(times, member, team.id)));
  const closed = complement(open, horizon);
  let asleep = closed;
  for (const other of others) {
    const awake = intersect(asleep, times.spansOf(teamCalendar(compiled, other.team)));
    for (const member of other.members) give(member, intersect(awake, shift(times, member, other.team.id)));
    asleep = intersect(asleep, complement(awake, horizon));
  }
  waiting(times, team, members, closed, give);
  return holders;
};

const giveTeam = (times: Times, situation: Situation, id: string, give: Give): void => {
  const own = staffed(situation, id);
  if (!own) return;
  const others = own.team.followTheSun.flatMap((other) => staffed(situation, other) ?? []);
  const key = JSON.stringify([own, ...others].map(({ team, members }) => [team.id, members]));
  const holders = times.teams.get(key) ?? teamHolders(times, own, others);
  times.teams.set(key, holders);
  for (const [person, spans] of holders) give(person, spans);
};

const managerOf = (compiled: Compiled, target: Resolved): string | null => {
  if (target.kind === "person")
    return target.person.manager ?? compiled.teamsOf.get(target.person.id)?.[0]?.manager ?? null;
  return target.kind === "team" ? (compiled.teams.get(target.id)?.manager ?? null) : null;
};

const stewarded = ({ compiled, people }: Situation, queueId: string): boolean => {
  const queue = compiled.queues.get(queueId);
  return [queue?.steward, queue?.backupSteward].some((id) => id && isActive(compiled, people, id));
};

/** The chain of one branch for a lead like the situation's; `way` null is the default chain by itself. */
export const chainOf = (
  times: Times,
  situation: Situation,
  way: { to: Target; backup?: Target | null | undefined } | null,
): Chain => {
  const { compiled, horizon } = times;
  const chain: Chain = { settled: false, holders: new Map() };
  const give: Give = (id, spans) => {
    if (spans.length > 0) chain.holders.set(id, union(chain.holders.get(id) ?? [], spans));
  };
  const soon = (id: string | null | undefined, relationship = false): void => {
    if (id && assignable(situation, id, relationship))
      give(id, within(shift(times, id, null), compiled.maxWaitMs, horizon));
  };
  const giveTarget = (resolved: Resolved, first: boolean): void => {
    if (resolved.kind === "queue") chain.settled ||= stewarded(situation, resolved.id);
    else if (resolved.kind === "team") giveTeam(times, situation, resolved.id, give);
    else if (resolved.kind === "person") {
      const { person, relationship } = resolved;
      if (relationship || !first) soon(person.id, relationship);
      else if (assignable(situation, person.id, false)) give(person.id, whole(horizon));
    }
  };
  if (way) {
    const to = resolveTarget(situation, way.to, "");
    giveTarget(to, true);
    if (way.backup) giveTarget(resolveTarget(situation, way.backup, ""), false);
    if (to.kind === "person") soon(to.person.backup);
    if (to.kind === "team")
      for (const id of compiled.teams.get(to.id)?.backupTeams ?? []) giveTeam(times, situation, id, give);
    soon(managerOf(compiled, to));
  }
  for (const id of compiled.document.routing.default)
    if (assignable(situation, id, false)) give(id, shift(times, id, null));
  return chain;
};
