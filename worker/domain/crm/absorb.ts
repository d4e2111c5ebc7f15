/** What an account becomes when another is merged into it: its own word counts, and gaps are filled from the other. */
import type { Row } from "./merge.ts";

const listOf = (json: Row[string] | undefined): string[] => JSON.parse(String(json ?? "[]")) as string[];

const union = (theirs: Row[string] | undefined, ours: Row[string] | undefined): string =>
  JSON.stringify({
    ...(JSON.parse(String(theirs ?? "{}")) as object),
    ...(JSON.parse(String(ours ?? "{}")) as object),
  });

const aliasesOf = (target: Row, source: Row): string => {
  const domains = [...listOf(target["domains"]), source["domain"] ?? null, ...listOf(source["domains"])];
  const own = target["domain"] ?? source["domain"];
  return JSON.stringify([...new Set(domains.filter((domain) => domain !== null && domain !== own))]);
};

export const absorb = (target: Row, source: Row): Row => {
  const filled = Object.fromEntries(
    Object.entries(target).map(([column, value]) => [column, value ?? source[column] ?? null]),
  );
  const isChild = target["parent_id"] === source["id"];
  const parent = isChild ? source["parent_id"] : filled["parent_id"];
  return {
    ...filled,
    parent_id: parent === target["id"] ? null : (parent ?? null),
    domains: aliasesOf(target, source),
    roles: union(source["roles"], target["roles"]),
    extra: union(source["extra"], target["extra"]),
    updated_at: Math.max(Number(target["updated_at"]), Number(source["updated_at"])),
  };
};
