/** Conditions: fields that exist, operators and values that fit them, names that can come true. */
import type { Comparison, Condition, Scalar } from "../../../schema/config/condition.ts";
import type { ConfigDocument } from "../../../schema/config/document.ts";
import { WEEKDAYS } from "../../../schema/config/primitives.ts";
import { comparisons } from "../conditions.ts";
import { fieldsLike, fieldType, type FieldType } from "../config/fields.ts";
import type { Check } from "./checks.ts";
import { newReport, pointerOf, type Finding, type Report } from "./findings.ts";
import { choices, nearest } from "./nearest.ts";

/** Where a condition stands decides what is known when it is asked. */
interface Placed {
  path: readonly PropertyKey[];
  when: Condition;
  /** Fields that are worked out only later, so they are always absent here. */
  later: readonly string[];
}

const SCORES = ["score", "fit", "intent", "segment"];
const TERRITORY = ["territory.id"];

const placed = (
  list: readonly { when?: Condition | undefined }[],
  path: readonly PropertyKey[],
  later: readonly string[] = [],
): Placed[] => list.flatMap(({ when }, at) => (when ? [{ path: [...path, at, "when"], when, later }] : []));

/** Every condition of the document with its place. */
const conditionsIn = (document: ConfigDocument): Placed[] => [
  ...placed(document.scoring.rules, ["scoring", "rules"], [...SCORES, ...TERRITORY]),
  ...placed(document.territories, ["territories"], TERRITORY),
  ...placed(document.suppression, ["suppression"]),
  ...placed(document.routing.rules, ["routing", "rules"]),
  ...placed(document.slaRules, ["slaRules"]),
  ...document.teams.flatMap(({ members }, at) => placed(members, ["teams", at, "members"])),
  ...document.stages.map(({ entry }, at) => ({ path: ["stages", at, "entry"], when: entry, later: [] })),
];

const allFields = (): string[] =>
  fieldsLike("").flatMap((field) =>
    field.endsWith(".*") && field !== "custom.*" ? fieldsLike(field.slice(0, -1)) : [field],
  );

const unknownField = (report: Report, pointer: string, field: string): void => {
  const near = nearest(
    field,
    [...fieldsLike(field), ...allFields()].filter((name) => !name.endsWith("*")),
  );
  const fix = near === null ? `known: ${fieldsLike(field).join(", ")}.` : `did you mean "${near}"?`;
  report.error(`${pointer}/field`, "unknown_field", `There is no field "${field}": ${fix}`);
};

const ORDER = new Set(["gt", "gte", "lt", "lte"]);
const TEXT = new Set(["contains", "startsWith", "endsWith", "glob"]);
const SETS = new Set(["in", "nin"]);

const NAMES: Record<FieldType, string> = {
  string: "text",
  number: "a number",
  boolean: "true or false",
  list: "a list",
};

/** The operators that make sense for a type; null when this one does. */
const operatorProblem = (type: FieldType | "any", op: string): string | null => {
  if (type === "any" || op === "exists") return null;
  if (ORDER.has(op) && (type === "boolean" || type === "list")) return "eq, ne or exists";
  if (TEXT.has(op) && (type === "number" || type === "boolean"))
    return type === "number" ? "eq, gt, gte, lt or lte" : "eq or ne";
  return TEXT.has(op) && op !== "contains" && type === "list" ? "contains" : null;
};

/** What the value must be for this operator on this field; null when it is. */
const valueProblem = (type: FieldType | "any", { op, value }: Comparison): string | null => {
  if (op === "exists")
    return value === undefined || typeof value === "boolean" ? null : "true, false, or no value at all";
  if (value === undefined) return SETS.has(op) ? "a list of values" : "a value to compare with";
  if (SETS.has(op) !== Array.isArray(value))
    return SETS.has(op)
      ? `a list, such as [${JSON.stringify(value)}]`
      : `a single value; for several use "${op === "ne" ? "nin" : "in"}"`;
  if (TEXT.has(op) && type !== "list") return typeof value === "string" ? null : "text";
  if (type === "any" || type === "list")
    return ORDER.has(op) && typeof value === "boolean" ? "a number or text" : null;
  const values: Scalar[] = Array.isArray(value) ? value : [value];
  return values.every((item) => typeof item === type)
    ? null
    : `${NAMES[type]}${Array.isArray(value) ? " in every place" : ""}`;
};

