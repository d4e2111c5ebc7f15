/**
 * The order in which a lead falls through when its target can't take it: target → the rule's backup → the person's
 * backup → the target team's backup teams → manager → default chain. Those on shift come first; then those who are only
 * closed; the end is the last resort, which ignores hours, absence and capacity, so there always is an end.
 */
import type { Target } from "../../../schema/config/routing.ts";
import { capacityOf, isActive } from "./people.ts";
import { personOption, queueOption, teamOptions, type Option, type Situation } from "./options.ts";
import { resolveTarget, type Resolved } from "./targets.ts";

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

const managerOf = (situation: Situation, target: Resolved): string | null => {
  if (target.kind === "person")
    return target.person.manager ?? situation.compiled.teamsOf.get(target.person.id)?.[0]?.manager ?? null;
  return target.kind === "team" ? (situation.compiled.teams.get(target.id)?.manager ?? null) : null;
};

const beyondTarget = (situation: Situation, way: Way, target: Resolved, wait: Wait): (() => Option[])[] => {
  const patience = wait === "now" ? 0 : situation.compiled.maxWaitMs;
  const person = (id: string | null | undefined, label: string, bound: boolean) => (): Option[] =>
    id ? one(personOption(situation, id, { label, teamId: null, patience, bound, relationship: false })) : [];
  const team = target.kind === "team" ? situation.compiled.teams.get(target.id) : undefined;
  const { backup } = way;
  return [
    () =>
      backup
        ? targetOptions(situation, resolveTarget(situation, backup, "rule's backup"), "rule's backup", wait)
        : [],
    person(target.kind === "person" ? target.person.backup : null, "person's backup", true),
    ...(team?.backupTeams ?? []).map(
      (id) => () =>
        teamOptions(
          situation,
          id,
          `backup team ${situation.compiled.teams.get(id)?.name ?? id}`,
          wait === "later",
        ),
    ),
    person(managerOf(situation, target), "manager", false),
    ...(wait === "now"
      ? situation.compiled.document.routing.default.map((id) => person(id, "default chain", false))
      : []),
  ];
};

/**
 * The last resort: the last active person of the default chain, else any active manager or admin, else anybody active.
 * Only deactivation removes it; publishing refuses a document in which it could be empty.
 */
export const lastResort = (situation: Situation): Option[] => {
  const { compiled, people, now } = situation;
  const chain = compiled.document.routing.default.toReversed();
  const leaders = compiled.document.people.filter(
    (person) => person.role === "manager" || person.role === "admin",
  );
  const everyone = [...chain, ...leaders.map((person) => person.id), ...compiled.people.keys()];
  const active = everyone.filter((id) => isActive(compiled, people, id));
  const id = active.find((candidate) => !situation.exclude.has(candidate)) ?? active[0];
  const person = id === undefined ? undefined : compiled.people.get(id);
  if (!person) return [];
  situation.trace?.push({
    step: "last resort",
    outcome: "possible",
    detail: `${person.name} takes what nobody else can`,
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
    },
  ];
};

/** Works out the steps until one surely takes the lead. */
const collect = (
  situation: Situation,
  steps: readonly (() => Option[])[],
  before: readonly Option[],
): Option[] => {
  const options = [...before];
  for (const step of steps) {
    if (settled(situation, options)) break;
    options.push(...step());
  }
  return options;
};

/** Every option of one way, in order; never empty as long as anybody is active. */
export const fallThrough = (situation: Situation, way: Way, label: string): Option[] => {
  const target = resolveTarget(situation, way.to, label);
  const first = targetOptions(situation, target, label, "target");
  const now = collect(situation, beyondTarget(situation, way, target, "now"), first);
  const later = collect(situation, beyondTarget(situation, way, target, "later"), now);
  return collect(situation, [() => lastResort(situation)], later);
};

/** Who is left when a lead is taken from somebody: the rule's backup → the rest of the team → manager → default. */
export const takeover = (
  situation: Situation,
  way: { backup: Target | null; teamId: string | null; managerId: string | null },
): Option[] => {
  const steps = (wait: Wait): (() => Option[])[] => {
    const patience = wait === "now" ? 0 : situation.compiled.maxWaitMs;
    const person = (id: string | null, label: string) => (): Option[] =>
      id
        ? one(
            personOption(situation, id, { label, teamId: null, patience, bound: false, relationship: false }),
          )
        : [];
    const { backup, teamId } = way;
    return [
      () =>
        backup
          ? targetOptions(situation, resolveTarget(situation, backup, "rule's backup"), "rule's backup", wait)
          : [],
      () => (teamId ? teamOptions(situation, teamId, "rest of the team", wait === "later") : []),
      person(way.managerId, "manager"),
      ...(wait === "now"
        ? situation.compiled.document.routing.default.map((id) => person(id, "default chain"))
        : []),
    ];
  };
  const now = collect(situation, steps("now"), []);
  const later = collect(situation, steps("later"), now);
  return collect(situation, [() => lastResort(situation)], later);
};
