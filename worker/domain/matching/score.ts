// By which method a candidate matches, how sure that is, and why, in a manager's words.
import { domainLabel } from "../enrichment/domain.ts";
import { evidenceOf, probabilityOf } from "./evidence.ts";
import type { Features, NameAgreement } from "./features.ts";
import { spells } from "./initials.ts";
import { nameReasons } from "./reasons.ts";
import type { MatchedAccount, MatchLead, MatchMethod, MatchOptions } from "./types.ts";

/**
 * Confidence where the domain decides, measured on labelled cases (docs/matching.md): it is nearly proof. What agrees or disagrees
 * moves it by at most `SHIFT` a fact.
 */
const BASE = { domain: 0.98, alias: 0.96 } as const;
const SHIFT = 0.03;
/** What the visitor typed as their website is a claim, not where their mail comes from. */
const CLAIMED = 0.1;
/** A label shared under another suffix, with nothing else to confirm it: shown, not taken. */
const UNCONFIRMED = 0.5;
/** The same, where all that was said is the first part of the account's name. */
const LABEL_AND_PART = 0.75;
/** A firm that is only said to stand behind the sender's, by its full name. */
const FAMILY = 0.7;

export interface Scored extends MatchedAccount {
  features: Features;
}

interface Finding {
  method: MatchMethod;
  confidence: number;
  reasons: string[];
}

/** Null if the candidate isn't worth showing. */
export function scoreCandidate(lead: MatchLead, features: Features, settings: MatchOptions): Scored | null {
  const found = byDomain(lead, features) ?? byEvidence(lead, features, settings);
  if (found === null || found.confidence < settings.reviewThreshold) return null;
  const { id, name } = features.candidate;
  const confidence = Math.round(Math.min(0.99, Math.max(0, found.confidence)) * 1000) / 1000;
  return {
    accountId: id,
    name,
    method: found.method,
    confidence,
    reasons: [...found.reasons, ...sideReasons(lead, features)],
    features,
  };
}

function byDomain(lead: MatchLead, features: Features): Finding | null {
  const { mailDomain, websiteDomain, candidate } = features;
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
    confidence: BASE[method] - (mail === null ? CLAIMED : 0) + shift(features),
    reasons: [`${what}, ${domain}, is ${whose}.`],
  };
}

function shift({ country, city, name }: Features): number {
  const of = (fact: string) => (fact === "same" ? SHIFT : fact === "different" ? -SHIFT : 0);
  return of(country) + (city === "same" ? SHIFT : 0) + (name !== null && name.agreed < 0.5 ? -SHIFT : 0);
}

function byEvidence(lead: MatchLead, features: Features, settings: MatchOptions): Finding | null {
  const { name, mailDomain, saidLabel, initials, knownInitials } = features;
  const reasons = nameReasons(lead, features);
  if (name === null)
    return mailDomain === "label" ? { method: "suffix", confidence: UNCONFIRMED, reasons } : null;
  const confidence = probabilityOf(evidenceOf(features, lead.corporateDomain !== null), settings.weights);
  const fits = name.agreed > 0.5 || saidLabel || initials || knownInitials;
  if (mailDomain === "label" && isPartOf(lead, name))
    return { method: "suffix", confidence: Math.max(confidence, LABEL_AND_PART), reasons };
  if (mailDomain === "label")
    return {
      method: "suffix",
      confidence: fits ? confidence : Math.max(settings.reviewThreshold, Math.min(confidence, UNCONFIRMED)),
      reasons,
    };
  if (name.said.role === "owner")
    return { method: "family", confidence: name.same ? FAMILY : confidence * FAMILY, reasons };
  return { method: name.same ? "name" : "fuzzy", confidence, reasons };
}

/** "Harlow" from harlowbrewing.de, of Harlow Brewing at harlowbrewing.com: not another name, only less of the one that the domain spells. */
function isPartOf(
  { corporateDomain }: MatchLead,
  { said, known, extraSaid, headLost, edits, shortened }: NameAgreement,
): boolean {
  const isPart = said.role === "whole" && known.role === "whole" && extraSaid < 0.04 && !headLost;
  const label = corporateDomain === null ? null : domainLabel(corporateDomain);
  const isSpelt = label !== null && spells(label, known) >= 0.95;
  return isPart && isSpelt && edits + shortened === 0 && said.weights.includes(1);
}

function sideReasons(lead: MatchLead, { country, city, candidate }: Features): string[] {
  const reasons: string[] = [];
  if (country === "same") reasons.push(`Both are in ${lead.country}.`);
  if (country === "different")
    reasons.push(`The lead is in ${lead.country}, the account in ${candidate.country}.`);
  if (city === "same") reasons.push(`Both are in ${candidate.city}.`);
  if (city === "different" && country !== "different")
    reasons.push(`The lead is in ${lead.city}, the account in ${candidate.city}.`);
  return reasons;
}
