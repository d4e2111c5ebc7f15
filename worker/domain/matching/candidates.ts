// From keys to the few accounts worth comparing, by the rule that the store's statements follow too (worker/store): a key
// gives at most KEY_BOUND + 1 accounts; one that has so many is common, and says something only if it is exact.
import type { AccountCandidate } from "./types.ts";

/** Accounts that one key may bring. */
export const KEY_BOUND = 20;
/** Accounts that one lead is compared with. */
export const MAX_CANDIDATES = 40;
/** Kinds of key that name one company; the others only bring what resembles. */
export const EXACT_KINDS = "adlnpw";

const isExact = (key: string): boolean => EXACT_KINDS.includes(key[0] ?? "");

/**
 * Is it known only as one of many, of which others were never seen? What tells it from those that were seen (its country, a
 * deal) may be as true of one that was not. Whatever else of the lead's led to it, all were seen that have it too: "India" in
 * brackets is many firms', "Tide" is one's.
 */
export function isOneOfMany({
  matchedKeys,
  crowdedKeys = [],
}: Pick<AccountCandidate, "matchedKeys" | "crowdedKeys">): boolean {
  return crowdedKeys.length > 0 && matchedKeys.every((key) => crowdedKeys.includes(key));
}

/** What led to an account. */
export interface FoundBy {
  matchedKeys: string[];
  /** Those that brought as many as one may: there are others, which nobody looked at. */
  crowdedKeys: string[];
}

/** Account ids under each key: at most KEY_BOUND + 1, in order of id. By id, what led to it. */
export function chooseCandidates(
  keys: readonly string[],
  idsUnder: (key: string) => readonly string[],
): Map<string, FoundBy> {
  const found = new Map<string, FoundBy>();
  for (const key of keys) {
    const ids = idsUnder(key);
    const crowded = ids.length > KEY_BOUND;
    if (crowded && !isExact(key)) continue;
    for (const id of ids) {
      const by = found.get(id) ?? { matchedKeys: [], crowdedKeys: [] };
      by.matchedKeys.push(key);
      if (crowded) by.crowdedKeys.push(key);
      found.set(id, by);
    }
  }
  if (found.size <= MAX_CANDIDATES) return found;
  const strength = ({ matchedKeys }: FoundBy) =>
    matchedKeys.reduce((sum, key) => sum + (isExact(key) ? 100 : 1), 0);
  const ranked = [...found].sort(([a, ofA], [b, ofB]) => strength(ofB) - strength(ofA) || (a < b ? -1 : 1));
  return new Map(ranked.slice(0, MAX_CANDIDATES));
}
