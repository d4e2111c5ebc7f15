// Several accounts fit equally well: which one is meant, and by what evidence?
import { isOneOfMany } from "./candidates.ts";
import { compareNames } from "./compare.ts";
import { closeness } from "./features.ts";
import { initialsOf } from "./initials.ts";
import { accountDomain } from "./keys.ts";
import { knownReadings, type Reading } from "./readings.ts";
import type { Scored } from "./score.ts";
import { accountHost, hostDepth } from "./sender.ts";
import type { MatchLead } from "./types.ts";

/** `by` ends a sentence that names the account. `tooMany`: it was chosen among accounts of which others were never seen. */
export type TieBreak = { winner: Scored; by: string | null } | { winner: null; tooMany: boolean };

interface Rule {
  by: string;
  holds: (scored: Scored, tied: readonly Scored[], lead: MatchLead) => boolean;
  /** Accounts that were never looked at may have it, too. */
  shared?: true;
}

const byDomain = ({ method }: Scored): boolean => method === "domain" || method === "alias";

/** "x@epa.state.example": of all who share state.example, the one whose own host is nearest above. */
const HOST: Rule = {
  by: "the e-mail comes from its own host",
  holds: (scored, tied, { emailDomain }) => {
    const depth = ({ features: { mailDomain, candidate } }: Scored) =>
      mailDomain === null ? 0 : hostDepth(emailDomain, candidate);
    return depth(scored) > 0 && tied.every((other) => depth(other) <= depth(scored));
  },
};

const hasName = ({ features: { name } }: Scored): boolean =>
  name !== null && name.same && name.said.role === "whole" && name.known.role === "whole";

/** How much nearer a name must be to what was said than the others of one domain. */
const MARGIN = 0.4;

const nearness = ({ features: { name } }: Scored): number =>
  name === null || name.agreed <= 0.5 ? -Infinity : closeness(name);

/** Only where a domain says already that it is one of these: else a name that is near proves nothing. */
const fitsBest = (scored: Scored, tied: readonly Scored[]): boolean =>
  tied.every(byDomain) &&
  nearness(scored) > -Infinity &&
  tied.every((other) => nearness(other) < nearness(scored) + MARGIN);

/** In this order; each keeps those for which it holds, if any. */
const RULES: readonly Rule[] = [
  HOST,
  { by: "it has the company name given", holds: hasName, shared: true },
  { by: "its name is the nearest to the company given", holds: fitsBest, shared: true },
  {
    by: "it is in the lead's country",
    holds: ({ features }) => features.country === "same",
    shared: true,
  },
  { by: "it is in the lead's city", holds: ({ features }) => features.sameTown, shared: true },
  { by: "it is in the lead's city", holds: ({ features }) => features.city === "same", shared: true },
  {
    by: "it has an open opportunity",
    holds: ({ features }) => features.candidate.hasOpenOpportunity,
    shared: true,
  },
];

const PARENT: Rule = {
  by: "it is the parent of the others",
  holds: ({ accountId }, tied) =>
    tied.every((other) => other.accountId === accountId || other.features.candidate.parentId === accountId),
};

/**
 * Host, name, country, city and open opportunity tell any accounts apart. Parent and latest activity only tell apart records
 * of one company: that one Town of Woodford was touched last week says nothing about which Woodford is asking. Nor do name,
 * country and the like where more accounts fit than were looked at.
 */
export function breakTie(tied: readonly Scored[], lead: MatchLead): TieBreak {
  let rest = tied;
  let by: string | null = null;
  let shared = false;
  for (const rule of isOneCompany(tied) ? [...RULES, PARENT] : RULES) {
    const kept = rest.filter((scored) => rule.holds(scored, rest, lead));
    if (kept.length === 0 || kept.length === rest.length) continue;
    rest = kept;
    by = rule.by;
    shared ||= rule.shared === true;
  }
  const [winner, ...others] = rest;
  if (winner === undefined) return { winner: null, tooMany: false };
  if (others.length > 0) {
    const last = latest(rest);
    const same = isOneCompany(rest) && rest.every((other) => !differClearly(last, other));
    const tooMany = isOneOfMany(last.features.candidate);
    return same && !tooMany ? { winner: last, by: "it was active last" } : { winner: null, tooMany };
  }
  const tooMany = (shared || !byDomain(winner)) && isOneOfMany(winner.features.candidate);
  return tooMany ? { winner: null, tooMany } : { winner, by };
}

function latest(tied: readonly Scored[]): Scored {
  return tied.reduce((best, next) => {
    const ahead = next.features.candidate.updatedAt - best.features.candidate.updatedAt;
    return ahead > 0 || (ahead === 0 && next.accountId < best.accountId) ? next : best;
  });
}

/** In one family, found by one host, or records without two different hosts between them. */
function isOneCompany(tied: readonly Scored[]): boolean {
  const candidates = tied.map(({ features }) => features.candidate);
  const family = new Set(candidates.map(({ id, parentId }) => parentId ?? id));
  if (family.size === 1) return true;
  const hosts = new Set(
    candidates.map(({ domain, name }) => (accountDomain(domain, name) === null ? null : accountHost(domain))),
  );
  if (tied.every(byDomain)) return !areSubdomains([...hosts]);
  return hosts.size === 1 && !hosts.has(null);
}

/** Two of one registrable domain: "dot.state.example", "epa.state.example". */
const areSubdomains = (hosts: readonly (string | null)[]): boolean => {
  const domains = hosts.map((host) => (host === null ? null : accountDomain(host, "")));
  return domains.some((domain, at) => domain !== null && domains.indexOf(domain) !== at);
};

/** A word of this weight on either side: "Nordwind Energy", "Nordwind Logistics". */
const SAYS_WHICH = 0.3;

/** Each is called by something that the other isn't, however their names are read. */
function differClearly(one: Scored, other: Scored): boolean {
  const wholes = ({ name }: Scored): Reading[] => knownReadings(name).filter(({ role }) => role === "whole");
  const isOther = (a: Reading, b: Reading): boolean => {
    const { heavySaid, heavyKnown } = compareNames(a, b);
    const short = (x: Reading, y: Reading) => x.tokens.length === 1 && initialsOf(y).includes(x.solid);
    return Math.min(heavySaid, heavyKnown) >= SAYS_WHICH && !short(a, b) && !short(b, a);
  };
  const [of, to] = [wholes(one), wholes(other)];
  return of.length > 0 && to.length > 0 && of.every((a) => to.every((b) => isOther(a, b)));
}
