/** What a person may ask for: everything we hold of them, to be forgotten, to be left alone. */
import * as z from "zod";
import { isoTime } from "./common.ts";

const email = z
  .string()
  .min(1)
  .max(320)
  .meta({ description: "The address the person used", examples: ["robin@company.example"] });

export const privacyBody = z.object({ email }).meta({ id: "PrivacyRequest" });

export const eraseBody = z
  .object({
    email,
    doNotContact: z
      .boolean()
      .default(false)
      .meta({ description: "Also remember that nobody is to contact them" }),
  })
  .meta({ id: "EraseRequest" });

const records = z.array(z.record(z.string(), z.unknown()));

export const privacyExport = z
  .object({
    email: z.string(),
    exportedAt: isoTime,
    doNotContact: z.boolean(),
    erasedAt: isoTime.nullable(),
    contacts: records,
    leads: records,
    submissions: records,
    events: records,
    touches: records,
    tasks: records,
    assignments: records,
    messages: records,
  })
  .meta({ id: "PrivacyExport" });

export const erased = z.object({ leads: z.int(), contacts: z.int() }).meta({ id: "Erased" });

export const leftAlone = z
  .object({
    openLeads: z.int().meta({ description: "Open leads of theirs, whose owners should close them" }),
  })
  .meta({ id: "LeftAlone" });
