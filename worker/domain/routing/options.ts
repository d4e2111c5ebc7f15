/** The steps of a fall-through, each worked out into who could take the lead there and why not others. */
import type { Way } from "../../../schema/wire/policy.ts";
import type { Person, Queue, Team } from "../../../schema/config/document.ts";
import { add, isOpen } from "../calendar/coverage.ts";
import { teamCalendar, type Compiled } from "../config/compiled.ts";
import { holds, type Facts } from "../conditions.ts";
import { activeSteward, lacking, standingInWords, standingOf, type People } from "./people.ts";
import type { TraceStep } from "./plan-types.ts";

/** People (or a queue) that may take the lead together at one step; a tier of the plan. */
export interface Option {
  people: { person: Person; weight: number }[];
  team: Team | null;
  queue: Queue | null;
  /** Credits move only where a team's rotation picks. */
  rotates: boolean;
  /** Whether capacity binds here. */
  bound: boolean;
  /** The moment of assignment that counts for the clock: now, or the opening waited for. */
  startsAt: number;
  /** Whether the visitor may be told the person after hours. */
  relationship: boolean;
  label: string;
  /** Which step of the fall-through it is; `target` where none has to be told. */
  way: Way;
}

export interface Situation {
  compiled: Compiled;
  people: People;
  facts: Facts;
  territoryIndex: number | null;
  now: number;
  skills: readonly string[];
  languages: readonly string[];
  /** People who must not get it (they let it breach, or they are who it is taken from). */
  exclude: ReadonlySet<string>;
  /** Customers and open opportunities: they never enter a new-business team. */
  existingBusiness: boolean;
  /** Queues that let the lead go: none of them takes it back, wherever it stands in a fall-through. */
  skipQueues?: ReadonlySet<string>;
  /** Null where nobody reads it. */
  trace: TraceStep[] | null;
}

/** Why somebody was passed over; the rotation ledger counts by these. */
export type SkipReason =
  | "away"
  | "time_off"
  | "suspended"
  | "deactivated"
  | "off_shift"
  | "unknown"
  | "excluded"
  | "unskilled"
  | "not_for_lead";

/** How long a closed person may be waited for, in ms: 0 asks for somebody on shift. */
export type Patience = number;

/** Leaves a line in the situation's trace. */
export const note = (
  situation: Situation,
  step: string,
  outcome: string,
  detail: string,
  more: object = {},
): void => {
  situation.trace?.push({ step, outcome, detail, ...more });
};

interface Ask {
  label: string;
  teamId: string | null;
  patience: Patience;
  bound: boolean;
  relationship: boolean;
}

/** One person at one step; null with a trace when they can't take it. */
export const personOption = (situation: Situation, personId: string, ask: Ask): Option | null => {
  const { compiled, people, now } = situation;
  const person = compiled.people.get(personId);
  const name = person?.name ?? personId;
  const skip = (why: SkipReason, words: string): null => {
    note(situation, ask.label, "skipped", `${name} is ${words}`, { person: personId, why });
    return null;
  };
  if (!person) return skip("unknown", "not known to Leadclock");
  if (situation.exclude.has(personId)) return skip("excluded", "left out: the lead was taken from them");
  const missing = ask.relationship ? [] : lacking(person, situation.skills, situation.languages);
  if (missing.length > 0) return skip("unskilled", `without ${missing.join(", ")}`);
  const standing = standingOf(compiled, people, personId, ask.teamId, now);
  let startsAt = now;
  if (standing.kind === "off_shift") {
    const opensAt = standing.opensAt;
    if (opensAt === null || opensAt - now > ask.patience)
      return skip("off_shift", "off shift for too long to wait");
    const then = standingOf(compiled, people, personId, ask.teamId, opensAt);
    if (then.kind !== "available")
      return skip(then.kind, `off shift now and ${standingInWords(then)} at the next opening`);
    startsAt = opensAt;
  } else if (standing.kind !== "available") return skip(standing.kind, standingInWords(standing));
  note(
    situation,
    ask.label,
    "possible",
    startsAt > now ? `${name}, from their next opening` : `${name} is available`,
    {
      person: personId,
      ...(startsAt > now ? { opensAt: new Date(startsAt).toISOString() } : {}),
    },
  );
  return {
    people: [{ person, weight: 1 }],
    team: ask.teamId ? (compiled.teams.get(ask.teamId) ?? null) : null,
    queue: null,
    rotates: false,
    // Provisional leads don't count towards capacity, so none is refused for it: it is looked at when they open.
    bound: ask.bound && startsAt === now,
    startsAt,
    relationship: ask.relationship,
    label: ask.label,
    way: "target",
  };
};

