/** How times are told: one rule for every page and mail that names them. No zod, so the embed can use it. */

const MINUTE_MS = 60_000;

/**
 * The minute that is told for a promise: a minute that has begun is rounded up, so nobody hears of a time before the one
 * that the clock enforces. Every sentence and page rounds here, and a promise is over when this minute has come, not earlier.
 * @param at epoch ms
 */
export const toldMinute = (at: number): number => Math.ceil(at / MINUTE_MS) * MINUTE_MS;

/** "New York time"; always said beside a time that isn't told in the reader's own browser. */
export const zoneName = (timezone: string): string =>
  timezone === "UTC" || timezone.startsWith("Etc/")
    ? "UTC"
    : `${(timezone.split("/").pop() ?? timezone).replaceAll("_", " ")} time`;
