/** A form posted without JavaScript: read like a submission; when it can't be, refused with a page a person can use. */
import { html } from "hono/html";
import { captureBody } from "../../schema/wire/capture.ts";
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
