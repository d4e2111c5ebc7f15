/** The promised time in the visitor's words: their zone, their clock's habits, and what is left of it. */
import { toldMinute } from "../../schema/wire/told.ts";
import type { Acknowledgement } from "../types.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const format = (language: string, at: number, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(language, options).format(at);

const localDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** @returns the promised minute, epoch ms; 0 where none is promised */
export const promisedAt = ({ promiseAt }: Acknowledgement): number =>
  promiseAt ? toldMinute(Date.parse(promiseAt)) : 0;

/** @returns such as `2:40 PM` or `14:40`, as the visitor's own language tells time, in the browser's zone */
export function clockTime(at: number): string {
  const { hour12 } = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions();
  return format(hour12 ? "en-US" : "en-GB", at, { timeStyle: "short" });
}

/** @returns `today`, `tomorrow`, `on Tuesday`, `on Tuesday 1 December` */
export function dayWords(at: number, now: number): string {
  // A day of a clock change is 23 or 25 hours long: rounding takes care of it.
  const days = Math.round((localDay(at) - localDay(now)) / DAY);
  if (days === 0) return "today";
  if (days === 1) return "tomorrow";
  const isNear = days > 1 && days < 7;
  return `on ${format("en-GB", at, isNear ? { weekday: "long" } : { weekday: "long", day: "numeric", month: "long" })}`;
}

/** What is left, rounded so that it never says more than there is; null once the time has come. */
export function timeLeft(at: number, now: number): string | null {
  const left = at - now;
  if (left <= 0) return null;
  if (left < MINUTE) return "in less than a minute";
  const words = new Intl.RelativeTimeFormat("en");
  const inUnits = (ms: number, unit: Intl.RelativeTimeFormatUnit): string =>
    words.format(Math.floor(left / ms), unit);
  if (left < HOUR) return inUnits(MINUTE, "minute");
  return left < 2 * DAY ? inUnits(HOUR, "hour") : inUnits(DAY, "day");
}
