/** A lead whose owner has left is routed as the policy would have it now; until then an heir holds it. */
import { save, type Hand, type Saved } from "./hand.ts";
import { planColumns, planHand } from "./plan-hand.ts";
import { touchedOf } from "./takeover.ts";

/** Also the handler of the timer `rehome`: a lead's own clock does it if nobody else came to it. */
export const routeAgain = (hand: Hand): Promise<Saved> => {
  const { lead, compiled } = hand;
  const cause = "deactivated";
  const plan = planHand(hand, {
    event: "lead.rerouted",
    cause,
    overflowing: hand.lead.overflow,
    touched: touchedOf(hand),
    // It was routed to people already, maybe out of a queue that still would take it.
    skipQueues: new Set(compiled.queues.keys()),
  });
  return save(hand, {
    actor: "system",
    set: planColumns(plan),
    assignment: { cause, ...plan, restartClock: lead.firstTouchAt === null },
  });
};
