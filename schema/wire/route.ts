/** `POST /v1/route`: where would these leads go, and why? Nothing is written. */
import * as z from "zod";
import { acknowledgement, attribution, fieldValue, pageFacts } from "./capture.ts";
import { isoInput, isoTime, personRef } from "./common.ts";
import { timer, traceStep } from "./lead.ts";
import { matchedLead } from "./match.ts";

const id = z.union([z.string().max(200), z.number()]);
const place = z.string().max(200).nullish();

const text = z.string().max(500);
const known = z.record(z.string().max(100), z.unknown());

/** What the CRM would say, in place of what it says: a lead is decided as if this were all that is known of it. */
export const assumption = z
  .strictObject({
    match: z.strictObject({ method: text, confidence: z.number().min(0).max(1) }).partial(),
    account: z
      .strictObject({
        id: text,
        name: text,
        domain: text,
        parentId: text,
        owner: text,
        roles: z.record(z.string().max(64), text),
        country: text,
        city: text,
        industry: text,
        employees: z.number(),
        lifecycle: text,
        extra: known,
      })
      .partial(),
    contact: z
      .strictObject({ id: text, owner: text, title: text, lifecycle: text, doNotContact: z.boolean() })
      .partial(),
    opportunity: z.strictObject({ id: text, stage: text, amount: z.number(), owner: text }).partial(),
    attribution: known,
  })
  .partial()
  .meta({
    id: "Assumption",
    description:
      "As if the CRM knew this and nothing else: no account, contact, opportunity or earlier lead but these",
  });
export type Assumption = z.infer<typeof assumption>;

const about = {
  id: id.nullish(),
  /** The only form's, where the document has one. */
  formKey: z.string().max(64).nullish(),
  /** Another name for it, as server-to-server capture has it. */
  form: z.string().max(64).nullish(),
  source: z.string().max(64).nullish(),
  page: pageFacts.nullish(),
  attribution: attribution.nullish(),
  consent: z.unknown().optional(),
  assume: assumption.nullish(),
  /** What the network would know of the visitor. */
  edge: z
    .object({ country: place, city: place, region: place, timezone: place, language: place })
    .partial()
    .nullish(),
};

/** As for capture; fields may stand beside `id` instead of in `fields`. */
export const routeLead = z
  .object({ ...about, fields: z.record(z.string().min(1).max(100), fieldValue).optional() })
  .catchall(fieldValue)
  .meta({ id: "RouteLead" });
export type RouteLead = z.infer<typeof routeLead>;

export const routeQuestion = z
  .object({
    leads: z.array(routeLead).max(500, "send at most 500 leads at a time"),
    at: isoInput
      .nullish()
      .describe("The instant to decide for; now when absent. People and loads are today's"),
    document: z
      .unknown()
      .optional()
      .describe("A draft to decide by, in place of the document in force; `policyVersion` is then 0"),
    absent: z
      .array(z.string().max(64))
      .max(1000)
      .nullish()
      .describe("Ids of people to take as absent: not assignable, as if they were away"),
    deactivated: z
      .array(z.string().max(64))
      .max(1000)
      .nullish()
      .describe("Ids of people to take as deactivated: gone for good, from every last resort too"),
    inOrder: z
      .boolean()
      .nullish()
      .describe(
        "Each lead sees what those before it in the list would have changed; otherwise each stands alone",
      ),
  })
  .meta({ id: "RouteQuestion" });

export const dryRunDecision = z.object({
  ruleId: z.string().nullable(),
  owner: personRef.nullable(),
  queue: z.object({ id: z.string(), name: z.string(), steward: personRef }).nullable(),
  team: z.string().nullable(),
  target: z.string(),
  reason: z.string(),
  provisional: z.boolean(),
  sla: z.string(),
  clockStartsAt: isoTime.nullable(),
  firstTouchDueAt: isoTime.nullable(),
  promiseAt: isoTime.nullable(),
  /** Whether the owner would hold more leads awaiting first touch than their capacity, at a step that may exceed it. */
  beyondCapacity: z.boolean(),
  /** The open lead of the same e-mail that it would join. */
  joins: z.string().nullable(),
});

export const dryRunResult = z
  .object({
    id: id.nullable(),
    decision: dryRunDecision.nullable().describe("Null where the policy has no active person at all"),
    acknowledgement: acknowledgement.nullable(),
    match: matchedLead,
    score: z.number(),
    fit: z.number(),
    intent: z.number(),
    segment: z.string().nullable(),
    scoring: z.array(
      z.object({ rule: z.string(), points: z.number(), counts: z.enum(["fit", "intent"]), why: z.string() }),
    ),
    territory: z.string().nullable(),
    country: z
      .object({ code: z.string(), source: z.enum(["form", "phone", "edge"]) })
      .nullable()
      .describe(
        "Where the lead was taken to be, and who says so; what was sent as the country and is none that is known isn't used",
      ),
    priority: z.number(),
    tags: z.array(z.string()),
    trace: z.array(traceStep),
    considered: z
      .array(
        z.object({
          tier: z.int(),
          person: z.string().nullable(),
          rotation: z.string().nullable(),
          weight: z.number(),
          credit: z.number(),
          awaiting: z.int().nullable(),
          open: z.int().nullable(),
          capacity: z.int().nullable(),
          activeLeads: z.int().nullable(),
          room: z.boolean(),
        }),
      )
      .describe(
        "Everybody the pick looked at, step by step down to the one that won; credits are in leads, bounds are null where they don't bind",
      ),
    timers: z.array(timer),
  })
  .meta({ id: "DryRunResult" });
export type DryRunResult = z.infer<typeof dryRunResult>;

export const routeAnswer = z
  .object({ policyVersion: z.int(), at: isoTime, results: z.array(dryRunResult) })
  .meta({ id: "RouteAnswer" });
