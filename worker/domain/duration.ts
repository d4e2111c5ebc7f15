// ISO 8601 durations, as configuration and the API write them, to ms and back. A day is 24 hours and a week seven of
// them, also in coverage time; months and years have no fixed length and are refused.

export type ParsedDuration = { ok: true; ms: number } | { ok: false; message: string };

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** As long as dates reach (ECMAScript's time range, in one direction). */
const MAX_DURATION = 8.64e15;

const DURATION = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** 0 or more ms, in whole seconds. */
export function parseDuration(iso: string): ParsedDuration {
  const match = DURATION.exec(iso);
  if (match === null) return { ok: false, message: whatIsWrong(iso) };
  const units = [WEEK, DAY, HOUR, MINUTE, SECOND];
  const ms = units.reduce((sum, unit, index) => sum + Number(match[index + 1] ?? 0) * unit, 0);
  if (ms > MAX_DURATION)
    return { ok: false, message: `"${iso}" is longer than dates reach; write a shorter one.` };
  return { ok: true, ms };
}

/** In hours, minutes and seconds, rounded to the second: "PT36H", "PT10M", "PT0S"; "-PT5M" if negative. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / SECOND);
  if (seconds === 0) return "PT0S";
  const parts = [
    [Math.floor(seconds / 3600), "H"],
    [Math.floor((seconds % 3600) / 60), "M"],
    [seconds % 60, "S"],
  ] as const;
  const text = parts.map(([count, unit]) => (count > 0 ? `${count}${unit}` : "")).join("");
  return `${ms < 0 ? "-" : ""}PT${text}`;
}

function whatIsWrong(iso: string): string {
  if (/^P[^T]*\d[YM]/.test(iso)) {
    return `"${iso}" counts in months or years, which have no fixed length; write weeks or days, such as "P4W" or "P30D" (minutes come after a T: "PT10M").`;
  }
  if (/^[+-]P/.test(iso)) return `"${iso}" has a sign; write a duration of 0 or more without one.`;
  if (/^P.*\d[.,]\d/.test(iso))
    return `"${iso}" has a fraction; write whole numbers, such as "PT90M" for an hour and a half.`;
  return `"${iso}" is no ISO 8601 duration; write weeks, days, hours, minutes and seconds, such as "PT10M", "PT4H30M" or "P2D".`;
}
