// A CRM of invented companies, and their names got wrong in every way the generator knows: those who are in it are found,
// those who are not (or only resemble somebody) are not. Nothing here comes from the labelled cases.
import { describe, expect, it } from "vitest";
import { CHANGES, inventName, inventWord, oneSlip, withoutLegal } from "../../support/company-names.ts";
import { oneOf, seeded } from "../../support/random.ts";
import { enrich } from "../../../worker/domain/enrichment/enrich.ts";
import { chooseCandidates, KEY_BOUND } from "../../../worker/domain/matching/candidates.ts";
import { decideMatch } from "../../../worker/domain/matching/decide.ts";
import { accountKeys, leadKeys } from "../../../worker/domain/matching/keys.ts";
import type { AccountCandidate } from "../../../worker/domain/matching/types.ts";

const SEED = 20261122;
const ACCOUNTS = 1500;
const ASKED = 60;

const random = seeded(SEED);
const slug = (name: string): string =>
  withoutLegal(name)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");

const crm = new Map<string, Omit<AccountCandidate, "matchedKeys">>();
const index = new Map<string, string[]>();
for (let n = 0; crm.size < ACCOUNTS; n++) {
  const name = inventName(random);
  const id = `A${String(n).padStart(5, "0")}`;
  const domain = `${slug(name)}.com`;
  if ([...crm.values()].some((each) => each.domain === domain)) continue;
  const account = { id, name, domain, domains: [], parentId: null, country: null, city: null };
  crm.set(id, { ...account, owner: null, lifecycle: null, hasOpenOpportunity: false, updatedAt: 0 });
  for (const { key } of accountKeys(account)) index.set(key, [...(index.get(key) ?? []), id]);
}

function ask(email: string, company: string, absent?: string): string | null {
  const lead = enrich({ fields: { email, company }, edge: {} });
  const found = chooseCandidates(leadKeys(lead), (key) =>
    (index.get(key) ?? []).filter((id) => id !== absent).slice(0, KEY_BOUND + 1),
  );
  const candidates = [...found].map(([id, by]) => ({ ...crm.get(id)!, ...by }));
  return decideMatch(lead, { candidates }, { freeMailNames: "accept" }).accountId;
}

/** The least share found; the rest must be no match rather than another company. */
const FOUND: Readonly<Record<string, number>> = {
  twoSlips: 0.7,
  scanned: 0.85,
  common: 0.8,
  // With or without "Industries" it may well be another firm: doubt is no match.
  commonDropped: 0.3,
};

describe(`names got wrong (seed ${SEED})`, () => {
  it.each(Object.keys(CHANGES))("%s", (kind) => {
    const tally = { asked: 0, found: 0, wrong: 0, strangers: 0 };
    const accounts = [...crm.values()];
    for (let tries = 0; tries < ASKED * 20 && tally.asked < ASKED; tries++) {
      const { id, name } = oneOf(random, accounts);
      const company = CHANGES[kind]?.(name, random) ?? null;
      if (company === null) continue;
      tally.asked++;
      const match = ask("ana@gmail.com", company);
      if (match === id) tally.found++;
      else if (match !== null) tally.wrong++;
      if (ask("ana@gmail.com", company, id) !== null) tally.strangers++;
    }
    expect(tally.found / Math.max(1, tally.asked), JSON.stringify(tally)).toBeGreaterThanOrEqual(
      FOUND[kind] ?? 0.9,
    );
    expect(tally.wrong / Math.max(1, tally.asked), JSON.stringify(tally)).toBeLessThanOrEqual(0.02);
    expect(tally.strangers / Math.max(1, tally.asked), JSON.stringify(tally)).toBeLessThanOrEqual(0.05);
  });
});

describe(`companies that only resemble one (seed ${SEED})`, () => {
  const others = Array.from({ length: 200 }, () => {
    const { name } = oneOf(random, [...crm.values()]);
    const [, ...rest] = withoutLegal(name).split(" ");
    return `${inventWord(random)} ${rest.length > 0 ? rest.join(" ") : "Works"}`;
  }).filter((name) => !index.has(`n:${slug(name)}`) && !index.has(`l:${slug(name)}`));

  it.each([
    ["another name in the same trade, from a free mailbox", () => "ana@gmail.com"],
    ["another name in the same trade, from a domain of its own", (name: string) => `ana@${slug(name)}.com`],
  ])("%s", (_, mail) => {
    const matched = others.filter((name) => ask(mail(name), name) !== null);
    expect(others.length).toBeGreaterThan(100);
    expect(matched.length / others.length, matched.join("; ")).toBeLessThanOrEqual(0.02);
  });

  it("a letter apart, but with a domain that spells the other name", () => {
    const tally = { asked: 0, matched: 0 };
    for (const { name } of [...crm.values()].slice(0, 400)) {
      const [first = "", ...rest] = withoutLegal(name).split(" ");
      const other = [oneSlip(first, random) ?? first, ...rest].join(" ");
      if (slug(other) === slug(name) || index.has(`n:${slug(other)}`) || /[^ -~]/.test(name)) continue;
      tally.asked++;
      if (ask(`ana@${slug(other)}.com`, other) !== null) tally.matched++;
    }
    expect(tally.asked).toBeGreaterThan(100);
    expect(tally.matched / tally.asked, JSON.stringify(tally)).toBeLessThanOrEqual(0.1);
  });
});
