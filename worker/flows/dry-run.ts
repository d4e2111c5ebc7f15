/**
 * Where would these leads go? The functions of capture on what capture would read, with the pick's twin in place of the
 * pick: a simulation that can't disagree with production, because it is production without the write.
 */
import type { Assumption, DryRunResult, RouteLead } from "../../schema/wire/route.ts";
import type { Compiled } from "../domain/config/compiled.ts";
import type { EnrichedLead } from "../domain/enrichment/enrich.ts";
import { firstTimeZone } from "../domain/enrichment/geo.ts";
import { senderDomain } from "../domain/matching/sender.ts";
import { creditKey, pick, type Pick as Picked } from "../domain/routing/pick.ts";
import type { Loads, Plan } from "../domain/routing/plan-types.ts";
import { withAbsent, withDeactivated } from "../domain/routing/people.ts";
import type { Timers } from "../domain/sla/timers.ts";
import type { Finding } from "../domain/verification/findings.ts";
import type { Known, OpenLead } from "../store/known.ts";
import { loadConfig } from "../store/config.ts";
import { readForDryRun } from "../store/dry-run.ts";
import type { StoredFacts } from "../store/rows.ts";
import { judgeAssumed } from "./assume.ts";
import { compileDraft } from "./draft.ts";
import { enrichRequest, judge, keysOf, planLead, toStoredFacts, withKnown, type Judged } from "./decide.ts";
import type { CaptureRequest, Deps } from "./deps.ts";
import { joining } from "./join.ts";
import { shown } from "./match.ts";

export interface DryRun {
  policyVersion: number;
  at: number;
  results: DryRunResult[];
}

export type DryRunOutcome =
  | { ok: true; run: DryRun }
  | { ok: false; reason: "unconfigured" }
  /** The draft to decide by has errors. */
  | { ok: false; reason: "document"; errors: readonly Finding[] }
  | { ok: false; reason: "unknown form"; index: number; formKey: string };

export interface DryRunQuestion {
  at: number;
  inOrder: boolean;
  /** People to take as absent. */
  absent: readonly string[];
  /** People to take as gone for good. */
  deactivated: readonly string[];
  /** A draft, as it was sent. */
  document?: unknown;
}

interface Asked {
  id: RouteLead["id"];
  request: CaptureRequest;
  formKey: string | null;
  facts: StoredFacts;
  /** What to take the CRM to know, in place of what it knows. */
  assume: Assumption | null;
}

const NOT_FIELDS = new Set([
  "id",
  "formKey",
  "form",
  "source",
  "page",
  "attribution",
  "consent",
  "edge",
  "fields",
  "assume",
]);

/** Fields in `fields`, or beside `id`. */
const fieldsOf = (lead: RouteLead): Record<string, unknown> => ({
  ...Object.fromEntries(Object.entries(lead).filter(([name]) => !NOT_FIELDS.has(name))),
  ...lead.fields,
});

const toAsked = (lead: RouteLead): Asked => {
  const { edge, page } = lead;
  const formKey = lead.formKey ?? lead.form ?? null;
  const request: CaptureRequest = {
    formKey: formKey ?? "",
    source: lead.source ?? null,
    submissionId: "dry-run",
    fields: fieldsOf(lead),
    consent: lead.consent ?? null,
    page: page ?? {},
    attribution: lead.attribution ?? {},
    edge: {
      country: edge?.country ?? null,
      city: edge?.city ?? null,
      region: edge?.region ?? null,
      language: edge?.language ?? null,
      timezone: firstTimeZone(page?.timezone, edge?.timezone),
    },
  };
  const facts = toStoredFacts(request, enrichRequest(request));
  return { id: lead.id, request, formKey, facts, assume: lead.assume ?? null };
};

