/** Which account is meant? The same reading and the same decision as at capture, for many leads, and nothing written. */
import type { MatchedLead } from "../../schema/wire/match.ts";
import { enrich } from "../domain/enrichment/enrich.ts";
import { decideMatch } from "../domain/matching/decide.ts";
import { leadKeys } from "../domain/matching/keys.ts";
import type { Match, MatchedAccount } from "../domain/matching/types.ts";
import { readCandidates } from "../store/candidates.ts";
import { loadCurrentConfig } from "../store/config.ts";
import { matchOptions } from "./decide.ts";
import type { Deps } from "./deps.ts";

/**
 * A look-up asks which account is meant, so a company name from a free mailbox is taken at its word; routing takes it as
 * a suggestion only (docs/matching.md).
 */
const LOOK_UP = { freeMailNames: "accept" } as const;

/** One answer for each lead's fields, in order. */
export const matchLeads = async (
  deps: Pick<Deps, "db">,
  leads: readonly Readonly<Record<string, unknown>>[],
): Promise<MatchedLead[]> => {
  const enriched = leads.map((fields) => enrich({ fields, edge: {} }));
  const [found, compiled] = await Promise.all([
    readCandidates(
      deps.db,
      enriched.map((lead) => ({ emailNorm: lead.emailNormalized, keys: leadKeys(lead) })),
    ),
    loadCurrentConfig(deps.db),
  ]);
  const options = { ...(compiled ? matchOptions(compiled) : {}), ...LOOK_UP };
  return enriched.map((lead, at) => {
    const { contact, accounts } = found[at] ?? { contact: null, accounts: [] };
    const candidates = accounts.map((account) => ({
      ...account,
      hasOpenOpportunity: account.openOpportunities.length > 0,
    }));
    return shown(decideMatch(lead, { contactAccountId: contact?.accountId ?? null, candidates }, options));
  });
};

const shownCandidate = ({ accountId, name, confidence, method, reasons }: MatchedAccount) => ({
  account: { id: accountId, name },
  confidence,
  method,
  reasons,
});

/** A match as the API shows it. */
export const shown = ({ accountId, confidence, method, reasons, candidates }: Match): MatchedLead => {
  const name = candidates.find((each) => each.accountId === accountId)?.name;
  return {
    account: accountId === null ? null : { id: accountId, name: name ?? accountId },
    confidence,
    method,
    reasons,
    candidates: candidates.map(shownCandidate),
  };
};