/** Why a member can't take this lead at `at`, by code and in words; null when they can. */
const refusal = (
  situation: Situation,
  team: Team,
  member: Team["members"][number],
  at: number,
): { why: SkipReason; words: string } | null => {
  const person = situation.compiled.people.get(member.person);
  if (!person) return { why: "unknown", words: "not known to Leadclock" };
  if (situation.exclude.has(person.id))
    return { why: "excluded", words: "left out: the lead was taken from them" };
  const standing = standingOf(situation.compiled, situation.people, person.id, team.id, at);
  if (standing.kind !== "available") return { why: standing.kind, words: standingInWords(standing) };
  const missing = lacking(person, situation.skills, situation.languages);
  if (missing.length > 0) return { why: "unskilled", words: `without ${missing.join(", ")}` };
  return member.when && !holds(member.when, situation.facts)
    ? { why: "not_for_lead", words: "not for leads like this one" }
    : null;
};

const membersAt = (situation: Situation, team: Team, at: number, label: string): Option["people"] =>
  team.members.flatMap((member) => {
    const person = situation.compiled.people.get(member.person);
    const refused = refusal(situation, team, member, at);
    if (!refused) return person ? [{ person, weight: member.weight }] : [];
    note(situation, label, "skipped", `${person?.name ?? member.person} is ${refused.words}`, {
      person: member.person,
      team: team.id,
      why: refused.why,
    });
    return [];
  });

const teamOptionAt = (situation: Situation, team: Team, at: number, label: string): Option | null => {
  const people = membersAt(situation, team, at, label);
  if (people.length === 0) {
    note(situation, label, "skipped", `Nobody in ${team.name} can take it`, { team: team.id });
    return null;
  }
  const names = people.map(({ person }) => person.name).join(", ");
  const waits = at > situation.now;
  note(
    situation,
    label,
    "possible",
    waits ? `${team.name} at its next opening: ${names}` : `${team.name}: ${names}`,
    {
      team: team.id,
    },
  );
  // Provisional leads don't count towards capacity: it is spread at the opening.
  return {
    people,
    team,
    queue: null,
    rotates: true,
    bound: !waits,
    startsAt: at,
    relationship: false,
    label,
    way: "target",
  };
};

/** A team at one step: open now, else the first open team it follows the sun with, else (if it may wait) its opening. */
export const teamOptions = (situation: Situation, teamId: string, label: string, wait: boolean): Option[] => {
  const { compiled, now } = situation;
  const team = compiled.teams.get(teamId);
  if (!team) {
    note(situation, label, "skipped", `Team ${teamId} is not in the document`);
    return [];
  }
  if (situation.existingBusiness && team.newBusiness) {
    note(
      situation,
      label,
      "skipped",
      `${team.name} takes new business only, and this is a customer or open opportunity`,
    );
    return [];
  }
  const calendar = teamCalendar(compiled, team);
  if (isOpen(calendar, now)) return present(teamOptionAt(situation, team, now, label));
  note(situation, label, "closed", `${team.name} is closed`, { team: team.id });
  const awake = team.followTheSun
    .map((id) => compiled.teams.get(id))
    .filter((other) => other !== undefined)
    .filter((other) => isOpen(teamCalendar(compiled, other), now))
    .filter((other) => !(situation.existingBusiness && other.newBusiness));
  // The first open one gets it; the next where nobody of it can, or all of it are full.
  const options = awake.flatMap((other) =>
    present(teamOptionAt(situation, other, now, `${label}, following the sun to ${other.name}`)),
  );
  for (const option of options) option.way = "sun";
  if (!wait) return options;
  return [...options, ...present(atOpening(situation, team, label))];
};

/** Those on duty at the next opening; looks a few openings ahead when nobody will be there at the first. */
const atOpening = (situation: Situation, team: Team, label: string): Option | null => {
  const calendar = teamCalendar(situation.compiled, team);
  let at = add(calendar, situation.now, 0);
  for (let tries = 0; at !== null && tries < 5; tries++) {
    const option = teamOptionAt(situation, team, at, label);
    if (option) return option;
    at = add(calendar, at + 12 * 3_600_000, 0);
  }
  return null;
};

const present = <T>(option: T | null): T[] => (option ? [option] : []);

/** A queue is a human steward too: theirs, the backup's, or nobody (then the fall-through goes on). */
export const queueOption = (situation: Situation, queueId: string, label: string): Option | null => {
  const { compiled, people, now } = situation;
  const queue = compiled.queues.get(queueId);
  if (situation.skipQueues?.has(queueId)) {
    note(situation, label, "skipped", `${queue?.name ?? queueId} let the lead go`);
    return null;
  }
  const steward = queue && activeSteward(compiled, people, queue);
  const person = steward ? compiled.people.get(steward) : undefined;
  if (!queue || !person) {
    note(
      situation,
      label,
      "skipped",
      queue ? `${queue.name} has no active steward` : `Queue ${queueId} is not in the document`,
    );
    return null;
  }
  note(situation, label, "possible", `${queue.name}, kept by ${person.name}`, { queue: queue.id });
  return {
    people: [{ person, weight: 1 }],
    team: null,
    queue,
    rotates: false,
    bound: false,
    startsAt: now,
    relationship: false,
    label,
    way: "target",
  };
};
