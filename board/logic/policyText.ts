/** How durations, hours and dates are typed in forms, and read back. Each reader gives null for what it can't read. Pure. */

const UNITS = [
  ["W", "w"],
  ["D", "d"],
  ["H", "h"],
  ["M", "m"],
  ["S", "s"],
] as const;

const ISO = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const SHORT = /^(?:(\d+)\s*w)?\s*(?:(\d+)\s*d)?\s*(?:(\d+)\s*h)?\s*(?:(\d+)\s*m(?:in)?)?\s*(?:(\d+)\s*s)?$/;

/** `PT1H30M` → `1h 30m`; what is no duration stays as it is. */
export function shortDuration(iso: string): string {
  const found = ISO.exec(iso);
  if (!found) return iso;
  return UNITS.flatMap(([, unit], index) => (found[index + 1] ? [`${found[index + 1]}${unit}`] : [])).join(
    " ",
  );
}

/** `10m`, `1h 30m`, `2d`, or ISO 8601 itself → ISO 8601. */
export function readDuration(text: string): string | null {
  const trimmed = text.trim();
  if (ISO.test(trimmed.toUpperCase()) && !/^PT?$/i.test(trimmed)) return trimmed.toUpperCase();
  const found = trimmed === "" ? null : SHORT.exec(trimmed.toLowerCase());
  if (!found) return null;
  const [, week, day, hour, minute, second] = found;
  const date = `${week ? `${week}W` : ""}${day ? `${day}D` : ""}`;
  const time = `${hour ? `${hour}H` : ""}${minute ? `${minute}M` : ""}${second ? `${second}S` : ""}`;
  return date + time === "" ? null : `P${date}${time ? `T${time}` : ""}`;
}

export type Windows = [start: string, end: string][];

export const windowsText = (windows: unknown): string =>
  Array.isArray(windows)
    ? windows.map((window) => (Array.isArray(window) ? window.map(String).join("–") : "")).join(", ")
    : "";

/** `9-12:30, 13:15–18:00`; empty is closed. */
export function readWindows(text: string): Windows | null {
  const windows: Windows = [];
  for (const part of text.split(",").map((each) => each.trim())) {
    if (part === "") continue;
    const found = /^(\d{1,2})(?::(\d{2}))?\s*(?:-|–|to)\s*(\d{1,2})(?::(\d{2}))?$/.exec(part);
    if (!found) return null;
    const start = wallTime(found[1]!, found[2]);
    const end = wallTime(found[3]!, found[4]);
    if (!start || !end || start === "24:00") return null;
    windows.push([start, end]);
  }
  return windows;
}

function wallTime(hour: string, minute = "00"): string | null {
  if (Number(hour) > 24 || Number(minute) > 59 || (Number(hour) === 24 && minute !== "00")) return null;
  return `${hour.padStart(2, "0")}:${minute}`;
}

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** Dates by commas, blanks or lines. */
export function readDates(text: string): string[] | null {
  const dates = text.split(/[\s,]+/).filter(Boolean);
  return dates.every((date) => DATE.test(date)) ? dates : null;
}

export const overridesText = (overrides: unknown): string =>
  typeof overrides === "object" && overrides !== null
    ? Object.entries(overrides)
        .map(([date, windows]) => `${date} ${windowsText(windows) || "closed"}`)
        .join("\n")
    : "";

/** A line a date: `2026-12-24 9-12`, or `closed`. */
export function readOverrides(text: string): Record<string, Windows> | null {
  const overrides: Record<string, Windows> = {};
  for (const line of text.split("\n").map((each) => each.trim())) {
    if (line === "") continue;
    const [date = "", ...rest] = line.split(/\s+/);
    const hours = rest.join(" ");
    const windows = hours === "closed" ? [] : readWindows(hours);
    if (!DATE.test(date) || windows === null || rest.length === 0) return null;
    overrides[date] = windows;
  }
  return overrides;
}

/** Words by commas. */
export const readWords = (text: string): string[] =>
  text
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean);

export interface Option {
  value: string;
  label: string;
}

/** What a field offers, a line each: `us = United States`, or the value alone where it says the same. */
export const optionsText = (options: unknown): string =>
  (Array.isArray(options) ? (options as Partial<Option>[]) : [])
    .map(({ value = "", label = "" }) => (value === label ? value : `${value} = ${label}`))
    .join("\n");

export const readOptions = (text: string): Option[] =>
  text.split("\n").flatMap((line) => {
    const [value = "", ...rest] = line.split("=");
    const label = rest.join("=").trim();
    return line.trim() === "" ? [] : [{ value: value.trim(), label: label || value.trim() }];
  });

/** An id from a name: "UK and Ireland" → "uk-and-ireland". */
export function idFrom(name: string, taken: ReadonlySet<string>): string {
  const plain =
    name
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .replace(/[^A-Za-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .toLowerCase()
      .slice(0, 48) || "new";
  for (let count = 1; ; count++) {
    const id = count === 1 ? plain : `${plain}-${count}`;
    if (!taken.has(id)) return id;
  }
}
