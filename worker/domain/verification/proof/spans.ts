/**
 * Sets of instants as sorted, disjoint half-open spans `[start, end, start, end …]`, in epoch milliseconds. A calendar
 * becomes the spans in which it is open: a year is some hundreds of change points, so nothing goes minute by minute.
 */
import { blockAt, blockOf } from "../../calendar/blocks.ts";
import type { Calendar } from "../../calendar/types.ts";

export type Spans = readonly number[];

export interface Horizon {
  from: number;
  to: number;
}

export const whole = ({ from, to }: Horizon): Spans => [from, to];

/** Adds a span that begins at or after the last one's start. */
const push = (spans: number[], start: number, end: number): void => {
  const last = spans.length - 1;
  if (last > 0 && start <= (spans[last] ?? 0)) spans[last] = Math.max(spans[last] ?? 0, end);
  else if (start < end) spans.push(start, end);
};

export const openSpans = (calendar: Calendar, { from, to }: Horizon): Spans => {
  const spans: number[] = [];
  for (let block = blockAt(calendar, from); block.from < to; block = blockOf(calendar, block.index + 1)) {
    const { starts, ends } = block.shape;
    for (let piece = 0; piece < starts.length; piece++) {
      const start = Math.max(from, block.from + (starts[piece] ?? 0));
      push(spans, start, Math.max(start, Math.min(to, block.from + (ends[piece] ?? 0))));
    }
  }
  return spans;
};

/** Instants that are in either. */
export const union = (a: Spans, b: Spans): Spans => {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
  const either: number[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const first = j >= b.length || (i < a.length && (a[i] ?? 0) <= (b[j] ?? 0));
    const set = first ? a : b;
    const at = first ? i : j;
    push(either, set[at] ?? 0, set[at + 1] ?? 0);
    if (first) i += 2;
    else j += 2;
  }
  return either;
};

export const intersect = (a: Spans, b: Spans): Spans => {
  const both: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const start = Math.max(a[i] ?? 0, b[j] ?? 0);
    const end = Math.min(a[i + 1] ?? 0, b[j + 1] ?? 0);
    if (start < end) both.push(start, end);
    if ((a[i + 1] ?? 0) < (b[j + 1] ?? 0)) i += 2;
    else j += 2;
  }
  return both;
};

/** The instants of the horizon that the set leaves out. */
export const complement = (set: Spans, { from, to }: Horizon): Spans => {
  const rest: number[] = [];
  let at = from;
  for (let i = 0; i < set.length; i += 2) {
    const start = Math.min(set[i] ?? 0, to);
    if (start > at) rest.push(at, start);
    at = Math.max(at, set[i + 1] ?? 0);
  }
  if (at < to) rest.push(at, to);
  return rest;
};

/** Instants from which the set is reached within `wait`: every span begins that much sooner. */
export const within = (set: Spans, wait: number, { from }: Horizon): Spans => {
  const sooner: number[] = [];
  for (let at = 0; at < set.length; at += 2)
    push(sooner, Math.max(from, (set[at] ?? 0) - wait), set[at + 1] ?? 0);
  return sooner;
};

/** Index of the first change point after `at`; odd where `at` is inside. */
const after = (set: Spans, at: number): number => {
  let low = 0;
  for (let high = set.length; low < high;) {
    const middle = (low + high) >> 1;
    if ((set[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
};

export const contains = (set: Spans, at: number): boolean => after(set, at) % 2 === 1;

/** The first instant at or after `at`; null where the set has none. */
export const firstIn = (set: Spans, at: number): number | null => {
  const index = after(set, at);
  return index % 2 === 1 ? at : (set[index] ?? null);
};

/** Milliseconds. */
export const lengthOf = (set: Spans): number =>
  set.reduce((sum, instant, at) => sum + (at % 2 === 0 ? -instant : instant), 0);

/** The instants that somebody holds, and for each holder those that they alone hold. */
export const aloneIn = (
  holders: ReadonlyMap<string, Spans>,
  horizon: Horizon,
): { held: Spans; alone: Map<string, Spans> } => {
  let once: Spans = [];
  let twice: Spans = [];
  for (const set of holders.values()) {
    twice = union(twice, intersect(once, set));
    once = union(once, set);
  }
  const single = complement(twice, horizon);
  const alone = new Map<string, Spans>();
  for (const [holder, set] of holders) {
    const spans = intersect(set, single);
    if (spans.length > 0) alone.set(holder, spans);
  }
  return { held: once, alone };
};
