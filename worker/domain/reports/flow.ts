/** The policy as a waterfall: its branches in the order they are asked, with what each took over a period. */
import { WAYS, type Branch, type Way } from "../../../schema/wire/policy.ts";
import type { Rule } from "../../../schema/config/document.ts";
import type { Target } from "../../../schema/config/routing.ts";
import { inWords } from "../conditions.ts";
import type { Compiled } from "../config/compiled.ts";
import { targetInWords } from "../routing/targets.ts";

/** Leads of one branch that went one way. `target` is the assignment's (`team:smb`), `rule` null where no branch took it. */
export interface Taken {
  rule: string | null;
  way: Way;
  target: string;
  leads: number;
}

/** Not an id that a document could give: what no rule took. */
export const DEFAULT_BRANCH = "~default";
const RELATIONSHIP = "relationship";

type About = Omit<Branch, "reached" | "leads" | "share" | "observed" | "fellThrough" | "ways">;

const PLAIN = {
  backup: null,
  sla: null,
  mode: "enforce",
  priority: 0,
  tags: [],
  requires: null,
} satisfies Partial<About>;

const said = (compiled: Compiled, target: Target): string =>
  targetInWords({ compiled, territoryIndex: null }, target);

const requirementsInWords = (rule: Rule): string | null => {
  const { skills = [], languages = [] } = rule.requires ?? {};
  const spoken = Array.isArray(languages) ? languages : [`as in ${languages.field}`];
  const parts = [
    ...(skills.length > 0 ? [`skills ${skills.join(", ")}`] : []),
    ...(spoken.length > 0 ? [`languages ${spoken.join(", ")}`] : []),
  ];
  return parts.length > 0 ? parts.join("; ") : null;
};

const suppressions = (compiled: Compiled): About[] =>
  compiled.document.suppression.map((item) => ({
    ...PLAIN,
    id: item.id,
    kind: "suppression",
    name: item.name ?? item.id,
    when: inWords(item.when),
    to: said(compiled, item.to),
    backup: item.backup ? said(compiled, item.backup) : null,
    sla: item.sla ?? null,
  }));

const rules = (compiled: Compiled): About[] =>
  compiled.document.routing.rules.map((rule) => ({
    id: rule.id,
    kind: "rule",
    name: rule.name ?? rule.id,
    when: inWords(rule.when),
    to: said(compiled, rule.to),
    backup: rule.backup ? said(compiled, rule.backup) : null,
    sla: rule.sla ?? null,
    mode: rule.mode,
    priority: rule.priority,
    tags: rule.tags,
    requires: requirementsInWords(rule),
  }));

const relationship: About = {
  ...PLAIN,
  id: RELATIONSHIP,
  kind: "relationship",
  name: "Relationship",
  when: "somebody already works with this person or company",
  to: "the last owner, or the owner of an open lead of the same company",
};

const defaultChain = (compiled: Compiled): About => ({
  ...PLAIN,
  id: DEFAULT_BRANCH,
  kind: "default",
  name: "Default chain",
  when: "nothing above took it",
  to: compiled.document.routing.default.map((id) => compiled.people.get(id)?.name ?? id).join(", then "),
});

const retired = (id: string): About => ({
  ...PLAIN,
  id,
  kind: "retired",
  name: id,
  when: "a branch of an older version",
  to: "",
});

/** `team:smb` by its name in the document in force; who isn't in it any more by their id. */
const destination = ({ teams, people, queues }: Compiled, target: string): string => {
  const cut = target.indexOf(":");
  const [kind, id] = [target.slice(0, cut), target.slice(cut + 1)];
  if (kind === "queue") return `the queue ${queues.get(id)?.name ?? id}`;
  return (kind === "team" ? teams : people).get(id)?.name ?? id;
};

/** For the default chain the chain itself is the target. */
const isTarget = (kind: Branch["kind"], way: Way): boolean =>
  way === "target" || way === "sun" || (kind === "default" && way === "defaultChain");

const sum = (taken: readonly Taken[]): number => taken.reduce((all, { leads }) => all + leads, 0);

const waysOf = (compiled: Compiled, taken: readonly Taken[]): Branch["ways"] =>
  WAYS.flatMap((way) => {
    const mine = taken.filter((item) => item.way === way).toSorted((a, b) => b.leads - a.leads);
    if (mine.length === 0) return [];
    return [{ way, leads: sum(mine), to: mine.map(({ target }) => destination(compiled, target)) }];
  });

/** `observed`: leads by rule that it held for in mode `observe`. Branches count by each lead's first decision. */
export const flowOf = (
  compiled: Compiled,
  taken: readonly Taken[],
  observed: ReadonlyMap<string, number>,
): { total: number; branches: Branch[] } => {
  const byRule = Map.groupBy(taken, ({ rule }) => rule ?? DEFAULT_BRANCH);
  const standing = [...suppressions(compiled), relationship, ...rules(compiled), defaultChain(compiled)];
  const known = new Set(standing.map(({ id }) => id));
  const gone = [...byRule.keys()].filter((id) => !known.has(id)).toSorted();
  const total = sum(taken);
  let left = total - gone.reduce((all, id) => all + sum(byRule.get(id) ?? []), 0);
  const branches = [...standing, ...gone.map(retired)].map((about): Branch => {
    const mine = byRule.get(about.id) ?? [];
    const leads = sum(mine);
    const reached = about.kind === "retired" ? leads : left;
    if (about.kind !== "retired") left -= leads;
    return {
      ...about,
      reached,
      leads,
      share: total === 0 ? 0 : leads / total,
      observed: observed.get(about.id) ?? 0,
      fellThrough: sum(mine.filter(({ way }) => !isTarget(about.kind, way))),
      ways: waysOf(compiled, mine),
    };
  });
  return { total, branches };
};
