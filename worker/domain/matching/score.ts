// By which method a candidate matches, how sure that is, and why, in a manager's words.
import type { Features } from "./features.ts";
import type { MatchedAccount, MatchLead, MatchMethod } from "./types.ts";

/** Strongest method first: a weaker one never overrules a stronger. */
export const METHOD_ORDER: readonly MatchMethod[] = [
  "contact",
  "domain",
  "alias",
  "suffix",
  "name",
  "fuzzy",
  "family",
  "none",
];

/**
 * Confidence by method, measured on labelled cases (docs/matching.md): a domain is nearly proof, a name alone is not. What agrees or
 * disagrees moves it by at most `SHIFT` a fact.
 */
const BASE = { domain: 0.98, alias: 0.96, suffix: 0.88, name: 0.9 } as const;
const SHIFT = 0.03;
/** What the visitor typed as their website is a claim, not where their mail comes from. */
const CLAIMED = 0.1;
/** A label shared under another suffix, with nothing else to confirm it: shown, not taken. */
const UNCONFIRMED = 0.5;

export interface Scored extends MatchedAccount {
  features: Features;
}

/** Null if nothing but a key collision brought the candidate here. */
export function scoreCandidate(lead: MatchLead, features: Features): Scored | null {
  const found = byDomain(lead, features) ?? byLabel(lead, features) ?? byName(lead, features);
  if (found === null) return null;
  const { id, name } = features.candidate;
  const confidence =
    Math.round(Math.min(0.99, Math.max(0, found.confidence + shift(features))) * 1000) / 1000;
  return {
    accountId: id,
    name,
    method: found.method,
    confidence,
    reasons: [...found.reasons, ...sideReasons(lead, features)],
    features,
  };
}

interface Finding {
  method: MatchMethod;
  confidence: number;
  reasons: string[];
}

function byDomain(lead: MatchLead, { mailDomain, websiteDomain, candidate }: Features): Finding | null {
  const mail = mailDomain === "own" || mailDomain === "alias" ? mailDomain : null;
  const site = websiteDomain === "own" || websiteDomain === "alias" ? websiteDomain : null;
  const kind = mail ?? site;
  if (kind === null) return null;
  const method = kind === "own" ? "domain" : "alias";
  const domain = mail === null ? lead.websiteDomain : lead.corporateDomain;
  const what = mail === null ? "The website given" : "The e-mail's domain";
  const whose = kind === "own" ? `the domain of ${candidate.name}` : `an alias domain of ${candidate.name}`;
  return {
    method,
    confidence: BASE[method] - (mail === null ? CLAIMED : 0),
    reasons: [`${what}, ${domain}, is ${whose}.`],
  };
}

function byLabel(lead: MatchLead, { mailDomain, name, candidate }: Features): Finding | null {
  if (mailDomain !== "label") return null;
  const known = candidate.domain ?? candidate.domains[0] ?? "another suffix";
  const same = `The e-mail's domain, ${lead.corporateDomain}, has the same name as ${known}`;
  if (name === "same")
    return {
      method: "suffix",
      confidence: BASE.suffix + 0.04,
      reasons: [`${same}, and the company name is the same.`],
    };
  if (name === "part")
    return {
      method: "suffix",
      confidence: BASE.suffix,
      reasons: [`${same}, and one company name begins with the other.`],
    };
  const doubt =
    name === "unknown"
      ? "no company name was given to confirm it"
      : `the company given, ${lead.company}, is another name`;
  return { method: "suffix", confidence: UNCONFIRMED, reasons: [`${same}, but ${doubt}.`] };
}

function byName(lead: MatchLead, { name, candidate }: Features): Finding | null {
  if (name !== "same") return null;
  return {
    method: "name",
    confidence: BASE.name,
    reasons: [`The company given, ${lead.company}, is the name of ${candidate.name}.`],
  };
}

function shift({ country, city, name }: Features): number {
  const of = (fact: string) => (fact === "same" ? SHIFT : fact === "different" ? -SHIFT : 0);
  return of(country) + (city === "same" ? SHIFT : 0) + (name === "different" ? -SHIFT : 0);
}

function sideReasons(lead: MatchLead, { country, city, candidate }: Features): string[] {
  const reasons: string[] = [];
  if (country === "same") reasons.push(`Both are in ${lead.country}.`);
  if (country === "different")
    reasons.push(`The lead is in ${lead.country}, the account in ${candidate.country}.`);
  if (city === "same") reasons.push(`Both are in ${candidate.city}.`);
  return reasons;
}
