/** Times for people: in the reader's zone, with the other person's beside it where it differs. */

const formats = new Map<string, Intl.DateTimeFormat>();

const format = (zone: string, style: "time" | "day" | "date"): Intl.DateTimeFormat => {
  const key = `${style} ${zone}`;
  const known = formats.get(key);
  if (known) return known;
  const options: Intl.DateTimeFormatOptions =
    style === "time"
      ? { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }
      : style === "day"
        ? { weekday: "short", day: "numeric", month: "short" }
        : { year: "numeric", month: "2-digit", day: "2-digit" };
  const made = new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options });
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

export const zoneName = (zone: string): string =>
  zone === "UTC" || zone.startsWith("Etc/")
    ? "UTC"
    : `${(zone.split("/").pop() ?? zone).replaceAll("_", " ")} time`;

/** "14:10"; a deadline's minute is the one it lies in, never the next. */
export const clockTime = (at: number, zone: string): string => format(zone, "time").format(at);

const sameDay = (a: number, b: number, zone: string): boolean =>
  format(zone, "date").format(a) === format(zone, "date").format(b);

/** "14:10" on the day of `now`, else "Mon 23 Nov, 09:10". */
export const dayAndTime = (at: number, now: number, zone: string): string =>
  sameDay(at, now, zone)
    ? clockTime(at, zone)
    : `${format(zone, "day").format(at).replace(",", "")}, ${clockTime(at, zone)}`;

/** "14:10 New York time (20:10 Berlin time for them)". */
export const inBothZones = (at: number, now: number, reader: string, other: string | null): string => {
  const own = `${dayAndTime(at, now, reader)} ${zoneName(reader)}`;
  if (other === null || other === reader) return own;
  const theirs = dayAndTime(at, now, other);
  return theirs === dayAndTime(at, now, reader) ? own : `${own} (${theirs} ${zoneName(other)} for them)`;
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
