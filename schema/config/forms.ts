/** Forms, dispositions, stages, notifications and retention of the configuration document. */
import * as z from "zod";
import { STAGES } from "../life.ts";
import { condition } from "./condition.ts";
import { duration, email, id, label } from "./primitives.ts";

export const FIELD_TYPES = [
  "email",
  "text",
  "textarea",
  "tel",
  "url",
  "number",
  "select",
  "country",
  "checkbox",
  "hidden",
] as const;

export const formField = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, "use letters, digits and underscores, starting with a letter"),
  type: z.enum(FIELD_TYPES).default("text"),
  label,
  required: z.boolean().default(false),
  placeholder: z.string().max(200).nullish(),
  help: z.string().max(500).nullish(),
  maxLength: z.int().min(1).max(20_000).nullish(),
  options: z
    .array(z.strictObject({ value: z.string().max(200), label }))
    .max(500)
    .nullish(),
  autocomplete: z.string().max(64).nullish(),
  value: z.string().max(500).nullish(),
});

export const form = z.strictObject({
  key: id,
  name: label,
  /** Origins that may embed the form, such as `https://acme.example`; `"*"` allows any. */
  allowedOrigins: z
    .array(
      z
        .string()
        .regex(/^(\*|https?:\/\/[^/\s]+)$/, "use an origin such as https://acme.example, without a path"),
    )
    .max(200)
    .default([]),
  fields: z.array(formField).min(1).max(60),
  title: z.string().max(200).nullish(),
  description: z.string().max(1000).nullish(),
  submitLabel: z.string().max(80).nullish(),
  consent: z
    .strictObject({ label: z.string().min(1).max(1000), required: z.boolean().default(false) })
    .nullish(),
  /** Where a plain form post is sent afterwards; the built-in thank-you page when absent. */
  thankYouUrl: z.string().max(2000).nullish(),
  /** Accent colour of the widget, `#rrggbb`. */
  accent: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, "use a colour such as #2456e6")
    .nullish(),
});

export const OUTCOMES = ["qualified", "disqualified", "rejected", "recycled", "scheduled"] as const;
export const disposition = z.strictObject({
  code: id,
  label,
  outcome: z.enum(OUTCOMES),
  recycle: z.boolean().default(false),
  /** The lead was none (a test, a mistake, spam): whom the rotation charged for it gets the credit back, by name. */
  invalid: z.boolean().default(false),
});

export const stageRule = z.strictObject({
  id: z.enum(STAGES),
  entry: condition.default({}),
  requiredFields: z.array(z.string().max(100)).max(50).default([]),
  maxAge: duration.nullish(),
});

const share = z.number().min(0).max(1);
export const commitments = z.strictObject({
  marketing: z
    .strictObject({ mqlsPerWeek: z.number().min(0).nullish(), requiredFieldsShare: share.nullish() })
    .nullish(),
  sales: z.strictObject({ firstTouchShare: share.nullish() }).nullish(),
});

export const notification = z.strictObject({
  id,
  channel: z.enum(["webhook", "email"]),
  /** webhook: where to post. */
  url: z.string().max(2000).nullish(),
  /** webhook: the name of the secret that signs it (Standard Webhooks); the secret itself never stands here. */
  secretRef: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]{0,63}$/, "use an environment name such as OPS_WEBHOOK_SECRET")
    .nullish(),
  /** email: who hears. */
  to: z.array(email).max(20).nullish(),
  /** Event types, `"*"` for all, or a prefix such as `sla.*`. None: it only carries what a person's `nudge` sends through it. */
  events: z.array(z.string().max(64)).max(100),
});

export const retention = z.strictObject({
  closedLeads: duration.nullish(),
  submissions: duration.nullish(),
  /** Imports with their parts and refused lines, from their last news on. */
  imports: duration.nullish(),
  /** What messages said, once they are sent. */
  deliveries: duration.nullish(),
});
