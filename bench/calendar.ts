/**
 * Deadlines in coverage time: one of ten minutes and one of 400 hours of work (ten weeks of it), on a calendar with a lunch
 * break, a long night shift and holidays. In memory and best of five, since nothing but the processor takes part.
 */
import { add } from "../worker/domain/calendar/coverage.ts";
import { compileCalendar } from "../worker/domain/calendar/compile.ts";
import { info, type Claim } from "./tell.ts";

const HOUR_MS = 3_600_000;
const ROUNDS = 5;
const EACH = 20_000;

const day: [string, string][] = [
  ["09:00", "12:30"],
  ["13:30", "18:00"],
];
const hours = {
  mon: day,
  tue: day,
  wed: day,
  thu: [...day, ["22:00", "02:00"]] as [string, string][],
  fri: day,
};

/** Microseconds for one deadline; starts are spread over two years, so that no start is met twice. */
function microseconds(durationMs: number): number {
  const compiled = compileCalendar({
    timezone: "America/New_York",
    hours,
    holidays: ["2026-12-25", "2027-01-01", "2027-07-05", "2027-11-25"],
  });
  if (!compiled.ok) throw new Error("the bench's calendar is wrong");
  const first = Date.parse("2026-01-01T00:00:00Z");
  const step = (2 * 366 * 24 * HOUR_MS) / EACH;
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const begin = performance.now();
    let reached = 0;
    for (let n = 0; n < EACH; n++)
      reached += Number(add(compiled.calendar, Math.floor(first + n * step), durationMs) !== null);
    best = Math.min(best, performance.now() - begin);
    if (reached !== EACH) throw new Error("the bench's calendar closes for good");
  }
  return (best * 1000) / EACH;
}

export function calendars(): Claim[] {
  const [short, long] = [microseconds(10 * 60_000), microseconds(400 * HOUR_MS)];
  return [
    info("due of 10 minutes", `${short.toFixed(2)} µs`),
    info("due of 400 hours", `${long.toFixed(2)} µs, ${(long / short).toFixed(1)} × that of 10 minutes`),
  ];
}
