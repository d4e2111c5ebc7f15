/**
 * Late facts about a lead: it is matched and scored again, and (only while nobody has touched or moved it) routed again
 * if it would now belong to somebody else.
 */
import type { CompanyFacts } from "../domain/enrichment/company.ts";
import type { Plan } from "../domain/routing/plan-types.ts";
import { readCandidates } from "../store/candidates.ts";
import type { LeadRow, StoredFacts } from "../store/rows.ts";
import { DONE } from "./asking.ts";
import { judge, keysOf, planLead, type Judged } from "./decide.ts";
import type { Deps } from "./deps.ts";
import { save, withLead, type Draft, type Hand, type Outcome } from "./hand.ts";

/** Nobody has acted on the first assignment; what a person or a breach decided since isn't undone by a machine. */
const movable = (lead: LeadRow): boolean => lead.firstTouchAt === null && lead.assignmentSeq === 1;

/** Who stands first in the plan: if the present holder is among them, nothing would change. */
const wouldKeep = (plan: Plan, lead: LeadRow): boolean => {
  const first = Math.min(...plan.candidates.map(({ tier }) => tier));
  return plan.candidates.some(
    ({ tier, person, queue }) => tier === first && person === lead.ownerId && queue === lead.queueId,
  );
};

const judgeAgain = async (hand: Hand, facts: StoredFacts): Promise<Judged> => {
  const { deps, compiled, current, lead, now } = hand;
  const { emailNormalized } = facts.lead;
  const [found] = await readCandidates(deps.db, [
    { emailNorm: emailNormalized, keys: keysOf(facts.lead, facts.company) },
  ]);
  const known = {
    current,
    repeat: null,
    openLead: null,
    lastOwner: null,
    companyOwner: null,
    company: null,
    contact: found?.contact ?? null,
    accounts: found?.accounts ?? [],
  };
  return judge(compiled, { facts, formKey: lead.formKey, source: lead.source }, known, now);
};

/** A relationship holds whatever a provider says; a rule is looked at again. */
const planAgain = (hand: Hand, facts: StoredFacts, judged: Judged): Plan | null => {
  const { lead, compiled, current, now } = hand;
  if (!movable(lead) || lead.routing.ruleId === "relationship") return null;
  const plan = planLead({
    compiled,
    people: current.people,
    judged,
    facts,
    now,
    event: "lead.rerouted",
    cause: "enrichment",
    effects: [{ kind: "lead.taken", channel: "email", recipient: "previous" }],
  });
  return wouldKeep(plan, lead) ? null : plan;
};

const draftOf = (lead: LeadRow, facts: StoredFacts, judged: Judged, plan: Plan | null): Draft => {
  const { match, scored } = judged;
  const { score, fit, intent, segment } = scored.score;
  const matched = match.accountId !== lead.match.accountId;
  return {
    actor: "system",
    set: {
      facts: JSON.stringify(facts),
      score,
      fit,
      intent,
      segment,
      ...(matched ? { account_id: match.accountId, match: JSON.stringify(match) } : {}),
      ...(plan
        ? {
            sla_id: plan.slaId,
            priority: plan.priority,
            tags: JSON.stringify(plan.tags),
            ...(lead.ownerId ? { reassignments: lead.reassignments + 1 } : {}),
          }
        : {}),
    },
    events: [
      { type: "lead.enriched", data: { company: facts.company ?? null } },
      ...(matched
        ? [
            {
              type: "lead.matched" as const,
              data: {
                accountId: match.accountId,
                method: match.method,
                confidence: match.confidence,
                reasons: match.reasons,
                score,
                segment,
                territory: scored.territory?.id ?? null,
              },
            },
          ]
        : []),
    ],
    ...(plan
      ? {
          assignment: {
            cause: "enrichment",
            candidates: plan.candidates,
            trace: plan.trace,
            ruleId: plan.ruleId,
            restartClock: true,
          },
        }
      : {}),
  };
};

/** Takes what a provider said of the company into an open lead. The same facts again change nothing. */
export const refine = (deps: Deps, leadId: string, company: CompanyFacts): Promise<Outcome<null>> =>
  withLead<null>(deps, leadId, async (hand) => {
    const { lead } = hand;
    const known = JSON.stringify(lead.facts.company ?? null) === JSON.stringify(company);
    if (!lead.open || (known && lead.match.accountId !== null)) return DONE;
    const facts = { ...lead.facts, company };
    const judged = await judgeAgain(hand, facts);
    if (known && judged.match.accountId === null) return DONE;
    await save(hand, draftOf(lead, facts, judged, planAgain(hand, facts, judged)));
    return DONE;
  });
