// Which account does the lead belong to? The strongest method decides, ties are broken by evidence, and doubt is no match.
import { KEY_BOUND } from "./candidates.ts";
import { featuresOf, readLead, type Features } from "./features.ts";
import { companySpellings } from "./normalize.ts";
import { scoreCandidate, type Scored } from "./score.ts";
import { asProven } from "./sender.ts";
import { breakTie } from "./ties.ts";
import {
  DEFAULT_MATCH_OPTIONS,
  type AccountCandidate,
  type Match,
  type MatchedAccount,
  type MatchLead,
  type MatchOptions,
} from "./types.ts";

export interface MatchEvidence {
  /** Accounts found under leadKeys(lead), and those of contacts with the lead's address (`ofContact`), matched key or not. */
  candidates: readonly AccountCandidate[];
}

/** Pure and symmetrical: the order of the candidates does not matter. */
export function decideMatch(
  said: MatchLead,
  evidence: MatchEvidence,
  options: Partial<MatchOptions> = {},
): Match {
  const lead = asProven(said, evidence.candidates);
  return decideOn(lead, evidence, compareAll(lead, evidence.candidates), options);
}

/** The facts about every candidate; they depend on no option. The lead is taken as it is proven (sender.ts). */
export function compareAll(lead: MatchLead, candidates: readonly AccountCandidate[]): Features[] {
  if (candidates.length === 0) return [];
  const readings = readLead(lead);
  return candidates.map((candidate) => featuresOf(lead, readings, candidate));
}

/** What speaks for one account, however little; null where nothing does. */
export function speaksFor(
  said: MatchLead,
  candidate: AccountCandidate,
  options: Partial<MatchOptions> = {},
): MatchedAccount | null {
  const lead = asProven(said, [candidate]);
  const settings = { ...DEFAULT_MATCH_OPTIONS, ...options, reviewThreshold: 0 };
  const [features] = compareAll(lead, [candidate]);
  const scored = features === undefined ? null : scoreCandidate(lead, features, settings);
  return scored === null ? null : shown(scored);
}

/** The decision on facts already compared, of the lead they were compared with. */
export function decideOn(
  lead: MatchLead,
  evidence: MatchEvidence,
  features: readonly Features[],
  options: Partial<MatchOptions> = {},
): Match {
  const settings = { ...DEFAULT_MATCH_OPTIONS, ...options };
  const scored = rank(lead, features, settings);
  const named = evidence.candidates.filter(({ ofContact }) => ofContact);
  if (named.length > 0) return byContacts(lead, named, scored, settings);
  const best = scored[0];
  if (best === undefined) return none(lead, [], [noneFound(lead)], settings);
  const tied = scored.filter((each) => rivals(each, best, settings));
  const broken = breakTie(tied, lead);
  if (broken.winner === null) return none(lead, scored, [ambiguous(tied, broken.tooMany)], settings);
  const { winner, by } = broken;
  const doubt = refusal(lead, winner, settings);
  const listed = [winner, ...scored.filter((each) => each !== winner)];
  if (doubt !== null) return none(lead, listed, [doubt], settings);
  const reasons =
    by === null
      ? winner.reasons
      : [...winner.reasons, `Of ${tied.length} accounts that fit, ${winner.name} was taken because ${by}.`];
  return {
    accountId: winner.accountId,
    confidence: winner.confidence,
    method: winner.method,
    reasons,
    candidates: listed.slice(0, settings.maxCandidates).map(shown),
  };
}

function rank(lead: MatchLead, features: readonly Features[], settings: MatchOptions): Scored[] {
  return features
    .map((each) => scoreCandidate(lead, each, settings))
    .filter((each) => each !== null)
    .sort(
      (a, b) =>
        tier(a, settings) - tier(b, settings) ||
        b.confidence - a.confidence ||
        (a.accountId < b.accountId ? -1 : 1),
    );
}

/**
 * Where the mail comes from, then what the name and the domain's label say, then a website that is only claimed (its owner
 * before those who only use it), then the firm said to stand behind the sender's. Stronger evidence is never overruled by
 * weaker; what can't be accepted is behind.
 */
function tier({ method, features, confidence }: Scored, settings: MatchOptions): number {
  const { mailDomain, websiteDomain } = features;
  if (mailDomain === "own") return 1;
  if (mailDomain === "alias") return 2;
  if (confidence < settings.acceptThreshold) return UNSURE;
  if (method === "family") return 7;
  if (method === "fuzzy") return websiteDomain === null ? 4 : 6;
  if (method === "domain") return 5;
  return method === "alias" ? 6 : 3;
}

const UNSURE = 8;
/** Where confidence says how near two are; on the others it is the same evidence for all. */
const WEIGHED: readonly number[] = [3, 4, UNSURE];

