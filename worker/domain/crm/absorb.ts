/** What an account becomes when another is merged into it: its own word counts, and gaps are filled from the other. */
import type { Row } from "./merge.ts";
import { joinLearned, learnedIn } from "./learned.ts";
import type { Patch } from "./records.ts";

/** As many as an account may be sent with. */
const MAX_DOMAINS = 200;
const MAX_NAMES = 50;

const listOf = (json: Row[string] | undefined): string[] => JSON.parse(String(json ?? "[]")) as string[];

const union = (theirs: Row[string] | undefined, ours: Row[string] | undefined): string =>
  JSON.stringify({
    ...(JSON.parse(String(theirs ?? "{}")) as object),
    ...(JSON.parse(String(ours ?? "{}")) as object),
  });

const others = (all: readonly (Row[string] | undefined)[], own: Row[string] | undefined, most: number) =>
  JSON.stringify(
    [...new Set(all.filter((each) => each !== null && each !== undefined && each !== own))].slice(0, most),
  );

/** The names and domains of `source` lead to `target` too. */
const alsoKnownAs = (target: Row, source: Row): Row => ({
  ...target,
  domains: others(
    [...listOf(target["domains"]), source["domain"], ...listOf(source["domains"])],
    target["domain"],
    MAX_DOMAINS,
  ),
  other_names: others(
    [...listOf(target["other_names"]), source["name"], ...listOf(source["other_names"])],
    target["name"],
    MAX_NAMES,
  ),
});

export const absorb = (target: Row, source: Row): Row => {
  const filled = Object.fromEntries(
    Object.entries(target).map(([column, value]) => [column, value ?? source[column] ?? null]),
  );
  const isChild = target["parent_id"] === source["id"];
  const parent = isChild ? source["parent_id"] : filled["parent_id"];
  return {
    ...alsoKnownAs(filled, source),
    parent_id: parent === target["id"] ? null : (parent ?? null),
    learned: JSON.stringify(joinLearned(learnedIn(target), learnedIn(source))),
    roles: union(source["roles"], target["roles"]),
    extra: union(source["extra"], target["extra"]),
    updated_at: Math.max(Number(target["updated_at"]), Number(source["updated_at"])),
  };
};

/**
 * A record that was merged away long ago and that the CRM still sends: its names and domains are kept, and nothing else, or
 * two records would take turns at filling what one of them clears.
 */
export const absorbPatch = (target: Row, patch: Patch): Row => alsoKnownAs(target, patch.set);
