/**
 * What is asked of a lead that somebody has before it moves: whom its rule named, who manages its owner, who may take it. The
 * flows that move it and the back-tests that try a document ask the same.
 */
import type { Compiled } from "../config/compiled.ts";
import type { Scored } from "./facts.ts";
import type { Situation } from "./options.ts";
import { isAround, standingOf, type People } from "./people.ts";
import type { Candidate, TraceStep } from "./plan-types.ts";
import { isExistingBusiness, requirements } from "./requirements.ts";

interface World {
  compiled: Compiled;
  /** As of `now`. */
  people: People;
  now: number;
}

/** Whoever takes it must do what the rule asks for that brought it. `trace`: null where nobody will read it. */
export const situationOfHeld = (
  { compiled, people, now }: World,
  { facts, territory }: Scored,
  lead: { ruleId: string | null; exclude: ReadonlySet<string>; trace: TraceStep[] | null },
): Situation => {
  const rule = compiled.document.routing.rules.find(({ id }) => id === lead.ruleId) ?? null;
  return {
    compiled,
    people,
    facts,
    territoryIndex: territory?.index ?? null,
    now,
    ...requirements(rule, facts),
    exclude: lead.exclude,
    existingBusiness: isExistingBusiness(facts),
    trace: lead.trace,
  };
};

/** Named by the rule that routed it (not by a relationship, a breach or a manager since): capacity binds them. */
export const namedByRule = ({ document }: Compiled, ruleId: string | null, assigned: number): boolean => {
  const to = document.routing.rules.find(({ id }) => id === ruleId)?.to;
  return assigned === 1 && to !== undefined && ("person" in to || "territory" in to);
};

/** Who answers for its owner: their manager, else the team's; nobody answers for themselves. */
export const managerOf = (
  compiled: Compiled,
  personId: string | null,
  teamId: string | null,
): string | null => {
  const person = personId === null ? undefined : compiled.people.get(personId);
  const team = teamId === null ? undefined : compiled.teams.get(teamId);
  const manager = person?.manager ?? team?.manager ?? null;
  return manager === personId ? null : manager;
};

/** From somebody absent to somebody absent helps nobody. */
export const isAbsent = ({ compiled, people, now }: World, { person, team }: Candidate): boolean =>
  person !== null && !isAround(standingOf(compiled, people, person, team, now));

/**
 * Who may be handed what overflowed. Only where capacity binds, and the clock begins now: everybody else may wait with it as well
 * as the manager.
 */
export const isFree = (
  { capacity, activeLeads, provisional, person }: Candidate,
  owner: string | null,
): boolean => (capacity !== null || activeLeads !== null) && !provisional && person !== owner;
