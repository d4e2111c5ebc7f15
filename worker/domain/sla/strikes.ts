/** When missed first touches take a person out of new assignment (docs/sla.md). */
import type { Team } from "../../../schema/config/document.ts";
import type { Compiled } from "../config/compiled.ts";
import { isAround, standingOf, type People } from "../routing/people.ts";

/** Breaches this close to the first of a burst are one strike: one meeting that ran over isn't two offences. */
export const BURST_MS = 15 * 60_000;
export const STRIKE_WINDOW_MS = 7 * 86_400_000;
export const STRIKES_TO_SUSPEND = 2;

/** Those of the given breaches (epoch milliseconds, any order) that count: the first of each burst. */
export const countedStrikes = (times: readonly number[]): number[] => {
  const counted: number[] = [];
  for (const at of times.toSorted((a, b) => a - b)) {
    const last = counted.at(-1);
    if (last === undefined || at - last >= BURST_MS) counted.push(at);
  }
  return counted;
};

/** Strikes that stand at `now`, of breaches attributed to the person, not voided, and later than any reinstatement. */
export const standingStrikes = (times: readonly number[], now: number): number =>
  countedStrikes(times.filter((at) => at > now - STRIKE_WINDOW_MS && at <= now)).length;

export const shouldSuspend = (times: readonly number[], now: number): boolean =>
  standingStrikes(times, now) >= STRIKES_TO_SUSPEND;

/**
 * Whether a suspension still rests on enough strikes: those of the seven days before it, or of the seven days before any later
 * one. Time alone never takes its ground away. `times` are the strikes that stand, from seven days before it on.
 */
export const isGrounded = (times: readonly number[], suspendedAt: number): boolean =>
  [suspendedAt, ...times.filter((at) => at > suspendedAt)].some((at) => shouldSuspend(times, at));

/** The first of their teams in which nobody else would be left to assign to; being off shift for now is being left. */
export const wouldEmpty = (compiled: Compiled, people: People, personId: string, now: number): Team | null =>
  (compiled.teamsOf.get(personId) ?? []).find(({ id, members }) =>
    members.every(
      ({ person }) => person === personId || !isAround(standingOf(compiled, people, person, id, now)),
    ),
  ) ?? null;
