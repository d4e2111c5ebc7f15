/**
 * The order in which a lead falls through when its target can't take it: target → the rule's backup → the person's
 * backup → the target team's backup teams → manager → default chain. Those on shift come first; then those who are only
 * closed; the end is the last resort, which ignores hours, absence and capacity, so there always is an end.
 */
import type { Target } from "../../../schema/config/routing.ts";
import type { Way as StepName } from "../../../schema/wire/policy.ts";
import { capacityOf, isActive, isAround, standingOf } from "./people.ts";
import { personOption, queueOption, teamOptions, type Option, type Situation } from "./options.ts";
import type { TraceStep } from "./plan-types.ts";
import { managerOfTarget, resolveTarget, type Resolved } from "./targets.ts";

const ANY_WAIT = Number.POSITIVE_INFINITY;

interface Way {
  to: Target;
  backup?: Target | null | undefined;
}

type Wait = "now" | "later";

const targetOptions = (
  situation: Situation,
  resolved: Resolved,
  label: string,
  wait: Wait | "target",
): Option[] => {
  if (resolved.kind === "queue") return one(queueOption(situation, resolved.id, label));
  if (resolved.kind === "team") return teamOptions(situation, resolved.id, label, wait !== "now");
  if (resolved.kind === "none") return [];
  const { person, relationship } = resolved;
  const patience =
    wait === "now" ? 0 : relationship || wait === "later" ? situation.compiled.maxWaitMs : ANY_WAIT;
  return one(
    personOption(situation, person.id, { label, teamId: null, patience, bound: !relationship, relationship }),
  );
};

const one = (option: Option | null): Option[] => (option ? [option] : []);

/** Whether the list surely ends with somebody, so nothing after it could ever be reached. */
const settled = (situation: Situation, options: readonly Option[]): boolean =>
  options.some(
    (option) =>
      !option.bound ||
      option.people.some(
        ({ person }) =>
          capacityOf(person, situation.people, situation.now) === null &&
          (person.activeLeads ?? null) === null,
      ),
  );

/** A step of a fall-through, under the name by which it is counted. */
interface Step {
  way: StepName;
  options: () => Option[];
}

const patienceOf = ({ compiled }: Situation, wait: Wait): number => (wait === "now" ? 0 : compiled.maxWaitMs);

/** A person as a step of their own; none where there is nobody to name. */
const personStep =
  (situation: Situation, wait: Wait) =>
  (way: StepName, id: string | null | undefined, label: string, bound: boolean): Step => {
    const ask = { label, teamId: null, patience: patienceOf(situation, wait), bound, relationship: false };
    return { way, options: () => (id ? one(personOption(situation, id, ask)) : []) };
  };

const ruleBackup = (situation: Situation, backup: Target | null | undefined, wait: Wait): Step => {
  const label = "rule's backup";
  return {
    way: "ruleBackup",
    options: () =>
      backup ? targetOptions(situation, resolveTarget(situation, backup, label), label, wait) : [],
  };
};

const defaultChain = (situation: Situation, wait: Wait, bound: boolean): Step[] =>
  wait === "now"
    ? situation.compiled.document.routing.default.map((id) =>
        personStep(situation, wait)("defaultChain", id, "default chain", bound),
      )
    : [];

const beyondTarget = (situation: Situation, way: Way, target: Resolved, wait: Wait): Step[] => {
  const person = personStep(situation, wait);
  const { teams } = situation.compiled;
  const team = target.kind === "team" ? teams.get(target.id) : undefined;
  return [
    ruleBackup(situation, way.backup, wait),
    person("personBackup", target.kind === "person" ? target.person.backup : null, "person's backup", true),
    ...(team?.backupTeams ?? []).map((id): Step => {
      const label = `backup team ${teams.get(id)?.name ?? id}`;
      return { way: "backupTeam", options: () => teamOptions(situation, id, label, wait === "later") };
    }),
    person("manager", managerOfTarget(situation.compiled, target), "manager", false),
    ...defaultChain(situation, wait, false),
  ];
};

/**
 * The last resort: the last active person of the default chain, else any active manager or admin, else anybody active.
 * Only deactivation removes it; publishing refuses a document in which it could be empty.
 */
export const lastResort = (situation: Situation): Option[] => {
  const { compiled, people } = situation;
  const chain = compiled.document.routing.default.toReversed();
  const leaders = compiled.document.people.filter(
    (person) => person.role === "manager" || person.role === "admin",
  );
  const everyone = [...chain, ...leaders.map((person) => person.id), ...compiled.people.keys()];
  const active = everyone.filter((id) => isActive(compiled, people, id));
  return resort(situation, active.find((candidate) => !situation.exclude.has(candidate)) ?? active[0]);
};

/**
 * The last resort of a lead that is taken from somebody: as above, but of the default chain and, where they are there, its
 * manager. Without any of them left it stays with whom it is taken from, if they are there: with somebody who isn't concerned it
 * were no better off.
 */
