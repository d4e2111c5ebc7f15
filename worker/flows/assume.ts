/** Judging a lead as if the CRM knew what the question says, and had met neither this person nor their company before. */
import type { Assumption } from "../../schema/wire/route.ts";
import type { Compiled } from "../domain/config/compiled.ts";
import type { MatchMethod } from "../domain/matching/types.ts";
import { assumed } from "../domain/routing/assumed.ts";
import { assembleFacts, type KnownAbout } from "../domain/routing/facts.ts";
import type { Judged, Subject } from "./decide.ts";

/** No data provider is asked about a lead that is only assumed. */
const NO_COMPANY = { company: null };

const METHODS = new Set<string>([
  "contact",
  "domain",
  "alias",
  "suffix",
  "name",
  "fuzzy",
  "family",
] satisfies MatchMethod[]);

const isMethod = (method: string): method is MatchMethod => METHODS.has(method);

export const judgeAssumed = (
  compiled: Compiled,
  { facts, formKey, source }: Subject,
  assume: Assumption,
  now: number,
): Judged => {
  const unknown: KnownAbout = {
    lead: { ...facts.lead },
    contact: null,
    ...NO_COMPANY,
    match: { method: "none", confidence: 0, accountId: null },
    account: null,
    opportunity: null,
    page: facts.page,
    attribution: facts.attribution,
    custom: facts.custom,
    formKey,
    source,
  };
  const known = assumed(unknown, assume);
  const { method, confidence, accountId } = known.match;
  const found = accountId === null ? [] : [{ accountId, name: known.account?.name ?? accountId }];
  const said = {
    confidence,
    method: isMethod(method) ? method : "none",
    reasons: ["Assumed by the question."],
  };
  return {
    match: {
      accountId,
      ...said,
      candidates: found.map((account) => ({ ...account, ...said })),
    },
    scored: assembleFacts(compiled, known, now),
    relationship: null,
  };
};
