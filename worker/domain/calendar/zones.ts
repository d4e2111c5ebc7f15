// Wall time to instants and back, on plain numbers. Temporal decides every offset; this file only remembers its
// answers, because reading one through the polyfill costs 5 to 10 µs and a ZonedDateTime.
import { Temporal } from "temporal-polyfill";

export const MINUTE = 60_000;
export const DAY = 86_400_000;

/**
 * Offsets are remembered in cells of four days, each with at most one change. Of all 26,652 changes from 1900 to
 * 2040 in the time zone database no two are nearer than seven days (Recife, October 2000).
 */
const CELL = 4 * DAY;
const MAX_CELLS = 8192;

/** No zone is or was further than this from UTC, so a wall time's instants lie within it of the same UTC time. */
const REACH = 26 * 60 * MINUTE;

interface Cell {
  offset: number;
  /** First instant with the offset `after`; Infinity where the cell has one offset. */
  changeAt: number;
  after: number;
}

export interface Zone {
  readonly id: string;
  readonly cells: Map<number, Cell>;
  readonly fixedOffset: number | null;
}

const zones = new Map<string, Zone>();

/** A zone without offset or changes; also what four plain weeks are worked out in. */
export const UTC: Zone = { id: "UTC", cells: new Map(), fixedOffset: 0 };

/** The zone of an IANA name, or null where there is none. Bare offsets such as "+02:00" are no IANA names. */
export function findZone(name: string): Zone | null {
  const known = zones.get(name);
  if (known !== undefined) return known;
  // Temporal also takes whole ISO strings as a time zone: only names may pass.
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(name)) return null;
  let id: string;
  try {
    id = Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch {
    return null;
  }
  // Names are matched without regard to case, so an unbounded map could be filled with spellings: keep one per zone.
  const zone = id === "UTC" ? UTC : (zones.get(id) ?? { id, cells: new Map(), fixedOffset: null });
  zones.set(id, zone);
  return zone;
}

/** As `findZone`, for names that were validated before. Throws RangeError on an unknown one. */
export function zoneOf(name: string): Zone {
  const zone = findZone(name);
  if (zone === null) throw new RangeError(`Unknown time zone: ${name}`);
  return zone;
}

/** Ms to add to an instant to get its wall time. */
export function offsetAt(zone: Zone, at: number): number {
  if (zone.fixedOffset !== null) return zone.fixedOffset;
  const cell = cellOf(zone, Math.floor(at / CELL));
  return at < cell.changeAt ? cell.offset : cell.after;
}

/** The one offset that holds from `from` to `to`, or null where it changes between them. */
export function steadyOffset(zone: Zone, from: number, to: number): number | null {
  if (zone.fixedOffset !== null) return zone.fixedOffset;
  const last = Math.floor(to / CELL);
  for (let index = Math.floor(from / CELL); index <= last; index++) {
    const { changeAt } = cellOf(zone, index);
    if (changeAt > from && changeAt <= to) return null;
  }
  return offsetAt(zone, from);
}

/** The instant of a wall time (ms as if it were UTC), resolved as Temporal's `compatible`. */
export function instantOf(zone: Zone, wall: number): number {
  const offset = steadyOffset(zone, wall - REACH, wall + REACH);
  if (offset !== null) return wall - offset;
  return plainDateTime(wall).toZonedDateTime(zone.id, { disambiguation: "compatible" }).epochMilliseconds;
}

/** The first instant of a local date; for a date the zone skipped, the first instant after it. */
export function startOfDay(zone: Zone, day: number): number {
  const wall = day * DAY;
  const offset = steadyOffset(zone, wall - REACH, wall + REACH);
  if (offset !== null) return wall - offset;
  return plainDateTime(wall).toPlainDate().toZonedDateTime(zone.id).epochMilliseconds;
}

/** The epoch day of the local date that `at` falls on. */
export function dayOf(zone: Zone, at: number): number {
  return Math.floor((at + offsetAt(zone, at)) / DAY);
}

/** False for a date the zone skipped, such as 2011-12-30 in Pacific/Apia. */
export function dayExists(zone: Zone, day: number): boolean {
  return dayOf(zone, startOfDay(zone, day)) === day;
}

function cellOf(zone: Zone, index: number): Cell {
  return zone.cells.get(index) ?? readCell(zone, index);
}

function readCell(zone: Zone, index: number): Cell {
  const start = Temporal.Instant.fromEpochMilliseconds(index * CELL).toZonedDateTimeISO(zone.id);
  const offset = start.offsetNanoseconds / 1e6;
  const next = zone.cells.get(index + 1);
  const after = next === undefined ? readOffset(zone, (index + 1) * CELL) : next.offset;
  const change = offset === after ? null : start.getTimeZoneTransition("next");
  const cell = { offset, after, changeAt: change === null ? Infinity : change.epochMilliseconds };
  if (zone.cells.size >= MAX_CELLS) zone.cells.clear();
  zone.cells.set(index, cell);
  return cell;
}

function readOffset(zone: Zone, at: number): number {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone.id).offsetNanoseconds / 1e6;
}

function plainDateTime(wall: number): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO("UTC").toPlainDateTime();
}
