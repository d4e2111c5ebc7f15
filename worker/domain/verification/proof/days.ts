/**
 * Dates and their weekdays as one variable: every day of the coming year, each date that a condition names and the week
 * around it. Days gone by are none: no lead will come on them.
 */
import type { Atom } from "./atoms.ts";
import { addDays, epochDay, localParts, weekdayOfDay } from "../../calendar/local.ts";
import type { Candidate } from "./candidates.ts";

export const DAY_FIELDS = ["time.date", "time.weekday"] as const;

const YEAR = 366;
const AROUND = 7;

export const dayCandidates = (atoms: readonly Atom[], now: number, timezone: string): Candidate[] => {
  const today = localParts(now, timezone).date;
  const named = atoms
    .flatMap(({ members, value }) => [...members, value])
    .filter((item): item is string => typeof item === "string" && epochDay(item) !== null);
  const around = named.flatMap((date) =>
    Array.from({ length: 2 * AROUND + 1 }, (_, at) => addDays(date, at - AROUND)),
  );
  const coming = Array.from({ length: YEAR }, (_, day) => addDays(today, day));
  return [...new Set([...coming, ...around.filter((date) => date >= today)])].map((date) => ({
    values: { "time.date": date, "time.weekday": weekdayOfDay(epochDay(date) ?? 0) },
    open: [],
  }));
};
