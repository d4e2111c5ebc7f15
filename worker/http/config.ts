/**
 * The configuration document over HTTP. GET answers the document itself, so what was read can be changed and put back;
 * its version stands in `ETag`, and `If-Match` makes sure nobody published in between.
 */
import * as z from "zod";
import { configDocument, configJsonSchema } from "../../schema/config/document.ts";
import { disposition } from "../../schema/config/forms.ts";
import { problem } from "../../schema/wire/common.ts";
import { configAnswer, configDiff, configVersion } from "../../schema/wire/config.ts";
import { declaredFields } from "../domain/config/fields.ts";
import {
  diffVersions,
  documentOf,
  publish,
  restore,
  verify,
  versions,
  type Publication,
} from "../flows/publish.ts";
import { FRESH, NO_STORE } from "./fresh.ts";
import { HttpProblem } from "./problem.ts";
import { actorOf, readJson, route, type AppContext, type Route } from "./route.ts";

const MAX_DOCUMENT = 4 * 1024 * 1024;
const tag = (version: number): Record<string, string> => ({
  etag: `"v${version}"`,
  "x-config-version": String(version),
});

/** The version named by If-Match; null without one, or with `*`. */
const expectedVersion = (context: AppContext): number | null => {
  const header = context.req.header("if-match")?.trim();
  if (header === undefined || header === "*") return null;
  const match = /^(?:W\/)?"?v?(\d{1,9})"?$/.exec(header);
  if (!match)
    throw new HttpProblem(412, `If-Match names no version: send the ETag of GET /v1/config, such as "v3".`);
  return Number(match[1]);
};

interface Sent {
  document: unknown;
  /** What an envelope or the query names as `baseVersion`; null without one. */
  base: number | null;
}

const isVersion = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0;

/** The document in a request: itself, or in an envelope `{document, baseVersion}` as other tools wrap it. */
const unwrap = (body: unknown, queried: number | undefined): Sent => {
  const base = queried ?? null;
  if (typeof body !== "object" || body === null || !("document" in body)) return { document: body, base };
  if ("people" in body || "routing" in body) return { document: body, base };
  const named: unknown = "baseVersion" in body ? body.baseVersion : undefined;
  if (named === undefined || named === null) return { document: body.document, base };
  if (!isVersion(named))
    throw new HttpProblem(422, "/baseVersion: name the version you changed, a whole number.", [
      { pointer: "/baseVersion", detail: "Name the version you changed, a whole number." },
    ]);
  return { document: body.document, base: named };
};

/** Of a long history the first; all of it is at `/v1/config/versions/{n}/diff`. */
const MOST_CHANGES = 100;

/** By header it is a precondition that failed; by `baseVersion`, or a race without either, a conflict. */
const answer = (result: Publication, byHeader: boolean): Response => {
  const { version } = result;
  if (result.kind === "conflict")
    throw new HttpProblem(
      byHeader ? 412 : 409,
      `Version ${version} is in force by now: read it, make your change again, and publish. \`changes\` says what it changed.`,
      [],
      tag(version),
      { version, changes: result.changes.slice(0, MOST_CHANGES) },
    );
  const { verification } = result;
  if (result.kind !== "refused")
    return Response.json({ version, verification }, { headers: { ...NO_STORE, ...tag(version) } });
  const errors = verification.errors.map(({ pointer, code, message }) => ({
    pointer,
    detail: message,
    code,
  }));
  const count = errors.length === 1 ? "1 error" : `${errors.length} errors`;
  const first = errors[0] ? ` First: ${errors[0].pointer || "the document"}: ${errors[0].detail}` : "";
  throw new HttpProblem(
    422,
    `Not published, ${count}; version ${version} stays in force.${first}`,
    errors,
    tag(version),
    {
      version,
      verification,
    },
  );
};

const note = z.string().trim().max(500).optional();
const number = z.object({ version: z.coerce.number().int().min(1).max(1_000_000_000) });
const baseVersion = z.coerce.number("use a version").int().min(0).max(1_000_000_000).optional();
const noVersion = { description: "No such version, or nothing is published yet", schema: problem };

const documentAnswer = async (context: AppContext, version: number | null): Promise<Response> => {
  const found = await documentOf(context.get("deps"), version);
  if (!found)
    throw new HttpProblem(
      404,
      version === null ? "Nothing is published yet: PUT a document." : `There is no version ${version}.`,
    );
  return Response.json(found.document, { headers: { ...NO_STORE, ...tag(found.version) } });
};

const truth = z.enum(["0", "1", "true", "false"]).transform((text) => text === "1" || text === "true");

let schemaText: string | null = null;

/** As it is published: made once, with the address it is asked at. */
const jsonSchema = (origin: string): string => {
  schemaText ??= JSON.stringify(configJsonSchema());
  return JSON.stringify({
    $id: `${origin}/v1/config/schema.json`,
    ...(JSON.parse(schemaText) as object),
    // Not a keyword of JSON Schema: editors of conditions read which fields there are, and of which type.
    "x-fields": declaredFields(),
  });
};

