/** The comparisons of a document, each once: what a field is asked, told apart from how the answer is used. */
import type { Comparison, Condition, Operator, Scalar } from "../../../../schema/config/condition.ts";
import type { ConfigDocument } from "../../../../schema/config/document.ts";
import { comparisons } from "../../conditions.ts";
import { foldText } from "../../enrichment/text.ts";

/** A question to one field without its negation: `in`, `exists`, an order, a text operator. */
export interface Atom {
  key: string;
  field: string;
  op: Operator;
  /** As the document has it. */
  value: Comparison["value"];
  /** Of `in`: the values asked for, folded. */
  members: ReadonlySet<Scalar>;
}

export const foldScalar = (value: Scalar): Scalar => (typeof value === "string" ? foldText(value) : value);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const NEGATED: Partial<Record<Operator, Operator>> = { ne: "in", nin: "in" };

/** `eq` and its kin are `in`; `ne`, `nin` and `exists: false` are the contrary of something. */
export const atomOf = ({ field, op, value }: Comparison): { atom: Atom; negated: boolean } => {
  const asked: Operator = NEGATED[op] ?? (op === "eq" ? "in" : op);
  const values = Array.isArray(value) ? value : value === undefined ? [] : [value];
  const members = asked === "in" ? values.map(foldScalar) : [];
  const negated = op === "exists" ? value === false : NEGATED[op] !== undefined;
  const key =
    asked === "exists"
      ? "exists"
      : `${asked} ${JSON.stringify(asked === "in" ? [...new Set(members)].map((item) => JSON.stringify(item)).sort(compareText) : values)}`;
  return { atom: { key, field, op: asked, value, members: new Set(members) }, negated };
};

/** Every condition of the document. */
const conditionsOf = (document: ConfigDocument): Condition[] => [
  ...document.scoring.rules.map(({ when }) => when),
  ...document.territories.map(({ when }) => when),
  ...document.suppression.map(({ when }) => when),
  ...document.routing.rules.map(({ when }) => when),
  ...document.slaRules.map(({ when }) => when),
  ...document.teams.flatMap(({ members }) => members.flatMap(({ when }) => (when ? [when] : []))),
  ...document.stages.map(({ entry }) => entry),
];

/** What each field is asked anywhere in the document, in order of first use. */
export const atomsOf = (document: ConfigDocument): Map<string, Atom[]> => {
  const byField = new Map<string, Map<string, Atom>>();
  for (const condition of conditionsOf(document))
    for (const { comparison } of comparisons(condition, "")) {
      const { atom } = atomOf(comparison);
      const known = byField.get(atom.field) ?? new Map<string, Atom>();
      if (!known.has(atom.key)) known.set(atom.key, atom);
      byField.set(atom.field, known);
    }
  return new Map([...byField].map(([field, atoms]) => [field, [...atoms.values()]]));
};
