/** Territories, routing rules, suppression, SLA policies and scoring of the configuration document. */
import * as z from "zod";
import { condition } from "./condition.ts";
import { duration, id, label } from "./primitives.ts";

/** Where a rule sends a lead. Exactly one key. */
export const target = z
  .union([
    z.strictObject({ accountOwner: z.literal(true) }),
    z.strictObject({ accountRole: z.string().min(1).max(64) }),
    z.strictObject({ opportunityOwner: z.literal(true) }),
    z.strictObject({ territory: z.literal(true) }),
    z.strictObject({ team: id }),
    z.strictObject({ person: id }),
    z.strictObject({ queue: id }),
  ])
  .meta({ id: "Target" });
export type Target = z.infer<typeof target>;

export const territory = z.strictObject({ id, name: label.nullish(), when: condition, to: target });

export const rule = z.strictObject({
  id,
  name: label.nullish(),
  when: condition.default({}),
  to: target,
  backup: target.nullish(),
  sla: id.nullish(),
  priority: z.int().min(0).max(100).default(0),
  tags: z.array(z.string().max(64)).max(50).default([]),
  requires: z
    .strictObject({
      skills: z.array(z.string().max(64)).max(50).default([]),
      /** Languages by code, or `{ field: "lead.language" }`. */
      languages: z
        .union([z.array(z.string().max(35)).max(50), z.strictObject({ field: z.string().max(100) })])
        .default([]),
    })
    .nullish(),
  /** `observe` traces what the rule would have done and goes on. */
  mode: z.enum(["enforce", "observe"]).default("enforce"),
});

export const suppression = z.strictObject({
  id,
  name: label.nullish(),
  when: condition,
  to: target,
  backup: target.nullish(),
  sla: id.nullish(),
});

export const CHANNELS = ["call", "sms", "email", "chat", "meeting", "linkedin", "letter", "other"] as const;
export type Channel = (typeof CHANNELS)[number];

export const slaPolicy = z.strictObject({
  id,
  assign: duration.default("PT2M"),
  firstTouch: duration.default("PT10M"),
  firstTouchByChannel: z.partialRecord(z.enum(CHANNELS), duration).default({}),
  acceptedChannels: z.array(z.enum(CHANNELS)).min(1).default(["call", "sms", "email", "chat", "meeting"]),
  warnAt: z.number().gt(0).lt(1).default(0.7),
  secondTouch: duration.default("PT30M"),
  noReply: duration.default("PT4H"),
  untouchedTask: duration.default("PT24H"),
  takeoverTouch: duration.default("PT30M"),
  acceptWithin: duration.nullish(),
  effort: z
    .strictObject({ attempts: z.int().min(1).max(50), channels: z.int().min(1).max(8), within: duration })
    .default({ attempts: 6, channels: 2, within: "P5D" }),
  maxReassignments: z.int().min(0).max(50).default(3),
});

export const slaRule = z.strictObject({ when: condition, sla: id });

export const scoring = z.strictObject({
  rules: z
    .array(
      z.strictObject({
        id,
        when: condition,
        points: z.number().min(-1000).max(1000),
        /** Which of the two scores the points count towards; both add up to `score`. */
        counts: z.enum(["fit", "intent"]).default("fit"),
      }),
    )
    .max(500)
    .default([]),
  segments: z
    .array(z.strictObject({ id, min: z.number() }))
    .max(50)
    .default([]),
});

export const routing = z.strictObject({
  rules: z.array(rule).max(2000).default([]),
  default: z.array(id).min(1).max(50),
  defaultSla: id,
  /** How long a relationship owner who is off shift keeps a lead, wall time. */
  maxWait: duration.default("PT16H"),
  /** How long the last owner of a person keeps them. */
  lastOwnerWithin: duration.default("P90D"),
});
