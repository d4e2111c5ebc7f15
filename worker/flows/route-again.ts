/** A lead whose owner has left is routed as the policy would have it now; until then an heir holds it. */
import { planRoute } from "../domain/routing/plan.ts";
import { lasting } from "../domain/sla/timers.ts";
import { visitorTimezone } from "./decide.ts";
import { factsOf, save, type Hand, type Saved } from "./hand.ts";
import { kept } from "./takeover.ts";

/** Also the handler of the timer `rehome`: a lead's own clock does it if nobody else came to it. */
export const routeAgain = (hand: Hand): Promise<Saved> => {
  const { lead, compiled, current } = hand;
  const plan = planRoute({
    compiled,
    people: current.people,
    scored: factsOf(hand),
    relationship: null,
    now: hand.now,
    visitorTimezone: visitorTimezone(compiled, lead.facts),
    hasPhone: lead.facts.lead.phoneE164 !== null,
    event: "lead.rerouted",
    cause: "deactivated",
    effects: [],
    standing: lasting(lead.timers),
    overflowing: hand.overflowing,
    touched: lead.firstTouchAt === null ? null : { timers: kept(lead.timers) },
    exclude: new Set(hand.breachedBy),
    // It was routed to people already, maybe out of a queue that still would take it.
    skipQueues: new Set(compiled.queues.keys()),
  });
  const { cause, restartClock } = { cause: "deactivated", restartClock: lead.firstTouchAt === null };
  return save(hand, {
    actor: "system",
    set: { sla_id: plan.slaId, priority: plan.priority, tags: JSON.stringify(plan.tags) },
    assignment: { cause, ...plan, restartClock },
  });
};
