/** The OpenAPI document, made from the list of routes: what is validated is what is documented. */
import * as z from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { problem } from "../../schema/wire/common.ts";
import { EXAMPLES } from "./examples.ts";
import { isBodyOptional, route, type Route } from "./route.ts";

export type Document = ReturnType<typeof createDocument>;
type Responses = ZodOpenApiOperationObject["responses"];
type Spec = Route["spec"];

const INTRODUCTION = `Leadclock turns a demo request into an owned conversation: it captures, matches, routes and assigns leads and
enforces the response SLA to the second.

Send an API key as \`Authorization: Bearer lc_…\`, or sign in. Times are ISO 8601 in UTC with milliseconds, durations ISO 8601.
Errors are problem details (RFC 9457): \`detail\` says what to do, \`errors\` points at each field. A capture may be sent again
after a lost answer: it is recognised by its \`submissionId\` and answered as before.`;

/** In the order in which a reader meets them. */
const TAGS: Record<string, string> = {
  Visitors: "What visitors' browsers call: no key, limited to the form's allowed origins.",
  Leads: "Leads, and what people do with them.",
  Board: "Who awaits first touch, live.",
  People: "People's runtime state: availability, time off, capacity.",
  Policy: "The configuration document, and questions to it that write nothing.",
  CRM: "Accounts, contacts and opportunities as the CRM has them.",
  Deliveries: "Effects owed to the outside world.",
  Access: "Signing in, the session, API keys.",
  Reference: "This document.",
};

const openApiPath = (path: string): string => path.replaceAll(/:(\w+)(?:\{[^}]*\})?/g, "{$1}");
const pathNames = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? "");

const pathParams = ({ path, params }: Spec): z.ZodObject | undefined => {
  const names = pathNames(path);
  if (params instanceof z.ZodObject) return params;
  return names.length > 0 ? z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) : undefined;
};

const fault = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: problem } },
});

/** What any route of its kind may answer, unless it says it in its own words. */
const usual = (spec: Spec): Responses => ({
  ...((spec.body ?? spec.rawBody)
    ? {
        400: fault("The body can't be read"),
        413: fault("The body is too large"),
        422: fault("What needs correcting, with pointers"),
      }
    : {}),
  ...((spec.query ?? spec.params) ? { 422: fault("What needs correcting, with pointers") } : {}),
  ...(spec.scope === null
    ? {}
    : {
        401: fault("No key and no session, or one that doesn't count"),
        403: fault(`Without the scope ${spec.scope}`),
      }),
});

const answerOf = (status: string, { description, schema }: Spec["responses"][number]) => {
  if (Number(status) >= 400) return fault(description);
  return schema ? { description, content: { "application/json": { schema } } } : { description };
};

const declared = ({ responses }: Spec): Responses => {
  const answers: Record<string, ReturnType<typeof answerOf>> = {};
  for (const [status, answer] of Object.entries(responses)) answers[status] = answerOf(status, answer);
  return answers;
};

/** The same records as this media type writes them. */
const exampleAs = (type: string, example: unknown): { example?: unknown } => {
  if (type === "application/json" && example !== undefined) return { example };
  if (!Array.isArray(example)) return {};
  const records = example as Record<string, string | number | boolean>[];
  if (type === "application/x-ndjson")
    return { example: records.map((record) => JSON.stringify(record)).join("\n") };
  if (type !== "text/csv") return {};
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const row = (record: Record<string, string | number | boolean>) =>
    names.map((name) => record[name] ?? "").join(",");
  return { example: [names.join(","), ...records.map(row)].join("\n") };
};

const requestBody = ({ operation, body, rawBody }: Spec): ZodOpenApiOperationObject["requestBody"] => {
  const example = EXAMPLES[operation];
  const shown = example === undefined ? {} : { example };
  const raw = (rawBody ?? []).map((type) => [type, body ? {} : exampleAs(type, example)] as const);
  if (!body && raw.length === 0) return undefined;
  const json = body ? { "application/json": { schema: body, ...shown } } : {};
  return { required: !isBodyOptional(body), content: { ...Object.fromEntries(raw), ...json } };
};

