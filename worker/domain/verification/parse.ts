/**
 * A document as somebody sent it, brought into shape. Names we don't know are warnings and are left out of the document
 * that takes effect; everything else that doesn't fit is an error at its place.
 */
import { configDocument, type ConfigDocument } from "../../../schema/config/document.ts";
import { bounded, newReport, pointerOf, type Finding, type Report } from "./findings.ts";
import { issueInWords } from "./issue-words.ts";
import { isNever, leaves, valueAt, type Leaf } from "./issues.ts";
import { isUnion, knownKeys } from "./known-keys.ts";
import { nearest } from "./nearest.ts";

export interface ParsedDocument {
  /** Null where there are errors. Defaults are filled in. */
  document: ConfigDocument | null;
  errors: Finding[];
  warnings: Finding[];
}

interface Unknown {
  path: readonly PropertyKey[];
  key: string;
}

/** Unknown names that can be dropped without changing what the rest means: not those of another alternative. */
const droppable = ({ issue, path }: Leaf): Unknown[] => {
  if (issue.code !== "unrecognized_keys") return [];
  const known = knownKeys(configDocument, path);
  return issue.keys.filter((key) => !known.includes(key)).map((key) => ({ path, key }));
};

/** A copy of JSON that may be changed. */
const copy = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, copy(part)] as const);
  return Object.fromEntries(entries);
};

const drop = (value: unknown, unknown: readonly Unknown[]): void => {
  for (const { path, key } of unknown) {
    const holder = valueAt(value, path);
    if (typeof holder === "object" && holder !== null) Reflect.deleteProperty(holder, key);
  }
};

const warnUnknown = (report: Report, { path, key }: Unknown): void => {
  const near = nearest(key, knownKeys(configDocument, path));
  const fix = near === null ? "remove it or correct its spelling." : `did you mean "${near}"?`;
  report.warn(
    pointerOf([...path, key]),
    "unknown_name",
    `"${key}" is no name we know here and has no effect: ${fix}`,
  );
};

/** An object that could be one of several things, and says of none which. */
const saysNothing = ({ path, issue }: Leaf, input: unknown): boolean => {
  const holder = valueAt(input, path.slice(0, -1));
  if (typeof holder !== "object" || holder === null || !isUnion(configDocument, path.slice(0, -1)))
    return false;
  const known = knownKeys(configDocument, path.slice(0, -1));
  return isNever(issue) || !Object.keys(holder).some((key) => known.includes(key));
};

const reportLeaf = (report: Report, leaf: Leaf, input: unknown): void => {
  if (saysNothing(leaf, input)) {
    const at = leaf.path.slice(0, -1);
    const message = `This says nothing we know: write one of ${knownKeys(configDocument, at).join(", ")}.`;
    return report.error(pointerOf(at), "unknown_shape", message);
  }
  if (leaf.issue.code === "unrecognized_keys") {
    for (const key of leaf.issue.keys) {
      const message = `"${key}" can't stand beside the other names here: keep one of them.`;
      report.error(pointerOf([...leaf.path, key]), "unknown_name", message);
    }
    return;
  }
  const { code, message } = issueInWords(leaf.issue, valueAt(input, leaf.path), leaf.path.at(-1));
  report.error(pointerOf(leaf.path), code, message);
};

/** Each round drops what the one before uncovered; nesting is finite, and a hundred levels are nobody's document. */
const ROUNDS = 100;

/** Conditions nested deeper than this are refused before anything recurses into them. */
const MAX_DEPTH = 60;

const tooDeep = (value: unknown, left: number): boolean =>
  typeof value === "object" &&
  value !== null &&
  (left === 0 || Object.values(value).some((part) => tooDeep(part, left - 1)));

/** Never throws, whatever it is given. */
export const parseDocument = (input: unknown): ParsedDocument => {
  const report = newReport();
  if (tooDeep(input, MAX_DEPTH)) {
    report.error(
      "",
      "too_deep",
      `The document is nested more than ${MAX_DEPTH} levels deep: write conditions flatter.`,
    );
    return { document: null, errors: report.errors, warnings: [] };
  }
  let value = input;
  let parsed = configDocument.safeParse(value);
  for (let round = 0; !parsed.success && round < ROUNDS; round++) {
    const found = leaves(parsed.error, value);
    const unknown = found.flatMap(droppable);
    if (unknown.length === 0) {
      for (const leaf of found) reportLeaf(report, leaf, value);
      break;
    }
    for (const item of unknown) warnUnknown(report, item);
    if (round === 0) value = copy(value);
    drop(value, unknown);
    parsed = configDocument.safeParse(value);
  }
  return {
    document: parsed.success ? parsed.data : null,
    errors: bounded(report.errors),
    warnings: bounded(report.warnings),
  };
};
