/** A form posted without JavaScript: read like a submission, and answered with pages a person can use. */
import { html } from "hono/html";
import type { Form } from "../../schema/config/document.ts";
import type { FieldProblem } from "../domain/capture/validate.ts";
import { HttpProblem } from "./problem.ts";
import { page } from "./page.ts";
import { readBytes } from "./route.ts";

export interface FormPost {
  body: {
    submissionId: string;
    fields: Record<string, unknown>;
    consent: string | null;
    page: Record<string, unknown>;
    attribution: Record<string, unknown>;
  };
}

/** Names that carry something else than an answer. */
const RESERVED = new Set(["submissionId", "consent", "page_url", "referrer"]);

const toFields = (data: FormData): Record<string, unknown> => {
  const fields: Record<string, unknown> = {};
  for (const name of new Set(data.keys())) {
    if (RESERVED.has(name)) continue;
    const values = data.getAll(name).filter((value): value is string => typeof value === "string");
    if (values.length > 0) fields[name] = values.length === 1 ? values[0] : values;
  }
  return fields;
};

const text = (data: FormData, name: string): string | null => {
  const value = data.get(name);
  return typeof value === "string" && value !== "" ? value : null;
};

export const readFormPost = async (request: Request, limit: number, uuid: string): Promise<FormPost> => {
  const bytes = await readBytes(request, limit);
  let data: FormData;
  try {
    data = await new Response(bytes, {
      headers: { "content-type": request.headers.get("content-type") ?? "" },
    }).formData();
  } catch {
    throw new HttpProblem(400, "The form post can't be read.");
  }
  const url = text(data, "page_url") ?? request.headers.get("referer");
  return {
    body: {
      submissionId: text(data, "submissionId") ?? uuid,
      fields: toFields(data),
      consent: text(data, "consent"),
      page: url === null ? {} : { url: url.slice(0, 2000) },
      attribution: {},
    },
  };
};

/** What is wrong and everything they typed, so nothing has to be typed twice. */
export const errorPage = (
  status: number,
  form: Form | null,
  post: FormPost,
  problems: readonly FieldProblem[],
): Promise<Response> => {
  const at = (name: string) => problems.find((item) => item.pointer === `/fields/${name}`);
  const fields = (form?.fields ?? []).map((field) => {
    const value = post.body.fields[field.name];
    const shown = typeof value === "string" ? value : (field.value ?? "");
    const found = at(field.name);
    if (field.type === "hidden") return html`<input type="hidden" name="${field.name}" value="${shown}" />`;
    const type = field.type === "email" || field.type === "tel" || field.type === "url" ? field.type : "text";
    return html`<p>
      <label for="f-${field.name}">${field.label}${field.required ? " (required)" : ""}</label>
      ${
        field.type === "textarea"
          ? html`<textarea id="f-${field.name}" name="${field.name}" rows="4">${shown}</textarea>`
          : html`<input id="f-${field.name}" name="${field.name}" type="${type}" value="${shown}" />`
      }
      ${found ? html`<strong class="error">${found.detail}</strong>` : ""}
    </p>`;
  });
  const general = problems.filter((item) => !item.pointer.startsWith("/fields/"));
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
      ${fields}
      <p><button>${form?.submitLabel ?? "Send"}</button></p>
    </form>`;
  return page(status, "Please have another look", body);
};
