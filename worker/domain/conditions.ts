/** Whether a condition holds for a set of facts. Strings compare after NFKC and case folding. */
import type { Comparison, Condition, Operator, Scalar } from "../../schema/config/condition.ts";
import { OPERATOR_WORDS } from "../../schema/wire/words.ts";
import { foldText } from "./enrichment/text.ts";

/** Facts by namespace: `lead.email` is `facts.lead.email`; `custom.*` and single names such as `score` likewise. */
export type Facts = Readonly<Record<string, unknown>>;

type Value = Scalar | readonly Scalar[] | null;

/** A document names some dozens of fields, and every lead is asked for each: taken apart once. */
const paths = new Map<string, readonly string[]>();
const MOST_PATHS = 5_000;

const pathOf = (field: string): readonly string[] => {
  const known = paths.get(field);
  if (known) return known;
  if (paths.size >= MOST_PATHS) paths.clear();
  const path = field.split(".");
  paths.set(field, path);
  return path;
};

/** The value that a dotted field names; null when absent. */
export const readField = (facts: Facts, field: string): Value => {
  let value: unknown = facts;
  for (const part of pathOf(field)) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return null;
    value = (value as Record<string, unknown>)[part];
  }
  if (typeof value === "string") return value === "" ? null : value;
  if (typeof value === "number" || typeof value === "boolean") return value;
  return Array.isArray(value) ? (value as Scalar[]) : null;
};

const fold = (value: Scalar): Scalar => (typeof value === "string" ? foldText(value) : value);

const order = (a: Scalar, b: Scalar): number | null => {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a !== "string" || typeof b !== "string") return null;
  const left = foldText(a);
  const right = foldText(b);
  return left < right ? -1 : left > right ? 1 : 0;
};

/** `*` stands for any run of characters, `?` for one. Linear in the text for each star: no backtracking blow-up. */
export const globMatches = (pattern: string, text: string): boolean => {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    if (p < pattern.length && (pattern[p] === "?" || (pattern[p] === text[t] && pattern[p] !== "*"))) {
      p++;
      t++;
    } else if (pattern[p] === "*") {
      star = p++;
      mark = t;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
};

const ORDERED: Partial<Record<Operator, (way: number) => boolean>> = {
  gt: (way) => way > 0,
  gte: (way) => way >= 0,
  lt: (way) => way < 0,
  lte: (way) => way <= 0,
};

const TEXTUAL: Partial<Record<Operator, (text: string, part: string) => boolean>> = {
  contains: (text, part) => text.includes(part),
  startsWith: (text, part) => text.startsWith(part),
  endsWith: (text, part) => text.endsWith(part),
  glob: (text, pattern) => globMatches(pattern, text),
};

const asList = (value: Comparison["value"]): readonly Scalar[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

/** Lists have up to thousands of values, and a document's comparisons are asked again for every lead: folded once each. */
const folded = new WeakMap<Comparison, ReadonlySet<Scalar>>();

const isAmong = (actual: Scalar, comparison: Comparison): boolean => {
  let wanted = folded.get(comparison);
  if (!wanted) {
    wanted = new Set(asList(comparison.value).map(fold));
    folded.set(comparison, wanted);
  }
  return wanted.has(fold(actual));
};

const compareOne = (actual: Scalar, { op, value }: Comparison): boolean => {
  const first = asList(value)[0];
  if (first === undefined) return false;
  const inOrder = ORDERED[op];
  if (inOrder) {
    const way = order(actual, first);
    return way !== null && inOrder(way);
  }
  const onTexts = TEXTUAL[op];
  return onTexts !== undefined && onTexts(foldText(String(actual)), foldText(String(first)));
};

const isAmongAny = (actual: Value, comparison: Comparison): boolean => {
  if (actual === null) return false;
  return typeof actual === "object"
    ? actual.some((item) => isAmong(item, comparison))
    : isAmong(actual, comparison);
};

const compare = (actual: Value, comparison: Comparison): boolean => {
  const { op } = comparison;
  if (op === "exists") return (actual !== null) === (comparison.value !== false);
  if (op === "eq" || op === "in") return isAmongAny(actual, comparison);
  if (op === "ne" || op === "nin") return !isAmongAny(actual, comparison);
  if (actual === null) return false;
  if (typeof actual !== "object") return compareOne(actual, comparison);
  if (op === "contains") return isAmongAny(actual, comparison);
  return actual.some((item) => compareOne(item, comparison));
};

export const isComparison = (condition: Condition): condition is Comparison => "field" in condition;

/** True when the condition holds; an absent field fails every comparison but `ne`, `nin` and `exists: false`. */
export const holds = (condition: Condition, facts: Facts): boolean => {
  if ("all" in condition) return condition.all.every((part) => holds(part, facts));
  if ("any" in condition) return condition.any.some((part) => holds(part, facts));
  if ("not" in condition) return !holds(condition.not, facts);
  if (isComparison(condition)) return compare(readField(facts, condition.field), condition);
  return true;
};

/** Every comparison inside a condition with its JSON pointer, for checks. */
export const comparisons = (
  condition: Condition,
  pointer: string,
): { pointer: string; comparison: Comparison }[] => {
  if ("all" in condition) return condition.all.flatMap((part, i) => comparisons(part, `${pointer}/all/${i}`));
  if ("any" in condition) return condition.any.flatMap((part, i) => comparisons(part, `${pointer}/any/${i}`));
  if ("not" in condition) return comparisons(condition.not, `${pointer}/not`);
  if (isComparison(condition)) return [{ pointer, comparison: condition }];
  return [];
};

const said = new WeakMap<Condition, string>();

/** A condition in words: what the trace shows. */
export const inWords = (condition: Condition): string => {
  const known = said.get(condition);
  if (known !== undefined) return known;
  const words = toWords(condition);
  said.set(condition, words);
  return words;
};

const toWords = (condition: Condition): string => {
  if ("all" in condition) return condition.all.map(inWords).join(" and ") || "always";
  if ("any" in condition) return `(${condition.any.map(inWords).join(" or ")})`;
  if ("not" in condition) return `not (${inWords(condition.not)})`;
  if (!isComparison(condition)) return "always";
  const { field, op, value } = condition;
  if (op === "exists") return value === false ? `${field} is absent` : `${field} is known`;
  return `${field} ${OPERATOR_WORDS[op]} ${Array.isArray(value) ? value.join(", ") : String(value)}`;
};
