/** The document describes the API that answers: every route is in it, and every call in it is guarded as it says. */
import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { ROUTES } from "../../worker/http/app.ts";
import { EXAMPLES } from "../../worker/http/examples.ts";
import { call, document, publish } from "./support/workspace.ts";

interface Operation {
  operationId: string;
  security: unknown[];
  description: string;
  requestBody?: { required?: boolean; content: Record<string, { example?: unknown }> };
  responses: Record<string, unknown>;
}

let paths: Record<string, Record<string, Operation>> = {};

beforeAll(async () => {
  await publish(document());
  const { status, body } = await call<{ paths: typeof paths }>("GET", "/v1/openapi.json", undefined, {});
  expect(status).toBe(200);
  paths = body.paths;
});

const operations = () =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );

test("names every route once, by an id of its own", () => {
  const documented = operations().map(
    ({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`,
  );
  expect(documented.sort()).toEqual(
    [
      "GET /w.js",
      ...ROUTES.map(({ spec }) => `${spec.method.toUpperCase()} ${spec.path.replaceAll(/\{.*?\}/g, "")}`),
    ].sort(),
  );
  const ids = operations().map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

test("names the groups that each report takes, and no others", async () => {
  for (const name of ["missed-sla", "speed-to-lead"]) {
    const { parameters } = (paths[`/v1/reports/${name}`] ?? {})["get"] as unknown as {
      parameters: { name: string; schema: { enum: string[] } }[];
    };
    const groups = parameters.find((each) => each.name === "group")?.schema.enum ?? [];
    expect(groups.length).toBeGreaterThan(3);
    for (const group of ["hour", "person", "team"]) {
      const { status } = await call("GET", `/v1/reports/${name}?group=${group}`);
      expect([name, group, status]).toEqual([name, group, groups.includes(group) ? 200 : 422]);
    }
  }
});

test("lists every parameter: what isn't an object of them would be missing", () => {
  for (const { spec } of ROUTES)
    for (const schema of [spec.params, spec.query])
      if (schema) expect([spec.operation, schema instanceof z.ZodObject]).toEqual([spec.operation, true]);
});

test("every call that isn't public is refused without credentials, and says so in the document", async () => {
  const wrong: string[] = [];
  for (const { path, method, operation } of operations()) {
    const body = method === "GET" || method === "DELETE" ? undefined : {};
    const { status } = await call(method, path.replaceAll(/\{\w+\}/g, "x"), body, {});
    const guarded = operation.security.length > 0;
    if (guarded !== (status === 401) || guarded !== "401" in operation.responses)
      wrong.push(`${method} ${path}: ${status}`);
    if (guarded && !/Needs the scope `\w+:\w+`/.test(operation.description))
      wrong.push(`${method} ${path}: no scope named`);
  }
  expect(wrong).toEqual([]);
});

test("a key without the scope is refused everywhere", async () => {
  const made = await call<{ key: string }>("POST", "/v1/keys", {
    name: "Narrow",
    scopes: ["deliveries:write"],
  });
  const headers = { authorization: `Bearer ${made.body.key}` };
  for (const { spec } of ROUTES) {
    if (spec.scope === null || spec.scope === "deliveries:write") continue;
    const body = spec.method === "get" || spec.method === "delete" ? undefined : {};
    const { status } = await call(
      spec.method.toUpperCase(),
      spec.path.replaceAll(/:\w+/g, "x"),
      body,
      headers,
    );
    expect([spec.operation, status]).toEqual([spec.operation, 403]);
  }
});

test("a call in which nothing has to be said may come without a body, and the document says which", async () => {
  const without = operations()
    .filter(({ operation }) => operation.requestBody && !operation.requestBody.required)
    .map(({ operation }) => operation.operationId);
  expect(without).toEqual(
    expect.arrayContaining(["acceptLead", "reassignLead", "completeTask", "deactivatePerson", "replanLeads"]),
  );
  expect(without).not.toContain("closeLead");
  for (const { spec } of ROUTES) {
    if (!without.includes(spec.operation)) continue;
    const { status } = await call(spec.method.toUpperCase(), spec.path.replaceAll(/:\w+/g, "nobody"));
    expect([spec.operation, status]).toEqual([spec.operation, expect.toBeOneOf([200, 201, 404])]);
  }
});

describe("examples", () => {
  test("no call that takes JSON, lines or rows leaves its reader to make up a body", () => {
    const without = operations().filter(({ operation }) =>
      Object.entries(operation.requestBody?.content ?? {}).some(
        ([type, { example }]) => /json|csv/.test(type) && example === undefined,
      ),
    );
    expect(without.map(({ operation }) => operation.operationId)).toEqual([]);
  });

  test("the policy among them is whole: it could be published as it stands", async () => {
    const { status, body } = await call<{ verification: { errors: unknown[] } }>(
      "PUT",
      "/v1/config?dryRun=1",
      EXAMPLES["putConfig"],
    );
    expect([status, body.verification.errors]).toEqual([200, []]);
  });

  test.each(Object.entries(EXAMPLES))("%s is a body that its route takes", (operation, example) => {
    const spec = ROUTES.find((route) => route.spec.operation === operation)?.spec;
    expect(spec, `no route ${operation}`).toBeDefined();
    if (spec?.body) expect(spec.body.safeParse(example).error?.issues ?? []).toEqual([]);
    else expect(spec?.rawBody?.length).toBeGreaterThan(0);
  });
});

test("bulk calls show the same records as lines, rows and a list, and each upload is taken whole", async () => {
  for (const kind of ["accounts", "contacts", "opportunities"]) {
    const { content } = paths[`/v1/${kind}`]?.["put"]?.requestBody ?? { content: {} };
    for (const [type, { example }] of Object.entries(content)) {
      const body = typeof example === "string" ? example : JSON.stringify(example);
      const { status, body: answer } = await call<{
        received: number;
        upserted: number;
        rejected: unknown[];
      }>("PUT", `/v1/${kind}`, body, { authorization: "Bearer lc_test", "content-type": type });
      expect([kind, type, status, answer.rejected]).toEqual([kind, type, 200, []]);
      expect(answer.received).toBeGreaterThan(0);
    }
    expect(Object.keys(content)).toHaveLength(3);
  }
});

test("the page shows every call under a strict policy and without scripts", async () => {
  const { status, headers, body } = await call<{ text: string }>("GET", "/docs", undefined, {});
  expect(status).toBe(200);
  expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-[^']+';/);
  expect(body.text).not.toMatch(/<script|style="|onclick|undefined|\[object/);
  for (const { operation } of operations()) expect(body.text).toContain(`id="${operation.operationId}"`);
  const targets = [...body.text.matchAll(/href="#([^"]+)"/g)].map((match) => match[1] ?? "");
  expect(targets.filter((id) => !body.text.includes(`id="${id}"`))).toEqual([]);
  const digest = await crypto.subtle.digest(
    "SHA-256",
    new TextEncoder().encode(/<style>([^]*?)<\/style>/.exec(body.text)?.[1]),
  );
  expect(headers.get("content-security-policy")).toContain(
    btoa(String.fromCharCode(...new Uint8Array(digest))),
  );
});
