/** Fits the weights of worker/domain/matching/weights.ts: logistic regression, drawn towards what each weight is expected to be. */
import { EVIDENCE, evidenceOf, type Evidence } from "../../worker/domain/matching/evidence.ts";
import type { Question } from "./data.ts";
import { featuresFor } from "./report.ts";

export interface Sample {
  x: number[];
  /** Is this candidate the right one? */
  right: boolean;
  weight: number;
}

/**
 * What a weight is expected to be before any case was seen, and how firmly: the cases hold some situations in other shares
 * than a CRM does (there, a lead's city often is not its head office's).
 */
const EXPECTED: Partial<Record<(typeof EVIDENCE)[number], readonly [value: number, firmness: number]>> = {
  bias: [-3, 0.01],
  sameName: [2, 1],
  sameWords: [3, 1],
  sameButStructure: [1.5, 1],
  extraKnown: [-4, 0.5],
  clash: [-3, 2],
  otherCity: [-0.5, 30],
  otherTown: [-3, 5],
  otherCountry: [-1, 30],
  sameCity: [1, 5],
  sameCountry: [0.7, 5],
  sameLabel: [4, 2],
  saidLabel: [2, 5],
  saidLabelWord: [1, 5],
  initials: [1, 3],
  knownInitials: [0.5, 5],
  spelt: [2, 3],
  mailSpells: [2, 10],
  mailSpellsHomonym: [0, 5],
  mailSpellsOther: [-5, 2],
  mailSpellsOnlyOther: [-4.5, 20],
  mailUnrelated: [-1, 3],
  mailOtherTown: [-2, 5],
  oddSlips: [-4, 2],
  slipShare: [-4, 1],
};
const FIRMNESS = 0.5;

/** Every candidate that the e-mail's own domain doesn't settle. */
export function samplesOf(questions: readonly Question[], weight = 1): Sample[] {
  return questions.flatMap((question) => {
    const right = new Set([question.expected, ...question.acceptable]);
    const features = featuresFor(question);
    if (features.some(({ mailDomain }) => mailDomain === "own" || mailDomain === "alias")) return [];
    return features
      .filter(({ name }) => name !== null && name.said.role !== "owner")
      .map((each) => {
        const evidence = evidenceOf(each, question.enriched.corporateDomain !== null);
        return { x: EVIDENCE.map((name) => evidence[name]), right: right.has(each.candidate.id), weight };
      });
  });
}

/** Newton's method; some ten steps. */
export function fit(samples: readonly Sample[]): Evidence {
  const expected = EVIDENCE.map((name) => EXPECTED[name] ?? ([0, FIRMNESS] as const));
  let w = expected.map(([value]) => value);
  for (let step = 0; step < 30; step++) {
    const move = newtonStep(samples, w, expected);
    w = w.map((value, i) => value + Math.max(-2, Math.min(2, move[i] ?? 0)));
    if (Math.max(...move.map(Math.abs)) < 1e-5) break;
  }
  return Object.fromEntries(
    EVIDENCE.map((name, i) => [name, Math.round((w[i] ?? 0) * 100) / 100]),
  ) as unknown as Evidence;
}

function newtonStep(
  samples: readonly Sample[],
  w: readonly number[],
  expected: readonly (readonly [number, number])[],
): number[] {
  const n = w.length;
  const gradient = Float64Array.from(
    w,
    (value, i) => (expected[i]?.[1] ?? 0) * ((expected[i]?.[0] ?? 0) - value),
  );
  const curve = Array.from({ length: n }, (_, i) => {
    const row = new Float64Array(n);
    row[i] = expected[i]?.[1] ?? 0;
    return row;
  });
  for (const { x, right, weight } of samples) {
    const sum = x.reduce((all, value, i) => all + value * (w[i] ?? 0), 0);
    const p = 1 / (1 + Math.exp(-sum));
    const pull = (Number(right) - p) * weight;
    const bend = p * (1 - p) * weight;
    const some = [...x.keys()].filter((i) => x[i] !== 0);
    for (const i of some) {
      gradient[i] = (gradient[i] ?? 0) + pull * (x[i] ?? 0);
      const row = curve[i] as Float64Array;
      for (const j of some) row[j] = (row[j] ?? 0) + bend * (x[i] ?? 0) * (x[j] ?? 0);
    }
  }
  return solve(curve.map((row, i) => [...row, gradient[i] ?? 0]));
}

/** Gauss-Jordan on an augmented matrix. */
function solve(matrix: number[][]): number[] {
  const n = matrix.length;
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c + 1; r < n; r++)
      if (Math.abs(matrix[r]?.[c] ?? 0) > Math.abs(matrix[pivot]?.[c] ?? 0)) pivot = r;
    [matrix[c], matrix[pivot]] = [matrix[pivot] as number[], matrix[c] as number[]];
    const row = matrix[c] as number[];
    for (const [r, other] of matrix.entries()) {
      const factor = r === c ? 0 : (other[c] ?? 0) / (row[c] || 1e-9);
      if (factor !== 0) for (let k = c; k <= n; k++) other[k] = (other[k] ?? 0) - factor * (row[k] ?? 0);
    }
  }
  return matrix.map((row, i) => (row[n] ?? 0) / (row[i] || 1e-9));
}
