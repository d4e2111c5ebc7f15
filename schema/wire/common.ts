/** Shapes shared by requests and responses: problem details, times, references, pages. */
import * as z from "zod";

/** ISO 8601 UTC with milliseconds. */
export const isoTime = z
  .string()
  .meta({ id: "Time", format: "date-time", examples: ["2026-11-22T09:30:00.000Z"] });

const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?(Z|[+-]\d{2}(:?\d{2})?)$/i;

/** `Date.parse` makes the 2nd of March of the 30th of February. */
export const isDate = (text: string): boolean => {
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(text);
};

/** A date that has a day before it and one after, whatever zone it is meant in: reports count from and to those. */
export const isReportDay = (text: string): boolean => isDate(text) && text > "0001" && text < "9999";

/** An instant as clients may send it: ISO 8601 with a zone, in a year of four digits (dates end, and sums with them fail). */
export const isoInput = z
  .string()
  .max(40)
  .refine((text) => isDate(INSTANT.exec(text)?.[1] ?? "") && Number.isFinite(Date.parse(text)), {
    message: "use an ISO 8601 time with a zone, such as 2026-11-22T09:30:00Z",
  });

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A day, or an instant. */
export const dayInput = z
  .string()
  .max(40)
  .refine((text) => DAY.test(text) || isoInput.safeParse(text).success, {
    message: "use a date such as 2027-03-01",
  })
  .refine((text) => isReportDay(text.slice(0, 10)), {
    message: "use a date of the calendar before the year 9999, such as 2027-03-01",
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

/** What a correction may teach an account. */
export const LESSON_KINDS = ["domain", "name"] as const;

export const personRef = z.object({ id: z.string(), name: z.string() }).meta({ id: "PersonRef" });
export const accountRef = z.object({ id: z.string(), name: z.string() }).meta({ id: "AccountRef" });
