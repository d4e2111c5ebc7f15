/**
 * One description of a route serves validation, authorisation and the OpenAPI document, so they can't disagree.
 * Resource files export lists of routes; app.ts mounts them, openapi.ts documents them.
 */
import type { Context } from "hono";
import * as z from "zod";
import { readAtMost } from "../domain/bytes.ts";
import { pointerOf } from "../domain/verification/findings.ts";
import { issueInWords } from "../domain/verification/issue-words.ts";
import { leaves, valueAt } from "../domain/verification/issues.ts";
import type { Env } from "../env.ts";
import type { Deps } from "../flows/deps.ts";
import { HttpProblem } from "./problem.ts";

/** Who calls: a signed-in person or an API key. */
export interface Caller {
  kind: "person" | "key";
  /** Person id, or key id. */
  id: string;
  name: string;
  scopes: ReadonlySet<Scope>;
  role: string | null;
}

export const isRep = ({ kind, role }: Caller): boolean => kind === "person" && role === "rep";

export const SCOPES = [
  "config:read",
  "config:write",
  "crm:write",
  "leads:read",
  "leads:write",
  "leads:create",
  "people:read",
  "people:write",
  "deliveries:write",
  "reports:read",
  "reports:write",
  "privacy:write",
  "keys:write",
] as const;
export type Scope = (typeof SCOPES)[number];

/** What a request brings with it beside the request itself. */
export interface Variables {
  deps: Deps;
  caller: Caller | null;
}

export type AppContext = Context<{ Bindings: Env; Variables: Variables }>;

type Schema = z.ZodType;
type Out<S> = S extends z.ZodType<infer T> ? T : undefined;

export interface RouteSpec<
  P extends Schema | undefined,
  Q extends Schema | undefined,
  B extends Schema | undefined,
> {
  method: "get" | "post" | "put" | "patch" | "delete";
  /** Hono path: `/v1/leads/:id`. */
  path: string;
  operation: string;
  summary: string;
  tag: string;
  /** Null: public. */
  scope: Scope | null;
  params?: P;
  query?: Q;
  body?: B;
  /** Bodies that the handler reads itself (streams, form posts): media types, for the document. */
  rawBody?: readonly string[];
  /** Most bytes of a JSON body; 1 MiB when absent. */
  maxBytes?: number;
  responses: Record<number, { description: string; schema?: Schema }>;
}

export interface Input<P, Q, B> {
  params: Out<P>;
  query: Out<Q>;
  body: Out<B>;
  /** Present wherever the route has a scope. */
  caller: Caller;
  deps: Deps;
}

export interface Route {
  spec: RouteSpec<Schema | undefined, Schema | undefined, Schema | undefined>;
  handle: (context: AppContext) => Promise<Response>;
}

/** Problems of a failed parse, each with its pointer. */
export const zodErrors = (
  error: z.core.$ZodError,
  value: unknown,
  base: readonly PropertyKey[] = [],
  names: readonly string[] = [],
): { pointer: string; detail: string }[] =>
  leaves(error, value)
    .flatMap(({ path, issue }) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => ({
            pointer: pointerOf([...base, ...path, key]),
            detail: `Unknown name "${key}": ${names.length > 0 ? `this takes ${names.join(", ")}` : "remove it or correct its spelling"}.`,
          }))
        : [
            {
              pointer: pointerOf([...base, ...path]),
              detail: issueInWords(issue, valueAt(value, path), path.at(-1)).message,
            },
          ],
    )
    .slice(0, 100);

const namesOf = (schema: Schema): string[] =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];

const parse = (schema: Schema, value: unknown, base: readonly PropertyKey[]): unknown => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = zodErrors(parsed.error, value, base, base[0] === "query" ? namesOf(schema) : []);
  throw new HttpProblem(
    422,
    errors[0] ? `${errors[0].pointer || "The body"}: ${errors[0].detail}` : "Invalid",
    errors,
  );
};

