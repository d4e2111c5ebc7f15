// String keys by which a lead finds accounts in one indexed look-up (table account_keys):
//   d:acme.example  an account's own registrable domain, and its host below that      l:acme  the name before the suffix
//   a:acme.example  an alias domain                          i:ibm   initials of its name
//   n:acmerobotics  its name without spaces                  p:acmerobotics@berlin  the name with its city
//   w:acme robotics its words, sorted, in their long forms    c:acme  only the words that say which firm it is, sorted
//   s:12.0.acme     a piece of the name (segments.ts)        t:acme  one such word
// Names lose their spaces so that "Air France" and "AirFrance" meet; the decision looks at the words again.
import { domainLabel, hostOf, registrableDomain } from "../enrichment/domain.ts";
import { isDisposable, isFreeMail, isPageHost } from "../enrichment/freemail.ts";
import { lettersIn } from "./glued-words.ts";
import { initialsOf } from "./initials.ts";
import { citySaid, placeWords, townWords } from "./places.ts";
import { accountHost, hostsBelow, senderDomain } from "./sender.ts";
import { companySpellings } from "./normalize.ts";
import { readingsOf, type Reading } from "./readings.ts";
import { segmentKeys, segmentLookups } from "./segments.ts";
import type { KeyedAccount, MatchLead } from "./types.ts";
import { FUNCTION_WORDS, longForm, weightOf } from "./words.ts";

/** Goes up when the rules of accountKeys change: accounts keyed by another version must be keyed anew. */
export const KEYS_VERSION = 8;

/** 200 that may be sent, 50 that may be learned: none is accepted and then not looked at. */
const MAX_DOMAINS = 250;
const MAX_NAME_KEY = 80;
/** Shorter labels ("ab.example", "go.example") are shared by strangers. */
const MIN_LABEL = 3;
const MAX_LOOKUPS = 40;

/** About twelve for a usual account. Write them whenever name, domains or city change. */
export function accountKeys(account: KeyedAccount): { key: string }[] {
  const keys = new Set<string>();
  const own = accountDomain(account.domain, account.name);
  const aliases = account.domains
    .slice(0, MAX_DOMAINS)
    .map((each) => ({ host: each, alias: accountDomain(each, account.name) }));
  if (own !== null) addDomain(keys, "d", own, account.domain);
  for (const { alias, host } of aliases)
    if (alias !== null) addDomain(keys, alias === own ? "d" : "a", alias, host);
  for (const domain of [own, ...aliases.map(({ alias }) => alias)]) addLabel(keys, domain);
  const readings = readingsOf(account.name).filter(({ role }) => role !== "owner");
  for (const { solid } of readings.slice(0, 4)) addName(keys, solid);
  const [whole] = readings;
  if (whole !== undefined) addWords(keys, whole, account.city ?? null);
  const latin = inLatinToo(readings);
  if (latin !== undefined) addPieces(keys, latin);
  return [...keys].map((key) => ({ key }));
}

/** Many public bodies share one registrable domain: each is found by its own host as well. */
function addDomain(keys: Set<string>, kind: "d" | "a", domain: string, host: string | null): void {
  keys.add(`${kind}:${domain}`);
  const [below] = hostsBelow(accountHost(host), domain);
  if (below !== undefined) keys.add(`${kind}:${below}`);
}

function addWords(keys: Set<string>, reading: Reading, city: string | null): void {
  const { tokens, solid } = reading;
  const place = placeWords(townWords(city)).join(" ");
  if (place !== "") keys.add(placeKey(solid, place));
  const words = wordsKey(tokens);
  if (tokens.length > 1) keys.add(words);
  const core = coreKey(tokens);
  if (core !== null) keys.add(core);
  for (const initials of initialsOf(reading).slice(0, 1)) keys.add(`i:${initials}`);
  addPieces(keys, reading);
}

function addPieces(keys: Set<string>, { solid, tokens }: Reading): void {
  for (const key of segmentKeys(solid)) keys.add(key);
  for (const word of rareWords(tokens).slice(0, 3)) keys.add(`t:${word}`);
}

const LATIN = /^[a-z0-9]+$/;

/** A name of another script as it is read in Latin letters: people write that in several ways, so slips are found there, too. */
function inLatinToo([own, ...others]: readonly Reading[]): Reading | undefined {
  if (own === undefined || LATIN.test(own.solid)) return undefined;
  return others.find(({ role, solid }) => role === "whole" && LATIN.test(solid));
}

