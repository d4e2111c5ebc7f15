// The pure part of `POST /v1/calendar`: lets anybody check a calendar against dates they know the answer for.
import { Temporal } from "temporal-polyfill";
import { parseDuration } from "../duration.ts";
import { compileCalendar } from "./compile.ts";
import { add, isOpen, openBetween } from "./coverage.ts";
import type { Calendar, CalendarSpec, Problem } from "./types.ts";

/** Instants are ISO 8601 with an offset or Z; `add` is an ISO 8601 duration of coverage time. */
export type CalendarCase = { start: string; add: string } | { from: string; to: string } | { at: string };

/** `due` is ISO 8601 UTC with ms, or null where the calendar doesn't open for that long within 200 years. */
export type CalendarResult = { due: string | null } | { seconds: number } | { open: boolean };

export type CalendarAnswer = { ok: true; results: CalendarResult[] } | { ok: false; problems: Problem[] };

const EARLIEST = Date.parse("0001-01-01T00:00:00Z");
const LATEST = Date.parse("9999-12-31T23:59:59.999Z");
const YEAR = 366 * 86_400_000;
/** Keeps one question from costing seconds (a year that was never asked for costs about 2 ms). */
const MAX_SPAN = 200 * YEAR;

/** One result a case, in order; or every problem, with paths from the request's root. */
export function answerCalendarCases(spec: CalendarSpec, cases: readonly CalendarCase[]): CalendarAnswer {
  const compiled = compileCalendar(spec);
  const problems = compiled.ok ? [] : compiled.problems;
  const questions = cases.map((each, index) => readCase(each, `/cases/${index}`, problems));
  if (!compiled.ok || problems.length > 0) return { ok: false, problems };
  return { ok: true, results: questions.map((ask) => ask(compiled.calendar)) };
}

type Question = (calendar: Calendar) => CalendarResult;

function readCase(each: CalendarCase, path: string, problems: Problem[]): Question {
  if ("at" in each) {
    const at = readInstant(each.at, `${path}/at`, problems);
    return (calendar) => ({ open: isOpen(calendar, at) });
  }
  if ("from" in each) {
    const from = readInstant(each.from, `${path}/from`, problems);
    const to = readInstant(each.to, `${path}/to`, problems);
    if (to - from > MAX_SPAN)
      problems.push({ path: `${path}/to`, message: "Write an instant within 200 years of from." });
    return (calendar) => ({ seconds: openBetween(calendar, from, to) / 1000 });
  }
  const start = readInstant(each.start, `${path}/start`, problems);
  const duration = parseDuration(each.add);
  if (!duration.ok) problems.push({ path: `${path}/add`, message: duration.message });
  return (calendar) => {
    const due = duration.ok ? add(calendar, start, duration.ms) : null;
    return { due: due === null ? null : new Date(due).toISOString() };
  };
}

/** Epoch ms; NaN with a problem. */
function readInstant(text: string, path: string, problems: Problem[]): number {
  try {
    const at = Temporal.Instant.from(text).epochMilliseconds;
    if (at >= EARLIEST && at <= LATEST) return at;
  } catch {
    // reported below, as an instant out of range is
  }
  const message = `"${text}" is no instant between the years 1 and 9999; write ISO 8601 with Z or an offset, such as "2027-03-01T09:00:00Z".`;
  problems.push({ path, message });
  return NaN;
}
