/** The routing policy: suppression, then relationship, then the ordered rules, then the default chain. */
import type { Rule } from "../../../schema/config/document.ts";
import type { Target } from "../../../schema/config/routing.ts";
import { holds, inWords, type Facts } from "../conditions.ts";
import type { Compiled } from "../config/compiled.ts";
import { chooseSla } from "../sla/targets.ts";
import { toCandidates } from "./candidates.ts";
import { fallThrough, lastResort } from "./fallthrough.ts";
import type { Scored } from "./facts.ts";
import { isExistingBusiness, requirements } from "./requirements.ts";
import { personOption, type Option, type Situation } from "./options.ts";
import type { People } from "./people.ts";
import { targetInWords } from "./targets.ts";
import type { Touched } from "./candidates.ts";
import { stageTimers, type Timers } from "../sla/timers.ts";
import type { Effect, Plan } from "./plan-types.ts";
import { inBrief, whyNot } from "../why.ts";

/** Somebody who already works with this person or company: the last owner, or the owner of an open lead there. */
export interface Relationship {
  personId: string;
  why: string;
  /** Who comes next, where this person can't take it. */
  otherwise?: Relationship | null;
}

export interface PlanInput {
  compiled: Compiled;
  people: People;
  scored: Scored;
  relationship: Relationship | null;
  now: number;
  visitorTimezone: string;
  hasPhone: boolean;
  event: "lead.assigned" | "lead.opened" | "lead.rerouted";
  cause: string;
  effects: readonly Effect[];
  /** Queues that must not take it (a released lead skips the queue it comes from). */
  skipQueues?: ReadonlySet<string>;
  exclude?: ReadonlySet<string>;
  touched?: Touched | null;
  /** Leads that wait for each team's opening already. */
  queued?: Readonly<Record<string, number>> | undefined;
  /** Timers of a lead that stay whoever has it; for a new one they follow from its stage. */
  standing?: Timers;
  /** Its owner holds it only because its team was full. */
  overflowing?: boolean | undefined;
  /** Nobody is told of it: no trace, no acknowledgement, no effects. For back-tests, where those take most of the time. */
  untold?: boolean;
}

interface Decided {
  ruleId: string | null;
  sla: string | null | undefined;
  priority: number;
  tags: string[];
  options: Option[];
}

const situationOf = (input: PlanInput, rule: Rule | null): Situation => {
  return {
    compiled: input.compiled,
    people: input.people,
    facts: input.scored.facts,
    territoryIndex: input.scored.territory?.index ?? null,
    now: input.now,
    ...requirements(rule, input.scored.facts),
    exclude: input.exclude ?? new Set(),
    existingBusiness: isExistingBusiness(input.scored.facts),
    skipQueues: input.skipQueues ?? new Set(),
    trace: input.untold ? null : [],
  };
};

const decided = (ruleId: string | null, options: Option[], rule?: Partial<Rule>): Decided => ({
  ruleId,
  sla: rule?.sla,
  priority: rule?.priority ?? 0,
  tags: rule?.tags ?? [],
  options,
});

/** A rule is a queue's where it sends there, be it by way of the lead's territory. */
const skipsQueue = (input: PlanInput, target: Target): boolean => {
  if ("queue" in target) return input.skipQueues?.has(target.queue) ?? false;
  if (!("territory" in target) || input.scored.territory === null) return false;
  const territory = input.compiled.document.territories[input.scored.territory.index];
  return territory !== undefined && !("territory" in territory.to) && skipsQueue(input, territory.to);
};

const said = (input: PlanInput, target: Target): string =>
  targetInWords({ compiled: input.compiled, territoryIndex: input.scored.territory?.index ?? null }, target);

/** What stands in timeline, mails and trace as the reason: the rule by its name, and where it points for this lead. */
const labelOf = (
  input: PlanInput,
  item: { id: string; name?: string | null | undefined; to: Target },
): string => `${item.name ?? item.id}: ${said(input, item.to)}`;

/** A suppression that holds is passed over only where its queue let the lead go. */
const unmatched = (when: Rule["when"], facts: Facts): string =>
  holds(when, facts) ? `${inBrief(inWords(when))}: its queue let the lead go` : whyNot(when, facts);

const bySuppression = (input: PlanInput, trace: Situation["trace"]): Decided | null => {
  for (const item of input.compiled.document.suppression) {
    const matched = holds(item.when, input.scored.facts) && !skipsQueue(input, item.to);
    trace?.push({
      step: `Suppression: ${item.name ?? item.id}`,
      rule: item.id,
      outcome: matched ? "holds" : "does not hold",
      detail: matched
        ? `${inBrief(inWords(item.when))}: to ${said(input, item.to)}`
        : unmatched(item.when, input.scored.facts),
    });
    if (!matched) continue;
    const situation = { ...situationOf(input, null), trace };
    return decided(item.id, fallThrough(situation, item, labelOf(input, item)), item);
  }
  return null;
};

