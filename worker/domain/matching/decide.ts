// Which account does the lead belong to? The strongest method decides, ties are broken by evidence, and doubt is no match.
import { featuresOf, readLead, type Features } from "./features.ts";
import { companySpellings } from "./normalize.ts";
import { scoreCandidate, type Scored } from "./score.ts";
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
  /** The account of the contact whose e-mail this is, if there is one. */
  contactAccountId?: string | null;
  /** Accounts found under leadKeys(lead); the contact's account may be among them without a matched key. */
  candidates: readonly AccountCandidate[];
}

/** Pure and symmetrical: the order of the candidates does not matter. */
export function decideMatch(
  lead: MatchLead,
  evidence: MatchEvidence,
  options: Partial<MatchOptions> = {},
): Match {
  return decideOn(lead, evidence, compareAll(lead, evidence.candidates), options);
}

/** The facts about every candidate; they depend on no option. */
export function compareAll(lead: MatchLead, candidates: readonly AccountCandidate[]): Features[] {
  if (candidates.length === 0) return [];
  const readings = readLead(lead);
  return candidates.map((candidate) => featuresOf(lead, readings, candidate));
}

/** What speaks for one account, however little; null where nothing does. */
export function speaksFor(
  lead: MatchLead,
  candidate: AccountCandidate,
  options: Partial<MatchOptions> = {},
): MatchedAccount | null {
  const settings = { ...DEFAULT_MATCH_OPTIONS, ...options, reviewThreshold: 0 };
  const [features] = compareAll(lead, [candidate]);
  const scored = features === undefined ? null : scoreCandidate(lead, features, settings);
  return scored === null ? null : shown(scored);
}

/** The decision on facts already compared. */
export function decideOn(
  lead: MatchLead,
  evidence: MatchEvidence,
  features: readonly Features[],
  options: Partial<MatchOptions> = {},
): Match {
  const settings = { ...DEFAULT_MATCH_OPTIONS, ...options };
  const scored = rank(lead, features, settings);
  const contactId = evidence.contactAccountId ?? null;
  if (contactId !== null) return byContact(contactId, evidence.candidates, scored, settings);
  const best = scored[0];
  if (best === undefined) return none(lead, [], [noneFound(lead)], settings);
  const tied = scored.filter((each) => rivals(each, best, settings));
  const broken = breakTie(tied);
  if (broken === null) return none(lead, scored, [ambiguous(tied)], settings);
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
 * Where the mail comes from, then what the name and the domain's label say, then a website that is only claimed, then the
 * firm said to stand behind the sender's. Stronger evidence is never overruled by weaker; what can't be accepted is behind.
 */
function tier({ method, features, confidence }: Scored, settings: MatchOptions): number {
  const { mailDomain } = features;
  if (mailDomain === "own") return 1;
  if (mailDomain === "alias") return 2;
  if (confidence < settings.acceptThreshold) return 7;
  if (method === "family") return 6;
  if (method === "fuzzy") return features.websiteDomain === null ? 4 : 5;
  return method === "domain" || method === "alias" ? 5 : 3;
}

/** Near enough in the odds to be a rival. Country and the like are for the tie break to weigh. */
function rivals(one: Scored, best: Scored, settings: MatchOptions): boolean {
  const level = tier(best, settings);
  if (tier(one, settings) !== level) return false;
  return ![3, 4, 7].includes(level) || Math.abs(odds(best.confidence) - odds(one.confidence)) < RIVAL_ODDS;
}

const RIVAL_ODDS = 1.2;
/** Finite, however sure: a confidence is rounded, and may be 0. */
const odds = (share: number): number => {
  const inside = Math.min(0.9995, Math.max(0.0005, share));
  return Math.log(inside / (1 - inside));
};

function byContact(
  accountId: string,
  candidates: readonly AccountCandidate[],
  scored: readonly Scored[],
  settings: MatchOptions,
): Match {
  const name = candidates.find(({ id }) => id === accountId)?.name;
  const reasons = [`The e-mail is that of a known contact${name === undefined ? "" : ` of ${name}`}.`];
  const others = scored.filter((each) => each.accountId !== accountId).map(shown);
  const match = { accountId, confidence: 1, method: "contact" as const, reasons };
  return {
    ...match,
    candidates: [{ ...match, name: name ?? accountId }, ...others].slice(0, settings.maxCandidates),
  };
}

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

function ambiguous(tied: readonly Scored[]): string {
  const names = [...new Set(tied.map(({ name }) => name))];
  const said = names.length === 1 ? `are called ${names[0]}` : `fit (${names.slice(0, 3).join("; ")})`;
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
