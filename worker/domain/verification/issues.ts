/**
 * Leaves of a failed zod parse, each with its whole path. Inside a union only the alternative that came closest is
 * reported: the one with the fewest unknown and missing names, then the one that got deepest.
 */
import type * as z from "zod";

type Issue = z.core.$ZodIssue;

export interface Leaf {
  path: readonly PropertyKey[];
  issue: Issue;
}

/** The value at a path; undefined where there is none. */
export const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown => {
  let at = value;
  for (const part of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Record<PropertyKey, unknown>)[part];
  }
  return at;
};

const depth = (issues: readonly Issue[]): number => Math.max(0, ...issues.map((issue) => issue.path.length));

/** A name where none may stand (an empty condition). */
export const isNever = (issue: Issue): boolean => issue.code === "invalid_type" && issue.expected === "never";

/** How far the value is from an alternative: names that it doesn't know, and names that it asks for in vain. */
const distance = (issues: readonly Issue[], value: unknown): number =>
  issues.reduce((sum, issue) => {
    if (issue.code === "unrecognized_keys") return sum + issue.keys.length;
    if (isNever(issue)) return sum + 1;
    return issue.path.length > 0 && valueAt(value, issue.path) === undefined ? sum + 1 : sum;
  }, 0);

const closestOf = (alternatives: readonly (readonly Issue[])[], value: unknown): readonly Issue[] =>
  alternatives.reduce((best, item) => {
    const way = distance(item, value) - distance(best, value);
    return way < 0 || (way === 0 && depth(item) > depth(best)) ? item : best;
  });

const leavesOf = (issue: Issue, base: readonly PropertyKey[], value: unknown): Leaf[] => {
  const path = [...base, ...issue.path];
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [{ path, issue }];
  const here = valueAt(value, issue.path);
  return closestOf(issue.errors, here).flatMap((inner) => leavesOf(inner, path, here));
};

/** `value` is what was parsed. */
export const leaves = (error: z.core.$ZodError, value: unknown): Leaf[] =>
  error.issues.flatMap((issue) => leavesOf(issue, [], value));
