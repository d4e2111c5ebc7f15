// What the inspector shows of a candidate: fact by fact what agrees and what doesn't, and what each weighs.
import { describe, expect, it } from "vitest";
import { CRM } from "../../cases/matching-decisions.ts";
import { FACTS } from "../../cases/matching-facts.ts";
import { enrich } from "../../../worker/domain/enrichment/enrich.ts";
import { compareAll, decideMatch } from "../../../worker/domain/matching/decide.ts";
import { evidenceOf, EVIDENCE } from "../../../worker/domain/matching/evidence.ts";
import { explain } from "../../../worker/domain/matching/explain.ts";
import { accountKeys, leadKeys } from "../../../worker/domain/matching/keys.ts";
import { WEIGHTS } from "../../../worker/domain/matching/weights.ts";

const compared = (fields: (typeof FACTS)[number]["lead"], id: string) => {
  const lead = enrich({ fields, edge: {} });
  const wanted = new Set(leadKeys(lead));
  const account = CRM.find((each) => each.id === id)!;
  const matchedKeys = accountKeys(account)
    .map(({ key }) => key)
    .filter((key) => wanted.has(key));
  const candidate = { ...account, matchedKeys };
  return { lead, candidate, features: compareAll(lead, [candidate])[0]! };
};

const side = (weight: number | null) => (weight === null ? null : weight > 0 ? "for" : "against");

describe("explain", () => {
  it.each(FACTS)("$what", ({ lead: fields, account, facts }) => {
    const { lead, features } = compared(fields, account);
    const told = explain(lead, features, WEIGHTS);
    expect(told.map(({ name, value, agrees, weight }) => [name, value, agrees, side(weight)])).toEqual(facts);
  });

  it("tells all that was weighed: with the bias, the weights add up to the odds of the decision", () => {
    for (const { lead: fields, account, facts } of FACTS) {
      if (!facts.some(([, , , weight]) => weight !== null)) continue;
      const { lead, candidate, features } = compared(fields, account);
      const told = explain(lead, features, WEIGHTS).reduce((sum, { weight }) => sum + (weight ?? 0), 0);
      const evidence = evidenceOf(features, lead.corporateDomain !== null);
      const odds = EVIDENCE.reduce((sum, part) => sum + evidence[part] * WEIGHTS[part], 0);
      expect(told + WEIGHTS.bias).toBeCloseTo(odds, 1);
      const options = { freeMailNames: "accept" as const, reviewThreshold: 0 };
      const [shown] = decideMatch(lead, { candidates: [candidate] }, options).candidates;
      if (shown?.method === "name" || shown?.method === "fuzzy")
        expect(shown.confidence).toBeCloseTo(Math.min(0.99, 1 / (1 + Math.exp(-odds))), 2);
    }
  });
});
