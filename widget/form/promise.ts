/** The promised time in the visitor's words: their zone, their clock's habits, and what is left of it. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Whether the visitor's own language uses a 12-hour clock; the words around the time are English. */
const hourCycle = (): Intl.DateTimeFormatOptions => {
  const { hour12 } = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions();
  return hour12 ? { hour: "numeric", minute: "2-digit", hour12: true } : { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
};

const format = (at: number, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat("en", options).format(at);

const localDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** @returns such as `2:40 PM` or `14:40`, in the browser's zone */
export const clockTime = (at: number): string => format(at, hourCycle());

/** @returns `today`, `tomorrow`, `on Tuesday`, `on Tuesday 1 December` */
export function dayWords(at: number, now: number): string {
  // A day of a clock change is 23 or 25 hours long: rounding takes care of it.
  const days = Math.round((localDay(at) - localDay(now)) / DAY);
  if (days === 0) return "today";
  if (days === 1) return "tomorrow";
  const isNear = days > 1 && days < 7;
  return `on ${format(at, isNear ? { weekday: "long" } : { weekday: "long", day: "numeric", month: "long" })}`;
}

/** What is left, rounded so that it never says more than there is; null once the time has come. */
export function timeLeft(at: number, now: number): string | null {
  const left = at - now;
  if (left <= 0) return null;
  if (left < MINUTE) return "in less than a minute";
  const [count, unit] =
    left < HOUR ? [left / MINUTE, "minute"] : left < 2 * DAY ? [left / HOUR, "hour"] : [left / DAY, "day"];
  const whole = Math.floor(count);
  return `in ${whole} ${unit}${whole === 1 ? "" : "s"}`;
}