/** The first of them who is there, or back within the wait. */
const byRelationship = (input: PlanInput, trace: Situation["trace"]): Decided | null => {
  const situation = { ...situationOf(input, null), trace };
  for (let next = input.relationship; next; next = next.otherwise ?? null) {
    const ask = {
      label: next.why,
      teamId: null,
      patience: input.compiled.maxWaitMs,
      bound: false,
      relationship: true,
    };
    const option = personOption(situation, next.personId, ask);
    if (option) return decided("relationship", [option]);
  }
  return null;
};

/** What an observed rule would have done, in words and in data; its own steps stay out of the lead's trace. */
const wouldHave = (input: PlanInput, rule: Rule): { detail: string; would: object } => {
  const [first] = fallThrough(situationOf(input, rule), rule, labelOf(input, rule));
  const people = first?.queue ? [] : (first?.people ?? []).map(({ person }) => person);
  const names = first?.queue ? `the queue ${first.queue.name}` : people.map(({ name }) => name).join(", ");
  const waits = first && first.startsAt > input.now ? ", from the next opening" : "";
  return {
    detail: `would have gone to ${names || "nobody"}${waits} (${first?.label ?? "no step"})`,
    would: {
      people: people.map(({ id }) => id),
      team: first?.team?.id ?? null,
      queue: first?.queue?.id ?? null,
      step: first?.label ?? null,
    },
  };
};

const byRules = (input: PlanInput, trace: Situation["trace"]): Decided | null => {
  for (const rule of input.compiled.document.routing.rules) {
    const matched = holds(rule.when, input.scored.facts);
    const skipped = matched && skipsQueue(input, rule.to);
    const observed = matched && !skipped && rule.mode === "observe";
    const outcome = !matched ? "does not hold" : skipped ? "skipped" : observed ? "observed" : "holds";
    const seen = observed && trace ? wouldHave(input, rule) : null;
    trace?.push({
      step: `Rule: ${rule.name ?? rule.id}`,
      rule: rule.id,
      outcome,
      detail: !matched
        ? whyNot(rule.when, input.scored.facts)
        : `${inBrief(inWords(rule.when))}: ${seen ? seen.detail : `to ${said(input, rule.to)}`}`,
      ...(seen ? { would: seen.would } : {}),
    });
    if (outcome !== "holds") continue;
    const situation = { ...situationOf(input, rule), trace };
    return decided(rule.id, fallThrough(situation, rule, labelOf(input, rule)), rule);
  }
  return null;
};

const byDefault = (input: PlanInput, trace: Situation["trace"]): Decided => {
  const situation = { ...situationOf(input, null), trace };
  for (const id of input.compiled.document.routing.default) {
    const ask = { label: "default chain", teamId: null, patience: 0, bound: false, relationship: false };
    const option = personOption(situation, id, ask);
    if (option) return decided(null, [{ ...option, way: "defaultChain" }]);
  }
  return decided(null, lastResort(situation));
};

/** The whole decision as a plan of candidates with its trace; pure. An empty plan means nobody is active at all. */
export const planRoute = (input: PlanInput): Plan => {
  const trace: Situation["trace"] = input.untold ? null : [];
  const found =
    bySuppression(input, trace) ??
    byRelationship(input, trace) ??
    byRules(input, trace) ??
    byDefault(input, trace);
  const sla = chooseSla(input.compiled, found.sla, input.scored.facts);
  trace?.push({ step: "SLA", outcome: sla.id, detail: `First touch under policy ${sla.id}` });
  const candidates = toCandidates(found.options, {
    compiled: input.compiled,
    people: input.people,
    sla,
    now: input.now,
    visitorTimezone: input.visitorTimezone,
    hasPhone: input.hasPhone,
    ruleId: found.ruleId,
    event: input.event,
    cause: input.cause,
    effects: input.effects,
    touched: input.touched ?? null,
    queued: input.queued,
    overflowing: input.overflowing,
    untold: input.untold ?? false,
    standing: input.standing ?? stageTimers(input.compiled, "inquiry", input.now),
  });
  return {
    ruleId: found.ruleId,
    slaId: sla.id,
    priority: found.priority,
    tags: found.tags,
    candidates,
    trace: trace ?? [],
  };
};
