// What speaks for one candidate account, as plain facts; score.ts weighs them.
import { domainLabel } from "../enrichment/domain.ts";
import { compareNames, type NameFit } from "./compare.ts";
import { bareLabels, initialsOf, spells } from "./initials.ts";
import { nameKey, wordsKey } from "./keys.ts";
import {
  citySaid,
  compareCities,
  compareCountries,
  ownPlace,
  placeWords,
  townWords,
  type Agreement,
} from "./places.ts";
import { knownReadings, readingsOf, type Reading } from "./readings.ts";
import { hostsBelow } from "./sender.ts";
import { slipsBetween } from "./slips.ts";
import { FUNCTION_WORDS, TOWN_WORDS } from "./words.ts";
import type { AccountCandidate, MatchLead } from "./types.ts";

export interface Features {
  candidate: AccountCandidate;
  /** The e-mail's domain is the account's own / an alias / the same label under another suffix. */
  mailDomain: "own" | "alias" | "label" | null;
  websiteDomain: "own" | "alias" | "label" | null;
  /** The best of all readings; null if no name was given. */
  name: NameAgreement | null;
  country: Agreement;
  city: Agreement;
  /** Not only what it is called, nor the one within the other: the same word for word, "Town of" included. */
  sameTown: boolean;
  /** The company given is the label of the account's domain ("IBM", ibm.com), and whether it is a word of its name too. */
  saidLabel: boolean;
  saidWord: boolean;
  /** The company given is the account's initials, and the other way round. */
  initials: boolean;
  knownInitials: boolean;
  /** 0 to 1: the company given, one word, spells the account's name ("unesal" for Universidade Estadual de Salvora). */
  spelt: number;
  /** The sender's domain is not near any of the account's. */
  labelsApart: boolean;
  /** A public body of one place, such as a county: another place is another body. */
  isTown: boolean;
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
  place: readonly string[];
  town: string;
}

/** Further names of an account that are compared however they were found. */
const MAX_NAMES = 5;

/** What of the lead is the same for all candidates. */
export function readLead(lead: MatchLead): LeadReadings {
  const said = lead.company === null ? [] : readingsOf(lead.company);
  const label = lead.corporateDomain === null ? null : domainLabel(lead.corporateDomain);
  const named = said.filter(({ role }) => role !== "owner");
  const spellsSaid = label === null ? 0 : Math.max(0, ...named.map((each) => spells(label, each)));
  const town = townWords(citySaid(lead));
  return { said, label, spellsSaid, place: placeWords(town), town: town.join(" ") };
}

export function featuresOf(lead: MatchLead, readings: LeadReadings, candidate: AccountCandidate): Features {
  const found = new Set(candidate.matchedKeys);
  const known = namesOf(candidate, found).flatMap(knownReadings);
  const labels = labelsOf(candidate);
  const [whole] = readings.said;
  const town = townWords(candidate.city);
  const here = readings.said.flatMap((said) => withoutOwnPlace(said, placeWords(town), candidate.country));
  const name = bestFit([...readings.said, ...here], known);
  return {
    candidate,
    mailDomain: domainFound(lead.corporateDomain, found, lead.emailDomain),
    websiteDomain: domainFound(lead.websiteDomain, found),
    name,
    country: compareCountries(lead, candidate.country),
    city: cityAgreement(readings.place, placeWords(town), name),
    sameTown: town.length > 0 && town.join(" ") === readings.town,
    saidLabel: whole !== undefined && labels.includes(whole.solid),
    initials: whole !== undefined && known.some((each) => areInitials(whole, each)),
    knownInitials: whole !== undefined && known.some((each) => areInitials(each, whole)),
    saidWord: whole !== undefined && known.some(({ tokens }) => tokens.includes(whole.solid)),
    spelt:
      whole?.tokens.length === 1
        ? Math.max(0, ...known.map(({ words }) => spells(whole.solid, { tokens: words, words })))
        : 0,
    labelsApart:
      readings.label !== null &&
      labels.length > 0 &&
      nearLabels(readings.label.replaceAll("-", ""), labels) === 0,
    isTown: known[0]?.tokens.some((word) => TOWN_WORDS.has(word)) ?? false,
    mailSpells: spelt(readings, known, labels),
    mailSpellsSaid: readings.spellsSaid,
  };
}

