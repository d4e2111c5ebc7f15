/**
 * Values that tell a field's comparisons apart: for every combination of answers that some value gives there is one that
 * gives it. Constants stand for themselves; an open value stands for all that no equality names.
 */
import type { Scalar } from "../../../../schema/config/condition.ts";
import { MATCH_METHODS, SENIORITIES } from "../../../../schema/wire/words.ts";
import { ISO_COUNTRIES } from "../../enrichment/geo.ts";
import { FUNCTIONS } from "../../enrichment/title-terms.ts";
import { fieldType } from "../../config/fields.ts";
import { foldText } from "../../enrichment/text.ts";
import type { Atom } from "./atoms.ts";
import { tellingTexts, type TextTest } from "./texts.ts";

export type Value = Scalar | readonly Scalar[] | null;

export interface Candidate {
  /** By field: several where one decides the others. */
  values: Readonly<Record<string, Value>>;
  /** Fields whose value stands for many; no equality holds for it. */
  open: readonly string[];
  /** Keeps apart what no comparison does but a relation needs. */
  mark?: string;
}

/** The plainest first: examples are made of what comes first. */
const METHODS = [...new Set(["none", "domain", ...MATCH_METHODS])];

/** Fields that take one of a known set of values, absent first where they may be. */
const CLOSED: Readonly<Record<string, () => readonly Value[]>> = {
  "lead.country": () => [null, ...ISO_COUNTRIES],
  "lead.seniority": () => [null, ...SENIORITIES],
  "lead.function": () => [
    null,
    ...new Set([...FUNCTIONS.map(([name]) => name), "executive", "administration"]),
  ],
  "match.method": () => METHODS,
  "lead.roleAddress": () => [false, true],
  "opportunity.open": () => [false, true],
  "time.hour": () => [10, ...Array.from({ length: 24 }, (_, hour) => hour)],
};

const one = (field: string, value: Value, open: boolean): Candidate => ({
  values: { [field]: value },
  open: open ? [field] : [],
});

const TEXT_OPS = new Set(["contains", "startsWith", "endsWith", "glob", "gt", "gte", "lt", "lte"]);

/** The comparisons that look into a text, and the texts that are named whole. */
export const textAtoms = (atoms: readonly Atom[]): { tests: TextTest[]; named: string[] } => ({
  tests: atoms
    .filter(({ op, value }) => TEXT_OPS.has(op) && typeof value === "string")
    .map(({ op, value }) => ({ op, part: foldText(String(value)) })),
  named: [
    ...new Set(atoms.flatMap(({ members }) => [...members]).filter((item) => typeof item === "string")),
  ].filter((text) => text !== ""),
});

/** Numbers that the comparisons name, one below, one above and one between each two. */
const tellingNumbers = (atoms: readonly Atom[]): { exact: number[]; open: number[] } => {
  const exact = [
    ...new Set(
      atoms.flatMap(({ members, value }) => [...members, value]).filter((item) => typeof item === "number"),
    ),
  ].sort((a, b) => a - b);
  if (exact.length === 0) return { exact, open: [1] };
  const between = exact.slice(1).map((high, at) => ((exact[at] ?? 0) + high) / 2);
  const open = [(exact[0] ?? 0) - 1, ...between, (exact.at(-1) ?? 0) + 1];
  return { exact, open: open.filter((item) => !exact.includes(item)) };
};

const numbers = (field: string, atoms: readonly Atom[]): Candidate[] => {
  const { exact, open } = tellingNumbers(atoms);
  const within = (value: number): boolean => field !== "match.confidence" || (value >= 0 && value <= 1);
  const all = [
    ...open.map((item) => one(field, item, true)),
    ...exact.map((item) => one(field, item, false)),
  ];
  const edges = field === "match.confidence" ? [one(field, 0, false), one(field, 1, false)] : [];
  return [...edges, ...all].filter((item) => within(Number(item.values[field])));
};

/** Null where its comparisons are too many to work out together. */
const strings = (field: string, atoms: readonly Atom[]): Candidate[] | null => {
  const { tests, named } = textAtoms(atoms);
  const open = tellingTexts(tests, named);
  if (open === null) return null;
  return [...open.map((text) => one(field, text, true)), ...named.map((text) => one(field, text, false))];
};

const MOST_LISTED = 5;

const subsets = (items: readonly Scalar[]): Scalar[][] =>
  items.reduce<Scalar[][]>((sets, item) => [...sets, ...sets.map((set) => [...set, item])], [[]]);

/** Open fields hold texts, numbers, yes or no, or lists of texts (of anything, where a CRM filled them). */
const anything = (field: string, atoms: readonly Atom[]): Candidate[] | null => {
  const texts = strings(field, atoms);
  if (texts === null) return null;
  const scalars = [...texts, ...numbers(field, atoms), one(field, true, false), one(field, false, false)];
  const listed = (field.startsWith("custom.") ? texts : scalars).map(({ values }) => values[field] as Scalar);
  if (listed.length > MOST_LISTED + (field.startsWith("custom.") ? 0 : 3)) return null;
  const lists = subsets(listed)
    .filter((set) => set.length !== 1)
    .map((set): Candidate => ({ values: { [field]: set }, open: [] }));
  return [...scalars, ...lists];
};

const formKeys = (field: string, atoms: readonly Atom[], keys: readonly string[]): Candidate[] => {
  const { named } = textAtoms(atoms);
  const folded = new Set(keys.map(foldText));
  const sources = named.filter((name) => name.startsWith("source:") && !folded.has(name));
  return [
    ...keys.map((key) => one(field, key, false)),
    ...sources.map((name) => one(field, name, false)),
    one(field, "source:another-system", true),
    one(field, null, false),
  ];
};

/** Fields that are never absent. */
const ALWAYS = new Set(["match.confidence"]);

/**
 * The values of one field, the plainest first (a lead about which little is known); null where its comparisons with
 * texts can't be worked out together and have to be taken as free.
 */
export const candidatesOf = (
  field: string,
  atoms: readonly Atom[],
  keys: readonly string[],
): Candidate[] | null => {
  const closed = CLOSED[field];
  if (closed) return closed().map((value) => one(field, value, false));
  if (field === "form.key") return formKeys(field, atoms, keys);
  const type = field.startsWith("account.roles.") || field === "account.csm" ? "string" : fieldType(field);
  const absent = ALWAYS.has(field) ? [] : [one(field, null, false)];
  if (type === "boolean") return [one(field, false, false), one(field, true, false), ...absent];
  if (type === "number") return [...absent, ...numbers(field, atoms)];
  const found = type === "any" ? anything(field, atoms) : strings(field, atoms);
  return found && [...absent, ...found];
};
