// Requests against a small CRM: which account, by which method, and said so that a manager understands.
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CLAIMS } from "../../cases/matching-claims.ts";
import { CRM, DECISIONS, type Account, type DecisionCase } from "../../cases/matching-decisions.ts";
import { DOUBTS } from "../../cases/matching-doubts.ts";
import { enrich } from "../../../worker/domain/enrichment/enrich.ts";
import { chooseCandidates, KEY_BOUND } from "../../../worker/domain/matching/candidates.ts";
import { decideMatch } from "../../../worker/domain/matching/decide.ts";
import { accountKeys, leadKeys } from "../../../worker/domain/matching/keys.ts";
import type { AccountCandidate, MatchLead, MatchOptions } from "../../../worker/domain/matching/types.ts";

const keysOf = (account: Account): string[] =>
  [account, ...(account.otherNames ?? []).map((name) => ({ name, domain: null, domains: [] }))]
    .flatMap(accountKeys)
    .map(({ key }) => key);

/** What the store does with the account_keys table, and with the contacts of an address. */
function find(
  lead: MatchLead,
  crm: readonly Account[] = CRM,
  contacts: readonly string[] = [],
): AccountCandidate[] {
  const keyed = crm.map((each) => ({ id: each.id, keys: new Set(keysOf(each)) }));
  const under = (key: string) =>
    keyed
      .filter(({ keys }) => keys.has(key))
      .map((each) => each.id)
      .sort();
  const found = chooseCandidates(leadKeys(lead), (key) => under(key).slice(0, KEY_BOUND + 1));
  return crm.flatMap((account) => {
    const by = found.get(account.id);
    const ofContact = contacts.includes(account.id);
    return by || ofContact ? [{ ...account, ...(by ?? { matchedKeys: [] }), ofContact }] : [];
  });
}

function decide(
  fields: DecisionCase["lead"],
  contact: string | null = null,
  options: Partial<MatchOptions> = {},
) {
  const lead = enrich({ fields, edge: {} });
  return decideMatch(lead, { candidates: find(lead, CRM, contact === null ? [] : [contact]) }, options);
}

describe("decideMatch", () => {
  it.each(DECISIONS)("$what", ({ lead, contact, account, method, suggested, lookUp }) => {
    const match = decide(lead, contact ?? null, lookUp ? { freeMailNames: "accept" } : {});
    expect([match.accountId, match.method]).toEqual([account, method]);
    if (account !== null || suggested !== undefined)
      expect(match.candidates[0]?.accountId).toBe(account ?? suggested);
    expect(match.reasons.length).toBeGreaterThan(0);
    for (const reason of match.reasons) expect(reason).toMatch(/^[A-Z“0-9].*\.$/);
    if (account !== null) expect(match.confidence).toBeGreaterThanOrEqual(0.6);
  });

  it.each([...DOUBTS, ...CLAIMS])(
    "$what",
    ({ crm, lead: fields, edge, contacts, account, method, because, shown }) => {
      const lead = enrich({ fields, edge: edge ?? {} });
      const match = decideMatch(lead, { candidates: find(lead, crm, contacts) });
      expect([match.accountId, match.method], match.reasons.join(" ")).toEqual([account, method]);
      expect(match.reasons.join(" ")).toContain(because ?? "");
      const among = match.candidates.map(({ accountId }) => accountId);
      expect(among).toEqual(expect.arrayContaining([...(shown ?? [])]));
      const candidates = find(lead, [...crm].reverse(), contacts);
      expect(decideMatch(lead, { candidates })).toEqual(match);
    },
  );

  it("says why it chose among several, and why it did not", () => {
    expect(decide({ email: "a@vandelay.example" }).reasons.join(" ")).toContain(
      "it is the parent of the others",
    );
    expect(decide({ email: "a@x.example", company: "Town of Woodford" }).reasons).toEqual([
      "2 different accounts are called Town of Woodford, and nothing in the request says which.",
    ]);
    expect(decide({ email: "a@gmail.com", company: "test" }).reasons.join(" ")).toContain(
      "“test” is not a company's name.",
    );
  });

  it("takes a free mailbox's word for the company only where asked to", () => {
    const lead = { email: "ana@gmail.com", company: "Globex" };
    expect(decide(lead).accountId).toBeNull();
    expect(decide(lead, null, { freeMailNames: "accept" })).toMatchObject({
      accountId: "globex",
      method: "name",
    });
  });

  it("shows runners-up and refuses below the threshold", () => {
    const match = decide({ email: "ana@acme.example", company: "Globex" });
    expect(match.candidates.map(({ accountId, method }) => [accountId, method])).toEqual([
      ["acme", "domain"],
      ["globex", "name"],
    ]);
    expect(
      decide({ email: "a@x.example", company: "Globex" }, null, { acceptThreshold: 0.95 }),
    ).toMatchObject({ accountId: null, method: "none", candidates: [{ accountId: "globex" }] });
  });

  it("answers also where everything is shown, however unlikely", () => {
    const lead = { email: "x@agency.example", company: "Piedpiper, a Globex company" };
    for (const { lead: fields } of [...DECISIONS, { lead }])
      expect(() => decide(fields, null, { reviewThreshold: 0, acceptThreshold: 0 })).not.toThrow();
  });

  it("does not depend on the order of the candidates", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...DECISIONS),
        fc.shuffledSubarray([...CRM.keys()], { minLength: CRM.length }),
        ({ lead: fields }, order) => {
          const lead = enrich({ fields, edge: {} });
          const found = find(lead);
          const shuffled = order
            .map((i) => found.find(({ id }) => id === CRM[i]!.id))
            .filter((each) => each !== undefined);
          expect(decideMatch(lead, { candidates: shuffled })).toEqual(
            decideMatch(lead, { candidates: found }),
          );
        },
      ),
      { seed: 20261122, numRuns: 200 },
    );
  });
});
