/** `POST /v1/match`: which account is meant? Nothing is written. */
import * as z from "zod";
import { fieldValue } from "./capture.ts";
import { accountRef } from "./common.ts";
import { MATCH_METHODS } from "./words.ts";

const id = z.union([z.string().max(200), z.number()]);

/** Further fields are read as a form's would be (a phone number tells the country). */
export const matchQuestion = z
  .object({
    leads: z
      .array(
        z
          .object({
            id: id.nullish(),
            email: fieldValue.optional(),
            company: fieldValue.optional(),
            country: fieldValue.optional(),
            city: fieldValue.optional(),
            website: fieldValue.optional(),
          })
          .catchall(fieldValue),
      )
      .max(1000, "send at most 1,000 leads at a time"),
  })
  .meta({ id: "MatchQuestion" });

const found = {
  confidence: z.number().describe("0 to 1; of the best candidate where there is no match"),
  method: z.enum(MATCH_METHODS),
  reasons: z.array(z.string()),
};

const feature = z
  .object({
    name: z.enum(["email", "website", "company", "country", "city", "opportunity"]),
    value: z.string().describe("What agrees or doesn't, in a few words"),
    agrees: z.boolean().nullable().describe("Null: it says nothing either way"),
    weight: z
      .number()
      .nullable()
      .describe(
        "What it adds to the log-odds that this account is meant; null where it isn't weighed, or a domain decides instead",
      ),
  })
  .meta({ id: "MatchFeature" });
export type MatchFeature = z.infer<typeof feature>;

export const matchedLead = z
  .object({
    account: accountRef.nullable(),
    ...found,
    candidates: z
      .array(z.object({ account: accountRef, ...found, features: z.array(feature).optional() }))
      .describe("Best first, the match included"),
  })
  .meta({ id: "MatchedLead" });
export type MatchedLead = z.infer<typeof matchedLead>;

export const matchAnswer = z
  .object({
    results: z.array(
      matchedLead.extend({
        id: id.nullable(),
        suggestionOnly: z
          .literal(true)
          .optional()
          .describe(
            "The address is free mail: which account is meant is answered here, and routing takes it as a suggestion for a person to confirm",
          ),
      }),
    ),
    thresholds: z
      .object({ accept: z.number(), review: z.number() })
      .describe("From `accept` on an account is taken, from `review` on it is shown"),
  })
  .meta({ id: "MatchAnswer" });
export type MatchAnswer = z.infer<typeof matchAnswer>;
