/** An open lead whose person asked to be left alone: it goes where the policy has such leads go; else whoever has it hears. */
import type { Plan } from "../domain/routing/plan-types.ts";
import { DONE } from "./asking.ts";
import type { Deps } from "./deps.ts";
import { save, withLead, type Hand, type Outcome } from "./hand.ts";
import { planColumns, planHand } from "./plan-hand.ts";
import { touchedOf } from "./takeover.ts";

const CAUSE = "doNotContact";

/** By a suppression that asks for just this; null where there is none, or the lead is there already. */
const planOf = (hand: Hand): Plan | null => {
  const { lead, compiled } = hand;
  const plan = planHand(hand, {
    event: "lead.rerouted",
    cause: CAUSE,
    effects: lead.ownerId ? [{ kind: "lead.taken", channel: "email", recipient: "previous" }] : [],
    touched: touchedOf(hand),
  });
  const rule = compiled.document.suppression.find(({ id }) => id === plan.ruleId);
  if (rule === undefined || !JSON.stringify(rule.when).includes("contact.doNotContact")) return null;
  const stays = plan.candidates.every(
    ({ person, queue }) => queue === lead.queueId && person === lead.ownerId,
  );
  return stays ? null : plan;
};

const isNoted = async ({ db }: Deps, leadId: string): Promise<boolean> =>
  (await db
    .prepare("SELECT 1 FROM events WHERE lead_id = ?1 AND type = 'privacy.do_not_contact' LIMIT 1")
    .bind(leadId)
    .first()) !== null;

/** Their contact carries the mark already. The same again changes nothing. */
export const leaveLeadAlone = (deps: Deps, leadId: string, actor: string): Promise<Outcome<null>> =>
  withLead<null>(deps, leadId, async (hand) => {
    const { lead } = hand;
    if (!lead.open || (await isNoted(deps, leadId))) return DONE;
    const plan = planOf(hand);
    const events = [{ type: "privacy.do_not_contact" as const, data: {} }];
    if (plan === null) {
      const recipient = lead.ownerId === null ? "steward" : "owner";
      await save(hand, { actor, events, effects: [{ kind: "privacy.do_not_contact", recipient }] });
      return DONE;
    }
    await save(hand, {
      actor,
      set: {
        ...planColumns(plan),
        accepted_at: null,
        warned_at: null,
        ...(lead.ownerId ? { reassignments: lead.reassignments + 1 } : {}),
      },
      events,
      assignment: { cause: CAUSE, ...plan, restartClock: lead.firstTouchAt === null },
    });
    return DONE;
  });
