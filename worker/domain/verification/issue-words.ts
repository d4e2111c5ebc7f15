/** What a value that a schema refuses lacks, in words for whoever sent it: documents and requests are told alike. */
import type * as z from "zod";
import { choices } from "./nearest.ts";

const kindOf = (value: unknown): string =>
  value === null
    ? "null"
    : Array.isArray(value)
      ? "a list"
      : typeof value === "object"
        ? "an object"
        : `a ${typeof value}`;

const WORDS: Record<string, string> = {
  array: "a list",
  object: "an object",
  record: "an object",
  int: "a whole number",
};

/** What is wrong with one value and how to put it right. */
export const issueInWords = (
  issue: z.core.$ZodIssue,
  value: unknown,
  key: PropertyKey | undefined,
): { code: string; message: string } => {
  if (value === undefined)
    return {
      code: "missing",
      message: key === undefined ? "Send a value here." : `"${String(key)}" is missing: add it.`,
    };
  const shown = JSON.stringify(value).slice(0, 100);
  if (issue.code === "invalid_type") {
    // The schema's own words, where it has any.
    if (!issue.message.startsWith("Invalid input")) return { code: "wrong_type", message: issue.message };
    const wanted = WORDS[issue.expected] ?? `a ${issue.expected}`;
    return { code: "wrong_type", message: `Write ${wanted} here, not ${kindOf(value)}.` };
  }
  if (issue.code === "invalid_value") {
    const fix = choices(typeof value === "string" ? value : shown, issue.values.map(String), "none.");
    return { code: "wrong_value", message: `${shown} is none of the values allowed here: ${fix}` };
  }
  if (issue.code === "invalid_format")
    return { code: "wrong_format", message: `${shown} can't be read: ${issue.message}.` };
  if (issue.code === "too_big" || issue.code === "too_small")
    return { code: "out_of_range", message: `${issue.message.replace(/^Too (big|small): e/, "E")}.` };
  return { code: "invalid", message: issue.message };
};
