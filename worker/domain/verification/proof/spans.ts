/**
 * Sets of instants as sorted, disjoint half-open spans `[start, end, start, end …]`, in epoch milliseconds. A calendar
 * becomes the spans in which it is open: a year is some hundreds of change points, so nothing goes minute by minute. Sets
 * are typed arrays and written in one pass, because a policy needs thousands of these operations.
 */
import { blockAt, blockOf } from "../../calendar/blocks.ts";
import type { Calendar } from "../../calendar/types.ts";

export type Spans = Float64Array;

export interface Horizon {
  from: number;
  to: number;
}

export const NEVER: Spans = new Float64Array(0);

export const whole = ({ from, to }: Horizon): Spans => Float64Array.of(from, to);

/** An element known to exist. */
const element = (set: Spans, index: number): number => set[index] as number;

/** Written in place and copied out when done: making a large typed array costs more than filling it. */
let scratch = new Float64Array(4096);

/** Writes spans in order of their starts, joined where they touch. One at a time. */
class Writer {
  #size = 0;
  constructor(most: number) {
    if (scratch.length < most) scratch = new Float64Array(2 * most);
  }
  add(start: number, end: number): void {
    const size = this.#size;
    if (size > 0 && start <= element(scratch, size - 1)) {
      if (end > element(scratch, size - 1)) scratch[size - 1] = end;
    } else if (start < end) {
      scratch[size] = start;
      scratch[size + 1] = end;
      this.#size = size + 2;
    }
  }
  done(): Spans {
    return scratch.slice(0, this.#size);
  }
}

export const openSpans = (calendar: Calendar, { from, to }: Horizon): Spans => {
  const pieces: number[] = [];
  for (let block = blockAt(calendar, from); block.from < to; block = blockOf(calendar, block.index + 1)) {
    const { starts, ends } = block.shape;
    for (let piece = 0; piece < starts.length; piece++) {
      const start = Math.max(from, block.from + element(starts, piece));
      const end = Math.min(to, block.from + element(ends, piece));
      if (start < end) pieces.push(start, end);
    }
  }
  const writer = new Writer(pieces.length);
  for (let at = 0; at < pieces.length; at += 2) writer.add(pieces[at] as number, pieces[at + 1] as number);
  return writer.done();
};

/** Whether `a` is one span that holds all of `b`: most sets are joined with what holds them already. */
const holdsAll = (a: Spans, b: Spans): boolean =>
  a.length === 2 && element(a, 0) <= element(b, 0) && element(b, b.length - 1) <= element(a, 1);

/** Instants that are in either. */
export const union = (a: Spans, b: Spans): Spans => {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
  if (a === b || holdsAll(a, b)) return a;
  if (holdsAll(b, a)) return b;
  const writer = new Writer(a.length + b.length);
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (j >= b.length || (i < a.length && element(a, i) <= element(b, j))) {
      writer.add(element(a, i), element(a, i + 1));
      i += 2;
    } else {
      writer.add(element(b, j), element(b, j + 1));
      j += 2;
    }
  }
  return writer.done();
};

export const intersect = (a: Spans, b: Spans): Spans => {
  if (a.length === 0 || b.length === 0) return NEVER;
  if (a === b || holdsAll(b, a)) return a;
  if (holdsAll(a, b)) return b;
  const writer = new Writer(a.length + b.length);
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const endA = element(a, i + 1);
    const endB = element(b, j + 1);
    const start = Math.max(element(a, i), element(b, j));
    const end = endA < endB ? endA : endB;
    if (start < end) writer.add(start, end);
    if (endA < endB) i += 2;
    else j += 2;
  }
  return writer.done();
};

/** The instants of the horizon that the set leaves out. */
export const complement = (set: Spans, { from, to }: Horizon): Spans => {
  const writer = new Writer(set.length + 2);
  let at = from;
  for (let i = 0; i < set.length && at < to; i += 2) {
    const start = Math.min(element(set, i), to);
    if (start > at) writer.add(at, start);
    at = Math.max(at, element(set, i + 1));
  }
  if (at < to) writer.add(at, to);
  return writer.done();
};

/** Instants from which the set is reached within `wait`: every span begins that much sooner. */
export const within = (set: Spans, wait: number, { from }: Horizon): Spans => {
  const writer = new Writer(set.length);
  for (let at = 0; at < set.length; at += 2)
    writer.add(Math.max(from, element(set, at) - wait), element(set, at + 1));
  return writer.done();
};

/** Index of the first change point after `at`; odd where `at` is inside. */
const after = (set: Spans, at: number): number => {
  let low = 0;
  for (let high = set.length; low < high;) {
    const middle = (low + high) >> 1;
    if (element(set, middle) <= at) low = middle + 1;
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
export const lengthOf = (set: Spans): number => {
  let sum = 0;
  for (let at = 0; at < set.length; at += 2) sum += element(set, at + 1) - element(set, at);
  return sum;
};

/** The instants that somebody holds, and for each holder those that they alone hold. */
export const aloneIn = (
  holders: ReadonlyMap<string, Spans>,
  horizon: Horizon,
): { held: Spans; alone: Map<string, Spans> } => {
  // Colleagues of one shift share one set: there two are there whenever one is.
  const shared = Map.groupBy(holders, ([, set]) => set);
  const sets = [...shared].map(([set, who]) => ({ set, several: who.length > 1, length: lengthOf(set) }));
  let once = NEVER;
  let twice = NEVER;
  for (const { set, several } of sets.sort((a, b) => b.length - a.length)) {
    twice = union(twice, several ? set : intersect(once, set));
    once = union(once, set);
    if (twice.length === 2 && complement(twice, horizon).length === 0) break;
  }
  const single = complement(twice, horizon);
  const alone = new Map<string, Spans>();
  if (single.length === 0) return { held: once, alone };
  for (const [holder, set] of holders) {
    const spans = intersect(set, single);
    if (spans.length > 0) alone.set(holder, spans);
  }
  return { held: once, alone };
};
