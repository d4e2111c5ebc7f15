/** A lead as the API and the board show it. */
import * as z from "zod";
import { CHANNELS } from "../config/routing.ts";
import { EVENT_TYPE_LIST } from "../events.ts";
import { STAGES, STATUSES } from "../life.ts";
import { accountRef, dayInput, isoInput, isoTime, LESSON_KINDS, personRef } from "./common.ts";
import { MATCH_METHODS } from "./words.ts";

export type { Status } from "../life.ts";

export const TIMER_KINDS = [
  "assign",
  "warning",
  "firstTouch",
  "opening",
  "secondTouch",
  "noReply",
  "takeoverTouch",
  "accept",
  "queueAge",
  "reminder",
  "untouchedTask",
  "rehome",
  "effort",
  "stageAge",
] as const;
export type TimerKind = (typeof TIMER_KINDS)[number];

export const matchResult = z
  .object({
    accountId: z.string().nullable(),
    confidence: z.number(),
    method: z.enum(MATCH_METHODS),
    reasons: z.array(z.string()),
    candidates: z.array(
      z.object({
        accountId: z.string(),
        name: z.string(),
        confidence: z.number(),
        method: z.enum(MATCH_METHODS),
        reasons: z.array(z.string()),
      }),
    ),
    corrected: z
      .object({ by: z.string(), at: isoTime, reason: z.string().nullable() })
      .optional()
      .describe("A person named the account; nothing automatic changes it then"),
  })
  .meta({ id: "Match" });

