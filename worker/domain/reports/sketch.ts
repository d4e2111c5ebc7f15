/**
 * Distributions of durations as counts in buckets that grow by 2 %: mergeable by adding, so days add up to months and
 * people to teams. A quantile read from them is at most 1 % off (docs/reports.md).
 */

const GROWTH = 1.02;
const LOG = Math.log(GROWTH);
/** Durations are told in seconds; below one they are the same. */
const UNIT_MS = 1000;

/** Bucket 0 holds what took less than a second. */
export const bucketOf = (ms: number): number =>
  ms < UNIT_MS ? 0 : 1 + Math.floor(Math.log(ms / UNIT_MS) / LOG);

/** The middle of a bucket, in ms: at most 1 % from everything in it. */
export const bucketMiddle = (bucket: number): number =>
  bucket <= 0 ? 0 : (UNIT_MS * (GROWTH ** (bucket - 1) * (2 * GROWTH))) / (1 + GROWTH);

export interface BucketCount {
  bucket: number;
  n: number;
}

/** Nearest-rank quantile in ms; null of nothing. `share` in (0, 1]. */
export const quantile = (buckets: readonly BucketCount[], share: number): number | null => {
  const sorted = buckets.filter(({ n }) => n > 0).sort((a, b) => a.bucket - b.bucket);
  const total = sorted.reduce((sum, { n }) => sum + n, 0);
  if (total === 0) return null;
  let rank = Math.max(1, Math.ceil(share * total));
  for (const { bucket, n } of sorted) {
    rank -= n;
    if (rank <= 0) return bucketMiddle(bucket);
  }
  return null;
};
