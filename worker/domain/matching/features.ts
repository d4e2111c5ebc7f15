// What speaks for one candidate account, as plain facts; score.ts weighs them.
import { domainLabel } from "../enrichment/domain.ts";
import { compareNames, type NameFit } from "./compare.ts";
import { bareLabels, initialsOf, spells } from "./initials.ts";
import { plainLetters } from "./letters.ts";
import { readingsOf, type Reading } from "./readings.ts";
import { slipsBetween } from "./slips.ts";
import type { AccountCandidate, MatchLead } from "./types.ts";

type Agreement = "same" | "different" | "unknown";

export interface Features {
  candidate: AccountCandidate;
  /** The e-mail's domain is the account's own / an alias / the same label under another suffix. */
  mailDomain: "own" | "alias" | "label" | null;
  websiteDomain: "own" | "alias" | "label" | null;
  /** The best of all readings; null if no name was given. */
  name: NameAgreement | null;
  country: Agreement;
  city: Agreement;
  /** The company given is the label of the account's domain ("IBM", ibm.com). */
  saidLabel: boolean;
  /** The company given is the account's initials, or the other way round. */
  initials: boolean;
  /** 0 to 1: the sender's domain spells the account, or is a slip away from its domain. */
  mailSpells: number;
  /** 0 to 1: the sender's domain spells the company given. */
  mailSpellsSaid: number;
}

export interface NameAgreement extends NameFit {
  said: Reading;
  known: Reading;
}

export interface LeadReadings {
  said: readonly Reading[];
  label: string | null;
  spellsSaid: number;
  place: string;
}

/** What of the lead is the same for all candidates. */
export function readLead(lead: MatchLead): LeadReadings {
  const said = lead.company === null ? [] : readingsOf(lead.company);
  const label = lead.corporateDomain === null ? null : domainLabel(lead.corporateDomain);
  const named = said.filter(({ role }) => role !== "owner");
  const spellsSaid = label === null ? 0 : Math.max(0, ...named.map(({ tokens }) => spells(label, tokens)));
  return { said, label, spellsSaid, place: plainLetters(lead.city ?? "").trim() };
}

export function featuresOf(lead: MatchLead, readings: LeadReadings, candidate: AccountCandidate): Features {
  const found = new Set(candidate.matchedKeys);
  const known = readingsOf(candidate.name).filter(({ role }) => role !== "owner");
  const labels = labelsOf(candidate);
  const [whole] = readings.said;
  return {
    candidate,
    mailDomain: domainFound(lead.corporateDomain, found),
    websiteDomain: domainFound(lead.websiteDomain, found),
    name: bestFit(readings.said, known),
    country: agreement(lead.country?.toLowerCase() ?? "", candidate.country?.toLowerCase() ?? ""),
    city: agreement(readings.place, plainLetters(candidate.city ?? "").trim()),
    saidLabel: whole !== undefined && labels.includes(whole.solid),
    initials:
      whole !== undefined && known.some((each) => areInitials(whole, each) || areInitials(each, whole)),
    mailSpells: readings.label === null ? 0 : spelt(readings.label, known, labels),
    mailSpellsSaid: readings.spellsSaid,
  };
}

function domainFound(domain: string | null, found: ReadonlySet<string>): Features["mailDomain"] {
  if (domain === null) return null;
  if (found.has(`d:${domain}`)) return "own";
  if (found.has(`a:${domain}`)) return "alias";
  return found.has(`l:${domainLabel(domain) ?? ""}`) ? "label" : null;
}

function labelsOf({ domain, domains }: AccountCandidate): string[] {
  const labels = [domain, ...domains.slice(0, 10)].map((each) => (each === null ? null : domainLabel(each)));
  return [...new Set(labels.filter((label) => label !== null).map((label) => label.replaceAll("-", "")))];
}

/** "a Foo company" compares only where the names before it find nothing: see score.ts, family. */
function bestFit(said: readonly Reading[], known: readonly Reading[]): NameAgreement | null {
  let best: NameAgreement | null = null;
  for (const one of said)
    for (const other of known) {
      const fit = { ...compareNames(one.tokens, other.tokens), said: one, known: other };
      if (best === null || closeness(fit) > closeness(best)) best = fit;
    }
  return best;
}

/** Only to choose among readings of the same two names. */
export function closeness(fit: NameAgreement): number {
  const left = fit.said.dropped.length * 0.12 + fit.known.dropped.length * 0.25;
  const role =
    fit.said.role === "owner" ? 1.5 : fit.said.role === "alias" || fit.known.role === "alias" ? 0.2 : 0;
  return (
    fit.agreed * 2 -
    fit.extraSaid * 1.5 -
    fit.extraKnown -
    (fit.edits + fit.odd) * 0.1 -
    fit.shortened * 0.05 -
    left -
    role
  );
}

function areInitials(short: Reading, long: Reading): boolean {
  return short.tokens.length === 1 && initialsOf(long.tokens).includes(short.solid);
}

function spelt(label: string, known: readonly Reading[], labels: readonly string[]): number {
  const solid = label.replaceAll("-", "");
  const names = known.map(({ tokens }) => spells(label, tokens));
  const domains = labels.map((each) => {
    if (bareLabels(solid).some((bare) => bare.length >= 4 && bareLabels(each).includes(bare))) return 0.95;
    return each.length >= 6 && slipsBetween(solid, each, each.length >= 10 ? 2 : 1) !== null ? 0.9 : 0;
  });
  return Math.max(0, ...names, ...domains);
}

function agreement(said: string, known: string): Agreement {
  if (said === "" || known === "") return "unknown";
  return said === known ? "same" : "different";
}
