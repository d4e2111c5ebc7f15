/** The waterfall's words and links. Pure. */
import type { Branch, Way } from "../../schema/wire/policy.ts";
import { withQuery } from "./query.ts";
import { plural } from "./words.ts";

export const PERIODS: readonly (readonly [days: number, label: string])[] = [
  [1, "24 h"],
  [7, "7 days"],
  [30, "30 days"],
];

const DAY_MS = 86_400_000;

type Periods = typeof PERIODS;

export const periodOf = (query: URLSearchParams, periods: Periods = PERIODS): number =>
  periods.find(([days]) => String(days) === query.get("days"))?.[0] ?? 7;

/** The last `days` times 24 hours, as the API takes them. */
export const lastHours = (days: number, now: number): { from: string; to: string } => ({
  from: new Date(now - days * DAY_MS).toISOString(),
  to: new Date(now).toISOString(),
});

export const KIND_WORDS: Record<Branch["kind"], string> = {
  suppression: "Suppression",
  relationship: "Relationship",
  rule: "Rules, in order",
  default: "Default",
  retired: "Branches of older versions",
};

export const WAY_WORDS: Record<Way | "observed", string> = {
  target: "its target",
  sun: "a team it follows the sun with",
  ruleBackup: "the rule’s backup",
  personBackup: "the person’s backup",
  backupTeam: "a backup team",
  manager: "the manager",
  defaultChain: "the default chain",
  lastResort: "the last resort",
  observed: "observed only",
};

/** "the rule’s backup (EMEA, APAC)"; at most three names, because the rest is one click away. */
export function wayInWords(way: Way, to: readonly string[]): string {
  if (to.length === 0) return WAY_WORDS[way];
  const told = to.slice(0, 3).join(", ");
  return `${WAY_WORDS[way]} (${told}${to.length > 3 ? `, and ${to.length - 3} more` : ""})`;
}

/** 0.034 → "3 %"; what is there but rounds to nothing is "under 1 %". */
export function shareInWords(share: number): string {
  if (share > 0 && share < 0.01) return "under 1 %";
  return `${Math.round(share * 100)} %`;
}

/** The list of the very leads that a number counts. */
export function leadsOf(
  branch: string,
  period: { from: string; to: string },
  way: Way | "observed" | null = null,
): string {
  return withQuery("/board/leads", { rule: branch, since: period.from, until: period.to, way });
}

export interface Section {
  kind: Branch["kind"];
  branches: Branch[];
}

/** Branches in order, under one heading for each kind. */
export function sectionsOf(branches: readonly Branch[]): Section[] {
  const sections: Section[] = [];
  for (const branch of branches) {
    const last = sections.at(-1);
    if (last?.kind === branch.kind) last.branches.push(branch);
    else sections.push({ kind: branch.kind, branches: [branch] });
  }
  return sections;
}

/** What a reader of the picture hears in its place. */
export function branchInWords({ leads, reached, mode, observed }: Branch): string {
  if (mode === "observe") return `would have taken ${observed} of ${plural(reached, "lead")} that came here`;
  return `took ${leads} of ${plural(reached, "lead")} that came here`;
}
