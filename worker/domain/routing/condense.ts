/**
 * The plan's candidates as the pick's statement takes them. Colleagues of a team differ in little but their names, and
 * everything said twice is written, sent and parsed twice while a visitor waits: so what a tier has in common is said
 * once, and each candidate as an RFC 7396 merge patch on it, which SQLite's json_patch applies to the winner alone.
 */
import type { Candidate } from "./plan-types.ts";

type Json = Record<string, unknown>;

/** What ranks a candidate: tier, person, rotation, weight, capacity, most active leads, their own limit; the index of their base. */
export type Entry = [
  tier: number,
  person: string | null,
  rotation: string | null,
  weight: number,
  capacity: number | null,
  activeLeads: number | null,
  limit: number | null,
  base: number,
];

export interface Condensed {
  bases: Json[];
  /** Short: the statement reads each of them once for every column. */
  entries: Entry[];
  /** By the entry's place; only the winner's is ever read. */
  patches: Json[];
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const same = (a: unknown, b: unknown): boolean =>
  typeof a === "object" && typeof b === "object" && JSON.stringify(a) === JSON.stringify(b);

const sameNames = (a: Json, b: Json): boolean => {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name));
};

/** A patch can't write null: what is null in any of them is null in the base. */
const common = (values: readonly unknown[]): unknown => {
  const [first] = values;
  if (values.every((value) => value === first)) return first;
  if (isObject(first) && values.every((value) => isObject(value) && sameNames(first, value)))
    return Object.fromEntries(
      Object.keys(first).map((name) => [name, common(values.map((value) => (value as Json)[name]))]),
    );
  return values.includes(null) ? null : first;
};

/** What a patch would lose: it removes names that are null in it. */
const holdsNull = (value: unknown): boolean =>
  value === null || (isObject(value) && Object.values(value).some(holdsNull));

/** The patch that makes `to` of `from`; null where none can. */
const patchOf = (from: Json, to: Json): Json | null => {
  const patch: Json = {};
  for (const [name, wanted] of Object.entries(to)) {
    const had = from[name];
    if (had === wanted) continue;
    if (isObject(had) && isObject(wanted)) {
      const nested = sameNames(had, wanted) ? patchOf(had, wanted) : null;
      if (nested === null) return null;
      if (Object.keys(nested).length > 0) patch[name] = nested;
    } else if (!same(had, wanted)) {
      if (holdsNull(wanted)) return null;
      patch[name] = wanted;
    }
  }
  return patch;
};

/** Bases in order of tier; a candidate that no patch can express is a base of its own. */
export const condense = (candidates: readonly Candidate[]): Condensed => {
  const bases: Json[] = [];
  const patches: Json[] = [];
  const byTier = new Map<number, number>();
  const entries = candidates.map((candidate): Entry => {
    const { tier, person, rotation, weight, capacity, activeLeads, limit } = candidate;
    if (!byTier.has(tier)) {
      const peers = candidates.filter((other) => other.tier === tier);
      byTier.set(tier, bases.push(common(peers) as Json) - 1);
    }
    let base = byTier.get(tier) ?? 0;
    let patch = patchOf(bases[base] ?? {}, { ...candidate });
    if (patch === null) {
      base = bases.push({ ...candidate }) - 1;
      patch = {};
    }
    patches.push(patch);
    return [tier, person, rotation, weight, capacity, activeLeads, limit, base];
  });
  return { bases, entries, patches };
};
