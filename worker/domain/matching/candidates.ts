// From keys to the few accounts worth comparing, by the rule that the store's statements follow too (worker/store): a key
// gives at most KEY_BOUND + 1 accounts; one that has so many is common, and says something only if it is exact.

/** Accounts that one key may bring. */
export const KEY_BOUND = 20;
/** Accounts that one lead is compared with. */
export const MAX_CANDIDATES = 40;
/** Kinds of key that name one company; the others only bring what resembles. */
export const EXACT_KINDS = "adlnpw";

/** Account ids under each key: at most KEY_BOUND + 1, in order of id. Answers id → the keys that led to it. */
export function chooseCandidates(
  keys: readonly string[],
  idsUnder: (key: string) => readonly string[],
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const key of keys) {
    const ids = idsUnder(key);
    const exact = EXACT_KINDS.includes(key[0] ?? "");
    if (ids.length > KEY_BOUND && !exact) continue;
    for (const id of ids) {
      const matched = found.get(id);
      if (matched === undefined) found.set(id, [key]);
      else matched.push(key);
    }
  }
  if (found.size <= MAX_CANDIDATES) return found;
  const strength = (matched: readonly string[]) =>
    matched.reduce((sum, key) => sum + (EXACT_KINDS.includes(key[0] ?? "") ? 100 : 1), 0);
  const ranked = [...found].sort(([a, ofA], [b, ofB]) => strength(ofB) - strength(ofA) || (a < b ? -1 : 1));
  return new Map(ranked.slice(0, MAX_CANDIDATES));
}
