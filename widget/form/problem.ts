/** A refusal (RFC 9457) turned into messages beside the fields it points at, and one for the form. */
import type { Problem, PublicForm } from "../types.ts";
import { CONSENT } from "./validate.ts";

export interface Refusal {
  /** By field name. */
  errors: Record<string, string>;
  /** For the whole form, when something could not be put beside a field. */
  message: string | null;
}

const BY_STATUS: Record<number, string> = {
  403: "This site isn’t allowed to send this form. Please contact us another way.",
  404: "This form is no longer in use. Please contact us another way.",
  413: "This is too long. Please shorten it.",
};

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `/fields/email` → `email`, `/consent` → the consent box, anything else → null. */
function fieldOf(pointer: string, form: PublicForm): string | null {
  if (/^\/consent\b/.test(pointer)) return CONSENT;
  const name = /^\/fields\/([^/]+)/.exec(pointer)?.[1];
  const field = form.fields.find((field) => field.name === name && field.type !== "hidden");
  return field ? field.name : null;
}

export function readRefusal(status: number, problem: Partial<Problem>, form: PublicForm): Refusal {
  const errors: Record<string, string> = {};
  const rest: string[] = [];
  for (const { pointer, detail } of problem.errors ?? []) {
    const name = fieldOf(pointer, form);
    if (!name) rest.push(sentence(detail));
    else errors[name] ??= sentence(detail);
  }
  if (!rest.length && Object.keys(errors).length) return { errors, message: null };
  const detail = rest.length ? `${rest.join(". ")}.` : problem.detail;
  return { errors, message: BY_STATUS[status] ?? detail ?? "This couldn’t be accepted." };
}
