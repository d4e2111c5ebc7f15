/**
 * Whether items before it in an ordered list leave anything for an item, and which of them don't. A lead is guessed; the
 * first item that takes it away is subtracted, and so on: either a lead is left, or the items subtracted cover it all.
 * Only items that matter are ever subtracted, so a list of hundreds stays cheap.
 */
import { NO, type Diagrams, type Ref } from "./diagram.ts";

export type Covered =
  /** A lead reaches it. */
  | { kind: "reached"; point: number[] }
  /** No lead does; these items take all, and without any one of them some would be left. */
  | { kind: "covered"; by: number[] };

const union = (diagrams: Diagrams, region: Ref, items: readonly Ref[]): Ref =>
  items.reduce((left, item) => (left === NO ? NO : diagrams.minus(left, item)), region);

/** Whether one item alone takes it all; the first such. */
const alone = (diagrams: Diagrams, region: Ref, before: readonly Ref[], points: number[][]): number =>
  before.findIndex(
    (item) => points.every((point) => diagrams.at(item, point) === 1) && diagrams.minus(region, item) === NO,
  );

/** Leaves out what isn't needed, the last in the list first: those in front are what people read first. */
const needed = (diagrams: Diagrams, region: Ref, before: readonly Ref[], by: readonly number[]): number[] =>
  by.toReversed().reduce<number[]>(
    (kept, index) => {
      const others = kept.filter((each) => each !== index);
      const items = others.map((each) => before[each] ?? NO);
      return union(diagrams, region, items) === NO ? others : kept;
    },
    [...by],
  );

/** `region` must not be empty: what the item holds for, among the leads that can come. */
export const coverOf = (diagrams: Diagrams, region: Ref, before: readonly Ref[]): Covered => {
  let left = region;
  const by: number[] = [];
  const points: number[][] = [];
  for (;;) {
    const point = diagrams.pick(left);
    if (point === null) break;
    const taker = before.findIndex((item) => diagrams.at(item, point) === 1);
    if (taker < 0) return { kind: "reached", point };
    by.push(taker);
    points.push(point);
    left = diagrams.minus(left, before[taker] ?? NO);
  }
  const single = alone(diagrams, region, before, points);
  if (single >= 0) return { kind: "covered", by: [single] };
  return {
    kind: "covered",
    by: needed(
      diagrams,
      region,
      before,
      by.sort((a, b) => a - b),
    ),
  };
};
