/** The policy as text and as data, and what its proof answers, read with care. Pure. */
import type { Counterexample } from "./counterexample.ts";
import { isRecord } from "./record.ts";

export type Severity = "error" | "warning" | "note" | "undecided";

export interface Finding {
  severity: Severity;
  pointer: string;
  message: string;
  code: string;
  /** Ids of what it is about. */
  rules: string[];
  counterexample: Counterexample | null;
}

export interface Verification {
  errors: Finding[];
  warnings: Finding[];
  notes: Finding[];
  undecided: Finding[];
  /** Null where nothing was proved, because the first checks failed. */
  stats: { branches: number; proved: number; cells: number } | null;
}

/** The verification from a dry run, a publication, or the 422 that refused it; problem details become errors too. */
export function readVerification(answer: unknown): Verification | null {
  if (!isRecord(answer)) return null;
  const found = answer["verification"];
  if (isRecord(found))
    return {
      errors: findings(found["errors"], "error"),
      warnings: findings(found["warnings"], "warning"),
      notes: findings(found["notes"], "note"),
      undecided: findings(found["undecided"], "undecided"),
      stats: stats(found["stats"]),
    };
  if (!Array.isArray(answer["errors"])) return null;
  return { errors: findings(answer["errors"], "error"), warnings: [], notes: [], undecided: [], stats: null };
}

/** What a server of another version might send as something else is left out rather than shown as `[object Object]`. */
const wordOf = (value: unknown, otherwise = ""): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : otherwise;

const wordsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];

/** What a refused deactivation answers with: each hole that the policy in force would have. */
export const readHoles = (answer: unknown): Finding[] =>
  isRecord(answer) ? findings(answer["findings"], "error") : [];

function findings(list: unknown, severity: Severity): Finding[] {
  if (!Array.isArray(list)) return [];
  return list.filter(isRecord).map((item) => ({
    severity,
    pointer: wordOf(item["pointer"]),
    message: wordOf(item["message"] ?? item["detail"], "no reason given"),
    code: wordOf(item["code"]),
    rules: wordsOf(item["rules"]),
    counterexample: counterexample(item["counterexample"]),
  }));
}

function counterexample(value: unknown): Counterexample | null {
  if (!isRecord(value) || !Array.isArray(value["leads"])) return null;
  const leads = value["leads"].filter(isRecord);
  if (leads.length === 0) return null;
  return {
    leads,
    at: wordOf(value["at"]) || null,
    absent: wordsOf(value["absent"]),
    deactivated: wordsOf(value["deactivated"]),
    path: wordsOf(value["path"]),
  };
}

function stats(value: unknown): Verification["stats"] {
  if (!isRecord(value)) return null;
  const number = (name: string) => (typeof value[name] === "number" ? value[name] : 0);
  return { branches: number("branches"), proved: number("proved"), cells: number("cells") };
}

/** A policy document as the forms know it: what they don't know stays as it is. */
export type Policy = Record<string, unknown>;

export function parsePolicy(text: string): Policy | null {
  try {
    const found: unknown = JSON.parse(text);
    return isRecord(found) ? found : null;
  } catch {
    return null;
  }
}

export const printPolicy = (document: unknown): string => JSON.stringify(document, null, 2);
