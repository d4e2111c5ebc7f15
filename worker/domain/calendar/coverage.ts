// Coverage-time arithmetic: when is it due, how much of it was open, is it open now. Instants and durations are
// epoch ms and ms. Rules and edge cases: docs/calendar.md.
import { BLOCK_DAYS, blockAt, blockOf } from "./blocks.ts";
import { DAY } from "./zones.ts";
import type { Block, Calendar, Shape } from "./types.ts";

/** A calendar must open within this long to be of use (docs/calendar.md "Never open"). */
export const OPENING_HORIZON = 400 * DAY;

/** How far ahead an answer is looked for: far beyond any target, near enough to end a nonsensical question. */
const SEARCH_BLOCKS = Math.ceil((200 * 366) / BLOCK_DAYS);

/**
 * The earliest instant at which the open time elapsed since `start` equals `duration`; exactly on a window's end it
 * stays there. With 0, the earliest open instant at or after `start`. Null where the calendar doesn't open enough
 * in the next 200 years. Throws RangeError on a negative duration.
 */
export function add(calendar: Calendar, start: number, duration: number): number | null {
  if (!(duration >= 0)) throw new RangeError(`A duration is 0 or more ms: ${duration}`);
  if (duration === 0) return nextOpening(calendar, start);
  const first = blockAt(calendar, start);
  const limit = lastBlock(calendar, first);
  let need = openedBefore(first.shape, start - first.from) + duration;
  for (let block = first; ; block = blockOf(calendar, block.index + 1)) {
    if (need <= block.shape.total) return block.from + instantOfOpened(block.shape, need);
    need -= block.shape.total;
    if (block.index >= limit) return null;
  }
}

/** The earliest open instant at or after `at`, or null where the calendar never opens again. */
export function nextOpening(calendar: Calendar, at: number): number | null {
  const first = blockAt(calendar, at);
  const limit = lastBlock(calendar, first);
  for (let block = first; block.index <= limit; block = blockOf(calendar, block.index + 1)) {
    const { starts, ends } = block.shape;
    const piece = firstAbove(ends, at - block.from);
    if (piece < ends.length) return Math.max(at, block.from + element(starts, piece));
  }
  return null;
}

/** Ms of open time in `[from, to)`; 0 if `to` is not after `from`. */
export function openBetween(calendar: Calendar, from: number, to: number): number {
  if (to <= from) return 0;
  const first = blockAt(calendar, from);
  const last = blockAt(calendar, to);
  let opened = openedBefore(last.shape, to - last.from) - openedBefore(first.shape, from - first.from);
  for (let index = first.index; index < last.index; index++) opened += blockOf(calendar, index).shape.total;
  return opened;
}

export function isOpen(calendar: Calendar, at: number): boolean {
  const { shape, from } = blockAt(calendar, at);
  const piece = firstAbove(shape.ends, at - from);
  return piece < shape.ends.length && element(shape.starts, piece) <= at - from;
}

/**
 * The end of the continuous open stretch that `at` lies in. Null where it is closed at `at`, or stays open for 400
 * days on.
 */
export function nextClose(calendar: Calendar, at: number): number | null {
  if (!isOpen(calendar, at)) return null;
  let block = blockAt(calendar, at);
  let close = block.from + element(block.shape.ends, firstAbove(block.shape.ends, at - block.from));
  while (close === block.to) {
    if (close - at >= OPENING_HORIZON) return null;
    block = blockOf(calendar, block.index + 1);
    if (block.shape.starts[0] === 0) close = block.from + element(block.shape.ends, 0);
  }
  return close;
}

/** Whether the calendar opens at all within 400 days from `now`: a calendar that doesn't is refused when saved. */
export function hasOpening(calendar: Calendar, now: number): boolean {
  const opening = nextOpening(calendar, now);
  return opening !== null && opening < now + OPENING_HORIZON;
}

/** Without weekly hours nothing opens after the last special date, and the search can end there. */
function lastBlock(calendar: Calendar, first: Block): number {
  const limit = first.index + SEARCH_BLOCKS;
  return calendar.plain.total > 0 ? limit : Math.min(limit, calendar.lastSpecialBlock);
}

/** Open ms between the block's first instant and `time` (ms into the block). */
function openedBefore({ starts, ends, opened }: Shape, time: number): number {
  const piece = firstAbove(ends, time);
  const before = piece === 0 ? 0 : element(opened, piece - 1);
  return piece < ends.length ? before + Math.max(0, time - element(starts, piece)) : before;
}

/** The earliest ms into the block at which `need` ms (more than 0, at most the total) have been open. */
function instantOfOpened({ ends, opened }: Shape, need: number): number {
  let low = 0;
  for (let high = opened.length - 1; low < high;) {
    const middle = (low + high) >> 1;
    if (element(opened, middle) >= need) high = middle;
    else low = middle + 1;
  }
  return element(ends, low) - (element(opened, low) - need);
}

/** Index of the first element greater than `value`, or the length. */
function firstAbove(sorted: Float64Array, value: number): number {
  let low = 0;
  for (let high = sorted.length; low < high;) {
    const middle = (low + high) >> 1;
    if (element(sorted, middle) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** An element known to exist. */
function element(array: Float64Array, index: number): number {
  return array[index] as number;
}
