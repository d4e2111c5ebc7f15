/** Imports: files of records sent in parts, how far they came, and which lines were refused. */
import * as z from "zod";
import { isoTime } from "./common.ts";
import { CRM_KINDS } from "./crm.ts";

/** Lines of one import that are kept; all are counted. */
export const MAX_ERRORS = 20_000;
/** Lines that the answer to a part lists. */
export const MAX_PART_ERRORS = 10_000;

export const importId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,64}$/, "use 8 to 64 letters, digits, - or _")
  .describe("Chosen by the sender from the file's content, so that a second try goes on");

export const openImportBody = z
  .object({
    kind: z.enum(CRM_KINDS, "say accounts, contacts or opportunities"),
    name: z.string().min(1, "name the file").max(300).describe("The file's name, for people"),
    size: z
      .int("use a whole number")
      .min(0)
      .nullish()
      .describe("Of the whole, in the unit of `position`: with it there is a percentage"),
  })
  .meta({ id: "OpenImport" });

export const finishImportBody = z
  .object({ parts: z.int("use a whole number").min(0).describe("How many parts were sent") })
  .meta({ id: "FinishImport" });

const count = (what: string) => z.coerce.number(`use a number: ${what}`).int().min(0).max(1e15);

/** A bulk upsert that is part of an import says which, and where in the file it stands. */
export const partQuery = z.object({
  import: importId.optional().describe("The import this body is a part of"),
  part: count("the part's place, from 0").optional().describe("Parts come in order, from 0"),
  firstLine: count("a line of the file")
    .min(1, "lines count from 1")
    .optional()
    .describe("The file's line on which the first record stands; errors then name lines of the file"),
  nextLine: count("a line of the file").optional().describe("The file's line on which the next part begins"),
  position: count("where the next part begins").optional().describe("Where in the file the next part begins"),
});
export type PartQuery = z.infer<typeof partQuery>;

export const importOnWire = z
  .object({
    id: z.string(),
    kind: z.enum([...CRM_KINDS, "keys"]).describe("keys: match keys written anew after a release"),
    name: z.string(),
    status: z.enum(["running", "waiting", "done"]).describe("waiting: nothing came for two minutes"),
    startedBy: z.string(),
    received: z.int(),
    upserted: z.int(),
    rejected: z.int(),
    errorsKept: z.int().describe(`Of the refused lines; the first ${MAX_ERRORS.toLocaleString("en")}`),
    parts: z.int().describe("Parts that are in; the next one has this number"),
    nextLine: z.int().describe("The file's line on which the next part begins"),
    position: z.int().describe("Where in the file the next part begins"),
    size: z.int().nullable(),
    startedAt: isoTime,
    updatedAt: isoTime,
    finishedAt: isoTime.nullable(),
  })
  .meta({ id: "Import" });
export type ImportOnWire = z.infer<typeof importOnWire>;

export const importList = z
  .object({ imports: z.array(importOnWire), next: z.string().nullable() })
  .meta({ id: "ImportList" });
