/** Checks what a visitor filled in against the form's own fields. Fields the form doesn't declare are kept, not refused. */
import type { Form, FormField } from "../../../schema/config/document.ts";
import { parseEmail } from "../enrichment/email.ts";
import { readFields } from "../enrichment/form-fields.ts";

export interface FieldProblem {
  /** RFC 6901 pointer into the submission. */
  pointer: string;
  detail: string;
}

const LIMITS: Partial<Record<FormField["type"], number>> = {
  textarea: 10_000,
  hidden: 2000,
  url: 2000,
  email: 254,
};

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  (typeof value === "string" && value.trim() === "") ||
  (Array.isArray(value) && value.length === 0);

const isUrl = (text: string): boolean =>
  /^(https?:\/\/)?[^\s/?#@]+\.[^\s/?#@]+([/?#]\S*)?$/iu.test(text.trim());

/** What is wrong with one filled-in value, in words for the visitor; null when nothing is. */
const fault = (field: FormField, value: unknown): string | null => {
  if (field.type === "checkbox")
    return typeof value === "boolean" || typeof value === "string" ? null : "Send true or false.";
  if (field.type === "number") {
    const given = typeof value === "number" || (typeof value === "string" && value.trim() !== "");
    return given && Number.isFinite(Number(value)) ? null : `${field.label} must be a number.`;
  }
  if (Array.isArray(value)) return listFault(field, value);
  if (typeof value !== "string") return `${field.label} must be text.`;
  const most = field.maxLength ?? LIMITS[field.type] ?? 500;
  const length = Array.from(value).length;
  if (length > most) return `${field.label} is too long: ${length} characters, at most ${most}.`;
  if (field.type === "email" && !parseEmail(value).ok)
    return `${field.label} must be an e-mail address such as name@company.com.`;
  // Where a number may be left out, "n/a" is no reason to lose a lead that nobody can send again: it stays as a text.
  if (field.type === "tel" && field.required && !/\p{Nd}/u.test(value))
    return `${field.label} must be a phone number such as +49 30 901820.`;
  if (field.type === "url" && !isUrl(value))
    return `${field.label} must be a web address such as https://company.com.`;
  return optionFault(field, [value]);
};

/** Several values make sense where something is chosen; anywhere else one would be checked and another used. */
const listFault = (field: FormField, values: readonly unknown[]): string | null =>
  (field.type === "select" || field.type === "hidden") && values.every((item) => typeof item === "string")
    ? optionFault(field, values)
    : `${field.label} must be one text.`;

const optionFault = (field: FormField, values: readonly string[]): string | null => {
  if (field.type !== "select" || !field.options) return null;
  const known = new Set(field.options.map((option) => option.value));
  return values.every((value) => known.has(value))
    ? null
    : `${field.label} must be one of: ${[...known].join(", ")}.`;
};

const escapePointer = (name: string): string => name.replaceAll("~", "~0").replaceAll("/", "~1");

/** Every problem of a submission, by field; empty when it may be captured. */
export const checkSubmission = (
  form: Pick<Form, "fields" | "consent">,
  fields: Readonly<Record<string, unknown>>,
  consent: unknown,
): FieldProblem[] => {
  const problems: FieldProblem[] = [];
  for (const field of form.fields) {
    const value = Object.hasOwn(fields, field.name) ? fields[field.name] : undefined;
    const pointer = `/fields/${escapePointer(field.name)}`;
    const detail = isEmpty(value)
      ? field.required
        ? `${field.label} is required.`
        : null
      : fault(field, value);
    if (detail !== null) problems.push({ pointer, detail });
  }
  if (form.consent?.required && isEmpty(consent))
    problems.push({ pointer: "/consent", detail: "Consent is required." });
  return problems;
};

/** Fewer digits are no number anybody could call. */
const FEWEST_DIGITS = 5;
const isNumber = (phone: string): boolean => (phone.match(/\p{Nd}/gu) ?? []).length >= FEWEST_DIGITS;

/** What keeps a lead that came through no form from being answered; empty where an address or a number is there. */
export const checkReachable = (fields: Readonly<Record<string, unknown>>): FieldProblem[] => {
  const { email, phone } = readFields(fields).known;
  const sent = Object.keys(fields).find((name) => readFields({ [name]: fields[name] }).known.email === email);
  const at = (detail: string): FieldProblem[] => [
    { pointer: `/fields/${escapePointer(email === null ? "email" : (sent ?? "email"))}`, detail },
  ];
  if (email !== null)
    return parseEmail(email).ok ? [] : at("This must be an e-mail address such as name@company.com.");
  return phone !== null && isNumber(phone)
    ? []
    : at("Send an e-mail address, or a phone number: without either nobody can answer.");
};
