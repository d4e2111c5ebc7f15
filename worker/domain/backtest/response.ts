/**
 * When a lead would have been answered. Nobody can know that; what is assumed is that an answer takes as much coverage time as
 * it really took: same clock, same moment; another clock, the same open time on that clock (docs/backtest.md).
 */
import { openBetween } from "../calendar/coverage.ts";
import { clockCalendar, type Compiled } from "../config/compiled.ts";
import { dueAt } from "../sla/targets.ts";
import type { Happened } from "./types.ts";

interface Clock {
  owner: string;
  team: string | null;
  /** Null: no clock runs. */
  startsAt: number | null;
}

/** Null where nobody ever reached out. Never before the lead came. */
export const touchedAt = (compiled: Compiled, happened: Happened, now: Clock | null): number | null => {
  const { firstTouchAt, clockStartsAt } = happened;
  const startsAt = now?.startsAt ?? null;
  if (firstTouchAt === null || clockStartsAt === null || now === null || startsAt === null)
    return firstTouchAt;
  const same = now.owner === happened.owner || startsAt === clockStartsAt;
  if (same || firstTouchAt <= clockStartsAt) return firstTouchAt;
  const person = compiled.people.get(now.owner);
  if (!person) return firstTouchAt;
  const former = happened.owner === null ? undefined : compiled.people.get(happened.owner);
  const theirs = clockCalendar(compiled, former ?? person, former ? happened.team : now.team);
  const took = openBetween(theirs, clockStartsAt, firstTouchAt);
  return dueAt(clockCalendar(compiled, person, now.team), startsAt, took);
};
