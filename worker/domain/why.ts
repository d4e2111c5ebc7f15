/** Why a condition didn't hold for a lead: the part that failed, and what was there instead. For traces. */
import type { Comparison, Condition } from "../../schema/config/condition.ts";
import { holds, inWords, isComparison, readField, type Facts } from "./conditions.ts";

/** Traces are kept longer than a person's data may be: what is said about the person themselves isn't repeated in them. */
const TOLD =
  /^(lead\.(country|language|timezone|seniority|function|freeMail|disposable|roleAddress|corporateDomain)|(match|account|opportunity|company|territory|attribution|form|time)\..+|score|fit|intent|segment|source)$/;

const MOST = 60;

const shown = (value: unknown): string => {
  const text = Array.isArray(value) ? value.slice(0, 5).join(", ") : String(value);
  return text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text;
};

const failed = (comparison: Comparison, facts: Facts): string => {
  const { field, op } = comparison;
  const words = inBrief(inWords(comparison));
  if (op === "exists") return `${field} is ${comparison.value === false ? "known" : "absent"}`;
  const actual = readField(facts, field);
  if (actual === null) return `${words} (it is absent)`;
  return TOLD.test(field) ? `${words} (it is ${shown(actual)})` : words;
};

/** As a trace has room for it: lists may have thousands of values. */
export const inBrief = (words: string): string => (words.length > 300 ? `${words.slice(0, 299)}…` : words);

/** Of a condition that doesn't hold: of a conjunction the first part that failed, of alternatives all of them. */
export const whyNot = (condition: Condition, facts: Facts): string => {
  if ("all" in condition) {
    const part = condition.all.find((each) => !holds(each, facts));
    return part ? whyNot(part, facts) : "";
  }
  if ("any" in condition) return inBrief(condition.any.map((part) => whyNot(part, facts)).join("; "));
  if ("not" in condition) return `not (${inBrief(inWords(condition.not))}), and it holds`;
  return isComparison(condition) ? failed(condition, facts) : "";
};
