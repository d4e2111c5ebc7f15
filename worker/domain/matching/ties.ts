// Several accounts fit equally well: which one is meant, and by what evidence?
import { accountDomain } from "./keys.ts";
import type { Scored } from "./score.ts";

/** `by` ends a sentence that names the account. Null: nothing tells them apart. */
export type TieBreak = { winner: Scored; by: string | null } | null;

interface Rule {
  by: string;
  holds: (scored: Scored, tied: readonly Scored[]) => boolean;
}

const hasName = ({ features: { name } }: Scored): boolean =>
  name !== null && name.same && name.said.role === "whole" && name.known.role === "whole";

/** In this order; each keeps those for which it holds, if any. */
const PLACE_RULES: readonly Rule[] = [
  { by: "it has the company name given", holds: hasName },
  { by: "it is in the lead's country", holds: ({ features }) => features.country === "same" },
  { by: "it is in the lead's city", holds: ({ features }) => features.city === "same" },
  { by: "it has an open opportunity", holds: ({ features }) => features.candidate.hasOpenOpportunity },
];

const PARENT: Rule = {
  by: "it is the parent of the others",
  holds: ({ accountId }, tied) =>
    tied.every((other) => other.accountId === accountId || other.features.candidate.parentId === accountId),
};

/**
 * Country, city and open opportunity tell any accounts apart. Parent and latest activity only tell apart records of one
 * company: that one Town of Woodford was touched last week says nothing about which Woodford is asking.
 */
export function breakTie(tied: readonly Scored[]): TieBreak {
  let rest = tied;
  let by: string | null = null;
  for (const rule of isOneCompany(tied) ? [...PLACE_RULES, PARENT] : PLACE_RULES) {
    const kept = rest.filter((scored) => rule.holds(scored, rest));
    if (kept.length === 0 || kept.length === rest.length) continue;
    rest = kept;
    by = rule.by;
  }
  const [winner, ...others] = rest;
  if (winner !== undefined && others.length === 0) return { winner, by };
  return isOneCompany(rest) ? { winner: latest(rest), by: "it was active last" } : null;
}

function latest(tied: readonly Scored[]): Scored {
  return tied.reduce((best, next) => {
    const ahead = next.features.candidate.updatedAt - best.features.candidate.updatedAt;
    return ahead > 0 || (ahead === 0 && next.accountId < best.accountId) ? next : best;
  });
}

/** Found by one domain, in one family, or records without two different domains between them. */
function isOneCompany(tied: readonly Scored[]): boolean {
  if (tied.every(({ method }) => method === "domain" || method === "alias")) return true;
  const candidates = tied.map(({ features }) => features.candidate);
  const family = new Set(candidates.map(({ id, parentId }) => parentId ?? id));
  if (family.size === 1) return true;
  const domains = new Set(candidates.map(({ domain, name }) => accountDomain(domain, name)));
  return domains.size === 1 && !domains.has(null);
}
