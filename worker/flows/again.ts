/** An open lead judged again: what is written of it, and where it goes if it would now belong to somebody else. */
import { lasting } from "../domain/sla/timers.ts";
import type { Plan } from "../domain/routing/plan-types.ts";
import type { LeadRow, StoredFacts } from "../store/rows.ts";
import { planLead, type Judged } from "./decide.ts";
import type { Draft, Hand } from "./hand.ts";
import { planColumns } from "./plan-hand.ts";

/**
 * Nobody has acted on the first assignment; what a person or a breach decided since isn't undone. A relationship holds
 * whatever becomes known; a rule is looked at again.
 */
export const mayReroute = (lead: LeadRow): boolean =>
  lead.firstTouchAt === null && lead.assignmentSeq === 1 && lead.routing.ruleId !== "relationship";

/** Who stands first in the plan: if the present holder is among them, nothing would change. */
const wouldKeep = (plan: Plan, lead: LeadRow): boolean => {
  const first = Math.min(...plan.candidates.map(({ tier }) => tier));
  return plan.candidates.some(
    ({ tier, person, queue }) => tier === first && person === lead.ownerId && queue === lead.queueId,
  );
};

/** Null where it stays. */
export const planAgain = (hand: Hand, facts: StoredFacts, judged: Judged, cause: string): Plan | null => {
  const { lead, compiled, current, now } = hand;
  if (!mayReroute(lead)) return null;
  const plan = planLead({
    compiled,
    people: current.people,
    judged,
    facts,
    now,
    event: "lead.rerouted",
    cause,
    standing: lasting(lead.timers),
    effects: [{ kind: "lead.taken", channel: "email", recipient: "previous" }],
  });
  return wouldKeep(plan, lead) ? null : plan;
};

/** Columns of the lead. */
export const judgedColumns = (
  lead: LeadRow,
  { scored }: Judged,
  plan: Plan | null,
): NonNullable<Draft["set"]> => {
  const { score, fit, intent, segment } = scored.score;
  return {
    score,
    fit,
    intent,
    segment,
    ...(plan
      ? {
          ...planColumns(plan),
          ...(lead.ownerId ? { reassignments: lead.reassignments + 1 } : {}),
        }
      : {}),
  };
};

export const assignmentOf = (plan: Plan | null, cause: string): Pick<Draft, "assignment"> =>
  plan
    ? {
        assignment: {
          cause,
          candidates: plan.candidates,
          trace: plan.trace,
          ruleId: plan.ruleId,
          restartClock: true,
        },
      }
    : {};

/** What the timeline says of a match, with what followed from it. */
export const matchedData = ({ match, scored }: Judged) => ({
  accountId: match.accountId,
  method: match.method,
  confidence: match.confidence,
  reasons: match.reasons,
  score: scored.score.score,
  segment: scored.score.segment,
  territory: scored.territory?.id ?? null,
});
