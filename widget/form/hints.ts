/** What helps a browser fill a field in and a telephone show the right keys. */
import type { Field } from "../types.ts";

/** Autofill tokens by what marketers call such fields; the definition's own `autocomplete` wins. */
const AUTOCOMPLETE: [RegExp, string][] = [
  [/^(first|given)_?name$/i, "given-name"],
  [/^(last|family)_?name$|^surname$/i, "family-name"],
  [/^(full_?)?name$/i, "name"],
  [/e?mail$/i, "email"],
  [/phone|mobile|^tel$/i, "tel"],
  [/^(company|organi[sz]ation)(_?name)?$/i, "organization"],
  [/^(job_?)?title$|^role$/i, "organization-title"],
  [/^city$/i, "address-level2"],
];

export function autocompleteOf(field: Field): string | undefined {
  if (field.autocomplete) return field.autocomplete;
  if (field.type === "email" || field.type === "tel" || field.type === "url" || field.type === "country")
    return field.type;
  return AUTOCOMPLETE.find(([name]) => name.test(field.name))?.[1];
}

export interface InputHints {
  type: "text" | "email" | "url" | "tel";
  inputmode?: "email" | "url" | "tel" | "decimal";
  spellcheck?: boolean;
}

/** No browser capitalises addresses of mail or web. Numbers are asked for as text: a number box changes by the scroll wheel and hides what it can't read. */
export function inputHints({ type }: Field): InputHints {
  if (type === "email" || type === "url") return { type, inputmode: type, spellcheck: false };
  if (type === "tel") return { type, inputmode: type };
  return type === "number" ? { type: "text", inputmode: "decimal" } : { type: "text" };
}