const lastOfChain = (situation: Situation, { managerId, ownerId }: Held): Option[] => {
  const { compiled, people, now, exclude } = situation;
  const isThere = (id: string | null): id is string =>
    id !== null && isAround(standingOf(compiled, people, id, null, now));
  const chain = compiled.document.routing.default.filter((id) => isActive(compiled, people, id));
  const manager = isThere(managerId) ? [managerId] : [];
  const id = [...chain.toReversed(), ...manager].find((each) => !exclude.has(each));
  if (id !== undefined) return resort(situation, id);
  return chain.length > 0 && isThere(ownerId) ? [] : lastResort(situation);
};

const resort = ({ compiled, now, trace }: Situation, id: string | undefined): Option[] => {
  const person = id === undefined ? undefined : compiled.people.get(id);
  if (!person) return [];
  trace?.push({
    step: "last resort",
    outcome: "possible",
    detail: compiled.document.routing.default.includes(person.id)
      ? `${person.name} takes what nobody else can`
      : `Nobody of the default chain can take it: ${person.name} stands in`,
    person: person.id,
  });
  const label = "last resort";
  return [
    {
      people: [{ person, weight: 1 }],
      team: null,
      queue: null,
      rotates: false,
      bound: false,
      startsAt: now,
      relationship: false,
      label,
      way: "lastResort",
    },
  ];
};

/** A team that was open at the first look is no other way at the second. */
const isSame = (a: Option, b: Option): boolean =>
  a.label === b.label &&
  a.startsAt === b.startsAt &&
  a.team === b.team &&
  a.people[0]?.person === b.people[0]?.person;

/** Works out the steps until one surely takes the lead. */
const collect = (situation: Situation, steps: readonly Step[], before: readonly Option[]): Option[] => {
  const options = [...before];
  for (const { way, options: found } of steps) {
    if (settled(situation, options)) break;
    for (const option of found()) {
      if (options.some((other) => isSame(other, option))) continue;
      option.way = way;
      options.push(option);
    }
  }
  return options;
};

const isRepeated = (a: TraceStep, b: TraceStep): boolean =>
  a.detail === b.detail && a.step === b.step && a.outcome === b.outcome && a["person"] === b["person"];

/**
 * Each thing is said once: what the second look repeats of the first isn't, and whom it finds that can be waited for, or
 * can't, isn't also said to be off shift.
 */
const tellOnce = (trace: TraceStep[], from: number, again: readonly TraceStep[]): void => {
  const isOverruled = ({ step, person, why }: TraceStep): boolean =>
    why === "off_shift" && again.some((line) => line.step === step && line["person"] === person);
  const first = trace.splice(from);
  for (const line of [...first.filter((line) => !isOverruled(line)), ...again])
    if (!trace.some((said, at) => at >= from && isRepeated(said, line))) trace.push(line);
};

/** Those on shift first, then those who are only closed, then the last resort. `from`: where the trace of this begins. */
const lookTwice = (
  situation: Situation,
  stepsOf: (situation: Situation, wait: Wait) => Step[],
  before: readonly Option[],
  from: number,
  end = lastResort,
): Option[] => {
  const { trace } = situation;
  const now = collect(situation, stepsOf(situation, "now"), before);
  const sure = settled(situation, now);
  const again: Situation = { ...situation, trace: trace && [] };
  const later = sure ? now : collect(again, stepsOf(again, "later"), now);
  if (trace && again.trace) tellOnce(trace, from, again.trace);
  return sure || settled(situation, later) ? later : [...later, ...end(situation)];
};

/** Every option of one way, in order; never empty as long as anybody is active. */
export const fallThrough = (situation: Situation, way: Way, label: string): Option[] => {
  const from = situation.trace?.length ?? 0;
  const target = resolveTarget(situation, way.to, label);
  const first = targetOptions(situation, target, label, "target");
  return lookTwice(situation, (seen, wait) => beyondTarget(seen, way, target, wait), first, from);
};

/** The team that was meant for it, whoever of another, or of none, has had it since; then the one its owner has it in. */
const teamsBehind = (situation: Situation, to: Target | undefined, teamId: string | null): string[] => {
  const meant = to && resolveTarget({ ...situation, trace: null }, to, "");
  const ids = [meant?.kind === "team" ? meant.id : null, teamId];
  return [...new Set(ids.filter((id) => id !== null))];
};

/** With whom, and in whose hands, a lead is that is taken from somebody. */
interface Held {
  ownerId: string | null;
  teamId: string | null;
  managerId: string | null;
}

/** Who is left when a lead is taken from somebody: its rule's backup → the rest of its team → manager → default. Empty: nobody. */
export const takeover = (situation: Situation, way: Held & { rule: Way | undefined }): Option[] => {
  const { rule, teamId, managerId } = way;
  const teams = teamsBehind(situation, rule?.to, teamId);
  const steps = (seen: Situation, wait: Wait): Step[] => [
    ruleBackup(seen, rule?.backup, wait),
    ...teams.map((id): Step => ({
      way: "target",
      options: () => teamOptions(seen, id, "rest of the team", wait === "later"),
    })),
    personStep(seen, wait)("manager", managerId, "manager", false),
    ...defaultChain(seen, wait, false),
  ];
  return lookTwice(situation, steps, [], situation.trace?.length ?? 0, (seen) => lastOfChain(seen, way));
};
