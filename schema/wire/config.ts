/** Publishing the configuration document: what verification found, versions. */
import * as z from "zod";
import { isoTime } from "./common.ts";

export const finding = z
  .object({
    /** RFC 6901 pointer into the document that was sent. */
    pointer: z.string(),
    code: z.string(),
    message: z.string(),
  })
  .meta({ id: "Finding" });

export const verification = z
  .object({ errors: z.array(finding), warnings: z.array(finding) })
  .meta({ id: "Verification", description: "Errors block publishing; warnings are shown" });

export const configAnswer = z.object({
  version: z.int().meta({
    description: "The version in force: after publishing the new one, else the one that was and stays",
  }),
  verification,
});

export const configVersion = z
  .object({
    version: z.int(),
    publishedAt: isoTime,
    publishedBy: z.string(),
    note: z.string().nullable(),
  })
  .meta({ id: "ConfigVersion" });
