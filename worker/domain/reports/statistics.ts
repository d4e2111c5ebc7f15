/**
 * Tests of significance for what may be read as an accusation: exact while that can be counted (docs/reports.md). Pure; known
 * values in test/cases/statistics.ts.
 */

const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);
const density = (z: number): number => Math.exp((-z * z) / 2) / ROOT_TWO_PI;

/** Between 0 and z, by the series z + z³/3 + z⁵/15 + … times the density: every term is positive, nothing cancels. */
const middle = (z: number): number => {
  let term = z;
  let sum = z;
  for (let n = 3; term > sum * 1e-17; n += 2) {
    term *= (z * z) / n;
    sum += term;
  }
  return density(z) * sum;
};

/** Far out, by Laplace's continued fraction, read from its end. */
const far = (z: number): number => {
  let fraction = z;
  for (let n = 60; n >= 1; n--) fraction = z + n / fraction;
  return density(z) / fraction;
};

/** Upper tail of the standard normal. */
export const normalTail = (z: number): number => {
  if (z < 0) return 1 - normalTail(-z);
  return z < 4 ? 0.5 - middle(z) : far(z);
};

/** Leads of one value: how many there were, and how many were treated. */
export interface Dose {
  value: number;
  of: number;
  hits: number;
}

export interface Trend {
  /** Cochran and Armitage's, with Cochran's n in the variance; positive: the more valuable, the more often. */
  z: number;
  /** One-sided: how often chance alone would reach so much value, or more, with as many hits. */
  p: number;
}

/** One number for each lead, shifted and divided so that the least is 0 and neighbours are a whole step apart. */
interface Sample {
  values: number[];
  hits: number;
  /** Of the values that were hit. */
  sum: number;
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

const sampleOf = (doses: readonly Dose[]): Sample => {
  const whole = doses.map((dose) => ({ ...dose, value: Math.round(dose.value) }));
  const least = Math.min(...whole.map(({ value }) => value));
  const step = whole.reduce((most, { value }) => gcd(value - least, most), 0) || 1;
  const shifted = whole.map((dose) => ({ ...dose, value: (dose.value - least) / step }));
  return {
    values: shifted.flatMap(({ value, of }) => Array.from({ length: of }, () => value)),
    hits: shifted.reduce((all, { hits }) => all + hits, 0),
    sum: shifted.reduce((all, { value, hits }) => all + value * hits, 0),
  };
};

/** The same question asked of those that were missed, where they are fewer: a high sum here is a low one there. */
const ofTheFewer = ({ values, hits, sum }: Sample): Sample => {
  const misses = values.length - hits;
  if (hits <= misses) return { values, hits, sum };
  const most = Math.max(...values);
  const total = values.reduce((all, value) => all + value, 0);
  return { values: values.map((value) => most - value), hits: misses, sum: misses * most - (total - sum) };
};

/** Of all ways to choose as many, the share that reaches the sum: counted, not approximated. */
const exactTail = ({ values, hits, sum }: Sample): number => {
  // Row k, place s: ways to choose k whose sum is s; whatever reaches `sum` stands in the last place.
  const width = sum + 1;
  const ways = new Float64Array((hits + 1) * width);
  ways[0] = 1;
  let all = 1;
  values.forEach((value, nth) => {
    for (let k = Math.min(nth + 1, hits); k >= 1; k--) {
      const to = k * width;
      const from = to - width;
      for (let s = 0; s <= sum; s++) {
        const place = to + Math.min(sum, s + value);
        ways[place] = (ways[place] ?? 0) + (ways[from + s] ?? 0);
      }
    }
  });
  for (let k = 1; k <= hits; k++) all *= (values.length - hits + k) / k;
  return Math.min(1, (ways[hits * width + sum] ?? 0) / all);
};

/** Of very many, the normal with half a step of continuity; where the distribution is skewed, the heavier of both readings. */
const normalSumTail = ({ values, hits, sum }: Sample): number => {
  const n = values.length;
  const mean = values.reduce((all, value) => all + value, 0) / n;
  const moment = (power: number): number => values.reduce((all, v) => all + (v - mean) ** power, 0) / n;
  const deviation = Math.sqrt((hits * (n - hits) * moment(2)) / (n - 1));
  const third = (hits * (n - hits) * (n - 2 * hits) * moment(3)) / ((n - 1) * (n - 2));
  const x = (sum - 0.5 - hits * mean) / deviation;
  const skewed = (third / deviation ** 3 / 6) * (x * x - 1) * density(x);
  return Math.min(1, normalTail(x) + Math.max(0, skewed));
};

/** Additions that one person's exact answer may take: some ten milliseconds. Up to a hundred leads need less. */
const MOST_STEPS = 1e7;
/** More ways than a number holds. */
const MOST_VALUES = 1000;

/**
 * Were the valuable treated more often than chance explains? A permutation test: with as many leads of the same values and as
 * many hits, all choices of those hit are equally likely. Null where nothing can be said: all of one value, or all treated alike.
 * @param mostSteps above this the normal distribution stands in
 */
export const trendTest = (doses: readonly Dose[], mostSteps = MOST_STEPS): Trend | null => {
  const n = doses.reduce((all, { of }) => all + of, 0);
  const hits = doses.reduce((all, each) => all + each.hits, 0);
  if (n === 0 || hits === 0 || hits === n) return null;
  const mean = doses.reduce((all, { value, of }) => all + value * of, 0) / n;
  const spread = doses.reduce((all, { value, of }) => all + of * (value - mean) ** 2, 0);
  if (spread === 0) return null;
  const rate = hits / n;
  const score = doses.reduce((all, each) => all + (each.hits - each.of * rate) * (each.value - mean), 0);
  const sample = ofTheFewer(sampleOf(doses));
  const isExact = n <= MOST_VALUES && n * sample.hits * (sample.sum + 1) <= mostSteps;
  return {
    z: score / Math.sqrt(rate * (1 - rate) * spread),
    p: isExact ? exactTail(sample) : normalSumTail(sample),
  };
};

/** Fewer leads due, or fewer hits or misses among them, say nothing about anybody. */
const FEWEST = { due: 10, each: 3 };

/** Whether there is enough of a person's to judge by; it doesn't look at which leads were hit, so it favours no answer. */
export const isEnough = (doses: readonly Dose[]): boolean => {
  const due = doses.reduce((all, { of }) => all + of, 0);
  const hits = doses.reduce((all, each) => all + each.hits, 0);
  return due >= FEWEST.due && Math.min(hits, due - hits) >= FEWEST.each;
};

/** Holm's correction for testing many people at once; in the order given. */
export const holm = (ps: readonly number[]): number[] => {
  const order = ps.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const adjusted = ps.map(() => 1);
  let most = 0;
  order.forEach(({ p, index }, rank) => {
    most = Math.max(most, Math.min(1, p * (ps.length - rank)));
    adjusted[index] = most;
  });
  return adjusted;
};

/** Shares among the less and the more valuable half, split at the median value. */
export const halves = (doses: readonly Dose[]): { low: Dose; high: Dose } => {
  const sorted = [...doses].sort((a, b) => a.value - b.value);
  const total = sorted.reduce((sum, { of }) => sum + of, 0);
  const sum = (list: readonly Dose[]): Dose => ({
    value: list[0]?.value ?? 0,
    of: list.reduce((all, { of }) => all + of, 0),
    hits: list.reduce((all, { hits }) => all + hits, 0),
  });
  let seen = 0;
  const cut = sorted.findIndex(({ of }) => (seen += of) * 2 >= total) + 1;
  return { low: sum(sorted.slice(0, cut)), high: sum(sorted.slice(cut)) };
};
