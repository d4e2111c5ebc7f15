/** A lead in hand is routed by the whole policy again: what every such plan takes from it, and the columns that follow. */
import { planRoute, type PlanInput } from "../domain/routing/plan.ts";
import type { Plan } from "../domain/routing/plan-types.ts";
import { lasting } from "../domain/sla/timers.ts";
import { hasPhone, visitorTimezone } from "./decide.ts";
import { factsOf, type Draft, type Hand } from "./hand.ts";

/** Unless `about` says otherwise it keeps its lasting timers and comes to nobody who let it breach. */
export const planHand = (hand: Hand, about: Pick<PlanInput, "event" | "cause"> & Partial<PlanInput>): Plan =>
  planRoute({
    compiled: hand.compiled,
    people: hand.current.people,
    scored: factsOf(hand),
    relationship: null,
    now: hand.now,
    visitorTimezone: visitorTimezone(hand.compiled, hand.lead.facts),
    hasPhone: hasPhone(hand.lead.facts),
    effects: [],
    standing: lasting(hand.lead.timers),
    exclude: new Set(hand.breachedBy),
    ...about,
  });

/** Columns of the lead that a plan decides, whoever is picked. */
export const planColumns = (plan: Plan): NonNullable<Draft["set"]> => ({
  sla_id: plan.slaId,
  priority: plan.priority,
  tags: JSON.stringify(plan.tags),
});
