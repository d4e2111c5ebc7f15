/** An address or a number that doesn't work. */
import type { Queue } from "../../schema/config/document.ts";
import { queueOption } from "../domain/routing/options.ts";
import { bouncedChannels } from "../store/leads.ts";
import { closed, DONE, notTheirs, type Asker } from "./asking.ts";
import type { Deps } from "./deps.ts";
import { save, withLead, type Hand, type Outcome } from "./hand.ts";
import { propose, situationFor } from "./takeover.ts";

/** The queue that mends contact data: by its purpose, else by its usual names. */
const cleanupQueue = ({ compiled }: Hand): string | null => {
  const { queues } = compiled.document;
  const named = (queue: Queue): boolean => /clean/i.test(queue.id) || /clean/i.test(queue.name);
  return (queues.find(({ purpose }) => purpose === "data_cleanup") ?? queues.find(named))?.id ?? null;
};

/** A verified bounce without another working channel sends the lead to data cleanup; otherwise it is noted. */
export const bounce = (
  deps: Deps,
  leadId: string,
  asker: Asker,
  request: { kind: "email" | "phone"; reason: string | null; verified: boolean },
): Promise<Outcome<null>> =>
  withLead(deps, leadId, async (hand) => {
    const { lead } = hand;
    if (!lead.open) return closed();
    const refusal = notTheirs(hand, asker);
    if (refusal) return refusal;
    const other = request.kind === "email" ? "phone" : "email";
    const { email, phoneE164 } = lead.facts.lead;
    const exists = (other === "phone" ? phoneE164 : email) !== null;
    const works = exists && !(await bouncedChannels(deps.db, leadId)).includes(other);
    const queue = cleanupQueue(hand);
    const event = { type: "lead.bounced" as const, data: { ...request, otherChannel: works } };
    const situation = situationFor(hand, new Set());
    const option = queue && request.verified && !works ? queueOption(situation, queue, "data cleanup") : null;
    if (!option || lead.queueId === queue) {
      await save(hand, {
        actor: asker.actor,
        events: [event],
        ...(lead.ownerId
          ? {
              tasks: [{ kind: "badContact", ownerId: lead.ownerId, dueAt: hand.now + hand.sla.firstTouchMs }],
            }
          : {}),
      });
      return DONE;
    }
    const proposal = propose(hand, situation, [option], {
      event: "lead.rerouted",
      cause: "bounce",
      effects: [],
    });
    await save(hand, {
      actor: asker.actor,
      events: [event],
      assignment: { cause: "bounce", ...proposal, ruleId: lead.routing.ruleId, restartClock: true },
    });
    return DONE;
  });
