/**
 * The mission on one screen: a demo request becomes an owned lead, and its visitor is told who answers and by when.
 *
 * One read of everything the decision needs, one atomic write of everything it leads to; whoever loses a race reads and
 * decides again. Only when the database can't be written at all does the lead's own object hold the submission.
 */
import type { Acknowledgement, CaptureAnswer } from "../../schema/wire/capture.ts";
import type { Compiled } from "../domain/config/compiled.ts";
import { senderDomain } from "../domain/matching/sender.ts";
import type { TraceStep } from "../domain/routing/plan-types.ts";
import { writeCapture } from "../store/capture.ts";
import type { NewEvent } from "../store/happened.ts";
import { OWN_CONTACT, readForCapture, type Known } from "../store/known.ts";
import { loadConfig, noteCurrent } from "../store/config.ts";
import { isStale } from "../store/db.ts";
import { ownContact } from "../store/suppressed.ts";
import {
  enrichRequest,
  judge,
  keysOf,
  planLead,
  toStoredFacts,
  withKnown,
  type Judged,
  type JudgedAtCapture,
} from "./decide.ts";
import { matchedData } from "./again.ts";
import { MAX_TRIES, type CaptureRequest, type Deps, type Identified, type Submission } from "./deps.ts";
import { contentHashOf, leadIdOf, verbatim } from "./identity.ts";
import { lookupOwed } from "./company.ts";
import { hashOf } from "./marks.ts";
import { joinOpenLead } from "./join.ts";
import { armClock, subscribedEffects } from "./announce.ts";

export type CaptureResult =
  | { kind: "captured"; answer: CaptureAnswer }
  | { kind: "repeat"; answer: CaptureAnswer }
  | { kind: "conflict" }
  | { kind: "unconfigured" };

/** Everything that the first read needs. */
const identify = async (request: CaptureRequest): Promise<Identified> => {
  const facts = toStoredFacts(request, enrichRequest(request));
  const key = await leadIdOf(request.formKey, request.submissionId);
  // Somebody without a usable address is never the same somebody as another.
  return { request, key, facts, emailNorm: facts.lead.emailNormalized ?? `none:${key}` };
};

/** What only the answer and the write need: worked out while the database reads. */
const sealed = async (
  deps: Deps,
  { request, key }: Identified,
  receipt?: string,
): Promise<Pick<Submission, "contentHash" | "receipt">> => {
  const contentHash = await contentHashOf(request);
  return { contentHash, receipt: receipt ?? (await deps.receiptFor(`${key}.${contentHash}`)) };
};

/** Captures a validated submission. Throws when the database can't be read or written; the caller then holds it. */
export const capture = async (
  deps: Deps,
  request: CaptureRequest,
  receipt?: string,
): Promise<CaptureResult> => {
  const identified = await identify(request);
  let seal: Promise<Pick<Submission, "contentHash" | "receipt">> | null = null;
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const now = deps.now();
    const reading = readKnown(deps, identified, now);
    seal ??= sealed(deps, identified, receipt);
    const [known, rest] = await Promise.all([reading, seal]);
    const submission: Submission = { ...identified, ...rest };
    if (known.repeat) return answerRepeat(known.repeat, submission.contentHash);
    const compiled = await loadConfig(deps.db, known.current.config);
    if (!compiled) return { kind: "unconfigured" };
    noteCurrent(compiled, now);
    try {
      const facts = withKnown(submission.facts, known);
      const judged = judge(compiled, { facts, formKey: request.formKey, source: request.source }, known, now);
      const answer = known.openLead
        ? await joinOpenLead(deps, compiled, submission, known.openLead, now)
        : await found(deps, compiled, { ...submission, facts }, known, judged, now);
      return { kind: "captured", answer };
    } catch (error) {
      if (!isStale(error)) throw error;
    }
  }
  throw new Error("The lead moved on too often to be written");
};

const readKnown = async (deps: Deps, { key, emailNorm, facts }: Identified, now: number): Promise<Known> =>
  readForCapture(deps.db, {
    submissionKey: key,
    emailNorm,
    emailHash: await hashOf(deps, emailNorm),
    corporateDomain: senderDomain(facts.lead),
    accountKeys: keysOf(facts.lead),
    now,
  });

