/** The page that answers a faulty form post: what is wrong, and the form again with everything they typed. */
import { html } from "hono/html";
import type { Form, FormField } from "../../schema/config/document.ts";
import type { FieldProblem } from "../domain/capture/validate.ts";
import type { FormPost } from "./form-post.ts";
import { page } from "./page.ts";

type Html = ReturnType<typeof html>;

/** Of several values the first; a field's own value where nothing was sent, but a box for which nothing was is unticked. */
const valueOf = (field: FormField, { body }: FormPost): string => {
  const given = [body.fields[field.name]].flat()[0];
  if (typeof given === "string") return given;
  return field.type === "checkbox" ? "" : (field.value ?? "");
};

const INPUT_TYPES: Partial<Record<FormField["type"], string>> = {
  email: "email",
  tel: "tel",
  url: "url",
  number: "number",
};

/** Nothing here is `required` to the browser: who can't answer must still get our words for it. */
const control = (field: FormField, value: string, described: string): Html => {
  const id = `f-${field.name}`;
  if (field.type === "textarea")
    return html`<textarea id="${id}" name="${field.name}" rows="4" aria-describedby="${described}">
${value}</textarea>`;
  if (field.type === "select")
    return html`<select id="${id}" name="${field.name}" aria-describedby="${described}">
      <option value="">${field.placeholder ?? "Please choose"}</option>
      ${(field.options ?? []).map(
        (option) =>
          html`<option value="${option.value}" ${option.value === value ? "selected" : ""}>
            ${option.label}
          </option>`,
      )}
    </select>`;
  return html`<input
    id="${id}"
    name="${field.name}"
    type="${INPUT_TYPES[field.type] ?? "text"}"
    value="${value}"
    autocomplete="${field.autocomplete ?? "on"}"
    aria-describedby="${described}"
  />`;
};

/** As the widget says it: what may be left out is marked, what must be given is not. */
const labelOf = (field: FormField): Html =>
  field.required ? html`${field.label}` : html`${field.label} <span class="soft">(optional)</span>`;

const shown = (field: FormField, post: FormPost, found: FieldProblem | undefined): Html => {
  const value = valueOf(field, post);
  if (field.type === "hidden") return html`<input type="hidden" name="${field.name}" value="${value}" />`;
  const described = `d-${field.name}`;
  const notes = html`<span id="${described}"
    >${field.help ? html`<span class="soft">${field.help}</span>` : ""}
    ${found ? html`<strong class="error">${found.detail}</strong>` : ""}</span
  >`;
  if (field.type === "checkbox")
    return html`<p>
      <label
        ><input
          type="checkbox"
          name="${field.name}"
          value="yes"
          aria-describedby="${described}"
          ${value === "" ? "" : "checked"}
        />
        ${labelOf(field)}</label
      >
      ${notes}
    </p>`;
  return html`<p>
    <label for="f-${field.name}">${labelOf(field)}</label>
    ${control(field, value, described)} ${notes}
  </p>`;
};

/** What the form doesn't declare goes along unseen, unless it is what has to be corrected. */
const undeclared = (form: Form | null, { body }: FormPost, problems: readonly FieldProblem[]) => {
  const declared = new Set(form?.fields.map((field) => field.name));
  return Object.entries(body.fields)
    .filter(([name]) => !declared.has(name))
    .flatMap(([name, value]) => [value].flat().map((item) => [name, String(item)] as const))
    .map(([name, value]) => {
      const found = problems.find((item) => item.pointer === `/fields/${name}`);
      return found
        ? html`<p>
            <label>${name} <textarea name="${name}" rows="4">${value}</textarea></label>
            <strong class="error">${found.detail}</strong>
          </p>`
        : html`<input type="hidden" name="${name}" value="${value}" />`;
    });
};

/** What is wrong and everything they typed, so nothing has to be typed twice. */
export const errorPage = (
  status: number,
  form: Form | null,
  post: FormPost,
  problems: readonly FieldProblem[],
): Promise<Response> => {
  const fields = (form?.fields ?? []).map((field) =>
    shown(
      field,
      post,
      problems.find((item) => item.pointer === `/fields/${field.name}`),
    ),
  );
  const unseen = new Set(form?.fields.filter((field) => field.type === "hidden").map((field) => field.name));
  const general = problems.filter(
    ({ pointer }) => !pointer.startsWith("/fields/") || unseen.has(pointer.slice("/fields/".length)),
  );
  const body = html`<h1>Please have another look</h1>
    ${general.map((item) => html`<p class="error"><strong>${item.detail}</strong></p>`)}
    <form method="post">
      <input type="hidden" name="submissionId" value="${post.body.submissionId}" />
      ${post.body.consent === null ? "" : html`<input type="hidden" name="consent" value="${post.body.consent}" />`}
      ${
        form?.consent?.required && post.body.consent === null
          ? html`<p>
              <label><input type="checkbox" name="consent" value="yes" /> ${form.consent.label}</label>
            </p>`
          : ""
      }
      ${fields} ${undeclared(form, post, problems)}
      <p><button>${form?.submitLabel ?? "Send"}</button></p>
    </form>`;
  return page(status, "Please have another look", body);
};
