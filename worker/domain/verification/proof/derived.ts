/**
 * Score, fit, intent, segment and territory as functions of the lead, exactly as scoring and territories work them out.
 * A sum of points is built from the last rule to the first; a partial sum that can't reach another threshold any more ends it.
 */
import type { ConfigDocument } from "../../../../schema/config/document.ts";
import { scoreLead } from "../../scoring/score.ts";
import type { Atom } from "./atoms.ts";
import { NO, terminal, YES, type Diagrams, type Ref } from "./diagram.ts";
import { answers } from "./variables.ts";
import { SCORES, TERRITORY, type Derived, type World } from "./world.ts";

type Scoring = ConfigDocument["scoring"];
type Measure = "score" | "fit" | "intent";

interface Step {
  holds: Ref;
  fit: number;
  intent: number;
}

/** Thresholds cut the sums into cells: 2k+1 is the k-th threshold itself, 2k what lies below it. */
const cellOf = (sum: number, thresholds: readonly number[]): number => {
  const below = thresholds.filter((threshold) => threshold < sum).length;
  return 2 * below + (thresholds[below] === sum ? 1 : 0);
};

/** Any sum of a cell stands for all of them: no comparison tells them apart. */
const sumIn = (cell: number, thresholds: readonly number[]): number => {
  const at = Math.floor(cell / 2);
  if (cell % 2 === 1) return thresholds[at] ?? 0;
  const low = thresholds[at - 1];
  const high = thresholds[at];
  if (low === undefined) return (high ?? 1) - 1;
  return high === undefined ? low + 1 : (low + high) / 2;
};

/** Whole numbers add up to the same in any order; others are added as scoring adds them, fit and intent apart. */
const measured = (steps: readonly Step[], measure: Measure): Step[] =>
  measure === "score" && steps.every(({ fit, intent }) => Number.isInteger(fit) && Number.isInteger(intent))
    ? steps.map(({ holds, fit, intent }) => ({ holds, fit: fit + intent, intent: 0 }))
    : steps.map(({ holds, fit, intent }) => ({
        holds,
        fit: measure === "intent" ? 0 : fit,
        intent: measure === "fit" ? 0 : intent,
      }));

/** What the points from each step on can add at most and take at most. */
const reachOf = (steps: readonly Step[]): { low: number; high: number }[] => {
  const reach = [{ low: 0, high: 0 }];
  for (const { fit, intent } of steps.toReversed()) {
    const last = reach[0] ?? { low: 0, high: 0 };
    const points = fit + intent;
    reach.unshift({ low: last.low + Math.min(0, points), high: last.high + Math.max(0, points) });
  }
  return reach;
};

const ROUNDING = 1e-6;

const sumOf = (diagrams: Diagrams, all: readonly Step[], thresholds: readonly number[]): Ref => {
  const steps = all.filter(({ holds, fit, intent }) => holds !== NO && (fit !== 0 || intent !== 0));
  const reach = reachOf(steps);
  const known = new Map<string, Ref>();
  const from = (at: number, fit: number, intent: number): Ref => {
    const step = steps[at];
    const sum = fit + intent;
    if (!step) return terminal(cellOf(sum, thresholds));
    const { low, high } = reach[at] ?? { low: 0, high: 0 };
    const least = cellOf(sum + low - ROUNDING, thresholds);
    if (least === cellOf(sum + high + ROUNDING, thresholds)) return terminal(least);
    const key = `${at} ${fit} ${intent}`;
    let result = known.get(key);
    if (result === undefined) {
      const yes = from(at + 1, fit + step.fit, intent + step.intent);
      const no = step.holds === YES ? yes : from(at + 1, fit, intent);
      result = diagrams.choose(step.holds, yes, no);
      known.set(key, result);
    }
    return result;
  };
  return from(0, 0, 0);
};

const thresholdsOf = (atoms: readonly Atom[], more: readonly number[]): number[] =>
  [
    ...new Set([
      ...atoms
        .flatMap(({ members, value }) => [...members, value])
        .filter((item) => typeof item === "number"),
      ...more,
    ]),
  ].sort((a, b) => a - b);

const segmentOf = (scoring: Scoring, score: number): string | null => {
  const rules = [{ id: "x", when: {}, points: score, counts: "fit" as const }];
  return scoreLead({ rules, segments: scoring.segments }, {}).segment;
};

export interface Scores {
  derived: Derived;
  /** Where the score lies in this segment. */
  inSegment: (id: string) => Ref;
  /** The least and the most that the rules can add up to, each taken by itself. */
  low: number;
  high: number;
}

export const scoresOf = (world: World, scoring: Scoring): Scores => {
  const { diagrams, atoms } = world;
  const steps = scoring.rules.map((rule): Step => ({
    holds: world.encode(rule.when, new Map()),
    fit: rule.counts === "fit" ? rule.points : 0,
    intent: rule.counts === "intent" ? rule.points : 0,
  }));
  const minimums = scoring.segments.map(({ min }) => min);
  const made = new Map<Measure, { thresholds: number[]; sum: Ref }>();
  const of = (measure: Measure) => {
    const known = made.get(measure);
    if (known) return known;
    const thresholds = thresholdsOf(atoms.get(measure) ?? [], measure === "score" ? minimums : []);
    const result = { thresholds, sum: sumOf(diagrams, measured(steps, measure), thresholds) };
    made.set(measure, result);
    return result;
  };
  const follow = (measure: Measure, test: (sum: number) => boolean): Ref => {
    const { thresholds, sum } = of(measure);
    return diagrams.where(sum, (cell) => test(sumIn(cell, thresholds)));
  };
  const segment = (test: (id: string | null) => boolean): Ref =>
    follow("score", (sum) => test(segmentOf(scoring, sum)));
  const reach = reachOf(measured(steps, "score"))[0];
  return {
    derived: new Map(
      SCORES.map((field) => [
        field,
        (atom: Atom) =>
          field === "segment"
            ? segment((id) => answers(atom, id, false))
            : follow(field, (sum) => answers(atom, sum, false)),
      ]),
    ),
    inSegment: (id) => segment((found) => found === id),
    low: reach?.low ?? 0,
    high: reach?.high ?? 0,
  };
};

export interface Territories {
  derived: Derived;
  /** Where the territory with this index takes the lead. */
  taken: (index: number) => Ref;
  /** Where its own condition holds. */
  holds: readonly Ref[];
}

/** The first territory that holds; 0 is none. */
export const territoriesOf = (world: World, document: ConfigDocument, scores: Derived): Territories => {
  const { diagrams } = world;
  const holds = document.territories.map(({ when }) => world.encode(when, scores));
  let first: Ref | null = null;
  const firstOf = (): Ref =>
    (first ??= holds.reduceRight<Ref>(
      (rest, ref, index) => diagrams.choose(ref, terminal(index + 1), rest),
      terminal(0),
    ));
  const ids = document.territories.map(({ id }) => id);
  return {
    derived: new Map([
      ...scores,
      [
        TERRITORY,
        (atom: Atom) => diagrams.where(firstOf(), (value) => answers(atom, ids[value - 1] ?? null, false)),
      ],
    ]),
    taken: (index) => diagrams.where(firstOf(), (value) => value === index + 1),
    holds,
  };
};