/** Decides for every lead as of `at`; nothing is written. */
export const dryRun = async (
  deps: Pick<Deps, "db">,
  leads: readonly RouteLead[],
  question: DryRunQuestion,
): Promise<DryRunOutcome> => {
  const { at, inOrder, document } = question;
  const draft = document === undefined ? null : compileDraft(document, at);
  if (draft && !draft.ok) return { ok: false, reason: "document", errors: draft.errors };
  const asked = leads.map(toAsked);
  const questions = asked.map(({ facts: { lead } }) => ({
    emailNorm: lead.emailNormalized,
    corporateDomain: senderDomain(lead),
    keys: keysOf(lead),
  }));
  // One question too many, so that there is a configuration to read where there is no lead.
  const { known, loads } = await readForDryRun(
    deps.db,
    [...questions, { emailNorm: null, corporateDomain: null, keys: [] }],
    at,
  );
  const compiled = draft?.compiled ?? (await loadConfig(deps.db, known.at(-1)?.current.config ?? 0));
  if (!compiled) return { ok: false, reason: "unconfigured" };
  const index = asked.findIndex(({ formKey }) => formKey !== null && !compiled.forms.has(formKey));
  if (index >= 0) return { ok: false, reason: "unknown form", index, formKey: asked[index]?.formKey ?? "" };
  const world: World = { loads, decided: new Map(), queued: { ...known.at(-1)?.queued } };
  const results = asked.map((lead, index) => {
    const seen = known[index] as Known;
    const decided = decide(
      compiled,
      lead,
      inOrder ? after(seen, lead, world, at) : seen,
      world.loads,
      question,
    );
    if (inOrder && decided.picked) settle(world, lead, decided.picked);
    return decided.result;
  });
  return { ok: true, run: { policyVersion: compiled.version, at, results } };
};

/** What changes from lead to lead where they are taken in order. */
interface World {
  loads: Loads;
  decided: Map<string, string>;
  queued: Record<string, number>;
}

/** What the leads before it would have changed for this one: who owns its e-mail and its company. */
const after = (known: Known, { facts }: Asked, { decided, queued }: World, at: number): Known => {
  const mine = decided.get(`email ${facts.lead.emailNormalized ?? ""}`);
  const colleague = decided.get(`domain ${facts.lead.corporateDomain ?? ""}`);
  return {
    ...known,
    queued,
    ...(mine ? { lastOwner: { personId: mine, at } } : {}),
    ...(colleague ? { companyOwner: { personId: colleague, leadId: "dry-run" } } : {}),
  };
};

const settle = (world: World, { facts }: Asked, picked: Picked): void => {
  const { person, team, rotation, provisional } = picked.candidate;
  if (provisional && team !== null) world.queued = { ...world.queued, [team]: (world.queued[team] ?? 0) + 1 };
  const awaiting = new Map(world.loads.awaiting);
  const open = new Map(world.loads.open);
  const credits = new Map(world.loads.credits);
  if (person !== null) {
    if (!provisional) {
      awaiting.set(person, (awaiting.get(person) ?? 0) + 1);
      open.set(person, (open.get(person) ?? 0) + 1);
    }
    if (facts.lead.emailNormalized) world.decided.set(`email ${facts.lead.emailNormalized}`, person);
    if (facts.lead.corporateDomain) world.decided.set(`domain ${facts.lead.corporateDomain}`, person);
  }
  for (const { person, delta } of picked.moves) {
    const key = creditKey(rotation ?? "", person);
    credits.set(key, (credits.get(key) ?? 0) + delta);
  }
  world.loads = { awaiting, open, credits };
};

/** As capture names it where a server sends the lead; else the only form there is. */
const unsaidForm = (compiled: Compiled, source: string | null): string | null => {
  if (source !== null) return `source:${source}`;
  const [first, ...others] = compiled.forms.keys();
  return others.length === 0 ? (first ?? null) : null;
};

