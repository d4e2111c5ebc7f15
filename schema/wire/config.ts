/** Publishing the configuration document: what verification found, versions. */
import * as z from "zod";
import { isoTime } from "./common.ts";

export const finding = z
  .object({
    severity: z.enum(["error", "warning", "note"]),
    /** RFC 6901 pointer into the document that was sent. */
    pointer: z.string(),
    code: z.string(),
    message: z.string(),
    rules: z
      .array(z.string())
      .optional()
      .describe("Ids of what it is about: rules, suppression, territories"),
    counterexample: z
      .object({
        leads: z.array(z.looseObject({})),
        at: isoTime,
        absent: z.array(z.string()).optional(),
        deactivated: z.array(z.string()).optional(),
        path: z.array(z.string()).describe("What happens, step by step; not part of the request"),
      })
      .optional()
      .describe("Without `path`, the body of POST /v1/route that shows it under this document"),
  })
  .meta({ id: "Finding" });

const undecided = z
  .object({ code: z.string(), pointer: z.string(), rules: z.array(z.string()), message: z.string() })
  .meta({ id: "Undecided", description: "Took more than the budget: claimed to be neither safe nor unsafe" });

const proofStats = z
  .object({
    variables: z.int(),
    cells: z.int(),
    nodes: z.int(),
    branches: z.int(),
    proved: z.int().describe("Branches of which it is proved that they never end with nobody"),
    teams: z.array(
      z.object({
        team: z.string(),
        open: z.number().describe("Hours open in the coming year"),
        covered: z.number().describe("Of these, with somebody of the team on shift"),
      }),
    ),
  })
  .meta({ id: "ProofStats" });

export const verification = z
  .object({
    errors: z.array(finding),
    warnings: z.array(finding),
    notes: z.array(finding),
    undecided: z.array(undecided),
    stats: proofStats.nullable(),
  })
  .meta({ id: "Verification", description: "Errors block publishing; warnings are shown; notes are usual" });

export const configAnswer = z.object({
  version: z.int().meta({
    description: "The version in force: after publishing the new one, else the one that was and stays",
  }),
  verification,
});

export const configChange = z
  .object({
    kind: z.enum(["added", "removed", "changed", "moved"]),
    pointer: z
      .string()
      .meta({ description: "RFC 6901, into the newer document; into the older for what was removed" }),
    text: z.string(),
  })
  .meta({ id: "ConfigChange" });
export type ConfigChange = z.infer<typeof configChange>;

export const configDiff = z.object({
  version: z.int(),
  against: z.int(),
  changes: z.array(configChange).meta({ description: "What `version` changes in `against`" }),
});

export const configVersion = z
  .object({
    version: z.int(),
    publishedAt: isoTime,
    publishedBy: z.string(),
    note: z.string().nullable(),
  })
  .meta({ id: "ConfigVersion" });
export type ConfigVersion = z.infer<typeof configVersion>;