/** Its own and the first few others, and whichever of the rest the lead's words led to. */
function namesOf({ name, otherNames = [] }: AccountCandidate, found: ReadonlySet<string>): string[] {
  const more = otherNames.slice(MAX_NAMES);
  const isNamed = more.length > 0 && [...found].some((key) => key.startsWith("n:") || key.startsWith("w:"));
  const led = (other: string) =>
    knownReadings(other).some(
      ({ solid, tokens }) => found.has(nameKey(solid)) || found.has(wordsKey(tokens)),
    );
  return [name, ...otherNames.slice(0, MAX_NAMES), ...(isNamed ? more.filter(led) : [])];
}

function domainFound(
  domain: string | null,
  found: ReadonlySet<string>,
  host: string | null = null,
): Features["mailDomain"] {
  if (domain === null) return null;
  const hosts = [domain, ...hostsBelow(host, domain)];
  if (hosts.some((each) => found.has(`d:${each}`))) return "own";
  if (hosts.some((each) => found.has(`a:${each}`))) return "alias";
  return found.has(`l:${domainLabel(domain) ?? ""}`) ? "label" : null;
}

function labelsOf({ domain, domains }: AccountCandidate): string[] {
  const labels = [domain, ...domains.slice(0, 10)].map((each) => (each === null ? null : domainLabel(each)));
  return [...new Set(labels.filter((label) => label !== null).map((label) => label.replaceAll("-", "")))];
}

/** Only where the account is in that very place: elsewhere "Acme Berlin" may be another firm, or another branch of a franchise. */
function withoutOwnPlace(said: Reading, town: readonly string[], country: string | null): Reading[] {
  const length = said.role === "owner" ? 0 : ownPlace(said.long, town, country);
  if (length === 0) return [];
  const tokens = said.tokens.slice(0, -length);
  while (FUNCTION_WORDS.has(tokens.at(-1) ?? "")) tokens.pop();
  const [weights, long] = [said.weights.slice(0, tokens.length), said.long.slice(0, tokens.length)];
  const dropped = [...said.dropped, ...said.tokens.slice(-length)];
  const role = said.role === "whole" ? "part" : said.role;
  return weights.includes(1)
    ? [{ words: said.words, role, dropped, tokens, weights, long, solid: tokens.join("") }]
    : [];
}

/** "a Foo company" compares only where the names before it find nothing: see score.ts, family. */
function bestFit(said: readonly Reading[], known: readonly Reading[]): NameAgreement | null {
  let best: NameAgreement | null = null;
  for (const one of said)
    for (const other of known) {
      const fit = { ...compareNames(one, other), said: one, known: other };
      if (best === null || closeness(fit) > closeness(best)) best = fit;
      if (fit.same && one.role === "whole" && other.role === "whole") return fit;
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
    fit.commonEdits * 0.03 -
    fit.shortened * 0.05 -
    left -
    role
  );
}

function areInitials(short: Reading, long: Reading): boolean {
  return short.tokens.length === 1 && initialsOf(long).includes(short.solid);
}

/**
 * A slip in a domain is a slip only where the domain doesn't spell the company given: nobody mistypes both alike, so
 * "Kelnix" at kelnix.example is not Kelnox.
 */
function spelt(
  { label, spellsSaid }: LeadReadings,
  known: readonly Reading[],
  labels: readonly string[],
): number {
  if (label === null) return 0;
  const names = known.map((each) => spells(label, each));
  const near = nearLabels(label.replaceAll("-", ""), labels);
  return Math.max(0, ...names, spellsSaid >= 0.9 && near === SLIP ? 0 : near);
}

const SLIP = 0.9;

/** One label but for what is added to make a domain free, or a slip or two apart. */
function nearLabels(solid: string, labels: readonly string[]): number {
  const bare = bareLabels(solid);
  const near = labels.map((each) => {
    if (bareLabels(each).some((other) => other.length >= 4 && bare.includes(other))) return 0.95;
    return each.length >= 6 && slipsBetween(solid, each, each.length >= 10 ? 2 : 1) !== null ? SLIP : 0;
  });
  return Math.max(0, ...near);
}

/** Who writes from Evanston to ask for the City of Chicago means no other city: both are named after Chicago. */
function cityAgreement(
  said: readonly string[],
  known: readonly string[],
  name: NameAgreement | null,
): Agreement {
  const agreed = compareCities(said, known);
  const isInNames = (place: readonly string[]) =>
    name !== null && [name.said, name.known].every(({ long }) => place.every((word) => long.includes(word)));
  return agreed === "different" && (isInNames(said) || isInNames(known)) ? "unknown" : agreed;
}
