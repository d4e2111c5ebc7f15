/** When the next step with a lead that is being worked is due, and how much has been done for it (docs/sla.md). */
import { add } from "../calendar/coverage.ts";
import { startOfLocalDay } from "../calendar/local.ts";
import type { Calendar } from "../calendar/types.ts";
import type { Sla } from "../config/compiled.ts";
import { dueAt } from "./targets.ts";
import type { Timer, Timers } from "./timers.ts";

/** What somebody is to do next waits in one of these. */
const ACTIONS: ReadonlySet<Timer["kind"]> = new Set([
  "firstTouch",
  "secondTouch",
  "noReply",
  "takeoverTouch",
  "effort",
]);

/** When something is to be done next; null where nothing waits for anybody to act. */
export const nextActionOf = (timers: Timers): number | null =>
  timers.reduce<number | null>(
    (least, { kind, dueAt: at }) => (ACTIONS.has(kind) && (least === null || at < least) ? at : least),
    null,
  );

/** The attempts that a policy asks for are spread evenly over its time, wall; what falls outside coverage waits for it. */
export const nextStepAt = (calendar: Calendar, { effort }: Sla, at: number): number =>
  dueAt(calendar, at + Math.max(60_000, Math.floor(effort.withinMs / effort.attempts)), 0);

/** `durationMs` of coverage into the next local day that has any. */
export const nextCoverageDay = (calendar: Calendar, at: number, durationMs: number): number => {
  const today = startOfLocalDay(at, calendar.timezone);
  // No day is longer than 26 hours, and none shorter than 22.
  const tomorrow = startOfLocalDay(today + 30 * 3_600_000, calendar.timezone);
  const opening = add(calendar, tomorrow, 0);
  if (opening === null) return at + durationMs;
  const close = startOfLocalDay(
    startOfLocalDay(opening, calendar.timezone) + 30 * 3_600_000,
    calendar.timezone,
  );
  return Math.min(dueAt(calendar, opening, durationMs), close);
};

export interface Effort {
  attempts: number;
  channels: number;
}

/** What is missing of the least effort before a lead may be closed without a manager; null: nothing. */
export const missingEffort = ({ effort }: Sla, made: Effort): string | null => {
  const attempts = effort.attempts - made.attempts;
  const channels = effort.channels - made.channels;
  const lacks = [
    ...(attempts > 0 ? [`${attempts} more ${attempts === 1 ? "attempt" : "attempts"}`] : []),
    ...(channels > 0 ? [`${channels} more ${channels === 1 ? "channel" : "channels"}`] : []),
  ];
  return lacks.length > 0 ? lacks.join(" and ") : null;
};