const scopeWords = ({ scope }: Spec): string =>
  scope === null ? "Public: needs no key." : `Needs the scope \`${scope}\`.`;

const operationOf = (spec: Spec): ZodOpenApiOperationObject => {
  const path = pathParams(spec);
  const query = spec.query instanceof z.ZodObject ? spec.query : undefined;
  const body = requestBody(spec);
  return {
    operationId: spec.operation,
    summary: spec.summary,
    description: scopeWords(spec),
    tags: [spec.tag],
    ...(path || query ? { requestParams: { ...(path ? { path } : {}), ...(query ? { query } : {}) } } : {}),
    ...(body ? { requestBody: body } : {}),
    responses: { ...usual(spec), ...declared(spec) },
    security: spec.scope === null ? [] : [{ key: [] }, { session: [] }],
  };
};

const pathsOf = (routes: readonly Route[]): ZodOpenApiPathsObject => {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const { spec } of routes) {
    const path = openApiPath(spec.path);
    paths[path] = { ...paths[path], [spec.method]: operationOf(spec) };
  }
  return paths;
};

/** Pages load it as a script; it is served as a file, so no route declares it. */
const LOADER: ZodOpenApiPathsObject = {
  "/w.js": {
    get: {
      operationId: "getLoader",
      summary: 'The loader of the form: `<script src="…/w.js" data-form="demo" async></script>`',
      description: "Public: needs no key.",
      tags: ["Visitors"],
      responses: {
        200: { description: "The script", content: { "text/javascript": { schema: z.string() } } },
        304: { description: "The one whose ETag was sent" },
      },
      security: [],
    },
  },
};

const tagsOf = (routes: readonly Route[]) => {
  const used = new Set(routes.map(({ spec }) => spec.tag));
  const names = [
    ...Object.keys(TAGS).filter((name) => used.has(name)),
    ...[...used].filter((name) => !(name in TAGS)),
  ];
  return names.map((name) => ({ name, ...(TAGS[name] ? { description: TAGS[name] } : {}) }));
};

/** The document for these routes, as reached at `origin`. */
export const openApiDocument = (routes: readonly Route[], origin: string): Document =>
  createDocument({
    openapi: "3.1.1",
    info: {
      title: "Leadclock",
      version: "1",
      description: INTRODUCTION,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: origin }],
    tags: tagsOf(routes),
    paths: { ...LOADER, ...pathsOf(routes) },
    components: {
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "An API key with the scopes it was given" },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "leadclock.session_token",
          description:
            "Set by signing in (`__Secure-` in front of its name where the site has https). What changes something must come from Leadclock's own pages. The role stands for the scopes.",
        },
      },
    },
  });

let made: { origin: string; document: Document } | null = null;

/** Made once for each isolate and origin. */
export const currentDocument = (routes: readonly Route[], origin: string): Document => {
  if (made?.origin !== origin) made = { origin, document: openApiDocument(routes, origin) };
  return made.document;
};

/** `GET /v1/openapi.json`; it documents itself, hence the list comes as a question. */
export const openApiRoutes = (all: () => readonly Route[]): Route[] => [
  route(
    {
      method: "get",
      path: "/v1/openapi.json",
      operation: "getOpenApi",
      summary: "This API as an OpenAPI 3.1 document",
      tag: "Reference",
      scope: null,
      responses: { 200: { description: "OpenAPI 3.1", schema: z.record(z.string(), z.unknown()) } },
    },
    (_input, context) =>
      Response.json(currentDocument(all(), new URL(context.req.url).origin), {
        headers: { "cache-control": "public, max-age=300", "access-control-allow-origin": "*" },
      }),
  ),
];
