/** A form posted without JavaScript: read like a submission, and answered with pages a person can use. */
import { html } from "hono/html";
import { captureBody } from "../../schema/wire/capture.ts";
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

/** As long as names may be (schema/wire/capture.ts); nobody who fills in a form can mend its names. */
const MAX_NAME = 100;

const toFields = (data: FormData): Record<string, unknown> => {
  const fields: [string, unknown][] = [];
  for (const name of new Set(data.keys())) {
    if (RESERVED.has(name) || name === "") continue;
    const values = data.getAll(name).filter((value): value is string => typeof value === "string");
    if (values.length > 0) fields.push([name.slice(0, MAX_NAME), values.length === 1 ? values[0] : values]);
  }
  // Not by assignment: a field may be called __proto__.
  return Object.fromEntries(fields);
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
      // An id that can't be one is the site's mistake; the visitor's request is kept all the same.
      submissionId: captureBody.shape.submissionId.safeParse(text(data, "submissionId")).data ?? uuid,
      fields: toFields(data),
      consent: text(data, "consent"),
      page: url === null ? {} : { url: url.slice(0, 2000) },
      attribution: {},
    },
  };
};

/** Nothing could be read, or nothing may be sent from there. */
export const refusalPage = async ({ status, message, headers }: HttpProblem): Promise<Response> => {
  const answer = await page(
    status,
    "It didn’t go through",
    html`<h1>It didn’t go through</h1>
      <p class="error"><strong>${message}</strong></p>
      <p>Nothing was sent. Go back to what you typed, and try again.</p>`,
  );
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value);
  return answer;
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
  const at = (name: string) => problems.find((item) => item.pointer === `/fields/${name}`);
  const fields = (form?.fields ?? []).map((field) => {
    const value = post.body.fields[field.name];
    const given = Array.isArray(value) ? (value[0] as unknown) : value;
    const shown = typeof given === "string" ? given : (field.value ?? "");
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