const decide = (
  compiled: Compiled,
  asked: Asked,
  known: Known,
  loads: Loads,
  { at, absent, deactivated }: DryRunQuestion,
): { result: DryRunResult; picked: Picked | null } => {
  const { request } = asked;
  const facts = withKnown(asked.facts, known);
  const formKey = asked.formKey ?? unsaidForm(compiled, request.source);
  const subject = { facts, formKey, source: request.source };
  const judged = asked.assume
    ? judgeAssumed(compiled, subject, asked.assume, at)
    : judge(compiled, subject, known, at);
  if (known.openLead && !asked.assume)
    return { result: joined(compiled, asked, judged, known.openLead, at), picked: null };
  const plan = planLead({
    compiled,
    people: withDeactivated(withAbsent(known.current.people, absent), deactivated, at),
    judged,
    facts,
    now: at,
    event: "lead.assigned",
    cause: "capture",
    effects: [],
    queued: known.queued,
  });
  const picked = pick(plan.candidates, loads);
  return { result: planned(compiled, asked, judged, plan, picked), picked };
};

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const shownTimers = (timers: Timers): DryRunResult["timers"] =>
  timers.map(({ kind, dueAt }) => ({ kind, dueAt: new Date(dueAt).toISOString() }));

const personRef = (compiled: Compiled, id: string | null): { id: string; name: string } | null =>
  id === null ? null : { id, name: compiled.people.get(id)?.name ?? id };

const queueRef = (compiled: Compiled, id: string | null, steward: string | null) => {
  const held = personRef(compiled, steward);
  return id === null || held === null
    ? null
    : { id, name: compiled.queues.get(id)?.name ?? id, steward: held };
};

const assessed = ({ id, facts: { lead } }: Asked, { match, scored }: Judged) => ({
  id: id ?? null,
  match: shown(match),
  score: scored.score.score,
  fit: scored.score.fit,
  intent: scored.score.intent,
  segment: scored.score.segment,
  scoring: scored.score.because,
  territory: scored.territory?.id ?? null,
  country: countryOf(lead),
});

const countryOf = ({ country: code, sources: { country: source } }: EnrichedLead): DryRunResult["country"] =>
  code === null || source === null ? null : { code, source };

const decisionOf = (
  compiled: Compiled,
  plan: Plan,
  { candidate, beyondCapacity }: Picked,
): DryRunResult["decision"] => ({
  ruleId: plan.ruleId,
  owner: personRef(compiled, candidate.person),
  queue: queueRef(compiled, candidate.queue, candidate.steward),
  team: candidate.team,
  target: candidate.target,
  reason: candidate.reason,
  provisional: candidate.provisional,
  sla: plan.slaId,
  clockStartsAt: iso(candidate.clockStartsAt),
  firstTouchDueAt: iso(candidate.firstTouchDueAt),
  promiseAt: iso(candidate.promiseAt),
  beyondCapacity,
  joins: null,
});

const planned = (
  compiled: Compiled,
  asked: Asked,
  judged: Judged,
  plan: Plan,
  picked: Picked | null,
): DryRunResult => ({
  ...assessed(asked, judged),
  decision: picked ? decisionOf(compiled, plan, picked) : null,
  acknowledgement: picked?.candidate.acknowledgement ?? null,
  priority: plan.priority,
  tags: plan.tags,
  trace: plan.trace,
  considered: picked?.considered ?? [],
  timers: shownTimers(picked?.candidate.timers ?? []),
});

const joined = (
  compiled: Compiled,
  asked: Asked,
  judged: Judged,
  lead: OpenLead,
  at: number,
): DryRunResult => {
  const { acknowledgement } = joining(compiled, lead, asked.facts, at);
  const reason = "joins the open lead of the same e-mail, which keeps its owner";
  return {
    ...assessed(asked, judged),
    decision: {
      ruleId: lead.routing.ruleId,
      owner: personRef(compiled, lead.ownerId),
      queue: queueRef(compiled, lead.queueId, lead.stewardId),
      team: lead.teamId,
      target: lead.routing.target,
      reason,
      provisional: lead.provisional,
      sla: lead.slaId,
      clockStartsAt: iso(lead.clockStartsAt),
      firstTouchDueAt: iso(lead.firstTouchDueAt),
      promiseAt: acknowledgement.promiseAt,
      beyondCapacity: false,
      joins: lead.id,
    },
    acknowledgement,
    priority: lead.priority,
    tags: lead.tags,
    trace: [
      {
        step: "duplicate",
        outcome: "joins",
        detail: `The e-mail has an open lead, ${lead.id}: this one ${reason}`,
        lead: lead.id,
      },
    ],
    considered: [],
    timers: shownTimers(lead.timers),
  };
};
