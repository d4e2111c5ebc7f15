/** What the proof works with: the document compiled, its leads as cells, its ordered items as functions of the lead. */
import type { ConfigDocument, Rule } from "../../../../schema/config/document.ts";
import type { Target } from "../../../../schema/config/routing.ts";
import type { Compiled } from "../../config/compiled.ts";
import { withAbsent, type People } from "../../routing/people.ts";
import type { Counterexample, Finding, Undecided } from "../findings.ts";
import { scoresOf, territoriesOf, type Scores, type Territories } from "./derived.ts";
import { Exhausted, NO, type Ref } from "./diagram.ts";
import { instantFor, leadsFor, readLead, type ExampleLead, type LeadRead } from "./example.ts";
import { routeRead, type Ending } from "./route.ts";
import { valuesAt, type World } from "./world.ts";

/** One item of the waterfall: suppression first, then the rules. */
export interface Item {
  id: string;
  pointer: string;
  /** Where it holds, among the leads that can come. */
  region: Ref;
  /** Takes the leads it holds for; what only observes takes none. */
  ends: boolean;
  to: Target;
  backup: Target | null;
  /** Null for suppression. */
  rule: Rule | null;
}

export interface Policy {
  document: ConfigDocument;
  compiled: Compiled;
  people: People;
  now: number;
  world: World;
  scores: Scores;
  territories: Territories;
  items: readonly Item[];
  findings: Finding[];
  undecided: Undecided[];
}

/** Nodes that one question may add; a policy of sixty rules needs some hundreds. */
const QUESTION = 30_000;

/** The answer, or null and a line in `undecided` where the budget doesn't reach. */
export const ask = <T>(
  { world, undecided }: Pick<Policy, "world" | "undecided">,
  about: Undecided,
  question: () => T,
): T | null => {
  world.diagrams.allow(QUESTION);
  try {
    return question();
  } catch (error) {
    if (!(error instanceof Exhausted)) throw error;
    undecided.push(about);
    return null;
  }
};

const tooLarge = (code: string, pointer: string, id: string): Undecided => ({
  code,
  pointer,
  rules: [id],
  message: `"${id}" combines more conditions than fit into the budget, so nothing is said of it: make its conditions simpler, or ask the dry run.`,
});

export interface Parts {
  document: ConfigDocument;
  compiled: Compiled;
  people: People;
  now: number;
  world: World;
}

export const policyOf = (parts: Parts): Policy => {
  const { document, world } = parts;
  const undecided: Undecided[] = [];
  const asking = { world, undecided };
  world.diagrams.allow(QUESTION);
  const scores = scoresOf(world, document.scoring);
  const territories = territoriesOf(world, document, scores.derived);
  const items = [
    ...document.suppression.map((item, at) => ({ ...item, at, list: "suppression", rule: null })),
    ...document.routing.rules.map((rule, at) => ({ ...rule, at, list: "routing/rules", rule })),
  ].map(({ id, at, list, when, to, backup, rule }): Item => {
    const pointer = `/${list}/${at}`;
    const region = ask(asking, tooLarge("undecided_condition", pointer, id), () =>
      world.diagrams.and(world.possible, world.encode(when, territories.derived)),
    );
    return {
      id,
      pointer,
      region: region ?? NO,
      ends: region !== null && rule?.mode !== "observe",
      to,
      backup: backup ?? null,
      rule,
    };
  });
  return { ...parts, scores, territories, items, findings: [], undecided };
};

/** A lead that can be sent, and what became of it when it was tried. */
export interface Made {
  lead: ExampleLead;
  read: LeadRead;
  at: number;
  ending: Ending;
}

/** A lead at a point that production treats as `wanted` asks; null where none can be made. */
export const leadAt = (
  { world, document, compiled, people, now }: Policy,
  point: readonly number[],
  wanted: (ending: Ending) => boolean,
  { at, absent = [] }: { at?: number; absent?: readonly string[] } = {},
): Made | null => {
  const values = valuesAt(world, point);
  const when = at ?? instantFor(values, document.workspace.timezone, now);
  if (when === null) return null;
  const present = absent.length === 0 ? people : withAbsent(people, absent);
  for (const lead of leadsFor(values)) {
    const read = readLead(compiled, lead, when);
    const ending = routeRead(compiled, present, read, when);
    if (wanted(ending)) return { lead, read, at: when, ending };
  }
  return null;
};

const MOST_STEPS = 12;

/** What can be sent to the dry run, with what happens there. */
export const shown = ({ lead, at, ending }: Made, absent: readonly string[] = []): Counterexample => {
  const held = ending.trace.filter(({ outcome }) => outcome !== "does not hold" && outcome !== "observed");
  return {
    leads: [{ ...lead }],
    at: new Date(at).toISOString(),
    ...(absent.length > 0 ? { absent: [...absent] } : {}),
    path: held.slice(0, MOST_STEPS).map(({ step, outcome, detail }) => `${step}: ${outcome}. ${detail}`),
  };
};

export const quoted = (ids: readonly string[]): string => {
  const all = ids.map((id) => `"${id}"`);
  return all.length < 2 ? (all[0] ?? "") : `${all.slice(0, -1).join(", ")} and ${all.at(-1) ?? ""}`;
};
