/** Moving open leads to the policy in force. */
import * as z from "zod";
import { isoTime } from "./common.ts";

export const replanBody = z
  .object({
    dryRun: z.boolean().default(true).describe("Says what would move and writes nothing, unless false"),
    leads: z
      .array(z.string().max(64))
      .max(200)
      .nullish()
      .describe("Only these; else all open ones, in pages"),
    after: z.string().max(64).nullish().describe("The `next` of the answer before"),
    limit: z.int().min(1).max(200).default(100),
    reason: z.string().min(1).max(500).nullish(),
  })
  .meta({ id: "ReplanRequest" });

const sides = z.object({
  policyVersion: z.int(),
  sla: z.string(),
  firstTouchDueAt: isoTime.nullable(),
  nextDueAt: isoTime.nullable(),
});

export const replanAnswer = z
  .object({
    version: z.int(),
    dryRun: z.boolean(),
    moved: z.array(
      z.object({ leadId: z.string(), owner: z.string().nullable(), before: sides, after: sides }),
    ),
    unchanged: z.int(),
    refused: z.array(z.object({ leadId: z.string(), error: z.string() })),
    next: z.string().nullable(),
  })
  .meta({ id: "ReplanAnswer" });
export type ReplanAnswer = z.infer<typeof replanAnswer>;
