/** Shapes shared by requests and responses: problem details, times, references, pages. */
import * as z from "zod";

/** ISO 8601 UTC with milliseconds. */
export const isoTime = z
  .string()
  .meta({ id: "Time", format: "date-time", examples: ["2026-11-22T09:30:00.000Z"] });

/** An instant as clients may send it: any ISO 8601 with a zone. */
export const isoInput = z
  .string()
  .max(40)
  .refine((text) => /T.*(Z|[+-]\d{2}:?\d{2})$/i.test(text) && Number.isFinite(Date.parse(text)), {
    message: "use an ISO 8601 time with a zone, such as 2026-11-22T09:30:00Z",
  });

/** RFC 9457 problem details. `errors` points at each field with RFC 6901 pointers. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().optional(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof problem>;

export const personRef = z.object({ id: z.string(), name: z.string() }).meta({ id: "PersonRef" });
export const accountRef = z.object({ id: z.string(), name: z.string() }).meta({ id: "AccountRef" });
