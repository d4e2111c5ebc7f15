/** Taking a lead from its owner: after a breach, when they go away, or because a manager says so. */
import { toCandidates, type Touched } from "../domain/routing/candidates.ts";
import { ruleNamed } from "../domain/config/compiled.ts";
import { takeover } from "../domain/routing/fallthrough.ts";
import { managerOf, situationOfHeld } from "../domain/routing/held.ts";
import { personOption, type Option, type Situation } from "../domain/routing/options.ts";
import { isActive } from "../domain/routing/people.ts";
import type { Candidate, Effect, TraceStep } from "../domain/routing/plan-types.ts";
import { cancel, lasting, type Timer } from "../domain/sla/timers.ts";
import { hasPhone, visitorTimezone } from "./decide.ts";
import { factsOf, type Hand } from "./hand.ts";

export const situationFor = (hand: Hand, exclude: ReadonlySet<string>): Situation =>
  situationOfHeld({ ...hand, people: hand.current.people }, factsOf(hand), {
    ruleId: hand.lead.routing.ruleId,
    exclude,
    trace: [],
  });

export interface Proposal {
  candidates: Candidate[];
  trace: TraceStep[];
}

/** Timers a touched lead keeps when it moves: those that wait for the next touch or reply. */
const kept = (timers: readonly Timer[]): Timer[] =>
  cancel(timers, "warning", "firstTouch", "opening", "assign", "reminder", "queueAge", "rehome");

/** What a touched lead brings to whoever gets it; null where it wasn't touched. */
export const touchedOf = ({ lead }: Hand, afresh = false): Touched | null =>
  lead.firstTouchAt === null ? null : { timers: kept(lead.timers), afresh };

export const propose = (
  hand: Hand,
  situation: Situation,
  options: readonly Option[],
  about: {
    event: "lead.reassigned" | "lead.opened" | "lead.rerouted";
    cause: string;
    effects: readonly Effect[];
    afresh?: boolean;
  },
): Proposal => ({
  candidates: toCandidates(options, {
    compiled: hand.compiled,
    people: hand.current.people,
    sla: hand.sla,
    now: hand.now,
    visitorTimezone: visitorTimezone(hand.compiled, hand.lead.facts),
    hasPhone: hasPhone(hand.lead.facts),
    ruleId: hand.lead.routing.ruleId,
    touched: touchedOf(hand, about.afresh),
    standing: lasting(hand.lead.timers),
    overflowing: hand.lead.overflow,
    ...about,
  }),
  trace: situation.trace ?? [],
});

/** Who takes over, without those excluded; the last resort may be somebody excluded when nobody else exists. */
export const proposeTakeover = (
  hand: Hand,
  about: { cause: string; exclude: ReadonlySet<string>; effects: readonly Effect[] },
): Proposal => {
  const { lead, compiled } = hand;
  const situation = situationFor(hand, about.exclude);
  const options = takeover(situation, {
    rule: ruleNamed(compiled, lead.routing.ruleId),
    ownerId: lead.ownerId,
    teamId: lead.teamId,
    managerId: managerOf(compiled, lead.ownerId, lead.teamId),
  });
  return propose(hand, situation, options, {
    event: "lead.reassigned",
    cause: about.cause,
    effects: about.effects,
  });
};

/** One named person, chosen by hand or who had it before: hours and capacity don't stop a manager. Null when they aren't active. */
export const proposePerson = (
  hand: Hand,
  personId: string,
  cause: string,
  effects: readonly Effect[],
  afresh = false,
): Proposal | null => {
  const situation = situationFor(hand, new Set());
  const label = cause === "correction" ? "had it before" : "chosen by hand";
  const ask = {
    label,
    teamId: null,
    patience: Number.POSITIVE_INFINITY,
    bound: false,
    relationship: true,
  };
  const option = personOption(situation, personId, ask) ?? insist(hand, personId, label);
  return option
    ? propose(hand, situation, [option], { event: "lead.reassigned", cause, effects, afresh })
    : null;
};

const insist = (hand: Hand, personId: string, label: string): Option | null => {
  const person = hand.compiled.people.get(personId);
  if (!person || !isActive(hand.compiled, hand.current.people, personId)) return null;
  return {
    people: [{ person, weight: 1 }],
    team: null,
    queue: null,
    rotates: false,
    bound: false,
    startsAt: hand.now,
    relationship: true,
    label,
    way: "target",
  };
};
