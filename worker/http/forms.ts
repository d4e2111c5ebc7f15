/** Public: the form's definition, capture (JSON or a plain form post), the visitor's receipt. */
import * as z from "zod";
import {
  captureAnswer,
  captureBody,
  publicForm,
  receipt,
  type CaptureBody,
  type PublicForm,
} from "../../schema/wire/capture.ts";
import { problem } from "../../schema/wire/common.ts";
import type { Form } from "../../schema/config/document.ts";
import { checkSubmission } from "../domain/capture/validate.ts";
import { readReceipt } from "../flows/receipt.ts";
import { submit, type Submitted } from "../flows/submit.ts";
import { formByKey } from "../flows/forms.ts";
import type { CaptureRequest } from "../flows/deps.ts";
import { edgeFacts, isForeign, originAllowed } from "./edge.ts";
import { compressedJson } from "./compressed.ts";
import { checkFields } from "./check-fields.ts";
import { errorPage } from "./form-page.ts";
import { readFormPost, refusalPage, type FormPost } from "./form-post.ts";
import { HttpProblem } from "./problem.ts";
import { readJson, route, zodErrors, type AppContext, type Route } from "./route.ts";

const MAX_BODY = 262_144;
const RETRY_AFTER_S = 10;

const key = z.object({ key: z.string().max(64) });

const toPublic = (form: Form): PublicForm => ({
  key: form.key,
  name: form.name,
  title: form.title ?? null,
  description: form.description ?? null,
  submitLabel: form.submitLabel ?? "Send",
  accent: form.accent ?? null,
  consent: form.consent ?? null,
  fields: form.fields,
});

const formOr404 = async (context: AppContext, formKey: string): Promise<Form | null> => {
  const found = await formByKey(context.get("deps"), formKey);
  if (found === "unknown") throw new HttpProblem(404, `There is no form "${formKey}".`);
  return found;
};

const cors = (context: AppContext): Record<string, string> => {
  const origin = context.req.header("origin");
  return origin
    ? {
        "access-control-allow-origin": origin,
        "access-control-expose-headers": "Retry-After",
        vary: "Origin",
      }
    : { vary: "Origin" };
};

const refuseForeign = (context: AppContext, form: Form | null): void => {
  if (form && !originAllowed(context.req.raw, form.allowedOrigins, context.env))
    throw new HttpProblem(
      403,
      "This form may not be used from this site. Add its origin to the form's allowedOrigins.",
    );
};

const limited = async (context: AppContext, formKey: string): Promise<boolean> => {
  if (context.env.LEADCLOCK_RATE_LIMIT === "off") return false;
  const visitor = context.req.header("cf-connecting-ip") ?? "local";
  const { success } = await context.env.SUBMISSION_LIMIT.limit({ key: `${formKey}:${visitor}` });
  return !success;
};

const parseBody = (body: unknown): CaptureBody => {
  const parsed = captureBody.safeParse(body);
  if (parsed.success) return parsed.data;
  const errors = zodErrors(parsed.error, body);
  throw new HttpProblem(
    422,
    errors[0] ? `${errors[0].pointer || "The body"}: ${errors[0].detail}` : "Invalid",
    errors,
  );
};

const toRequest = (context: AppContext, formKey: string, body: CaptureBody): CaptureRequest => ({
  formKey,
  source: null,
  submissionId: body.submissionId,
  fields: body.fields,
  consent: body.consent ?? null,
  page: body.page ?? {},
  attribution: body.attribution ?? {},
  edge: edgeFacts(context.req.raw, body.page?.timezone ?? null),
});

const jsonAnswer = (submitted: Submitted, headers: Record<string, string>): Response => {
  if (submitted.kind === "conflict")
    throw new HttpProblem(
      409,
      "This submissionId was used for other content; the first submission stands. Use a new id.",
      [{ pointer: "/submissionId", detail: "Already used for other content." }],
    );
  if (submitted.kind === "unconfigured") throw new HttpProblem(503, "No configuration is published yet.");
  return Response.json(submitted.answer, {
    status: submitted.kind === "repeat" ? 200 : 201,
    headers: { ...headers, "cache-control": "no-store" },
  });
};

const htmlAnswer = async (submitted: Submitted, form: Form | null, post: FormPost): Promise<Response> => {
  if (submitted.kind === "conflict")
    return errorPage(409, form, post, [
      { pointer: "", detail: "This form was sent before with other content." },
    ]);
  if (submitted.kind === "unconfigured")
    return errorPage(503, form, post, [{ pointer: "", detail: "We can't take requests right now." }]);
  const to = form?.thankYouUrl ?? `/receipt/${submitted.answer.receipt}`;
  return new Response(null, { status: 303, headers: { location: to, "cache-control": "no-store" } });
};

const isFormPost = (context: AppContext): boolean =>
  /^(application\/x-www-form-urlencoded|multipart\/form-data)/i.test(
    context.req.header("content-type") ?? "",
  );

const TOO_MANY = "Too many submissions from here; wait a moment and send it again.";

