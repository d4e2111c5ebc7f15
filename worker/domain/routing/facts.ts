/** The facts conditions see, put together from what capture knows. */
import type { Compiled } from "../config/compiled.ts";
import { holds, type Facts } from "../conditions.ts";
import { localParts } from "../calendar/local.ts";
import type { CompanyFacts } from "../enrichment/company.ts";
import { scoreLead, type Score } from "../scoring/score.ts";

export interface AccountFacts {
  id: string;
  name: string;
  domain: string | null;
  parentId: string | null;
  owner: string | null;
  roles: Record<string, string>;
  country: string | null;
  city: string | null;
  industry: string | null;
  employees: number | null;
  lifecycle: string | null;
  extra: Record<string, unknown>;
}

export interface OpportunityFacts {
  id: string;
  stage: string | null;
  amount: number | null;
  owner: string | null;
}

export interface KnownAbout {
  /** What a data provider says of the lead's company. */
  company?: CompanyFacts | null;
  lead: Record<string, unknown>;
  contact: Record<string, unknown> | null;
  match: { method: string; confidence: number; accountId: string | null };
  account: AccountFacts | null;
  /** The account's open opportunity, the largest first; null where none is open. */
  opportunity: OpportunityFacts | null;
  page: Record<string, unknown>;
  attribution: Record<string, unknown>;
  custom: Record<string, unknown>;
  formKey: string | null;
  source: string | null;
}

export interface Scored {
  facts: Facts;
  score: Score;
  territory: { id: string; index: number } | null;
}

const timeFacts = (compiled: Compiled, now: number): Record<string, unknown> => {
  const local = localParts(now, compiled.document.workspace.timezone);
  return { hour: Number(local.time.slice(0, 2)), weekday: local.weekday, date: local.date };
};

/** Facts with score, segment and territory filled in: those derive from the others in this order. */
export const assembleFacts = (compiled: Compiled, known: KnownAbout, now: number): Scored => {
  const { account, opportunity } = known;
  const base = {
    lead: known.lead,
    company: known.company ?? {},
    contact: known.contact ?? {},
    match: known.match,
    account: account ? { ...account, ...account.roles } : {},
    opportunity: opportunity ? { ...opportunity, open: true } : { open: false },
    page: known.page,
    attribution: known.attribution,
    custom: known.custom,
    form: { key: known.formKey },
    source: known.source,
    time: timeFacts(compiled, now),
  };
  const score = scoreLead(compiled.document.scoring, base);
  const scored = {
    ...base,
    score: score.score,
    fit: score.fit,
    intent: score.intent,
    segment: score.segment,
  };
  const index = compiled.document.territories.findIndex((territory) => holds(territory.when, scored));
  const id = compiled.document.territories[index]?.id;
  const territory = id === undefined ? null : { id, index };
  return { facts: { ...scored, territory: territory ? { id: territory.id } : {} }, score, territory };
};
