/** The time left: its words, its figures and its place on the one colour scale. Pure. */

export type Urgency = "ahead" | "quiet" | "due" | "breached" | "none";

export interface Deadline {
  /** When the clock starts; in the future for a lead that waits for an opening. */
  startAt: number | null;
  dueAt: number | null;
  /** When the owner was warned, where the server has said so. */
  warnedAt: number | null;
}

/** Part of the target after which it counts as due: the default of an SLA's `warnAt` (docs/board.md). */
export const WARN_AT = 0.7;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Whole seconds to go, rounded so that 0 appears exactly when the deadline passes. */
export function secondsLeft(dueAt: number, now: number): number {
  return Math.ceil((dueAt - now) / SECOND);
}

export function urgencyOf(deadline: Deadline, now: number): Urgency {
  const { startAt, dueAt, warnedAt } = deadline;
  if (dueAt === null) return "none";
  if (now >= dueAt) return "breached";
  if (startAt !== null && now < startAt) return "ahead";
  if (warnedAt !== null && warnedAt <= now) return "due";
  return elapsedShare(deadline, now) >= WARN_AT ? "due" : "quiet";
}

/** How much of the target is used up, 0 to 1. */
export function elapsedShare({ startAt, dueAt }: Deadline, now: number): number {
  if (dueAt === null) return 0;
  if (startAt === null || dueAt <= startAt) return now >= dueAt ? 1 : 0;
  return Math.min(1, Math.max(0, (now - startAt) / (dueAt - startAt)));
}

const two = (value: number) => String(value).padStart(2, "0");

/** The hero's figures: `7:42`, `1 h 05 m`, `3 d 4 h`; late ones with a minus: `−2:14`. */
export function figures(dueAt: number, now: number): string {
  const left = secondsLeft(dueAt, now);
  const sign = now >= dueAt && left !== 0 ? "\u2212" : "";
  return sign + compact(Math.abs(left));
}

function compact(seconds: number): string {
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} m`;
  const hours = Math.floor(minutes / 60);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** A length of time in short words: `42 s`, `4 m 12 s`, `6 h 12 m`, `2 d 3 h`. */
export function duration(ms: number): string {
  const abs = Math.max(0, Math.round(ms / SECOND) * SECOND);
  if (abs < MINUTE) return `${abs / SECOND} s`;
  if (abs < 10 * MINUTE) return pair(abs, MINUTE, "m", SECOND, "s");
  if (abs < HOUR) return `${Math.round(abs / MINUTE)} m`;
  if (abs < 2 * DAY) return pair(abs, HOUR, "h", MINUTE, "m");
  return pair(abs, DAY, "d", HOUR, "h");
}

function pair(ms: number, big: number, bigName: string, small: number, smallName: string): string {
  const rest = Math.floor((ms % big) / small);
  const head = `${Math.floor(ms / big)} ${bigName}`;
  return rest === 0 ? head : `${head} ${rest} ${smallName}`;
}

/** The same in full words, for screen readers and sentences: `4 minutes 12 seconds`. */
export function spoken(ms: number): string {
  return duration(ms).replace(/(\d+) ([smhd])/g, (_, count: string, unit: string) => {
    const word = { s: "second", m: "minute", h: "hour", d: "day" }[unit as "s" | "m" | "h" | "d"];
    return `${count} ${word}${count === "1" ? "" : "s"}`;
  });
}

/** What a screen reader hears for a deadline. */
export function spokenDeadline(deadline: Deadline, now: number): string {
  const { dueAt, startAt } = deadline;
  if (dueAt === null) return "no deadline";
  if (now >= dueAt) return `${spoken(now - dueAt)} late`;
  if (startAt !== null && now < startAt) return `opens in ${spoken(startAt - now)}`;
  return `${spoken(dueAt - now)} left`;
}
