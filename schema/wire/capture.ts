/** What a form asks, what a visitor sends, what they are told. */
import * as z from "zod";
import { form } from "../config/forms.ts";
import { isoTime } from "./common.ts";

const shortText = z.string().max(2000);

/** `GET /v1/forms/{key}`: what the widget needs and nothing else. */
export const publicForm = z
  .object({
    key: z.string(),
    name: z.string(),
    title: z.string().nullable(),
    description: z.string().nullable(),
    submitLabel: z.string(),
    accent: z.string().nullable(),
    consent: form.shape.consent.unwrap().unwrap().nullable(),
    fields: form.shape.fields,
  })
  .meta({ id: "PublicForm" });
export type PublicForm = z.infer<typeof publicForm>;

export const pageFacts = z.looseObject({
  url: shortText.nullish(),
  referrer: shortText.nullish(),
  title: shortText.nullish(),
  /** The visitor's IANA time zone, as the browser knows it. */
  timezone: z.string().max(64).nullish(),
  language: z.string().max(35).nullish(),
});

/** The attribution the widget collected; unknown keys are kept verbatim. */
export const attribution = z.record(z.string().max(100), z.unknown());

/** Field values: text, numbers, booleans or lists of text; nothing nested. */
export const fieldValue = z.union([
  z.string().max(20_000, "use at most 20,000 characters"),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.string().max(2000)).max(100),
]);

export const captureBody = z
  .object({
    submissionId: z
      .string()
      .regex(
        /^[A-Za-z0-9._:-]{1,128}$/,
        "use 1 to 128 letters, digits, dots, dashes, underscores or colons (a UUID fits)",
      ),
    fields: z.record(z.string().min(1).max(100), fieldValue),
    consent: z.unknown().optional(),
    page: pageFacts.nullish(),
    attribution: attribution.nullish(),
  })
  .meta({ id: "Submission" });
export type CaptureBody = z.infer<typeof captureBody>;

export const ACK_KINDS = ["in_coverage", "after_hours", "received"] as const;
export const DAY_PARTS = ["morning", "afternoon", "evening"] as const;
export type DayPart = (typeof DAY_PARTS)[number];
export const acknowledgement = z
  .object({
    kind: z.enum(ACK_KINDS),
    /** Plain words for the visitor, times in their zone. */
    message: z.string(),
    owner: z.object({ name: z.string() }).nullable(),
    promiseAt: isoTime.nullable(),
    /** Set where more is waiting than can be answered within one target: no minute is promised, `promiseAt` is its end. */
    dayPart: z.enum(DAY_PARTS).nullish(),
    /** With `after_hours`: somebody is on duty, but nobody who is has room. */
    busy: z.boolean().optional(),
    /** IANA zone in which the message tells times. */
    timezone: z.string(),
  })
  .meta({ id: "Acknowledgement" });
export type Acknowledgement = z.infer<typeof acknowledgement>;

export const captureAnswer = z
  .object({ leadId: z.string(), acknowledgement, receipt: z.string() })
  .meta({ id: "CaptureAnswer" });
export type CaptureAnswer = z.infer<typeof captureAnswer>;

/** `GET /v1/receipts/{token}`: the visitor's own view. */
export const receipt = z
  .object({
    status: z.enum(["received", "assigned", "answered", "closed"]),
    owner: z.object({ name: z.string() }).nullable(),
    promiseAt: isoTime.nullable(),
    dayPart: z.enum(DAY_PARTS).nullish(),
    late: z.boolean().meta({ description: "The promise has passed and nobody has reached out yet" }),
    receivedAt: isoTime,
    answeredAt: isoTime.nullable(),
    message: z.string(),
    timezone: z.string(),
  })
  .meta({ id: "Receipt" });
export type Receipt = z.infer<typeof receipt>;

/** Asked by the form about the domain of an address, never about the address. */
export const mailHint = z
  .object({
    suggestion: z
      .string()
      .nullable()
      .describe("The mail provider that was probably meant; null for all other domains"),
    message: z.string().nullable().describe("The same for the visitor, as the form shows it"),
  })
  .meta({ id: "MailHint" });
export type MailHint = z.infer<typeof mailHint>;