/** Reads a request body up to a limit, whatever its declared length says. */
export const readBytes = async (request: Request, limit: number): Promise<Uint8Array> => {
  const tooLarge = (): HttpProblem => new HttpProblem(413, `Send at most ${limit} bytes.`);
  const announced = request.headers.get("content-length");
  if (Number(announced ?? 0) > limit) throw tooLarge();
  // HTTP ends a body at the length it announced: nothing has to be counted.
  if (announced !== null && /^\d+$/.test(announced)) return new Uint8Array(await request.arrayBuffer());
  const bytes = await readAtMost((request.body ?? []) as AsyncIterable<Uint8Array>, limit);
  if (bytes === null) throw tooLarge();
  return bytes;
};

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENS = new Set([0x5b, 0x7b]);
const CLOSES = new Set([0x5d, 0x7d]);

/** Nobody's data are nested deeper than this; whatever walks or writes them recurses, and would run out of stack. */
const MAX_DEPTH = 200;

/** Counts brackets outside texts, before anything is parsed. */
const isTooDeep = (bytes: Uint8Array): boolean => {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (quoted) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) quoted = false;
    } else if (byte === QUOTE) quoted = true;
    else if (OPENS.has(byte)) {
      if (++depth > MAX_DEPTH) return true;
    } else if (CLOSES.has(byte)) depth--;
  }
  return false;
};

const jsonOf = (bytes: Uint8Array): unknown => {
  if (isTooDeep(bytes)) throw new HttpProblem(400, `The body is nested more than ${MAX_DEPTH} levels deep.`);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch (error) {
    throw new HttpProblem(
      400,
      `The body is not JSON: ${error instanceof Error ? error.message : "unreadable"}.`,
    );
  }
};

const MAX_BODY = 1_048_576;

/** The JSON of a request; a problem that names the place when it is none. */
export const readJson = async (request: Request, limit = MAX_BODY): Promise<unknown> =>
  jsonOf(await readBytes(request, limit));

/** Whether a call may come without a body: nothing in it has to be said. */
export const isBodyOptional = (body: Schema | undefined): boolean => body?.safeParse({}).success === true;

/** No body at all says as much as an empty object, wherever that would do. */
const readBody = async ({ body, maxBytes = MAX_BODY }: Route["spec"], request: Request): Promise<unknown> => {
  const bytes = await readBytes(request, maxBytes);
  return bytes.length === 0 && isBodyOptional(body) ? {} : jsonOf(bytes);
};

/** Declares a route: checks the caller's scope and every part of the request, then handles it. */
export const route = <
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  B extends Schema | undefined = undefined,
>(
  spec: RouteSpec<P, Q, B>,
  handler: (input: Input<P, Q, B>, context: AppContext) => Promise<Response> | Response,
): Route => ({
  spec,
  async handle(context) {
    const caller = context.get("caller");
    if (spec.scope !== null) authorise(caller, spec.scope);
    const params = spec.params ? parse(spec.params, context.req.param(), ["path"]) : undefined;
    const query = spec.query ? parse(spec.query, context.req.query(), ["query"]) : undefined;
    const body = spec.body ? parse(spec.body, await readBody(spec, context.req.raw), []) : undefined;
    return handler({ params, query, body, caller, deps: context.get("deps") } as Input<P, Q, B>, context);
  },
});

const authorise = (caller: Caller | null, scope: Scope): void => {
  if (!caller)
    throw new HttpProblem(401, "Send an API key as 'Authorization: Bearer …', or sign in.", [], {
      "www-authenticate": "Bearer",
    });
  if (!caller.scopes.has(scope)) throw new HttpProblem(403, `This needs the scope ${scope}.`);
};

/** The actor that a caller stands for in events. */
export const actorOf = (caller: Caller): `person:${string}` | `key:${string}` =>
  caller.kind === "person" ? `person:${caller.id}` : `key:${caller.id}`;
