// What speaks for one candidate account, as plain facts; the decision weighs them.
import { domainLabel } from "../enrichment/domain.ts";
import { plainLetters } from "./letters.ts";
import { companySpellings } from "./normalize.ts";
import type { AccountCandidate, MatchLead } from "./types.ts";

/** How two names relate, strongest first. "part": all words of one are in the other, in one run from its start. */
export type NameAgreement = "same" | "part" | "different" | "unknown";

export interface Features {
  candidate: AccountCandidate;
  /** The e-mail's domain is the account's own / an alias / the same label under another suffix. */
  mailDomain: "own" | "alias" | "label" | null;
  websiteDomain: "own" | "alias" | "label" | null;
  name: NameAgreement;
  country: "same" | "different" | "unknown";
  city: "same" | "different" | "unknown";
}

export function featuresOf(lead: MatchLead, candidate: AccountCandidate): Features {
  const found = new Set(candidate.matchedKeys);
  return {
    candidate,
    mailDomain: domainFound(lead.corporateDomain, found),
    websiteDomain: domainFound(lead.websiteDomain, found),
    name: nameAgreement(lead.company, candidate.name),
    country: agreement(lead.country, candidate.country),
    city: agreement(lead.city, candidate.city),
  };
}

function domainFound(domain: string | null, found: ReadonlySet<string>): Features["mailDomain"] {
  if (domain === null) return null;
  if (found.has(`d:${domain}`)) return "own";
  if (found.has(`a:${domain}`)) return "alias";
  return found.has(`l:${domainLabel(domain) ?? ""}`) ? "label" : null;
}

export function nameAgreement(said: string | null, name: string): NameAgreement {
  if (said === null) return "unknown";
  const theirs = companySpellings(said).filter((spelling) => !spelling.junk);
  const ours = companySpellings(name);
  if (theirs.length === 0) return "unknown";
  const some = (test: (a: readonly string[], b: readonly string[]) => boolean) =>
    theirs.some((a) => ours.some((b) => test(a.tokens, b.tokens)));
  if (some((a, b) => a.join("") === b.join(""))) return "same";
  return some((a, b) => startsWith(a, b) || startsWith(b, a)) ? "part" : "different";
}

/** "hyundai" and "hyundai motor"; one short word alone ("the", "sun") proves too little. */
function startsWith(whole: readonly string[], part: readonly string[]): boolean {
  return (
    part.join("").length >= 4 && part.length < whole.length && part.every((word, i) => whole[i] === word)
  );
}

function agreement(said: string | null, known: string | null): "same" | "different" | "unknown" {
  if (!said || !known) return "unknown";
  return plainLetters(said).trim() === plainLetters(known).trim() ? "same" : "different";
}
