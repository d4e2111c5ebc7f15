/** `POST /v1/calendar`: questions about any calendar, none of it saved. What each field may say: docs/calendar.md. */
import * as z from "zod";

const windows = z.array(z.tuple([z.string().max(5), z.string().max(5)])).max(48);
const instant = z.string().max(64).describe("ISO 8601 with Z or an offset");

export const calendarCase = z.union([
  z.object({ start: instant, add: z.string().max(64).describe("ISO 8601 duration of coverage time") }),
  z.object({ from: instant, to: instant }),
  z.object({ at: instant }),
]);

export const calendarQuestion = z
  .object({
    timezone: z.string().min(1).max(64),
    hours: z.record(z.string().max(20), windows).describe("By weekday: mon, tue, wed, thu, fri, sat, sun"),
    holidays: z.array(z.string().max(10)).max(5000).nullish(),
    overrides: z.record(z.string().max(10), windows).nullish(),
    cases: z.array(calendarCase).max(10_000, "send at most 10,000 cases at a time"),
  })
  .meta({ id: "CalendarQuestion" });

export const calendarAnswer = z
  .object({
    results: z.array(
      z.union([
        z.object({
          due: z.string().nullable().describe("Null where it doesn't open for that long within 200 years"),
        }),
        z.object({ seconds: z.number() }),
        z.object({ open: z.boolean() }),
      ]),
    ),
  })
  .meta({ id: "CalendarAnswer" });
