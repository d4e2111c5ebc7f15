/** Figures and how they are told: percentiles, ratios, one line for each claim. */

export interface Spread {
  readonly n: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Nearest-rank percentiles; zeros for nothing. */
export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { n: sorted.length, p50: rank(0.5), p95: rank(0.95), p99: rank(0.99), max: rank(1) };
}

export interface Claim {
  readonly what: string;
  /** As told, with its unit. */
  readonly figure: string;
  /** As told; null where nothing is claimed. */
  readonly target: string | null;
  /** Null where nothing is claimed. */
  readonly held: boolean | null;
}

export const info = (what: string, figure: string): Claim => ({ what, figure, target: null, held: null });

export const atMost = (what: string, value: number, limit: number, unit: string): Claim => ({
  what,
  figure: `${value.toFixed(2)} ${unit}`,
  target: `≤ ${limit} ${unit}`,
  held: value <= limit,
});

export const atLeast = (what: string, value: number, limit: number, unit: string): Claim => ({
  what,
  figure: `${value.toFixed(2)} ${unit}`,
  target: `≥ ${limit} ${unit}`,
  held: value >= limit,
});

export const ms = (value: number): string => `${value.toFixed(1)} ms`;

export const inWords = ({ p50, p95, p99, max }: Spread): string =>
  `p50 ${ms(p50)}, p95 ${ms(p95)}, p99 ${ms(p99)}, max ${ms(max)}`;

export function table(claims: readonly Claim[]): string {
  const width = Math.max(...claims.map(({ what }) => what.length));
  return claims
    .map(({ what, figure, target, held }) => {
      const verdict = target === null ? "" : `  (${target}: ${held === true ? "held" : "MISSED"})`;
      return `  ${what.padEnd(width)}  ${figure}${verdict}`;
    })
    .join("\n");
}
