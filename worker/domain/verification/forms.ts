/** Forms that can be shown and sent, stages that ask for fields somebody fills in. */
import type { Form, FormField } from "../../../schema/config/document.ts";
import { fieldType } from "../config/fields.ts";
import type { Check } from "./checks.ts";
import { isNone, pointerOf, type Report } from "./findings.ts";
import { choices } from "./nearest.ts";

const checkField = (field: FormField, path: readonly PropertyKey[], report: Report): void => {
  if (field.type !== "select") return;
  const options = field.options ?? [];
  if (options.length === 0)
    report.error(
      pointerOf([...path, "options"]),
      "no_options",
      `"${field.name}" offers nothing to choose from: add options.`,
    );
  const seen = new Set<string>();
  options.forEach(({ value }, at) => {
    if (seen.has(value))
      report.error(
        pointerOf([...path, "options", at, "value"]),
        "duplicate",
        `The option "${value}" is given twice: keep one.`,
      );
    seen.add(value);
  });
};

const checkForm = (form: Form, at: number, report: Report): void => {
  const path = ["forms", at];
  if (!form.fields.some(({ type }) => type === "email"))
    report.warn(
      pointerOf([...path, "fields"]),
      "no_email_field",
      `"${form.key}" asks for no e-mail address, so nobody could answer by mail or be recognised: add a field of type email.`,
    );
  if (form.allowedOrigins.length === 0)
    report.warn(
      pointerOf([...path, "allowedOrigins"]),
      "no_origins",
      `"${form.key}" can only be used on this product's own origin: add the sites that embed it.`,
    );
  const seen = new Set<string>();
  form.fields.forEach((field, index) => {
    const place = [...path, "fields", index];
    if (seen.has(field.name))
      report.error(
        pointerOf([...place, "name"]),
        "duplicate",
        `The field "${field.name}" is in "${form.key}" twice: rename or remove one.`,
      );
    seen.add(field.name);
    checkField(field, place, report);
  });
  if (!isNone(form.thankYouUrl) && !/^(https?:\/\/[^\s/]|\/(?!\/))/i.test(form.thankYouUrl))
    report.error(
      pointerOf([...path, "thankYouUrl"]),
      "bad_url",
      `"${form.thankYouUrl}" is no address to send visitors to: write one such as https://acme.example/thanks.`,
    );
};

export const checkForms: Check = ({ document: { forms, stages } }, report) => {
  forms.forEach((form, at) => checkForm(form, at, report));
  const asked = new Set(forms.flatMap(({ fields }) => fields.map(({ name }) => name)));
  stages.forEach(({ id, requiredFields }, at) => {
    requiredFields.forEach((name, index) => {
      if (asked.has(name) || fieldType(name) !== null || fieldType(`lead.${name}`) !== null) return;
      const message = `Stage "${id}" requires "${name}", which no form asks for and no field is called: ${choices(name, asked, "correct or remove it.")}`;
      report.warn(pointerOf(["stages", at, "requiredFields", index]), "unknown_field", message);
    });
  });
};