/** Near enough in the odds to be a rival. Country and the like are for the tie break to weigh. */
function rivals(one: Scored, best: Scored, settings: MatchOptions): boolean {
  const level = tier(best, settings);
  if (tier(one, settings) !== level) return false;
  return !WEIGHED.includes(level) || Math.abs(odds(best.confidence) - odds(one.confidence)) < RIVAL_ODDS;
}

const RIVAL_ODDS = 1.2;
/** Finite, however sure: a confidence is rounded, and may be 0. */
const odds = (share: number): number => {
  const inside = Math.min(0.9995, Math.max(0.0005, share));
  return Math.log(inside / (1 - inside));
};

/** A known contact decides; contacts of several accounts only where the address is of one of these accounts' domains. */
function byContacts(
  lead: MatchLead,
  named: readonly AccountCandidate[],
  scored: readonly Scored[],
  settings: MatchOptions,
): Match {
  const of = named.map(({ id, name }) => contactOf(id, name, named.length)).sort(byId);
  const others = scored
    .filter((each) => of.every(({ accountId }) => accountId !== each.accountId))
    .map(shown);
  const [only] = named.length === 1 ? of : chosenByDomain(of, scored);
  if (only === undefined) {
    const candidates = [...of, ...others].slice(0, settings.maxCandidates);
    return {
      ...none(lead, [], [severalContacts(of)], settings),
      confidence: of[0]?.confidence ?? 0,
      candidates,
    };
  }
  const { name: _, ...match } = { ...only, confidence: 1 };
  const rest = [...of.filter((each) => each !== only), ...others];
  return {
    ...match,
    candidates: [{ ...only, confidence: 1 }, ...rest].slice(0, settings.maxCandidates),
  };
}

const byId = (a: MatchedAccount, b: MatchedAccount): number => (a.accountId < b.accountId ? -1 : 1);

const contactOf = (accountId: string, name: string, count: number): MatchedAccount => ({
  accountId,
  name,
  confidence: Math.round(1000 / count) / 1000,
  method: "contact",
  reasons: [`The e-mail is that of a known contact of ${name}.`],
});

/** Of these, the one whose own domain the mail comes from; else the one for which it is another domain. Several: none. */
function chosenByDomain(of: readonly MatchedAccount[], scored: readonly Scored[]): MatchedAccount[] {
  for (const how of ["own", "alias"] as const) {
    const found = of.filter(({ accountId }) =>
      scored.some((each) => each.accountId === accountId && each.features.mailDomain === how),
    );
    if (found.length > 0) return found.length === 1 ? found : [];
  }
  return [];
}

const severalContacts = (of: readonly MatchedAccount[]): string =>
  `The e-mail is that of contacts of ${of.length} accounts (${of
    .map(({ name }) => name)
    .slice(0, 3)
    .join("; ")}), and its domain doesn't say which.`;

/** Why the best candidate may not be taken, or null if it may. */
function refusal(lead: MatchLead, best: Scored, settings: MatchOptions): string | null {
  const personal = lead.corporateDomain === null;
  if (personal && lead.disposable)
    return `The address is a throw-away, so ${best.name} is only a suggestion.`;
  if (personal && lead.freeMail && settings.freeMailNames === "suggest") {
    return `The address is free mail, so what it says of the company proves nothing: ${best.name} is a suggestion for a person to confirm.`;
  }
  if (best.confidence >= settings.acceptThreshold) return null;
  return `The best candidate, ${best.name}, is not sure enough (${percent(best.confidence)}, ${percent(settings.acceptThreshold)} needed).`;
}

function none(lead: MatchLead, scored: readonly Scored[], reasons: string[], settings: MatchOptions): Match {
  const confidence = scored[0]?.confidence ?? 0;
  return {
    accountId: null,
    confidence,
    method: "none",
    reasons: [...reasons, ...junkNote(lead)],
    candidates: scored.slice(0, settings.maxCandidates).map(shown),
  };
}

function ambiguous(tied: readonly Scored[], tooMany: boolean): string {
  const names = [...new Set(tied.map(({ name }) => name))];
  const said = names.length === 1 ? `are called ${names[0]}` : `fit (${names.slice(0, 3).join("; ")})`;
  if (tooMany)
    return `More than ${KEY_BOUND} accounts ${said}, which is too many to tell apart by what the request says.`;
  return `${tied.length} different accounts ${said}, and nothing in the request says which.`;
}

function noneFound(lead: MatchLead): string {
  const mail =
    lead.corporateDomain === null
      ? "The address names no company"
      : `No account has the domain ${lead.corporateDomain}`;
  return lead.company === null
    ? `${mail}, and no company was given.`
    : `${mail}, and no account is called ${lead.company.replace(/\.$/, "")}.`;
}

function junkNote(lead: MatchLead): string[] {
  if (lead.company === null || !companySpellings(lead.company).every(({ junk }) => junk)) return [];
  return [`“${lead.company}” is not a company's name.`];
}

function shown({ accountId, name, confidence, method, reasons }: Scored): MatchedAccount {
  return { accountId, name, confidence, method, reasons };
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
