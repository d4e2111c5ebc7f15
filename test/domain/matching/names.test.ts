// Company names: one key for all spellings of a firm, junk told from names, and nothing a stranger types hurts.
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JUNK, NAME_KEYS, NOT_JUNK, SAME_FIRM, SCRIPTS } from "../../cases/matching-names.ts";
import { accountKeys, leadKeys } from "../../../worker/domain/matching/keys.ts";
import type { MatchLead } from "../../../worker/domain/matching/types.ts";
import { companySpellings, normalizeCompany } from "../../../worker/domain/matching/normalize.ts";

const seed = 20261122;
const LEAD: MatchLead = {
  emailNormalized: null,
  emailDomain: null,
  corporateDomain: null,
  suggestedDomain: null,
  websiteDomain: null,
  freeMail: false,
  disposable: false,
  company: null,
  country: null,
  city: null,
};
const nameKeys = (name: string) => accountKeys({ name, domain: null, domains: [] }).map(({ key }) => key);

describe("normalizeCompany", () => {
  it.each(NAME_KEYS)("%s → %s", (name, key) => expect(normalizeCompany(name).key).toBe(key));
  it.each(SCRIPTS)("%s → %s, in Latin letters %s", (name, key, latin) => {
    const [own, ...others] = companySpellings(name);
    expect([own?.key, others.at(-1)?.key ?? null]).toEqual([key, latin]);
  });
  it.each(JUNK)("%j is junk", (name) => expect(normalizeCompany(name).junk).toBe(true));
  it.each(NOT_JUNK)("%j is a name", (name) => expect(normalizeCompany(name).junk).toBe(false));
  it.each(SAME_FIRM)("%s and %s share a key", (one, other) => {
    expect(nameKeys(one).filter((key) => nameKeys(other).includes(key))).not.toEqual([]);
  });

  it(`never throws, never loses a whole name, and is idempotent (seed ${seed})`, () => {
    const words = fc.array(
      fc.constantFrom(
        "Acme",
        "GmbH",
        "&",
        "Co.",
        "S.A.",
        "the",
        "of",
        "(EMEA)",
        "-",
        "Berlin office",
        "y",
        "AB",
        "ООО",
        "株式会社",
        "بيت",
        'בע"מ',
        "लि.",
        "บริษัทกจำกัด",
        "北京",
        "科技集团",
        ".com",
        "ß",
        "Ltd,",
        "a X company",
      ),
      { maxLength: 7 },
    );
    const anyName = fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      words.map((list) => list.join(" ")),
    );
    fc.assert(
      fc.property(anyName, (name) => {
        const { key, tokens } = normalizeCompany(name);
        expect(tokens.join(" ")).toBe(key);
        if (/[a-z0-9]/i.test(name.slice(0, 100))) expect(key).not.toBe("");
        expect(normalizeCompany(key).key).toBe(key);
      }),
      { seed, numRuns: 500 },
    );
  });

  it.each([
    "a",
    "a.",
    "& ",
    "co ",
    "(",
    " - ",
    "the ",
    "hr ",
    ", a ",
    "'",
    "ü",
    "株式会社",
    "ال",
    "क्",
    "เก",
    "科技",
    "北",
  ])("10 kB of %j cost under 50 ms", (unit) => {
    const started = performance.now();
    normalizeCompany(unit.repeat(10_000 / unit.length));
    expect(performance.now() - started).toBeLessThan(50);
  });
});

describe("keys", () => {
  it("an account has its domain, aliases, labels, names, words, place and pieces", () => {
    const keys = accountKeys({
      name: "Müller & Söhne Robotics Co. KG",
      domain: "https://www.mueller.de",
      domains: ["mueller.de", "mueller-werk.de"],
      city: "Köln",
    });
    expect(keys.map(({ key }) => key)).toEqual([
      "d:mueller.de",
      "a:mueller-werk.de",
      "l:mueller",
      "l:mueller-werk",
      "n:mullersohnerobotics",
      "n:muellersoehnerobotics",
      "p:mullersohnerobotics@koln",
      "w:muller robotics sohne",
      "c:muller",
      "i:msr",
      "s:19.30.muller",
      "s:19.31.sohner",
      "s:19.32.obotics",
      "t:muller",
    ]);
  });
  it("every domain that an account may have, and the host below its registrable one", () => {
    const domains = Array.from({ length: 250 }, (_, i) => `brand${i}.example`);
    const keys = accountKeys({ name: "Acme", domain: "https://www.emea.acme.example", domains });
    const list = keys.map(({ key }) => key);
    expect(list).toContain("d:acme.example");
    expect(list).toContain("d:emea.acme.example");
    for (const domain of domains) expect(list).toContain(`a:${domain}`);
    const emailDomain = "mail.emea.acme.example";
    expect(leadKeys({ ...LEAD, emailDomain, corporateDomain: "acme.example" }).slice(0, 6)).toEqual([
      "d:mail.emea.acme.example",
      "a:mail.emea.acme.example",
      "d:emea.acme.example",
      "a:emea.acme.example",
      "d:acme.example",
      "a:acme.example",
    ]);
  });
  it("a town has one key, however it is written", () => {
    const places = ["St. Louis", "Saint Louis", "saint-louis", "City of St Louis"].map((city) =>
      accountKeys({ name: "Acme", domain: null, domains: [], city }).find(({ key }) => key.startsWith("p:")),
    );
    expect(new Set(places.map((found) => found?.key))).toEqual(new Set(["p:acme@saint louis"]));
  });
  it("never a mailbox provider's, a shared host's or a junk name's", () => {
    expect(
      accountKeys({
        name: "n/a",
        domain: "gmail.com",
        domains: ["web.de", "github.io", "linkedin.com", "co.uk", "10.0.0.1", "x"],
      }),
    ).toEqual([]);
  });
  it.each([
    "Äcme",
    "Acme Robotics – Berlin office",
    "a b c d e f g h i j k l m n o p",
    "Ä".repeat(300),
    "x ".repeat(200),
  ])("a lead asks for at most 40: %s", (company) => {
    const lead = {
      ...LEAD,
      company,
      corporateDomain: "acme.example",
      websiteDomain: "acme.com",
      city: "Berlin",
    };
    expect(leadKeys(lead).length).toBeLessThanOrEqual(40);
    expect(
      accountKeys({ name: company, domain: "acme.com", domains: [], city: "Berlin" }).length,
    ).toBeLessThanOrEqual(25);
  });
  it("are bounded", () => {
    const domains = Array.from({ length: 5000 }, (_, i) => `acme${i}.example`);
    expect(accountKeys({ name: "Ä".repeat(9000), domain: null, domains }).length).toBeLessThanOrEqual(510);
    const lead = { ...LEAD, corporateDomain: "acme.example", websiteDomain: "acme.com", company: "Äcme" };
    expect(leadKeys(lead).slice(0, 7)).toEqual([
      "d:acme.example",
      "a:acme.example",
      "l:acme",
      "d:acme.com",
      "a:acme.com",
      "n:acme",
      "n:aecme",
    ]);
  });
});
