/** The coverage map's words and steps. Pure. */
import type { Coverage, CoverageCell, CoverageTeam } from "../../schema/wire/policy.ts";
import { plural, secondsInWords } from "./words.ts";

export const DAY_NAMES = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const HOURS = 24;

/** From nobody to plenty. A hole is told by its own mark, not by a shade alone. */
export type Shade = "closed" | "hole" | "part" | "one" | "two" | "many" | "off";

export function shadeOf({ minutes, open, uncovered, least, people }: CoverageCell): Shade {
  if (minutes === 0) return "closed";
  if (open === 0) return people.length > 0 ? "off" : "closed";
  if (uncovered >= open) return "hole";
  if (uncovered > 0) return "part";
  return least >= 3 ? "many" : least === 2 ? "two" : "one";
}

export const SHADE_WORDS: readonly (readonly [Shade, string])[] = [
  ["hole", "open, nobody on duty"],
  ["part", "open, nobody for part of the hour"],
  ["one", "one on duty"],
  ["two", "two"],
  ["many", "three or more"],
  ["off", "closed, somebody on duty"],
  ["closed", "closed"],
];

const two = (hour: number): string => String(hour).padStart(2, "0");

export const hourName = (index: number): string =>
  `${DAY_NAMES[Math.floor(index / HOURS)] ?? ""} ${two(index % HOURS)}:00–${two((index % HOURS) + 1)}:00`;

/** Whole sentences: what a click on the hour says, and what a screen reader hears. */
export function cellInWords(cell: CoverageCell, name: (id: string) => string): string {
  const { minutes, open, uncovered, people } = cell;
  if (minutes === 0) return "The clocks skip this hour.";
  const hour = minutes === 60 ? "" : ` (${minutes} minutes, because the clocks change)`;
  const times = open === 0 ? "Closed" : open === minutes ? "Open" : `Open for ${open} minutes`;
  const there = people.length === 0 ? "nobody on duty" : `on duty: ${people.map(name).join(", ")}`;
  const hole = uncovered > 0 && people.length > 0 ? `; nobody for ${plural(uncovered, "minute")} of it` : "";
  return `${times}${hour}; ${there}${hole}.`;
}

/** Arrow keys walk the map; Home and End go to a day's ends. Null: not a key of the map. */
export function step(index: number, key: string): number | null {
  const day = Math.floor(index / HOURS);
  const inDay = index % HOURS;
  const moves: Record<string, number> = {
    ArrowLeft: index - 1,
    ArrowRight: index + 1,
    ArrowUp: day === 0 ? index : index - HOURS,
    ArrowDown: day === 6 ? index : index + HOURS,
    Home: index - inDay,
    End: index - inDay + HOURS - 1,
  };
  const next = moves[key];
  return next === undefined ? null : Math.min(7 * HOURS - 1, Math.max(0, next));
}

const hours = (minutes: number): string => secondsInWords(minutes * 60, "minute");

/** "open 45 h, nobody for 3 h" over the week. */
export function teamInWords(team: CoverageTeam): string {
  const open = team.cells.reduce((sum, cell) => sum + cell.open, 0);
  const bare = team.cells.reduce((sum, cell) => sum + cell.uncovered, 0);
  if (open === 0) return "closed all week";
  return `open ${hours(open)}, ${bare === 0 ? "always with somebody on duty" : `nobody on duty for ${hours(bare)}`}`;
}

export function dayName(date: string): string {
  const at = Date.parse(`${date}T12:00:00Z`);
  return new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  }).format(at);
}

/** Zones worth choosing: the reader's, the workspace's, the teams'. */
export function zonesOf(reader: string, workspace: string, teams: Coverage["teams"]): string[] {
  return [...new Set([reader, workspace, ...teams.map(({ timezone }) => timezone)])];
}
