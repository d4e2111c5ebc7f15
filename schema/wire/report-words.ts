/** How reports call whose a miss was, and why a lead fell back: one table for figures, digests and pages. */
import type { Attribution } from "../reports.ts";

export const ATTRIBUTION_WORDS: Readonly<Record<Attribution, string>> = {
  person: "Theirs",
  coverage: "Coverage",
  system: "System",
  delivery: "Delivery",
};

/**
 * Why a lead went to somebody else than meant: nobody who was meant could take it at the start, or who had it couldn't or didn't.
 * What a full team's manager hands out goes to whom it was meant for: that is none.
 */
export const FALLBACK_WORDS = {
  breach: "After a miss",
  unavailable: "Target not available",
  away: "Away",
  "on time off": "Time off",
  suspended: "Suspended",
  deactivated: "Deactivated",
} as const;
export type FallbackCode = keyof typeof FALLBACK_WORDS;
