/** How times are told: one rule for every page and mail that names them. No zod, so the embed can use it. */

const MINUTE_MS = 60_000;

/**
 * The minute that is told for a promise: a minute that has begun is rounded up, so nobody hears of a time before the one
 * that the clock enforces. Every sentence and page rounds here, and a promise is over when this minute has come, not earlier.
 * @param at epoch ms
 */
export const toldMinute = (at: number): number => Math.ceil(at / MINUTE_MS) * MINUTE_MS;

/** What became of a promise; `lateMs` is negative or 0 where it was kept. */
export type PromiseFate =
  | { kind: "kept" | "late"; lateMs: number }
  /** The lead was closed before the told minute was over, and nobody had to reach out any more. */
  | { kind: "withdrawn" | "waiting" | "passed" };

/** One judgement for the lead's page, reports and back-tests. Times are epoch ms. */
export const promiseFate = (
  about: { promiseAt: number; touchedAt: number | null; closedAt: number | null },
  now: number,
): PromiseFate => {
  const { promiseAt, touchedAt, closedAt } = about;
  const told = toldMinute(promiseAt);
  if (touchedAt !== null && touchedAt <= told) return { kind: "kept", lateMs: touchedAt - told };
  if (closedAt !== null && closedAt <= told) return { kind: "withdrawn" };
  if (touchedAt !== null) return { kind: "late", lateMs: touchedAt - told };
  return { kind: Math.max(now, closedAt ?? now) <= told ? "waiting" : "passed" };
};

/** "New York time"; always said beside a time that isn't told in the reader's own browser. */
export const zoneName = (timezone: string): string =>
  timezone === "UTC" || timezone.startsWith("Etc/")
    ? "UTC"
    : `${(timezone.split("/").pop() ?? timezone).replaceAll("_", " ")} time`;
