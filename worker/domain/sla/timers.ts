/** The timers of a lead as plain data: armed, replaced, cancelled; the earliest is what its object wakes for. */
import type { Stage } from "../../../schema/life.ts";
import type { Compiled } from "../config/compiled.ts";
import type { TimerKind } from "../../../schema/wire/lead.ts";

export interface Timer {
  kind: TimerKind;
  /** Epoch milliseconds. */
  dueAt: number;
  /** How often it has fired already (reminders). */
  n?: number;
  /** When it was asked for, where only what is done since then does it (takeover touch); timers of older releases have none. */
  since?: number;
}

export type Timers = readonly Timer[];

/** Replaces timers of the same kinds and keeps the list in order of time. */
export const arm = (timers: Timers, ...armed: readonly Timer[]): Timer[] => {
  const kinds = new Set(armed.map((timer) => timer.kind));
  return [...timers.filter((timer) => !kinds.has(timer.kind)), ...armed].sort((a, b) => a.dueAt - b.dueAt);
};

/**
 * Arms a timer that what comes later never puts off: of one that waits already the time stays where it is the earlier, and
 * both are done by what is done since the later of them was asked for.
 */
export const armEarlier = (timers: Timers, timer: Timer): Timer[] => {
  const armed = timers.find(({ kind }) => kind === timer.kind);
  return arm(timers, armed ? { ...timer, dueAt: Math.min(armed.dueAt, timer.dueAt) } : timer);
};

export const cancel = (timers: Timers, ...kinds: readonly TimerKind[]): Timer[] =>
  timers.filter((timer) => !kinds.includes(timer.kind));

export const nextDue = (timers: Timers): number | null =>
  timers.reduce<number | null>(
    (least, timer) => (least === null || timer.dueAt < least ? timer.dueAt : least),
    null,
  );

/** Those that stay with a lead whoever has it: its stage's, and what another request of its person was promised. */
export const lasting = (timers: Timers): Timer[] =>
  timers.filter(({ kind }) => kind === "stageAge" || kind === "takeoverTouch");

/** How long a lead may stand in a stage that it enters at `at`, wall time; empty where nothing is said. */
export const stageTimers = ({ stages }: Pick<Compiled, "stages">, stage: Stage, at: number): Timer[] => {
  const maxAge = stages.get(stage)?.maxAgeMs ?? null;
  return maxAge === null ? [] : [{ kind: "stageAge", dueAt: at + maxAge }];
};

/** Those that are due at `now`, earliest first. */
export const dueTimers = (timers: Timers, now: number): Timer[] =>
  timers.filter((timer) => timer.dueAt <= now).sort((a, b) => a.dueAt - b.dueAt);