/** A person waits for a page, whatever came of their post; what they typed is in it wherever it could be read. */
const captureForm = async (context: AppContext, formKey: string, form: Form | null): Promise<Response> => {
  const post = await readFormPost(context.req.raw, MAX_BODY, context.get("deps").uuid());
  if (await limited(context, formKey)) {
    const page = await errorPage(429, form, post, [{ pointer: "", detail: TOO_MANY }]);
    page.headers.set("retry-after", String(RETRY_AFTER_S));
    return page;
  }
  const parsed = captureBody.safeParse(post.body);
  const errors = form ? checkSubmission(form, post.body.fields, post.body.consent) : [];
  if (!parsed.success || errors.length > 0)
    return errorPage(422, form, post, [
      ...errors,
      ...(parsed.success ? [] : zodErrors(parsed.error, post.body)),
    ]);
  return htmlAnswer(await submit(context.get("deps"), toRequest(context, formKey, parsed.data)), form, post);
};

const IS_JSON = /^(application\/(\S+\+)?json|text\/plain)\b/i;

const capturePost = async (context: AppContext, formKey: string): Promise<Response> => {
  const form = await formOr404(context, formKey);
  refuseForeign(context, form);
  if (isFormPost(context)) return captureForm(context, formKey, form);
  if (await limited(context, formKey))
    throw new HttpProblem(429, TOO_MANY, [], { "retry-after": String(RETRY_AFTER_S) });
  if (!IS_JSON.test(context.req.header("content-type") ?? "application/json"))
    throw new HttpProblem(415, "Send application/json, or a plain HTML form post.");
  const body = parseBody(await readJson(context.req.raw, MAX_BODY));
  checkFields(form, body);
  return jsonAnswer(await submit(context.get("deps"), toRequest(context, formKey, body)), cors(context));
};

/** Problems keep their CORS headers, or the widget could not read them. */
const readable = async (context: AppContext, work: () => Promise<Response>): Promise<Response> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HttpProblem && context.req.method === "POST" && isFormPost(context))
      return refusalPage(error);
    if (error instanceof HttpProblem && !(error.status === 403 && isForeign(context.req.raw, context.env)))
      throw new HttpProblem(error.status, error.message, error.errors, {
        ...error.headers,
        ...cors(context),
      });
    if (error instanceof HttpProblem) throw error;
    console.error(JSON.stringify({ at: "forms", error: error instanceof Error ? error.name : "unknown" }));
    throw new HttpProblem(500, "Something went wrong on our side; please try again.", [], cors(context));
  }
};

/** A foreign page learns nothing here, and its browser then doesn't send. Origins may be added any time: kept for ten minutes. */
export const preflight = async (context: AppContext): Promise<Response> => {
  const form = await formByKey(context.get("deps"), context.req.param("key") ?? "");
  const { allowedOrigins } = form === null || form === "unknown" ? { allowedOrigins: ["*"] } : form;
  const headers = originAllowed(context.req.raw, allowedOrigins, context.env)
    ? {
        ...cors(context),
        "access-control-allow-methods": "GET, POST",
        "access-control-allow-headers": "content-type",
        "access-control-max-age": "600",
      }
    : { vary: "Origin" };
  return new Response(null, { status: 204, headers });
};

export const formRoutes: Route[] = [
  route(
    {
      method: "get",
      path: "/v1/forms/:key",
      operation: "getForm",
      summary: "The form's public definition",
      tag: "Visitors",
      scope: null,
      params: key,
      responses: {
        200: { description: "The definition", schema: publicForm },
        404: { description: "No such form", schema: problem },
      },
    },
    ({ params }, context) =>
      readable(context, async () => {
        const form = await formOr404(context, params.key);
        refuseForeign(context, form);
        if (!form)
          throw new HttpProblem(503, "The form can't be read right now.", [], { "retry-after": "5" });
        return compressedJson(context.req.raw, toPublic(form), {
          ...cors(context),
          "cache-control": "public, max-age=60, stale-while-revalidate=600",
        });
      }),
  ),
  route(
    {
      method: "post",
      path: "/v1/forms/:key/submissions",
      operation: "submitForm",
      summary: "Capture a demo request; answers who will respond and by when",
      tag: "Visitors",
      scope: null,
      params: key,
      rawBody: ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"],
      responses: {
        201: { description: "Captured", schema: captureAnswer },
        200: {
          description: "A repeat of the same submission; the first answer again",
          schema: captureAnswer,
        },
        303: { description: "A plain form post: on to the thank-you page" },
        403: { description: "The form may not be used from this origin", schema: problem },
        409: { description: "The submissionId was used for other content", schema: problem },
        413: { description: "Too large", schema: problem },
        422: { description: "Each field that needs correcting", schema: problem },
        429: { description: "Too many; see Retry-After", schema: problem },
      },
    },
    ({ params }, context) => readable(context, () => capturePost(context, params.key)),
  ),
  route(
    {
      method: "get",
      path: "/v1/receipts/:token",
      operation: "getReceipt",
      summary: "The visitor's own receipt",
      tag: "Visitors",
      scope: null,
      params: z.object({ token: z.string().max(64) }),
      responses: {
        200: { description: "The receipt", schema: receipt },
        404: { description: "No such receipt", schema: problem },
      },
    },
    async ({ params, deps }, context) => {
      const found = await readReceipt(deps, params.token);
      if (!found) throw new HttpProblem(404, "There is no such receipt.");
      const form = await formByKey(deps, found.formKey);
      const allowed = form !== null && form !== "unknown" ? form.allowedOrigins : [];
      const readable = originAllowed(context.req.raw, allowed, context.env);
      return Response.json(found.receipt, {
        headers: { ...(readable ? cors(context) : { vary: "Origin" }), "cache-control": "no-store" },
      });
    },
  ),
];
