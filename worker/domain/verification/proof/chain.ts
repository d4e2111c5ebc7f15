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
import type { Situation } from "../../routing/options.ts";
import { managerOfTarget, resolveTarget, type Resolved } from "../../routing/targets.ts";
import { activeSteward, isAround, lacking, standingOf } from "../../routing/people.ts";
import {
  complement,
  firstIn,
  NEVER,
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
  /** As `spansOf`, from as much sooner as may be waited. */
  soonOf: (calendar: Calendar) => Spans;
  /** Who takes what of a team's leads, by team and the members that may. */
  teams: Map<string, Map<string, Spans>>;
}

const remembered = (work: (calendar: Calendar) => Spans): ((calendar: Calendar) => Spans) => {
  const known = new Map<Calendar, Spans>();
  return (calendar) => {
    const spans = known.get(calendar) ?? work(calendar);
    known.set(calendar, spans);
    return spans;
  };
};

/** Calendars are worked out once. */
export const timesOf = (compiled: Compiled, horizon: Horizon): Times => {
  const spansOf = remembered((calendar) => openSpans(calendar, horizon));
  const soonOf = remembered((calendar) => within(spansOf(calendar), compiled.maxWaitMs, horizon));
  return { compiled, horizon, spansOf, soonOf, teams: new Map() };
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
  return isAround(standingOf(compiled, people, personId, null, now));
};

const shift = (times: Times, personId: string, teamId: string | null): Spans => {
  const person = times.compiled.people.get(personId);
  return person ? times.spansOf(clockCalendar(times.compiled, person, teamId)) : NEVER;
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

interface Gaps {
  closed: Spans;
  /** For each try the opening that routing looks at after each gap; infinite where there is none. */
  tries: Spans[];
}

const gapsOf = (open: Spans, closed: Spans): Gaps => {
  const tries: Spans[] = [];
  let last = closed.filter((_, index) => index % 2 === 1);
  for (let count = 0; count < OPENINGS_TRIED; count++) {
    const openings = last.map((at) => firstIn(open, at) ?? Number.POSITIVE_INFINITY);
    tries.push(openings);
    last = openings.map((at) => at + BETWEEN_OPENINGS);
  }
  return { closed, tries };
};

/** The gaps after which somebody of this shift is there at one of the openings. Both lists are walked once for each try. */
const waited = ({ closed, tries }: Gaps, shift: Spans): Spans => {
  const kept = new Uint8Array(closed.length / 2);
  for (const openings of tries) {
    let next = 0;
    for (let gap = 0; gap < openings.length; gap++) {
      const opening = openings[gap] ?? 0;
      while (next < shift.length && (shift[next + 1] ?? 0) <= opening) next += 2;
      if (next < shift.length && (shift[next] ?? 0) <= opening) kept[gap] = 1;
    }
  }
  return closed.filter((_, index) => kept[index >> 1] === 1);
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

/** A team at every instant: those on shift, those of the open teams it follows the sun with, those at its opening. */
const teamHolders = (
  times: Times,
  { team, members }: Staffed,
  others: readonly Staffed[],
): Map<string, Spans> => {
  const { compiled, horizon } = times;
  const holders = new Map<string, Spans>();
  /** Worked out once for each shift: colleagues share the set. */
  const give = (ids: readonly string[], teamId: string, hold: (shift: Spans) => Spans): void => {
    const shifts = Map.groupBy(ids, (id) => shift(times, id, teamId));
    for (const [spans, who] of shifts) {
      const held = hold(spans);
      for (const id of who) {
        const before = holders.get(id);
        holders.set(id, before ? union(before, held) : held);
      }
    }
  };
  const open = times.spansOf(teamCalendar(compiled, team));
  const closed = complement(open, horizon);
  const gaps = gapsOf(open, closed);
  give(members, team.id, (spans) => union(intersect(open, spans), waited(gaps, spans)));
  for (const other of others) {
    const awake = intersect(closed, times.spansOf(teamCalendar(compiled, other.team)));
    give(other.members, other.team.id, (spans) => intersect(awake, spans));
  }
  return holders;
};

/** One set of people and spans for each team and those of it that may take the lead, shared by all branches. */
const holdersOf = (times: Times, situation: Situation, id: string): Map<string, Spans> | null => {
  const own = staffed(situation, id);
  if (!own) return null;
  const others = own.team.followTheSun.flatMap((other) => staffed(situation, other) ?? []);
  const key = JSON.stringify([own, ...others].map(({ team, members }) => [team.id, members]));
  const holders = times.teams.get(key) ?? teamHolders(times, own, others);
  times.teams.set(key, holders);
  return holders;
};

const stewarded = ({ compiled, people }: Situation, queueId: string): boolean => {
  const queue = compiled.queues.get(queueId);
  return queue !== undefined && activeSteward(compiled, people, queue) !== undefined;
};

/** The chain of one branch for a lead like the situation's. `enough` ends it at a team: what follows only adds to it. */
export const chainOf = (
  times: Times,
  situation: Situation,
  way: { to: Target; backup?: Target | null | undefined },
  enough: (holders: ReadonlyMap<string, Spans>) => boolean = () => false,
): Chain => {
  const { compiled, horizon } = times;
  const chain: Chain = { settled: false, holders: new Map() };
  const give: Give = (id, spans) => {
    const before = chain.holders.get(id);
    if (spans.length > 0 && spans !== before) chain.holders.set(id, before ? union(before, spans) : spans);
  };
  const soon = (id: string | null | undefined, relationship = false): void => {
    const person = id ? compiled.people.get(id) : undefined;
    if (person && assignable(situation, person.id, relationship))
      give(person.id, times.soonOf(clockCalendar(compiled, person, null)));
  };
  const giveTeam = (id: string): void => {
    for (const [person, spans] of holdersOf(times, situation, id) ?? []) give(person, spans);
  };
  const giveTarget = (resolved: Resolved, first: boolean): void => {
    if (resolved.kind === "queue") chain.settled ||= stewarded(situation, resolved.id);
    else if (resolved.kind === "team") giveTeam(resolved.id);
    else if (resolved.kind === "person") {
      const { person, relationship } = resolved;
      if (relationship || !first) soon(person.id, relationship);
      else if (assignable(situation, person.id, false)) give(person.id, whole(horizon));
    }
  };
  const to = resolveTarget(situation, way.to, "");
  const team = to.kind === "team" ? holdersOf(times, situation, to.id) : null;
  if (team && enough(team)) return { settled: false, holders: team };
  giveTarget(to, true);
  if (way.backup) giveTarget(resolveTarget(situation, way.backup, ""), false);
  if (to.kind === "person") soon(to.person.backup);
  if (to.kind === "team") for (const id of compiled.teams.get(to.id)?.backupTeams ?? []) giveTeam(id);
  soon(managerOfTarget(compiled, to));
  for (const id of compiled.document.routing.default)
    if (assignable(situation, id, false)) give(id, shift(times, id, null));
  return chain;
};
