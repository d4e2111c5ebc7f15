/**
 * The oracle's own idea of the leads that can come: every combination of a few values of each field that a policy asks,
 * put together by hand and read by production's functions. It shares nothing with the prover but those.
 */
import { enrich } from "../../../worker/domain/enrichment/enrich.ts";
import type { Compiled } from "../../../worker/domain/config/compiled.ts";
import { assembleFacts, type AccountFacts, type KnownAbout } from "../../../worker/domain/routing/facts.ts";
import type { Scored } from "../../../worker/domain/routing/facts.ts";
import { NOW } from "./support.ts";

const HOUR = 3_600_000;

type Choice = Readonly<Record<string, unknown>>;

/** Texts over three letters, all of them up to four long: the policies' patterns have two letters at most. */
const texts = (letters: readonly string[], most: number): string[] => {
  let wave = [""];
  const all: string[] = [];
  for (let length = 1; length <= most; length++) {
    wave = wave.flatMap((text) => letters.map((letter) => text + letter));
    all.push(...wave);
  }
  return all;
};

const TEXTS = texts(["a", "b", "x"], 4);

/** Values of each field that policies here may ask; between them every answer that any of their comparisons can give. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  "lead.country": ["DE", "FR", "US", null],
  "lead.seniority": ["vp", "intern", null],
  "lead.message": [...TEXTS, null],
  mail: [
    "kim@gmail.com",
    "kim@acme.example",
    "kim@mail.acme.example",
    "kim@eu.acme.example",
    "kim@other.example",
    "kim@mailinator.com",
    null,
  ],
  match: ["none", "domain", "contact"],
  "contact.doNotContact": [true, false],
  "account.lifecycle": ["customer", "prospect", "partner", null],
  "account.owner": ["ben", "zed", null],
  "account.employees": [4, 5, 7, 10, 11, null],
  opportunity: [true, false],
  "custom.plan": ["pro", "team", "free", ["pro", "team"], ["pro", "free"], 3, true, null],
  "form.key": ["demo", "contact", "source:import", "source:other", null],
  instant: Array.from({ length: 7 * 24 }, (_, hour) => NOW + hour * HOUR),
};

const OF: Readonly<Record<string, string>> = {
  "lead.freeMail": "mail",
  "lead.emailDomain": "mail",
  "lead.corporateDomain": "mail",
  "match.method": "match",
  "account.id": "match",
  "opportunity.open": "opportunity",
  "time.hour": "instant",
  "time.weekday": "instant",
};

const ASKS_ACCOUNT = /^(account|match|opportunity|contact)/;

/** Fields of the policy become the dimensions that are enumerated; `match` decides whether there is an account at all. */
export const dimensionsOf = (fields: readonly string[]): string[] => {
  const own = fields.map((field) => OF[field] ?? field).filter((name) => VALUES[name] !== undefined);
  return [...new Set([...(own.some((name) => ASKS_ACCOUNT.test(name)) ? ["match"] : []), ...own])];
};

export const sizeOf = (dimensions: readonly string[]): number =>
  dimensions.reduce((size, name) => size * (VALUES[name]?.length ?? 1), 1);

const combinations = (dimensions: readonly string[]): Choice[] =>
  dimensions.reduce<Choice[]>(
    (all, name) => all.flatMap((one) => (VALUES[name] ?? []).map((value) => ({ ...one, [name]: value }))),
    [{}],
  );

const accountOf = (choice: Choice): AccountFacts => ({
  id: "acme",
  name: "Acme",
  domain: null,
  parentId: null,
  owner: (choice["account.owner"] ?? null) as string | null,
  roles: {},
  country: null,
  city: null,
  industry: null,
  employees: (choice["account.employees"] ?? null) as number | null,
  lifecycle: (choice["account.lifecycle"] ?? null) as string | null,
  extra: {},
});

/** A contact's e-mail may be known without their account being there. */
const accountsOf = (method: unknown): boolean[] =>
  method === "none" ? [false] : method === "contact" ? [true, false] : [true];

const knownOf = (choice: Choice, withAccount: boolean, withContact: boolean): KnownAbout => {
  const mail = "mail" in choice ? choice["mail"] : "kim@other.example";
  const lead = enrich({
    fields: { ...(mail === null ? {} : { email: mail }), message: choice["lead.message"] ?? null },
    edge: {},
  });
  const method = (choice["match"] ?? "none") as string;
  const account = withAccount ? accountOf(choice) : null;
  const form = "form.key" in choice ? (choice["form.key"] as string | null) : "demo";
  return {
    lead: { ...lead, country: choice["lead.country"] ?? null, seniority: choice["lead.seniority"] ?? null },
    contact: withContact ? { id: "c1", doNotContact: choice["contact.doNotContact"] ?? false } : null,
    match: { method, confidence: 1, accountId: method === "none" ? null : "acme" },
    account,
    opportunity:
      account && choice["opportunity"] === true ? { id: "o1", stage: null, amount: null, owner: null } : null,
    page: {},
    attribution: {},
    custom:
      choice["custom.plan"] === undefined || choice["custom.plan"] === null
        ? {}
        : { plan: choice["custom.plan"] },
    formKey: form,
    source: form?.startsWith("source:") ? form.slice(7) : null,
  };
};

export interface OneWorld {
  scored: Scored;
  at: number;
}

/** Every lead of the dimensions, scored. */
export const worlds = (compiled: Compiled, dimensions: readonly string[]): OneWorld[] =>
  combinations(dimensions).flatMap((choice) => {
    const at = Number(choice["instant"] ?? NOW);
    return accountsOf(choice["match"] ?? "none").flatMap((withAccount) =>
      (choice["match"] === "contact"
        ? [true]
        : dimensions.includes("contact.doNotContact")
          ? [true, false]
          : [false]
      ).map((withContact) => ({
        scored: assembleFacts(compiled, knownOf(choice, withAccount, withContact), at),
        at,
      })),
    );
  });
