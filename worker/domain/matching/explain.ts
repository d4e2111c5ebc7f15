// What agrees and what doesn't between a lead and one account, fact by fact, for a person who looks into a match.
import type { MatchFeature } from "../../../schema/wire/match.ts";
import { EVIDENCE, evidenceOf, type Evidence } from "./evidence.ts";
import type { Features } from "./features.ts";
import type { MatchLead } from "./types.ts";

type Fact = Omit<MatchFeature, "weight">;
type Part = keyof Evidence;

const PLACE: Record<"country" | "city", readonly Part[]> = {
  country: ["sameCountry", "otherCountry"],
  city: ["sameCity", "otherCity", "otherTown"],
};
const MAIL: readonly Part[] = EVIDENCE.filter((part) => part.startsWith("mail") || part === "sameLabel");
const NAME: readonly Part[] = EVIDENCE.filter(
  (part) => part !== "bias" && ![...PLACE.country, ...PLACE.city, ...MAIL].includes(part),
);
const PARTS: Partial<Record<Fact["name"], readonly Part[]>> = { ...PLACE, email: MAIL, company: NAME };

/** In the order in which the decision looks at them; what neither side says is left out. */
export function explain(lead: MatchLead, features: Features, weights: Evidence): MatchFeature[] {
  const facts = [
    emailFact(lead, features),
    websiteFact(lead, features),
    companyFact(lead, features),
    placeFact("country", lead.country, features.candidate.country, features.country),
    placeFact("city", lead.city, features.candidate.city, features.city),
    opportunityFact(features),
  ].filter((fact) => fact !== null);
  const decides = [features.mailDomain, features.websiteDomain].some(
    (how) => how === "own" || how === "alias",
  );
  const evidence = evidenceOf(features, lead.corporateDomain !== null);
  const weightOf = (parts: readonly Part[]): number =>
    Math.round(parts.reduce((sum, part) => sum + evidence[part] * weights[part], 0) * 100) / 100;
  return facts.map((fact) => {
    const parts = PARTS[fact.name];
    if (decides || parts === undefined || fact.agrees === null) return { ...fact, weight: null };
    const weight = weightOf(parts);
    // It resembles, but by less than chance would: neither for nor against, as a reader takes it.
    return { ...fact, agrees: fact.agrees === weight > 0 ? fact.agrees : null, weight };
  });
}

const DOMAIN_WORDS = {
  own: "is the account's own domain",
  alias: "is another domain of the account",
  label: "is a domain of the account under another suffix",
};

function emailFact(lead: MatchLead, { mailDomain, mailSpells, mailSpellsSaid }: Features): Fact | null {
  const name = "email";
  if (lead.corporateDomain === null) {
    const kind = mailboxKind(lead);
    return kind === null ? null : { name, value: `${kind}: it says nothing of the company`, agrees: null };
  }
  const domain = lead.corporateDomain;
  if (mailDomain !== null) return { name, value: `${domain} ${DOMAIN_WORDS[mailDomain]}`, agrees: true };
  if (mailSpells >= 0.8) return { name, value: `${domain} fits the account's name`, agrees: true };
  if (mailSpellsSaid - mailSpells > 0.3)
    return { name, value: `${domain} spells the company given, not this one`, agrees: false };
  return { name, value: `${domain} is no domain of the account`, agrees: mailSpells < 0.6 ? false : null };
}

function mailboxKind({ disposable, freeMail, suggestedDomain, emailDomain }: MatchLead): string | null {
  if (disposable) return "a throw-away address";
  if (suggestedDomain !== null) return `${emailDomain}, probably ${suggestedDomain} misspelt`;
  return freeMail ? "free mail" : null;
}

function websiteFact({ websiteDomain: domain }: MatchLead, { websiteDomain: how }: Features): Fact | null {
  if (domain === null) return null;
  return how === null
    ? { name: "website", value: `${domain} is no domain of the account`, agrees: false }
    : { name: "website", value: `${domain} ${DOMAIN_WORDS[how]}`, agrees: true };
}

function companyFact({ company }: MatchLead, features: Features): Fact | null {
  if (company === null) return null;
  const { name: fit, candidate, initials, knownInitials, saidLabel } = features;
  const fact = (words: string, agrees: boolean): Fact => ({
    name: "company",
    value: `“${company}” ${words} “${candidate.name}”`,
    agrees,
  });
  if (fit?.same && fit.said.role === "whole") return fact("is a name of", true);
  if (initials) return fact("are the initials of", true);
  if (knownInitials) return fact("has the initials", true);
  if (saidLabel) return fact("is the name of the domain of", true);
  if (fit?.said.role === "owner") return fact("is said to belong to", true);
  return fit !== null && fit.agreed > 0.5
    ? fact("resembles", true)
    : fact("has little in common with", false);
}

function placeFact(
  name: "country" | "city",
  said: string | null,
  known: string | null,
  how: Features["country"],
): Fact | null {
  if (how === "unknown" || said === null || known === null) return null;
  return how === "same"
    ? { name, value: `both in ${known}`, agrees: true }
    : { name, value: `the lead in ${said}, the account in ${known}`, agrees: false };
}

function opportunityFact({ candidate }: Features): Fact | null {
  return candidate.hasOpenOpportunity
    ? { name: "opportunity", value: "has an open opportunity, which breaks ties", agrees: null }
    : null;
}
