/** Times in the reader's zone with the lead's beside it. Pure: the zone and `now` are passed in. */

const formats = new Map<string, Intl.DateTimeFormat>();

/** Building a formatter costs a hundred times its use: keep one per zone and shape. */
function format(timezone: string, shape: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timezone}|${shape}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: timezone });
    formats.set(key, found);
  }
  return found;
}

/** The zone if the browser knows it, else the fall-back: an unknown zone must not break a page. */
export function knownZone(timezone: string | null | undefined, fallback: string): string {
  if (!timezone) return fallback;
  try {
    format(timezone, "clock", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    return timezone;
  } catch {
    return fallback;
  }
}

export function clockTime(at: number, timezone: string): string {
  return format(timezone, "clock", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
}

export function clockTimeSeconds(at: number, timezone: string): string {
  const options = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
  return format(timezone, "seconds", options).format(at);
}

/** `2026-11-22` as the calendar says there. */
export function localDay(at: number, timezone: string): string {
  const parts = format(timezone, "day", { year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(
    at,
  );
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** The date so many days on from one as `<input type="date">` has it, or before. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

const weekday = (at: number, timezone: string) =>
  format(timezone, "weekday", { weekday: "short" }).format(at);
const dayMonth = (at: number, timezone: string) =>
  format(timezone, "dayMonth", { day: "numeric", month: "short" }).format(at);

/**
 * `09:05` today, `Mon 09:05` within six days, `3 Dec 09:05` beyond, the year where it differs. `exact` adds the seconds of
 * what doesn't fall on a minute: a deadline is enforced then, neither earlier nor later.
 */
export function when(at: number, now: number, timezone: string, exact = false): string {
  const time = exact && at % 60_000 >= 1000 ? clockTimeSeconds(at, timezone) : clockTime(at, timezone);
  const day = localDay(at, timezone);
  if (day === localDay(now, timezone)) return time;
  if (Math.abs(at - now) < 6 * 86_400_000) return `${weekday(at, timezone)} ${time}`;
  const year = day.slice(0, 4) === localDay(now, timezone).slice(0, 4) ? "" : ` ${day.slice(0, 4)}`;
  return `${dayMonth(at, timezone)}${year} ${time}`;
}

/** The city of a zone, as a person would say it: `America/New_York` → `New York`. */
export function zoneCity(timezone: string): string {
  if (timezone === "UTC" || timezone === "Etc/UTC") return "UTC";
  return (timezone.split("/").at(-1) ?? timezone).replaceAll("_", " ");
}

/** The lead's own time beside the reader's, or null where their clocks agree at that instant. */
export function beside(
  at: number,
  now: number,
  reader: string,
  lead: string | null,
  exact = false,
): string | null {
  const zone = lead ? knownZone(lead, "") : "";
  const theirs = zone && when(at, now, zone, exact);
  if (!theirs || theirs === when(at, now, reader, exact)) return null;
  return `${theirs} in ${zoneCity(zone)}`;
}

/** Night and early morning there: a reason to think before calling. */
export function isUnsociable(at: number, timezone: string): boolean {
  const hour = Number(clockTime(at, timezone).slice(0, 2));
  return hour < 8 || hour >= 19;
}

/**
 * A wall time typed into `<input type="datetime-local">` as an instant in the zone.
 * Two corrections settle every offset change; a time that doesn't exist moves forward by the gap, as on the server.
 */
export function wallToInstant(wall: string, timezone: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(wall);
  if (!match) return null;
  const [, year, month, day, hour = "0", minute = "0", second = "0"] = match;
  const wanted = Date.UTC(+year!, +month! - 1, +day!, +hour, +minute, +second);
  const before = wanted - offsetAt(wanted - 86_400_000, timezone);
  const after = wanted - offsetAt(wanted + 86_400_000, timezone);
  if (before + offsetAt(before, timezone) === wanted) return before;
  if (after + offsetAt(after, timezone) === wanted) return after;
  return before;
}

function offsetAt(at: number, timezone: string): number {
  const [year, month, day] = localDay(at, timezone).split("-").map(Number);
  const [hour, minute, second] = clockTimeSeconds(at, timezone).split(":").map(Number);
  return Date.UTC(year!, month! - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

/** An instant as the value of `<input type="datetime-local">` in the zone. */
export function instantToWall(at: number, timezone: string): string {
  return `${localDay(at, timezone)}T${clockTime(at, timezone)}`;
}
