/** From what a visitor sent and what is known of them to a plan, without any I/O: capture and dry run share it. */
import { asProviderNames, type CompanyFacts } from "../domain/enrichment/company.ts";
import { enrich, type EnrichedLead } from "../domain/enrichment/enrich.ts";
import { leadKeys } from "../domain/matching/keys.ts";
import { decideMatch } from "../domain/matching/decide.ts";
import { asProven } from "../domain/matching/sender.ts";
import type { ConfigDocument } from "../../schema/config/document.ts";
import type { AccountCandidate, Match, MatchOptions } from "../domain/matching/types.ts";
import { assembleFacts, type AccountFacts, type Scored } from "../domain/routing/facts.ts";
import { planRoute, type Relationship } from "../domain/routing/plan.ts";
import { relationshipOf } from "../domain/routing/relationship.ts";
import type { Basis } from "../domain/backtest/types.ts";
import type { Effect, Plan } from "../domain/routing/plan-types.ts";
import type { Touched } from "../domain/routing/candidates.ts";
import type { Timers } from "../domain/sla/timers.ts";
import type { Compiled } from "../domain/config/compiled.ts";
import type { CandidateAccount, Known } from "../store/known.ts";
import type { People } from "../domain/routing/people.ts";
import type { StoredFacts } from "../store/rows.ts";
import type { CaptureRequest } from "./deps.ts";

export const enrichRequest = (request: CaptureRequest): EnrichedLead =>
  enrich({
    fields: request.fields,
    edge: request.edge,
    page: request.page,
    attribution: request.attribution,
  });

export const keysOf = (lead: EnrichedLead, company?: CompanyFacts | null): string[] => {
  const named = asProviderNames(lead, company);
  return [...new Set([...leadKeys(lead), ...(named ? leadKeys(named) : [])])];
};

export const toMatchCandidate = (account: CandidateAccount): AccountCandidate => ({
  ...account,
  hasOpenOpportunity: account.openOpportunities.length > 0,
});

const matchLead = (
  lead: EnrichedLead,
  accounts: readonly CandidateAccount[],
  options: Partial<MatchOptions>,
): Match => decideMatch(lead, { candidates: accounts.map(toMatchCandidate) }, options);

/** What the configuration says of matching; documents published before it could say anything have the defaults. */
export const matchOptions = ({ document }: Compiled): Partial<MatchOptions> =>
  (document as Partial<ConfigDocument>).matching ?? {};

export const toStoredFacts = (request: CaptureRequest, enriched: EnrichedLead): StoredFacts => {
  const { custom, attribution, ...lead } = enriched;
  return {
    lead: { ...lead, custom, attribution },
    custom,
    page: request.page,
    attribution: attribution as unknown as Record<string, unknown>,
    consent: request.consent ?? null,
  };
};

/** With what a data provider said of the company before; and no slip where an account has the very domain. */
export const withKnown = (facts: StoredFacts, known: Pick<Known, "company" | "accounts">): StoredFacts => {
  const lead = asProven(facts.lead, known.accounts);
  const proven = lead === facts.lead ? facts : { ...facts, lead };
  return known.company === null ? proven : { ...proven, company: known.company.facts };
};

export interface Subject {
  facts: StoredFacts;
  formKey: string | null;
  source: string | null;
}

export interface Judged {
  match: Match;
  scored: Scored;
  relationship: Relationship | null;
}

/** With what was known of the lead beside its own words; kept with the decision, for back-tests. */
export interface JudgedAtCapture extends Judged {
  basis: Basis;
}

/** By the lead's own words; where those find nothing, by the name its domain's provider gives. */
const matchNamed = (
  lead: EnrichedLead,
  company: CompanyFacts | null,
  known: Known,
  options: Partial<MatchOptions>,
): Match => {
  const own = matchLead(lead, known.accounts, options);
  const named = own.accountId === null ? asProviderNames(lead, company) : null;
  if (named === null) return own;
  const other = matchLead(named, known.accounts, options);
  return other.accountId === null ? own : other;
};

/** Without what only matching needs. */
const accountFactsOf = (account: CandidateAccount): AccountFacts => {
  const {
    domains: _,
    otherNames: _1,
    updatedAt: _2,
    matchedKeys: _3,
    crowdedKeys: _4,
    ofContact: _5,
    openOpportunities: _6,
    ...facts
  } = account;
  return facts;
};

/** Match, score, territory and standing relationships: everything the policy looks at. */
export const judge = (compiled: Compiled, subject: Subject, known: Known, now: number): JudgedAtCapture => {
  const lead = asProven(subject.facts.lead, known.accounts);
  const company = subject.facts.company ?? null;
  const match = matchNamed(lead, company, known, matchOptions(compiled));
  const account = known.accounts.find((candidate) => candidate.id === match.accountId) ?? null;
  const basis: Basis = {
    company,
    contact: known.contact ? { ...known.contact } : null,
    match: { method: match.method, confidence: match.confidence, accountId: match.accountId },
    account: account && accountFactsOf(account),
    opportunity: account?.openOpportunities[0] ?? null,
  };
  const scored = assembleFacts(
    compiled,
    {
      lead: { ...lead },
      ...basis,
      page: subject.facts.page,
      attribution: subject.facts.attribution,
      custom: subject.facts.custom,
      formKey: subject.formKey,
      source: subject.source,
    },
    now,
  );
  return { match, basis, scored, relationship: relationshipOf(compiled, known, now) };
};

export interface Intent {
  compiled: Compiled;
  people: People;
  judged: Judged;
  facts: StoredFacts;
  now: number;
  event: "lead.assigned" | "lead.opened" | "lead.rerouted";
  cause: string;
  effects: readonly Effect[];
  /** Leads that wait for each team's opening already. */
  queued?: Readonly<Record<string, number>> | undefined;
  /** Timers that an open lead keeps whoever has it; a new one has those of its stage. */
  standing?: Timers;
  touched?: Touched | null;
}

export const visitorTimezone = (compiled: Compiled, facts: StoredFacts): string => {
  const told = facts.lead.timezone;
  return told ?? compiled.document.workspace.timezone;
};

/** Whether a call or a message to a phone can reach them. */
export const hasPhone = ({ lead }: StoredFacts): boolean => lead.phoneE164 !== null;

export const planLead = (
  intent: Intent,
  more: { skipQueues?: ReadonlySet<string>; exclude?: ReadonlySet<string> } = {},
): Plan =>
  planRoute({
    compiled: intent.compiled,
    people: intent.people,
    scored: intent.judged.scored,
    relationship: intent.judged.relationship,
    now: intent.now,
    visitorTimezone: visitorTimezone(intent.compiled, intent.facts),
    hasPhone: hasPhone(intent.facts),
    event: intent.event,
    cause: intent.cause,
    effects: intent.effects,
    queued: intent.queued,
    ...(intent.standing ? { standing: intent.standing } : {}),
    ...(intent.touched ? { touched: intent.touched } : {}),
    ...more,
  });
