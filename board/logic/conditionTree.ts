/**
 * A condition as its builder shows it: groups of tests. To and from the document's form, losing nothing of what it means.
 * The tree keeps what the form drops while somebody builds: groups of one, groups still empty. Pure.
 */
import type { Comparison, Condition, Operator, Scalar } from "../../schema/config/condition.ts";
import { OPERATOR_WORDS } from "../../schema/wire/words.ts";
import { readWords } from "./policyText.ts";
import { isRecord } from "./record.ts";

export type Mode = "all" | "any" | "notAll" | "none";

interface Keyed {
  /** Stays with it while others beside it come and go; no two in a group share one. */
  key: number;
}
export interface Test extends Keyed {
  kind: "test";
  field: string;
  op: Operator;
  value: Comparison["value"];
}
export interface Group extends Keyed {
  kind: "group";
  mode: Mode;
  items: Node[];
}
export type Node = Test | Group;

export const MODE_WORDS: Record<Mode, string> = {
  all: "all of these hold",
  any: "any of these holds",
  notAll: "not all of these hold",
  none: "none of these holds",
};

const BY_TYPE: Record<string, readonly Operator[]> = {
  boolean: ["eq", "ne", "exists"],
  number: ["eq", "ne", "gt", "gte", "lt", "lte", "in", "nin", "exists"],
  string: [
    "eq",
    "ne",
    "in",
    "nin",
    "contains",
    "startsWith",
    "endsWith",
    "glob",
    "exists",
    "gt",
    "gte",
    "lt",
    "lte",
  ],
};
export const operatorsFor = (type: string | undefined): readonly Operator[] =>
  BY_TYPE[type ?? ""] ?? BY_TYPE["string"]!;

/** Null where it isn't a condition (yet): the text can hold anything. */
export function toNode(condition: unknown, key = 0): Node | null {
  if (!isRecord(condition)) return null;
  if (Array.isArray(condition["all"])) return group("all", condition["all"], key);
  if (Array.isArray(condition["any"])) return group("any", condition["any"], key);
  if ("not" in condition) return negated(condition["not"], key);
  if (typeof condition["field"] === "string" && typeof condition["op"] === "string")
    return {
      kind: "test",
      key,
      field: condition["field"],
      op: condition["op"] as Operator,
      value: condition["value"] as Comparison["value"],
    };
  return Object.keys(condition).length === 0 ? { kind: "group", key, mode: "all", items: [] } : null;
}

function group(mode: Mode, list: readonly unknown[], key: number): Group | null {
  const items = list.map((item, index) => toNode(item, index));
  return items.every((item) => item !== null) ? { kind: "group", key, mode, items } : null;
}

function negated(condition: unknown, key: number): Group | null {
  const inner = toNode(condition);
  if (!inner) return null;
  if (inner.kind === "group" && inner.mode === "all" && inner.items.length !== 1)
    return { ...inner, key, mode: "notAll" };
  if (inner.kind === "group" && inner.mode === "any") return { ...inner, key, mode: "none" };
  return { kind: "group", key, mode: "none", items: [inner] };
}

/** The shortest form: one test stands alone, nothing at all always holds. */
export function toCondition(node: Node): Condition {
  if (node.kind === "test") {
    const { field, op, value } = node;
    return value === undefined ? { field, op } : { field, op, value };
  }
  const items = node.items.map(toCondition);
  const [first] = items;
  const single = items.length === 1 && first !== undefined ? first : null;
  if (node.mode === "all") return single ?? (items.length === 0 ? {} : { all: items });
  if (node.mode === "any") return single ?? { any: items };
  return { not: single ?? (node.mode === "none" ? { any: items } : { all: items }) };
}

/** The builder's top is always a group, so that a test can be added beside what is there. */
export const asGroup = (node: Node): Group =>
  node.kind === "group" ? node : { kind: "group", key: 0, mode: "all", items: [node] };

type Fresh = Omit<Test, "key"> | Omit<Group, "key">;

export const NEW_TEST: Fresh = { kind: "test", field: "", op: "eq", value: "" };
export const NEW_GROUP: Fresh = { kind: "group", mode: "any", items: [] };

export const withItem = (group: Group, item: Fresh): Group => ({
  ...group,
  items: [...group.items, { ...item, key: 1 + Math.max(-1, ...group.items.map(({ key }) => key)) }],
});

export const withChanged = (group: Group, item: Node): Group => ({
  ...group,
  items: group.items.map((each) => (each.key === item.key ? item : each)),
});

export const withoutItem = (group: Group, item: Node): Group => ({
  ...group,
  items: group.items.filter(({ key }) => key !== item.key),
});

const takesList = (op: Operator): boolean => op === "in" || op === "nin";

/** What a test's value becomes when its operator or its field's type changes. */
export function fitValue(
  value: Comparison["value"],
  op: Operator,
  type: string | undefined,
): Comparison["value"] {
  if (op === "exists") return value === false ? false : undefined;
  const list = Array.isArray(value) ? value : value === undefined || value === "" ? [] : [value];
  const typed = list.map((item) => fitScalar(item, type));
  return takesList(op) ? typed : (typed[0] ?? fitScalar("", type));
}

function fitScalar(value: Scalar, type: string | undefined): Scalar {
  if (type === "boolean") return value === true || value === "true" || value === "";
  if (type === "number") return Number.isFinite(Number(value)) ? Number(value) : 0;
  return String(value);
}

/** As it stands in a text box. */
export const valueText = (value: Comparison["value"]): string =>
  Array.isArray(value) ? value.join(", ") : value === undefined ? "" : String(value);

/** From a text box: a list by commas where the operator takes one; numbers where the field is one. */
export function valueOfText(text: string, op: Operator, type: string | undefined): Comparison["value"] {
  const parts = takesList(op) ? readWords(text) : [text];
  const typed = parts.map((part) =>
    type === "number" && part.trim() !== "" && Number.isFinite(Number(part)) ? Number(part) : part,
  );
  return takesList(op) ? typed : typed[0]!;
}

/** A condition in words, as traces say it; `null` is what the forms can't show. */
export function conditionInWords(condition: unknown): string {
  const node = toNode(condition);
  return node ? nodeInWords(node) : "a condition that only the text shows";
}

function nodeInWords(node: Node): string {
  if (node.kind === "test") {
    if (node.op === "exists")
      return node.value === false ? `${node.field} is absent` : `${node.field} is known`;
    return `${node.field} ${OPERATOR_WORDS[node.op] ?? node.op} ${valueText(node.value)}`;
  }
  const items = node.items.map(nodeInWords);
  if (items.length === 0) return node.mode === "all" || node.mode === "none" ? "always" : "never";
  if (node.mode === "all") return items.join(" and ");
  if (node.mode === "any") return `(${items.join(" or ")})`;
  return `not (${items.join(node.mode === "none" ? " or " : " and ")})`;
}
