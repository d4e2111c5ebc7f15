/** What is wrong with a value, said as what to do about it. The server checks again and has the last word. */
import type { Field, PublicForm, Values } from "../types.ts";

/** The name under which the consent box's value and error are kept; not a possible field name. */
export const CONSENT = ":consent";

const DEFAULT_LONGEST = 20_000;

const MISSING: Partial<Record<Field["type"], string>> = {
  email: "Enter your e-mail address",
  tel: "Enter a phone number",
  url: "Enter a web address",
  number: "Enter a number",
  select: "Choose one",
  country: "Choose a country",
  checkbox: "Tick this box to go on",
};

function emailFault(text: string): string | null {
  if (/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text))
    return text.length > 254 ? "Use a shorter e-mail address" : null;
  if (/\s/.test(text)) return "Remove the spaces from the address";
  if (!/@./.test(text))
    return `Add ${text.includes("@") ? "what follows the @" : "the @ and what follows"}, as in name@company.com`;
  return /@[^@]*\./.test(text) ? "Write it as in name@company.com" : "Add the ending, such as .com";
}

function urlFault(text: string): string | null {
  try {
    const { hostname, protocol } = new URL(/^[a-z][a-z+.-]*:\/\//i.test(text) ? text : `https://${text}`);
    if (/^https?:$/.test(protocol) && /[^.]\.[^.]/.test(hostname)) return null;
  } catch {
    // Not an address at all: the same advice.
  }
  return "Use a web address such as company.com";
}

const isNumber = (text: string): boolean => /^[-+]?\d+(\.\d+)?$/.test(text.replace(/\s/g, ""));

function textFault(field: Field, text: string): string | null {
  const over = text.length - (field.maxLength ?? DEFAULT_LONGEST);
  if (over > 0) return `Shorten this by ${over} ${over === 1 ? "character" : "characters"}`;
  if (field.type === "email") return emailFault(text);
  if (field.type === "url") return urlFault(text);
  if (field.type === "tel" && !/\p{Nd}/u.test(text)) return MISSING.tel!;
  if (field.type === "number" && !isNumber(text)) return "Use digits only, such as 250 or 2.5";
  return null;
}

/** @returns the message to show beside the field, or null */
export function faultOf(field: Field, value: string | boolean | undefined): string | null {
  const isEmpty = typeof value === "string" ? !value.trim() : !value;
  if (isEmpty) return field.required ? (MISSING[field.type] ?? "Fill this in") : null;
  return typeof value === "string" ? textFault(field, value.trim()) : null;
}

/** Every fault of the form by field name, in the order of the fields. */
export function faultsOf(form: PublicForm, values: Values): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const field of form.fields) {
    const fault = field.type === "hidden" ? null : faultOf(field, values[field.name]);
    if (fault) faults[field.name] = fault;
  }
  if (form.consent?.required && !values[CONSENT]) faults[CONSENT] = "Tick this box so that we may reply";
  return faults;
}

/** Values as they are sent: trimmed, numbers as numbers, what was left empty left out. */
export function fieldsToSend(form: PublicForm, values: Values): Record<string, string | number | boolean> {
  const fields: Record<string, string | number | boolean> = {};
  for (const { name, type } of form.fields) {
    const value = values[name];
    if (typeof value === "boolean") fields[name] = value;
    else if (value?.trim())
      fields[name] = type === "number" ? Number(value.replace(/\s/g, "")) : value.trim();
  }
  return fields;
}