/** Strongest first, for one list; at most 40. */
export function leadKeys(lead: MatchLead): string[] {
  const keys = new Set<string>();
  const sender = senderDomain(lead);
  for (const domain of new Set([...hostsBelow(lead.emailDomain, sender), sender, lead.websiteDomain])) {
    if (domain === null) continue;
    keys.add(`d:${domain}`);
    keys.add(`a:${domain}`);
    if ([lead.corporateDomain, lead.websiteDomain].includes(domain)) addLabel(keys, domain);
  }
  if (lead.company !== null) addCompany(keys, lead.company, citySaid(lead));
  const label = lead.corporateDomain === null ? null : domainLabel(lead.corporateDomain);
  if (label !== null && label.length > MIN_LABEL) addName(keys, label.replaceAll("-", ""));
  return [...keys].slice(0, MAX_LOOKUPS);
}

function addCompany(keys: Set<string>, company: string, city: string | null): void {
  const readings = readingsOf(company);
  for (const { solid } of readings) addName(keys, solid);
  const [whole, ...others] = readings;
  if (whole === undefined) return;
  const place = placeWords(townWords(city)).join(" ");
  if (place !== "") for (const { solid } of readings.slice(0, 2)) keys.add(placeKey(solid, place));
  const part = others.find(({ role }) => role === "part");
  for (const { tokens } of part === undefined ? [whole] : [whole, part]) {
    keys.add(wordsKey(tokens));
    keys.add(coreKey(tokens) ?? `c:${coreOf(tokens)}`);
  }
  addShort(keys, whole);
  const named = part ?? whole;
  for (const word of rareWords(named.tokens).slice(0, 4)) keys.add(`t:${word}`);
  for (const key of segmentLookups(named.solid)) keys.add(key);
  const latin = inLatinToo(readings);
  if (latin !== undefined) {
    for (const word of rareWords(latin.tokens).slice(0, 2)) keys.add(`t:${word}`);
    for (const key of segmentLookups(latin.solid)) keys.add(key);
  }
  for (let kept = named.tokens.length - 1; kept > 0 && kept >= named.tokens.length - 2; kept--)
    addName(keys, named.tokens.slice(0, kept).join(""));
}

/** What is said may be initials, or the label of a domain; what is known may be the initials of what is said. */
function addShort(keys: Set<string>, reading: Reading): void {
  const { tokens, solid } = reading;
  if (solid.length >= MIN_LABEL && solid.length <= 30) keys.add(`l:${solid}`);
  if (tokens.length === 1 && solid.length <= 8) keys.add(`i:${solid}`);
  for (const initials of initialsOf(reading).slice(0, 1)) keys.add(`n:${initials}`);
}

const placeKey = (solid: string, place: string): string =>
  `p:${solid.slice(0, MAX_NAME_KEY)}@${place.slice(0, 40)}`;

const sortedKey = (words: readonly string[]): string => [...words].sort().join(" ").slice(0, MAX_NAME_KEY);

export const wordsKey = (tokens: readonly string[]): string =>
  `w:${sortedKey(tokens.filter((word) => !FUNCTION_WORDS.has(word)).map(longForm))}`;

const coreOf = (tokens: readonly string[]): string =>
  sortedKey(tokens.filter((word) => weightOf(word) >= 0.5));

/** Null where all words count: w: says the same then. */
function coreKey(tokens: readonly string[]): string | null {
  const core = coreOf(tokens);
  return core === "" || `w:${core}` === wordsKey(tokens) ? null : `c:${core}`;
}

/** Words that may be found alone, the longest first. */
function rareWords(tokens: readonly string[]): string[] {
  return [...new Set(tokens)]
    .filter((word) => weightOf(word) === 1 && word.length >= 2 && lettersIn(word) >= 3)
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

/**
 * The registrable domain an account may be found by; null for a mailbox provider's or a host of many firms' pages,
 * however it got into the CRM. The platform itself keeps its own: "facebook.com" stays with an account named Facebook.
 */
export function accountDomain(domain: string | null, name: string): string | null {
  const host = domain === null ? null : hostOf(domain);
  const registrable = registrableDomain(host);
  if (host === null || registrable === null || isFreeMail(registrable) || isDisposable(registrable))
    return null;
  if (!isPageHost(host)) return registrable;
  const label = domainLabel(host) ?? "";
  return companySpellings(name).some(({ tokens }) => tokens.includes(label)) ? registrable : null;
}

function addLabel(keys: Set<string>, domain: string | null): void {
  const label = domain === null ? null : domainLabel(domain);
  if (label !== null && label.length >= MIN_LABEL) keys.add(`l:${label}`);
}

function addName(keys: Set<string>, solid: string): void {
  if (solid.length > 1) keys.add(nameKey(solid));
}

export const nameKey = (solid: string): string => `n:${solid.slice(0, MAX_NAME_KEY)}`;