export const timelineEvent = z
  .object({
    id: z.string(),
    at: isoTime,
    type: z.enum(EVENT_TYPE_LIST),
    actor: z.string(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "TimelineEvent" });

export const timer = z.object({ kind: z.enum(TIMER_KINDS), dueAt: isoTime }).meta({ id: "Timer" });

export const leadSummary = z
  .object({
    id: z.string(),
    status: z.enum(STATUSES),
    stage: z.enum(STAGES),
    person: z.object({
      name: z.string().nullable(),
      email: z.string(),
      company: z.string().nullable(),
      title: z.string().nullable(),
      phone: z.string().nullable(),
      country: z.string().nullable(),
      timezone: z.string().nullable(),
    }),
    owner: personRef.nullable(),
    backup: personRef.nullable(),
    queue: z.object({ id: z.string(), name: z.string(), steward: personRef }).nullable(),
    account: accountRef.nullable(),
    form: z.string().nullable(),
    source: z.string().nullable(),
    score: z.number(),
    fit: z.number(),
    intent: z.number(),
    segment: z.string().nullable(),
    priority: z.number(),
    tags: z.array(z.string()),
    routing: z.object({ ruleId: z.string().nullable(), target: z.string(), reason: z.string() }),
    provisional: z.boolean(),
    sla: z.string(),
    policyVersion: z.int(),
    createdAt: isoTime,
    assignedAt: isoTime.nullable(),
    clockStartsAt: isoTime.nullable(),
    firstTouchDueAt: isoTime.nullable(),
    firstTouchAt: isoTime.nullable(),
    secondTouchDueAt: isoTime.nullable(),
    secondTouchAt: isoTime.nullable(),
    promiseAt: isoTime.nullable(),
    nextActionAt: isoTime.nullable(),
    warnedAt: isoTime.nullable(),
    breaches: z.int(),
    reassignments: z.int(),
    disposition: z
      .object({
        code: z.string(),
        label: z.string(),
        outcome: z.string(),
        note: z.string().nullable(),
        nextStep: z.string().nullable().optional(),
        recycleOn: z.string().nullable().optional().describe("The day it comes back by itself"),
        suppress: z.boolean().optional().describe("The address isn't to be contacted any more"),
        by: z.string().optional().describe("The person who closed it, or for whom it was closed"),
        at: isoTime,
      })
      .nullable(),
  })
  .meta({ id: "LeadSummary" });

/** One step of a recorded decision, in words and in data. */
export const traceStep = z
  .object({ step: z.string(), outcome: z.string(), detail: z.string() })
  .catchall(z.unknown())
  .meta({ id: "TraceStep" });

export const lead = leadSummary
  .extend({
    /** Counts changes: what a correction names to be sure that nothing happened in between. */
    version: z.int(),
    match: matchResult,
    fields: z.record(z.string(), z.unknown()),
    facts: z.record(z.string(), z.unknown()),
    attribution: z.record(z.string(), z.unknown()),
    trace: z.array(traceStep),
    timers: z.array(timer),
    timeline: z.array(timelineEvent),
    assignments: z.array(
      z.object({
        seq: z.int(),
        owner: personRef.nullable(),
        queue: z.string().nullable(),
        at: isoTime,
        reason: z.string(),
        ruleId: z.string().nullable(),
        considered: z.array(z.record(z.string(), z.unknown())),
      }),
    ),
  })
  .meta({ id: "Lead" });
export type Lead = z.infer<typeof lead>;
export type LeadSummary = z.infer<typeof leadSummary>;

export const leadList = z
  .object({ leads: z.array(leadSummary), next: z.string().nullable() })
  .meta({ id: "LeadList" });

export const touchBody = z
  .object({
    channel: z.enum(CHANNELS),
    direction: z.enum(["outbound", "inbound"]).default("outbound"),
    personal: z.boolean().default(true),
    automated: z.boolean().default(false),
    /** The person who reached out, where a key speaks for one. */
    by: z.string().max(64).nullish(),
    /** True where an automated touch can be answered to the owner. */
    replyPath: z.boolean().nullish(),
    outcome: z.string().max(64).nullish(),
    body: z.string().max(20_000).nullish(),
    at: isoInput.nullish(),
    evidence: z.looseObject({ grade: z.enum(["verified", "reported"]).nullish() }).nullish(),
    /** Makes a retry the same touch. */
    id: z.string().max(128).nullish(),
  })
  .meta({ id: "Touch" });
export type TouchBody = z.infer<typeof touchBody>;

export const dispositionBody = z
  .object({
    code: z.string().max(64),
    note: z.string().max(5000).nullish(),
    nextStep: z.string().max(1000).nullish(),
    recycleOn: dayInput.nullish(),
    /** Of a booking: when the next step is due, such as the meeting. */
    nextActionAt: isoInput.nullish(),
    /** Puts the address on the list of those that mustn't be contacted. */
    suppress: z.boolean().nullish(),
    by: z.string().max(64).nullish(),
  })
  .meta({ id: "DispositionRequest" });

export const reassignBody = z
  .object({
    to: z.string().max(64).nullish(),
    reason: z.string().min(1).max(500).nullish(),
    by: z.string().max(64).nullish(),
  })
  .meta({ id: "ReassignRequest" });

export const correctionBody = z
  .object({
    account: z
      .string()
      .min(1)
      .max(128)
      .nullable()
      .describe("The account's id; null: it belongs to none of them"),
    learn: z
      .array(z.enum(LESSON_KINDS))
      .max(2)
      .nullish()
      .describe(
        "What leads to the account from the next match on: the lead's corporate domain, the company as typed",
      ),
    reason: z.string().max(500).nullish(),
    reroute: z
      .boolean()
      .nullish()
      .describe("Route it again, while nobody has touched or moved it; else it stays with its owner"),
  })
  .meta({ id: "AccountCorrection" });

const correctable = z.string().max(500).nullish();

const contactFields = {
  email: z.string().max(254).nullish(),
  name: correctable,
  company: correctable,
  phone: z.string().max(40).nullish(),
  title: correctable,
  country: correctable,
  city: correctable,
  website: correctable,
  language: z.string().max(35).nullish(),
};

export const contactBody = z
  .strictObject({
    ...contactFields,
    fields: z.strictObject(contactFields).nullish().describe("The same, as a capture has them"),
    reason: z.string().max(500).nullish(),
    version: z.int().nullish().describe("The lead's version that was seen; another one is refused with 409"),
  })
  .meta({
    id: "ContactCorrection",
    description: "What is named is corrected, null empties it, the rest stays",
  });

export const handoffBody = z
  .object({
    stage: z.enum(STAGES),
    to: z.string().max(64),
    nextAction: z.string().min(1).max(1000),
    nextActionAt: isoInput.nullish(),
    by: z.string().max(64).nullish(),
  })
  .meta({ id: "HandoffRequest" });

export const bounceBody = z
  .object({
    kind: z.enum(["email", "phone"]),
    value: z.string().max(254).nullish(),
    reason: z.string().max(1000).nullish(),
    evidence: z.looseObject({ grade: z.enum(["verified", "reported"]).nullish() }).nullish(),
    by: z.string().max(64).nullish(),
  })
  .meta({ id: "BounceRequest" });

export const stageBody = z
  .object({ stage: z.enum(STAGES), by: z.string().max(64).nullish() })
  .meta({ id: "StageRequest" });

export const acceptBody = z.object({ by: z.string().max(64).nullish() }).meta({ id: "AcceptRequest" });
