/** The steps of a fall-through, each worked out into who could take the lead there and why not others. */
import type { Person, Queue, Team } from "../../../schema/config/document.ts";
import type { Target } from "../../../schema/config/routing.ts";
import { add, isOpen } from "../calendar/coverage.ts";
import { foldCrmName, teamCalendar, type Compiled } from "../config/compiled.ts";
import { holds, type Facts } from "../conditions.ts";
import { isActive, lacking, standingInWords, standingOf, type People } from "./people.ts";
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
  trace: TraceStep[];
}

/** How long a closed person may be waited for, in ms: 0 asks for somebody on shift. */
export type Patience = number;

const note = (
  situation: Situation,
  step: string,
  outcome: string,
  detail: string,
  more: object = {},
): void => {
  situation.trace.push({ step, outcome, detail, ...more });
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
  const skip = (why: string): null => {
    note(situation, ask.label, "skipped", `${name} is ${why}`, { person: personId });
    return null;
  };
  if (!person) return skip("not known to Leadclock");
  if (situation.exclude.has(personId)) return skip("left out: the lead was taken from them");
  const missing = ask.relationship ? [] : lacking(person, situation.skills, situation.languages);
  if (missing.length > 0) return skip(`without ${missing.join(", ")}`);
  const standing = standingOf(compiled, people, personId, ask.teamId, now);
  let startsAt = now;
  if (standing.kind === "off_shift") {
    const opensAt = standing.opensAt;
    if (opensAt === null || opensAt - now > ask.patience) return skip("off shift for too long to wait");
    const then = standingOf(compiled, people, personId, ask.teamId, opensAt);
    if (then.kind !== "available")
      return skip(`off shift now and ${standingInWords(then)} at the next opening`);
    startsAt = opensAt;
  } else if (standing.kind !== "available") return skip(standingInWords(standing));
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
    bound: ask.bound,
    startsAt,
    relationship: ask.relationship,
    label: ask.label,
  };
};

const membersAt = (situation: Situation, team: Team, at: number, label: string): Option["people"] =>
  team.members.flatMap((member) => {
    const person = situation.compiled.people.get(member.person);
    const name = person?.name ?? member.person;
    const standing = standingOf(situation.compiled, situation.people, member.person, team.id, at);
    const missing = person ? lacking(person, situation.skills, situation.languages) : [];
    const why = situation.exclude.has(member.person)
      ? "left out: the lead was taken from them"
      : standing.kind !== "available"
        ? standingInWords(standing)
        : missing.length > 0
          ? `without ${missing.join(", ")}`
          : member.when && !holds(member.when, situation.facts)
            ? "not for leads like this one"
            : null;
    if (why === null && person) return [{ person, weight: member.weight }];
    note(situation, label, "skipped", `${name} is ${why ?? "not known to Leadclock"}`, {
      person: member.person,
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
    .find(
      (other) =>
        other !== undefined &&
        isOpen(teamCalendar(compiled, other), now) &&
        !(situation.existingBusiness && other.newBusiness),
    );
  const options = awake
    ? present(teamOptionAt(situation, awake, now, `${label}, following the sun to ${awake.name}`))
    : [];
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
  const steward = [queue?.steward, queue?.backupSteward].find((id) => id && isActive(compiled, people, id));
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
  };
};

/** The person a CRM name stands for; null (traced) when it is empty, unknown or inactive: that is *no owner*. */
export const crmPerson = (situation: Situation, name: unknown, label: string): Person | null => {
  if (typeof name !== "string" || name === "") {
    note(situation, label, "no owner", "The account names nobody");
    return null;
  }
  const person = situation.compiled.byCrmName.get(foldCrmName(name));
  if (person && isActive(situation.compiled, situation.people, person.id)) return person;
  note(
    situation,
    label,
    "no owner",
    person ? `${person.name} is deactivated` : `The CRM names ${name}, whom Leadclock doesn't know`,
    {
      unknownOwner: name,
    },
  );
  return null;
};

/** What a target comes down to: a person (by relationship or not), a team, a queue, or nothing. */
export type Resolved =
  | { kind: "person"; person: Person; relationship: boolean }
  | { kind: "team"; id: string }
  | { kind: "queue"; id: string }
  | { kind: "none" };

const NONE: Resolved = { kind: "none" };

const relation = (situation: Situation, name: unknown, label: string): Resolved => {
  const person = crmPerson(situation, name, label);
  return person ? { kind: "person", person, relationship: true } : NONE;
};

export const resolveTarget = (situation: Situation, target: Target, label: string): Resolved => {
  const account = situation.facts["account"] as Record<string, unknown> | undefined;
  const opportunity = situation.facts["opportunity"] as Record<string, unknown> | undefined;
  if ("accountOwner" in target) return relation(situation, account?.["owner"], label);
  if ("accountRole" in target) return relation(situation, account?.[target.accountRole], label);
  if ("opportunityOwner" in target) return relation(situation, opportunity?.["owner"], label);
  if ("team" in target) return { kind: "team", id: target.team };
  if ("queue" in target) return { kind: "queue", id: target.queue };
  if ("territory" in target) {
    const index = situation.territoryIndex;
    const territory = index === null ? undefined : situation.compiled.document.territories[index];
    if (!territory || "territory" in territory.to) {
      note(situation, label, "skipped", "No territory holds for this lead");
      return NONE;
    }
    return resolveTarget(situation, territory.to, label);
  }
  const person = situation.compiled.people.get(target.person);
  if (person && isActive(situation.compiled, situation.people, person.id))
    return { kind: "person", person, relationship: false };
  note(
    situation,
    label,
    "skipped",
    person ? `${person.name} is deactivated` : `${target.person} is not known to Leadclock`,
  );
  return NONE;
};

/** A target as a manager would say it, with names where there are any. */
export const targetInWords = (
  { compiled, territoryIndex }: Pick<Situation, "compiled" | "territoryIndex">,
  target: Target,
): string => {
  if ("accountOwner" in target) return "the account's owner";
  if ("accountRole" in target) return `the account's ${target.accountRole}`;
  if ("opportunityOwner" in target) return "the opportunity's owner";
  if ("team" in target) return compiled.teams.get(target.team)?.name ?? target.team;
  if ("queue" in target) return `the queue ${compiled.queues.get(target.queue)?.name ?? target.queue}`;
  if ("person" in target) return compiled.people.get(target.person)?.name ?? target.person;
  const territory = territoryIndex === null ? undefined : compiled.document.territories[territoryIndex];
  return territory ? (territory.name ?? territory.id) : "their territory";
};
