/** Times for people: in the reader's zone, with the other person's beside it where it differs. */
import { zoneName } from "../../schema/wire/told.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const STYLES = {
  time: CLOCK,
  seconds: { ...CLOCK, second: "2-digit" },
  day: { weekday: "short", day: "numeric", month: "short" },
  date: { year: "numeric", month: "2-digit", day: "2-digit" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
type Style = keyof typeof STYLES;

const format = (zone: string, style: Style): Intl.DateTimeFormat => {
  const key = `${style} ${zone}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...STYLES[style] });
  if (formats.size > 500) formats.clear();
  formats.set(key, made);
  return made;
};

/** The zone itself when it is one, else UTC: a mail is never lost over a misspelt zone. */
export const zoneOr = (zone: string | null | undefined): string => {
  if (!zone) return "UTC";
  try {
    format(zone, "time");
    return zone;
  } catch {
    return "UTC";
  }
};

const sameDay = (a: number, b: number, zone: string): boolean =>
  format(zone, "date").format(a) === format(zone, "date").format(b);

/** "14:10" on the day of `now`, else "Mon 23 Nov, 09:10". */
export const dayAndTime = (at: number, now: number, zone: string, style: Style = "time"): string => {
  const time = format(zone, style).format(at);
  return sameDay(at, now, zone) ? time : `${format(zone, "day").format(at).replace(",", "")}, ${time}`;
};

/**
 * As `dayAndTime`, to the second where it doesn't fall on a minute: clocks act on the second, and who has to keep it must
 * read neither an earlier time than the visitor was told nor a later one than counts (schema/wire/told.ts).
 */
export const deadline = (at: number, now: number, zone: string): string =>
  dayAndTime(at, now, zone, at % 60_000 < 1000 ? "time" : "seconds");

/** A deadline: "14:10:30 New York time (20:10:30 Berlin time for them)". */
export const inBothZones = (at: number, now: number, reader: string, other: string | null): string => {
  const own = deadline(at, now, reader);
  const theirs = other === null ? own : deadline(at, now, other);
  return `${own} ${zoneName(reader)}${theirs === own ? "" : ` (${theirs} ${zoneName(other ?? "")} for them)`}`;
};

/** "9 minutes", "2 hours 5 minutes", "3 days". */
export const duration = (ms: number): string => {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  const count = (n: number, unit: string): string => `${n} ${unit}${n === 1 ? "" : "s"}`;
  if (minutes < 60) return count(minutes, "minute");
  const hours = Math.floor(minutes / 60);
  if (hours < 48)
    return minutes % 60 === 0
      ? count(hours, "hour")
      : `${count(hours, "hour")} ${count(minutes % 60, "minute")}`;
  return count(Math.round(hours / 24), "day");
};
