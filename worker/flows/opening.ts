/** The coverage window opened: the provisional owner is looked at again, then told. */
import { namedByRule } from "../domain/routing/held.ts";
import { standingOf } from "../domain/routing/people.ts";
import { cancel } from "../domain/sla/timers.ts";
import { save, type Hand, type Saved } from "./hand.ts";
import { planColumns, planHand } from "./plan-hand.ts";

/** An alarm that is this little late still counts from the opening itself, so promises don't drift. */
const ON_TIME_MS = 5_000;

const confirm = (hand: Hand): Promise<Saved> =>
  save(hand, {
    actor: "system",
    set: { provisional: 0 },
    timers: cancel(hand.lead.timers, "opening"),
    events: [{ type: "lead.opened", data: { owner: { id: hand.lead.ownerId }, confirmed: true } }],
    effects: [{ kind: "lead.opened", recipient: "owner" }],
  });

/** A person who was chosen keeps it when they are there (and not full); a rotation picks again among who is really there. */
export const openWindow = (hand: Hand): Promise<Saved> => {
  const { lead, compiled, current } = hand;
  const at =
    lead.clockStartsAt !== null && hand.now - lead.clockStartsAt < ON_TIME_MS ? lead.clockStartsAt : hand.now;
  const standing = lead.ownerId ? standingOf(compiled, current.people, lead.ownerId, lead.teamId, at) : null;
  const rotated = lead.routing.target.startsWith("team:");
  if (
    !rotated &&
    standing?.kind === "available" &&
    !namedByRule(compiled, lead.routing.ruleId, lead.assignmentSeq)
  )
    return confirm(hand);
  const plan = planHand(hand, {
    relationship:
      lead.routing.ruleId === "relationship" && lead.ownerId
        ? { personId: lead.ownerId, why: lead.routing.reason }
        : null,
    now: at,
    event: "lead.opened",
    cause: "opening",
    touched: lead.firstTouchAt === null ? null : { timers: cancel(lead.timers, "opening") },
    // It was routed to people already, maybe out of a queue that still would take it.
    skipQueues: new Set(compiled.queues.keys()),
  });
  return save(hand, {
    actor: "system",
    set: planColumns(plan),
    assignment: { cause: "opening", ...plan, restartClock: true, at },
  });
};
