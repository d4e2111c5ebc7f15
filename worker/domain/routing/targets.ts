/** What a rule's target means for a lead: a person (by relationship or not), a team, a queue, or nothing. */
import type { Person } from "../../../schema/config/document.ts";
import type { Target } from "../../../schema/config/routing.ts";
import { foldCrmName, type Compiled } from "../config/compiled.ts";
import { note, type Situation } from "./options.ts";
import { isActive } from "./people.ts";

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

/** Who stands behind a target in the fall-through: a person's own manager, else their first team's. */
export const managerOfTarget = ({ teams, teamsOf }: Compiled, target: Resolved): string | null => {
  if (target.kind === "person")
    return target.person.manager ?? teamsOf.get(target.person.id)?.[0]?.manager ?? null;
  return target.kind === "team" ? (teams.get(target.id)?.manager ?? null) : null;
};

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
