/**
 * Late facts about a lead: it is matched and scored again, and (only while nobody has touched or moved it) routed again
 * if it would now belong to somebody else.
 */
import type { CompanyFacts } from "../domain/enrichment/company.ts";
import type { Plan } from "../domain/routing/plan-types.ts";
import { readCandidates } from "../store/candidates.ts";
import type { LeadRow, StoredFacts } from "../store/rows.ts";
import { assignmentOf, judgedColumns, matchedData, planAgain } from "./again.ts";
import { DONE } from "./asking.ts";
import { judge, keysOf, type Judged } from "./decide.ts";
import type { Deps } from "./deps.ts";
import { factsOf, save, withLead, type Draft, type Hand, type Outcome } from "./hand.ts";

/** An account that a person named isn't asked about again. */
export const judgeAgain = async (hand: Hand, facts: StoredFacts): Promise<Judged> => {
  const { deps, compiled, current, lead, now } = hand;
  if (lead.match.corrected)
    return {
      match: lead.match,
      scored: factsOf({ ...hand, lead: { ...lead, facts } }),
      relationship: null,
    };
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

const draftOf = (lead: LeadRow, facts: StoredFacts, judged: Judged, plan: Plan | null): Draft => {
  const { match } = judged;
  const matched = match.accountId !== lead.match.accountId;
  return {
    actor: "system",
    set: {
      facts: JSON.stringify(facts),
      ...judgedColumns(lead, judged, plan),
      ...(matched ? { account_id: match.accountId, match: JSON.stringify(match) } : {}),
    },
    events: [
      { type: "lead.enriched", data: { company: facts.company ?? null } },
      ...(matched ? [{ type: "lead.matched" as const, data: matchedData(judged) }] : []),
    ],
    ...assignmentOf(plan, "enrichment"),
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
    await save(hand, draftOf(lead, facts, judged, planAgain(hand, facts, judged, "enrichment")));
    return DONE;
  });
