/** Small shapes that many parts of the configuration document share. */
import * as z from "zod";

/** Stable identifier, chosen by the people who write the document. */
export const id = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/,
    "use letters, digits, dot, dash, underscore or colon (at most 64)",
  )
  .meta({ id: "Id" });

/** ISO 8601 duration of weeks, days, hours, minutes and seconds (a day is 24 hours). */
export const duration = z
  .string()
  .regex(
    /^P(?!$)(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$/,
    "use an ISO 8601 duration such as PT10M, PT4H or P2D",
  )
  .meta({ id: "Duration", examples: ["PT10M", "PT4H", "P2D"] });

export const localDate = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "use a date such as 2026-12-25")
  .meta({ id: "LocalDate" });

const wallTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "use a time such as 09:00 (24:00 for the day's end)");

export const windows = z
  .array(z.tuple([wallTime, wallTime]))
  .max(24)
  .meta({
    id: "Windows",
    description: "half-open [start, end) in wall time; an end at or before its start runs into the next day",
  });

export const email = z
  .string()
  .max(254)
  .regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, "use an e-mail address");

export const label = z.string().min(1).max(200);

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
