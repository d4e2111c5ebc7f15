/**
 * Tests of significance, exact enough to accuse nobody by chance (docs/reports.md). Pure; known values in
 * test/cases/statistics.ts.
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
  /** Positive: the more valuable, the more often. */
  z: number;
  /** Two-sided. */
  p: number;
}

/**
 * Cochran-Armitage test for trend in proportions. Null where nothing can be said: all of one value, or all treated alike.
 * The variance has Cochran's n, not n - 1.
 */
export const trendTest = (doses: readonly Dose[]): Trend | null => {
  const n = doses.reduce((sum, { of }) => sum + of, 0);
  const hits = doses.reduce((sum, each) => sum + each.hits, 0);
  if (n === 0 || hits === 0 || hits === n) return null;
  const mean = doses.reduce((sum, { value, of }) => sum + value * of, 0) / n;
  const spread = doses.reduce((sum, { value, of }) => sum + of * (value - mean) ** 2, 0);
  if (spread === 0) return null;
  const rate = hits / n;
  const score = doses.reduce((sum, each) => sum + (each.hits - each.of * rate) * (each.value - mean), 0);
  const z = score / Math.sqrt(rate * (1 - rate) * spread);
  return { z, p: 2 * normalTail(Math.abs(z)) };
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
