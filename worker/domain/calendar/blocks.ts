// Resolves a calendar's rules to instants, four weeks at a time. Four weeks without a special date or a change of
// offset all look alike, so nearly every block shares one shape and costs only its first instant.
import { DAY, MINUTE, UTC, dayExists, instantOf, offsetAt, startOfDay, steadyOffset } from "./zones.ts";
import type { Zone } from "./zones.ts";
import type { Block, Calendar, DayRules, Shape } from "./types.ts";

/** A whole number of weeks, so that every block begins on the same weekday. */
export const BLOCK_DAYS = 28;
const MAX_BLOCKS = 1024;

/** A window reaches into the next date, and over a skipped date into the one after. */
const TAIL_DAYS = 2;

export function compileRules(timezone: string, zone: Zone, rules: DayRules): Calendar {
  const specialBlocks = new Set<number>();
  for (const day of rules.special.keys()) {
    specialBlocks.add(blockIndex(day - TAIL_DAYS)).add(blockIndex(day + TAIL_DAYS));
  }
  const everyWeek: DayRules = { weekly: rules.weekly, special: new Map(), closed: new Set() };
  return {
    timezone,
    zone,
    rules,
    plain: shapeOf(UTC, everyWeek, 0, 0, BLOCK_DAYS * DAY),
    specialBlocks,
    lastSpecialBlock: [...specialBlocks].reduce((last, index) => Math.max(last, index), -Infinity),
    blocks: new Map(),
    recent: null,
  };
}

/** The block that holds an instant. */
export function blockAt(calendar: Calendar, at: number): Block {
  const { recent, zone } = calendar;
  if (recent !== null && at >= recent.from && at < recent.to) return recent;
  let block = blockOf(calendar, Math.floor((at + offsetAt(zone, at)) / (BLOCK_DAYS * DAY)));
  // A clock set back over midnight shows a date again that had already ended.
  while (at < block.from) block = blockOf(calendar, block.index - 1);
  while (at >= block.to) block = blockOf(calendar, block.index + 1);
  calendar.recent = block;
  return block;
}

export function blockOf(calendar: Calendar, index: number): Block {
  const known = calendar.blocks.get(index);
  if (known !== undefined) return known;
  const block = resolve(calendar, index);
  if (calendar.blocks.size >= MAX_BLOCKS) calendar.blocks.clear();
  calendar.blocks.set(index, block);
  return block;
}

function resolve(calendar: Calendar, index: number): Block {
  const { zone, rules, plain, specialBlocks } = calendar;
  const first = index * BLOCK_DAYS;
  const next = first + BLOCK_DAYS;
  const steady = steadyOffset(zone, (first - 4) * DAY, (next + 4) * DAY);
  if (steady !== null && !specialBlocks.has(index)) {
    return { index, from: first * DAY - steady, to: next * DAY - steady, shape: plain };
  }
  const from = startOfDay(zone, first);
  const to = startOfDay(zone, next);
  return { index, from, to, shape: shapeOf(zone, rules, first, from, to) };
}

function shapeOf(zone: Zone, rules: DayRules, first: number, from: number, to: number): Shape {
  const pieces: [start: number, end: number][] = [];
  for (let day = first - TAIL_DAYS; day < first + BLOCK_DAYS; day++) {
    for (const [start, end] of openingsOf(zone, rules, day)) {
      if (end > from && start < to) pieces.push([Math.max(start, from) - from, Math.min(end, to) - from]);
    }
  }
  return measure(merge(pieces));
}

/** The windows that start on a local date, as instants, without what a holiday cuts off. */
function openingsOf(zone: Zone, rules: DayRules, day: number): [start: number, end: number][] {
  const windows = rules.special.get(day) ?? rules.weekly[((day % 7) + 7) % 7] ?? [];
  if (windows.length === 0 || !dayExists(zone, day)) return [];
  const closing = nextClosedDay(zone, rules, day);
  return windows.flatMap((window): [number, number][] => {
    const start = instantOf(zone, day * DAY + window.start * MINUTE);
    const end = Math.min(instantOf(zone, day * DAY + window.end * MINUTE), closing);
    return start < end ? [[start, end]] : [];
  });
}

/** The instant at which the first holiday within reach of a date's windows begins. */
function nextClosedDay(zone: Zone, rules: DayRules, day: number): number {
  for (let next = day + 1; next <= day + TAIL_DAYS; next++) {
    if (rules.closed.has(next) && dayExists(zone, next)) return startOfDay(zone, next);
  }
  return Infinity;
}

/** Open time is a union: overlapping windows count once, adjacent ones become one. */
function merge(pieces: [start: number, end: number][]): [start: number, end: number][] {
  const merged: [start: number, end: number][] = [];
  for (const [start, end] of pieces.sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

function measure(pieces: readonly (readonly [start: number, end: number])[]): Shape {
  let total = 0;
  const opened = Float64Array.from(pieces, ([start, end]) => (total += end - start));
  return {
    starts: Float64Array.from(pieces, ([start]) => start),
    ends: Float64Array.from(pieces, ([, end]) => end),
    opened,
    total,
  };
}

function blockIndex(day: number): number {
  return Math.floor(day / BLOCK_DAYS);
}
