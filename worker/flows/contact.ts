/**
 * Contact data put right: normalised and judged again as if they had been sent so. While nobody has acted the lead may go to
 * somebody else for it; out of data cleanup it goes back to its owner, with a fresh first-touch target.
 */
import { enrich } from "../domain/enrichment/enrich.ts";
import type { Plan } from "../domain/routing/plan-types.ts";
import { isAround, standingOf } from "../domain/routing/people.ts";
import { lasting } from "../domain/sla/timers.ts";
import { foundingOf, lastPersonOf } from "../store/corrections.ts";
import { openLeadOf } from "../store/returning.ts";
import type { StoredFacts } from "../store/rows.ts";
import { finishTasks } from "../store/tasks.ts";
import { assignmentOf, judgedColumns, matchedData, planAgain } from "./again.ts";
import { closed, DONE, notTheirs, type Asker } from "./asking.ts";
import { cleanupQueue } from "./bounce.ts";
import { planLead, type Judged } from "./decide.ts";
import type { Deps } from "./deps.ts";
import { refuse, save, withLead, type Draft, type Hand, type Outcome } from "./hand.ts";
import { hashOf } from "./marks.ts";
import { judgeAgain } from "./refine.ts";
import { proposePerson, touchedOf } from "./takeover.ts";

/** Fields of a lead that may be corrected. */
export const CORRECTABLE = [
  "email",
  "name",
  "company",
  "phone",
  "title",
  "country",
  "city",
  "website",
  "language",
] as const;
export type Correctable = (typeof CORRECTABLE)[number];

export interface ContactCorrection {
  fields: Partial<Record<Correctable, string | null>>;
  /** The lead's version that the caller saw; null corrects whatever is there. */
  version: number | null;
  reason: string | null;
}

/** What stands in the lead now, under the names that a form would use. */
const asFields = ({ lead }: StoredFacts): Record<string, unknown> => ({
  email: lead.email,
  name: lead.name,
  company: lead.company,
  phone: lead.phone,
  title: lead.title,
  country: lead.country,
  city: lead.city,
  region: lead.region,
  website: lead.website,
  language: lead.language,
  timezone: lead.timezone,
  message: lead.message,
});

const present = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));

/** The facts as they are once corrected; what a field of the form meant stays as it was where nobody touched it. */
const corrected = async (hand: Hand, { fields }: ContactCorrection): Promise<StoredFacts> => {
  const { lead, deps } = hand;
  const founding = await foundingOf(deps.db, lead.id);
  const { custom, attribution, ...person } = enrich({
    fields: present({ ...asFields(lead.facts), ...fields }),
    edge: {},
    page: founding?.page ?? lead.facts.page,
    attribution: founding?.attribution ?? {},
  });
  return {
    ...lead.facts,
    lead: {
      ...person,
      custom: lead.facts.lead.custom ?? custom,
      attribution: lead.facts.lead.attribution ?? attribution,
    },
  };
};

const changedFields = (before: StoredFacts, after: StoredFacts): string[] =>
  CORRECTABLE.filter((name) => (before.lead[name] ?? null) !== (after.lead[name] ?? null));

/** Out of data cleanup: back to who had it, if they are there; else routed again, that queue's rules skipped. */
const backFromCleanup = async (
  hand: Hand,
  facts: StoredFacts,
  judged: Judged,
): Promise<Draft["assignment"] | null> => {
  const { lead, deps, compiled, current, now } = hand;
  const queue = cleanupQueue(hand);
  if (queue === null || lead.queueId !== queue.id) return null;
  const restartClock = lead.firstTouchAt === null;
  const { ruleId } = lead.routing;
  const mended = { ...hand, lead: { ...lead, facts } };
  const before = await lastPersonOf(deps.db, lead.id);
  const standing = before === null ? null : standingOf(compiled, current.people, before, lead.teamId, now);
  if (before !== null && standing !== null && isAround(standing)) {
    const proposal = proposePerson(mended, before, "correction", [], true);
    if (proposal) return { cause: "correction", ...proposal, ruleId, restartClock };
  }
  const plan = planLead(
    {
      compiled,
      people: current.people,
      judged,
      facts,
      now,
      event: "lead.rerouted",
      cause: "correction",
      effects: [],
      standing: lasting(lead.timers),
      touched: touchedOf(hand, true),
    },
    { skipQueues: new Set([queue.id]), exclude: new Set(hand.breachedBy) },
  );
  return { cause: "correction", ...plan, restartClock };
};

const columns = (
  hand: Hand,
  facts: StoredFacts,
  judged: Judged,
  plan: Plan | null,
): NonNullable<Draft["set"]> => ({
  facts: JSON.stringify(facts),
  email_norm: facts.lead.emailNormalized ?? hand.lead.emailNorm,
  corporate_domain: facts.lead.corporateDomain,
  account_id: judged.match.accountId,
  match: JSON.stringify(judged.match),
  ...judgedColumns(hand.lead, judged, plan),
});

const unusable = async (hand: Hand, facts: StoredFacts): Promise<Outcome<null> | null> => {
  const email = facts.lead.emailNormalized;
  if (email === null) return refuse(422, "This isn't an e-mail address.", "/email");
  if (email === hand.lead.emailNorm) return null;
  const other = await openLeadOf(hand.deps.db, email);
  return other === null
    ? null
    : refuse(
        409,
        `This address has an open lead already (${other}): work that one and close this.`,
        "/email",
      );
};

/** An address that is no more the lead's is remembered as privacy remembers it, so that its person is still found by it. */
const former = async ({ deps, lead }: Hand, { lead: { emailNormalized } }: StoredFacts): Promise<object> =>
  emailNormalized === null || emailNormalized === lead.emailNorm
    ? {}
    : { former: await hashOf(deps, lead.emailNorm) };

/** Corrects contact data. The same again changes nothing; a version that has passed is refused. */
export const correctContact = (
  deps: Deps,
  leadId: string,
  asker: Asker,
  request: ContactCorrection,
): Promise<Outcome<null>> =>
  withLead<null>(deps, leadId, async (hand) => {
    const { lead, now } = hand;
    if (!lead.open) return closed();
    const refusal = notTheirs(hand, asker);
    if (refusal) return refusal;
    if (request.version !== null && request.version !== lead.generation)
      return refuse(409, `The lead has changed since: it is at version ${lead.generation}.`, "/version");
    const facts = await corrected(hand, request);
    const fields = changedFields(lead.facts, facts);
    if (fields.length === 0) return DONE;
    const problem = await unusable(hand, facts);
    if (problem) return problem;
    const gone = await former(hand, facts);
    const judged = await judgeAgain(hand, facts);
    const back = await backFromCleanup(hand, facts, judged);
    const plan = back ? null : planAgain(hand, facts, judged, "correction");
    const matched = judged.match.accountId !== lead.match.accountId;
    await save(hand, {
      actor: asker.actor,
      set: columns(hand, facts, judged, plan),
      events: [
        { type: "lead.corrected", data: { fields, reason: request.reason, ...gone } },
        ...(matched ? [{ type: "lead.matched" as const, data: matchedData(judged) }] : []),
      ],
      ...(back ? { assignment: back } : assignmentOf(plan, "correction")),
      also: [finishTasks(deps.db, hand.openTasks, { how: "correction", actor: asker.actor, at: now }, now)],
    });
    return DONE;
  });
