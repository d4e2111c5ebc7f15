/** Which account is meant? The same reading and the same decision as at capture, for many leads, and nothing written. */
import type { MatchAnswer, MatchedLead, MatchFeature } from "../../schema/wire/match.ts";
import { enrich } from "../domain/enrichment/enrich.ts";
import { compareAll, decideOn } from "../domain/matching/decide.ts";
import { explain } from "../domain/matching/explain.ts";
import { leadKeys } from "../domain/matching/keys.ts";
import { asProven } from "../domain/matching/sender.ts";
import { DEFAULT_MATCH_OPTIONS, type Match } from "../domain/matching/types.ts";
import { readCandidates } from "../store/candidates.ts";
import { loadCurrentConfig } from "../store/config.ts";
import { matchOptions, toMatchCandidate } from "./decide.ts";
import type { Deps } from "./deps.ts";

/**
 * A look-up asks which account is meant, so a company name from a free mailbox is taken at its word; routing takes it as
 * a suggestion only (docs/matching.md).
 */
const LOOK_UP = { freeMailNames: "accept" } as const;

export interface Looked {
  matches: Omit<MatchAnswer["results"][number], "id">[];
  thresholds: MatchAnswer["thresholds"];
}

/** One answer for each lead's fields, in order. */
export const matchLeads = async (
  deps: Pick<Deps, "db">,
  leads: readonly Readonly<Record<string, unknown>>[],
): Promise<Looked> => {
  const enriched = leads.map((fields) => enrich({ fields, edge: {} }));
  const [found, compiled] = await Promise.all([
    readCandidates(
      deps.db,
      enriched.map((lead) => ({ emailNorm: lead.emailNormalized, keys: leadKeys(lead) })),
      "lookUp",
    ),
    loadCurrentConfig(deps.db),
  ]);
  const settings = { ...DEFAULT_MATCH_OPTIONS, ...(compiled ? matchOptions(compiled) : {}), ...LOOK_UP };
  const matches = enriched.map((said, at) => {
    const candidates = (found[at]?.accounts ?? []).map(toMatchCandidate);
    const lead = asProven(said, candidates);
    const features = compareAll(lead, candidates);
    const evidence = { candidates };
    const match = decideOn(lead, evidence, features, settings);
    const routed = () => decideOn(lead, evidence, features, { ...settings, freeMailNames: "suggest" });
    const suggestionOnly = lead.freeMail && match.accountId !== null && routed().accountId === null;
    const answer = shown(match, (id) => {
      const compared = features.find(({ candidate }) => candidate.id === id);
      return compared ? explain(lead, compared, settings.weights) : [];
    });
    return suggestionOnly ? { ...answer, suggestionOnly } : answer;
  });
  return { matches, thresholds: { accept: settings.acceptThreshold, review: settings.reviewThreshold } };
};

/** A match as the API shows it; with what agrees and doesn't, where somebody looks into it. */
export const shown = (match: Match, featuresOf?: (accountId: string) => MatchFeature[]): MatchedLead => {
  const { accountId, confidence, method, reasons, candidates } = match;
  const name = candidates.find((each) => each.accountId === accountId)?.name;
  return {
    account: accountId === null ? null : { id: accountId, name: name ?? accountId },
    confidence,
    method,
    reasons,
    candidates: candidates.map((each) => ({
      account: { id: each.accountId, name: each.name },
      confidence: each.confidence,
      method: each.method,
      reasons: each.reasons,
      ...(featuresOf ? { features: featuresOf(each.accountId) } : {}),
    })),
  };
};