export const configRoutes: Route[] = [
  route(
    {
      method: "get",
      path: "/v1/config",
      operation: "getConfig",
      summary: "The configuration document in force (or an older version); its version is the ETag",
      tag: "Policy",
      scope: "config:read",
      query: z.object({ version: number.shape.version.optional() }),
      responses: { 200: { description: "The document", schema: configDocument }, 404: noVersion },
    },
    ({ query }, context) => documentAnswer(context, query.version ?? null),
  ),
  route(
    {
      method: "put",
      path: "/v1/config",
      operation: "putConfig",
      summary: "Verify and publish the document; with dryRun only verify it",
      tag: "Policy",
      scope: "config:write",
      query: z.object({
        dryRun: truth.optional(),
        note,
        baseVersion: baseVersion.meta({
          description:
            "The version you changed: refused (409) with what was published since, if another is in force",
        }),
      }),
      rawBody: ["application/json"],
      responses: {
        200: {
          description: "Published (or the very document in force); of a dry run, whatever was found",
          schema: configAnswer,
        },
        409: {
          description: "Another version than baseVersion is in force; `changes` tells what it changed",
          schema: problem,
        },
        412: { description: "If-Match names a version that is no longer in force", schema: problem },
        422: {
          description: "Not published: errors with pointers, and the whole verification",
          schema: problem,
        },
      },
    },
    async ({ query, caller, deps }, context) => {
      const byHeader = expectedVersion(context);
      const { document: input, base } = unwrap(
        await readJson(context.req.raw, MAX_DOCUMENT),
        query.baseVersion,
      );
      if (query.dryRun) {
        const { version, verification } = await verify(deps, input);
        return Response.json({ version, verification }, FRESH);
      }
      const expected = byHeader ?? base;
      const request = { input, actor: actorOf(caller), note: query.note || null, expected };
      return answer(await publish(deps, request), byHeader !== null);
    },
  ),
  route(
    {
      method: "get",
      path: "/v1/config/versions",
      operation: "listConfigVersions",
      summary: "Versions, 200 at a time, the newest first: who published what, when and why",
      tag: "Policy",
      scope: "config:read",
      query: z.object({ before: number.shape.version.optional() }),
      responses: { 200: { description: "Versions", schema: z.object({ versions: z.array(configVersion) }) } },
    },
    async ({ deps, query }) => {
      const list = await versions(deps, query.before);
      const shown = list.map((item) => ({ ...item, publishedAt: new Date(item.publishedAt).toISOString() }));
      return Response.json({ versions: shown }, FRESH);
    },
  ),
  route(
    {
      method: "get",
      path: "/v1/config/versions/:version",
      operation: "getConfigVersion",
      summary: "The document of a version",
      tag: "Policy",
      scope: "config:read",
      params: number,
      responses: { 200: { description: "The document", schema: configDocument }, 404: noVersion },
    },
    ({ params }, context) => documentAnswer(context, params.version),
  ),
  route(
    {
      method: "get",
      path: "/v1/config/versions/:version/diff",
      operation: "diffConfigVersions",
      summary: "What a version changes in another, in sentences",
      tag: "Policy",
      scope: "config:read",
      params: number,
      query: z.object({
        against: number.shape.version.optional().meta({ description: "The one before it when absent" }),
      }),
      responses: { 200: { description: "Changes", schema: configDiff }, 404: noVersion },
    },
    async ({ params: { version }, query, deps }) => {
      const against = query.against ?? version - 1;
      const changes = await diffVersions(deps, against, version);
      if (!changes) throw new HttpProblem(404, `There are no versions ${against} and ${version} to compare.`);
      return Response.json({ version, against, changes }, FRESH);
    },
  ),
  route(
    {
      method: "post",
      path: "/v1/config/versions/:version/restore",
      operation: "restoreConfigVersion",
      summary: "Publish an old version again, verified as of today; revives nobody",
      tag: "Policy",
      scope: "config:write",
      params: number,
      query: z.object({ note, baseVersion }),
      responses: {
        200: { description: "Published as a new version, or in force already", schema: configAnswer },
        409: { description: "Another version than baseVersion is in force", schema: problem },
        404: noVersion,
        412: { description: "If-Match names a version that is no longer in force", schema: problem },
        422: { description: "It can't be published today", schema: problem },
      },
    },
    async ({ params, query, caller, deps }, context) => {
      const byHeader = expectedVersion(context);
      const request = {
        actor: actorOf(caller),
        note: query.note || null,
        expected: byHeader ?? query.baseVersion ?? null,
      };
      const result = await restore(deps, params.version, request);
      if (!result) throw new HttpProblem(404, `There is no version ${params.version}.`);
      return answer(result, byHeader !== null);
    },
  ),
  route(
    {
      method: "get",
      path: "/v1/config/schema.json",
      operation: "getConfigSchema",
      summary: "JSON Schema of the document; editors complete and check from it",
      tag: "Policy",
      scope: null,
      responses: { 200: { description: "JSON Schema, draft 2020-12" } },
    },
    (_input, context) =>
      new Response(jsonSchema(context.env.PUBLIC_ORIGIN ?? new URL(context.req.url).origin), {
        headers: {
          "content-type": "application/schema+json",
          "access-control-allow-origin": "*",
          "cache-control": "public, max-age=3600",
        },
      }),
  ),
  route(
    {
      method: "get",
      path: "/v1/dispositions",
      operation: "listDispositions",
      summary: "The codes a lead may be closed with",
      tag: "Leads",
      scope: "leads:read",
      responses: {
        200: { description: "Dispositions", schema: z.object({ dispositions: z.array(disposition) }) },
      },
    },
    async ({ deps }) => {
      const found = await documentOf(deps, null);
      return Response.json({ dispositions: found?.document.dispositions ?? [] }, FRESH);
    },
  ),
];