const answerRepeat = (repeat: NonNullable<Known["repeat"]>, contentHash: string): CaptureResult =>
  repeat.contentHash === contentHash
    ? {
        kind: "repeat",
        answer: { leadId: repeat.leadId, acknowledgement: repeat.acknowledgement, receipt: repeat.receipt },
      }
    : { kind: "conflict" };

/** A new lead: plan, pick and write in one, then the clock. */
const found = async (
  deps: Deps,
  compiled: Compiled,
  submission: Submission,
  known: Known,
  judged: JudgedAtCapture,
  now: number,
): Promise<CaptureAnswer> => {
  const { request, key, facts } = submission;
  const plan = planLead({
    compiled,
    people: known.current.people,
    judged,
    facts,
    now,
    event: "lead.assigned",
    cause: "capture",
    effects: [{ kind: "visitor.acknowledged", channel: "email", recipient: "visitor" }],
    queued: known.queued,
  });
  const events = [...foundingEvents(submission, judged), ...unknownOwners(plan.trace)];
  const chosen = await writeCapture(deps.db, {
    lead: {
      id: key,
      formKey: request.formKey,
      source: request.source,
      emailNorm: submission.emailNorm,
      corporateDomain: facts.lead.corporateDomain,
      facts,
      match: judged.match,
      ...judged.scored.score,
      priority: plan.priority,
      tags: plan.tags,
      slaId: plan.slaId,
      stage: "inquiry",
      createdAt: request.receivedAt ?? now,
      at: now,
    },
    submission: {
      key,
      formKey: request.formKey,
      submissionId: request.submissionId,
      contentHash: submission.contentHash,
      body: verbatim(request),
      receipt: submission.receipt,
    },
    assignment: {
      leadId: key,
      seq: 1,
      at: now,
      cause: "capture",
      ruleId: plan.ruleId,
      policyVersion: compiled.version,
      configSeen: known.current.config,
      peopleSeen: known.current.revision,
      candidates: plan.candidates,
      trace: plan.trace,
      basis: judged.basis,
    },
    events,
    effects: [
      ...subscribedEffects(compiled, key, "1", events, now),
      ...lookupOwed(compiled, key, facts, judged.match, known.company),
    ],
    actor: "system",
    also: markCarried(deps, submission, known, now),
  });
  await armClock(deps, key, chosen.nextDueAt, now);
  deps.announce();
  return { leadId: key, acknowledgement: chosen.acknowledgement, receipt: submission.receipt };
};

/** Who mustn't be contacted and has no contact (any more) gets one of ours: whatever looks at the lead later sees it there. */
const markCarried = (
  deps: Deps,
  { facts, emailNorm }: Submission,
  { contact }: Known,
  now: number,
): D1PreparedStatement[] =>
  contact?.id.startsWith(OWN_CONTACT)
    ? [ownContact(deps.db, { id: contact.id, email: facts.lead.email ?? emailNorm, emailNorm }, now)]
    : [];

const foundingEvents = ({ request }: Submission, judged: Judged): NewEvent[] => [
  {
    type: "lead.captured",
    actor: request.source === null ? "visitor" : "system",
    data: { form: request.formKey, source: request.source, submissionId: request.submissionId },
  },
  {
    type: "lead.matched",
    actor: "system",
    data: matchedData(judged),
  },
];

/** People the CRM names as owners and Leadclock doesn't know: whoever keeps the CRM in step hears of them. */
const unknownOwners = (trace: readonly TraceStep[]): NewEvent[] =>
  [
    ...new Set(trace.flatMap(({ unknownOwner }) => (typeof unknownOwner === "string" ? [unknownOwner] : []))),
  ].map((name) => ({ type: "net.caught", actor: "system", data: { net: "unknownOwner", name } }));

/** The acknowledgement of a submission that could only be held. */
export const heldAcknowledgement = (timezone: string): Acknowledgement => ({
  kind: "received",
  message: "Thank you. We have your request and will come back to you.",
  owner: null,
  promiseAt: null,
  timezone,
});