const checkComparison = (report: Report, pointer: string, comparison: Comparison): boolean => {
  const { field, op } = comparison;
  const type = fieldType(field);
  if (type === null) {
    unknownField(report, pointer, field);
    return false;
  }
  const operators = operatorProblem(type, op);
  if (operators !== null)
    report.error(
      `${pointer}/op`,
      "wrong_operator",
      `"${field}" is ${type === "any" ? "open" : NAMES[type]}, which "${op}" can't compare: use ${operators}.`,
    );
  const wanted = operators === null ? valueProblem(type, comparison) : null;
  if (wanted !== null)
    report.error(`${pointer}/value`, "wrong_value", `"${op}" on "${field}" takes ${wanted}.`);
  return operators === null && wanted === null;
};

const METHODS = ["contact", "domain", "alias", "suffix", "name", "fuzzy", "family", "none"];

/** Fields whose values are all known: a comparison with another one can't come true. */
const closedValues = (document: ConfigDocument): Map<string, readonly string[]> =>
  new Map<string, readonly string[]>([
    ["segment", document.scoring.segments.map(({ id }) => id)],
    ["territory.id", document.territories.map(({ id }) => id)],
    ["form.key", document.forms.map(({ key }) => key)],
    ["match.method", METHODS],
    ["time.weekday", WEEKDAYS],
  ]);

const EQUALITY = new Set(["eq", "ne", "in", "nin"]);

const fold = (value: Scalar): string => String(value).normalize("NFKC").toLowerCase();

const checkValues = (
  report: Report,
  pointer: string,
  { field, op, value }: Comparison,
  known: readonly string[] | undefined,
): void => {
  if (Array.isArray(value) && value.length === 0)
    return report.warn(
      `${pointer}/value`,
      "empty_list",
      `An empty list is ${op === "nin" ? "always" : "never"} met: add values.`,
    );
  if (!known || !EQUALITY.has(op) || value === undefined) return;
  const folded = new Set(known.map(fold));
  const values = Array.isArray(value) ? value : [value];
  values.forEach((item, at) => {
    if (folded.has(fold(item))) return;
    const place = Array.isArray(value) ? `${pointer}/value/${at}` : `${pointer}/value`;
    report.warn(
      place,
      "unknown_value",
      `"${field}" is never ${JSON.stringify(item)}: ${choices(String(item), known, "nothing of the kind is configured.")}`,
    );
  });
};

const checkRequirements = ({ routing, people }: ConfigDocument, report: Report): void => {
  const held = {
    skills: people.flatMap(({ skills }) => skills),
    languages: people.flatMap(({ languages }) => languages),
  };
  routing.rules.forEach(({ requires }, at) => {
    for (const what of ["skills", "languages"] as const) {
      const wanted = requires?.[what] ?? [];
      const path = ["routing", "rules", at, "requires", what];
      if (!Array.isArray(wanted)) {
        const type = fieldType(wanted.field);
        if (type === null) unknownField(report, pointerOf(path), wanted.field);
        else if (type === "number" || type === "boolean")
          report.error(
            pointerOf([...path, "field"]),
            "wrong_type",
            `"${wanted.field}" is ${NAMES[type]}, not a language: name a field such as lead.language.`,
          );
        continue;
      }
      const known = new Set(held[what].map(fold));
      wanted.forEach((item, index) => {
        if (known.has(fold(item))) return;
        const message = `Nobody has "${item}" among their ${what}, so this rule's target is always passed over: ${choices(item, new Set(held[what]), "add it to somebody.")}`;
        report.warn(pointerOf([...path, index]), "nobody_has", message);
      });
    }
  });
};

export const checkConditions: Check = ({ document }, report) => {
  const closed = closedValues(document);
  for (const { path, when, later } of conditionsIn(document)) {
    for (const { pointer, comparison } of comparisons(when, pointerOf(path))) {
      if (!checkComparison(report, pointer, comparison)) continue;
      if (later.includes(comparison.field))
        report.warn(
          `${pointer}/field`,
          "not_known_yet",
          `"${comparison.field}" is worked out after this, so it is always absent here: use what it derives from.`,
        );
      else checkValues(report, pointer, comparison, closed.get(comparison.field));
    }
  }
  checkRequirements(document, report);
};

/** What is wrong with a condition that stands outside a document: fields, operators and types of values. */
export const conditionErrors = (when: Condition, pointer: string): readonly Finding[] => {
  const report = newReport();
  for (const each of comparisons(when, pointer)) checkComparison(report, each.pointer, each.comparison);
  return report.errors;
};
