/** The document against the OpenAPI 3.1 meta-schema. In Node: the validator compiles its rules with eval, which workerd forbids. */
import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";

interface Parts {
  ROUTES: readonly unknown[];
  openApiDocument(routes: readonly unknown[], origin: string): Record<string, unknown>;
}

/** Found by path: the Worker is checked under types of its own. */
const load = async (file: string): Promise<Partial<Parts>> =>
  (await import(new URL(`../../../worker/http/${file}`, import.meta.url).href)) as Partial<Parts>;

const { ROUTES = [] } = await load("app.ts");
const { openApiDocument } = await load("openapi.ts");
const made = () => structuredClone(openApiDocument?.(ROUTES, "https://leads.acme.example") ?? {});

test("is valid OpenAPI 3.1", async () => {
  const validator = new Validator();
  const result = await validator.validate(made());
  expect(result.errors ?? []).toEqual([]);
  expect([result.valid, validator.version]).toEqual([true, "3.1"]);
});

test("the validator would notice", async () => {
  const broken = made();
  (broken["paths"] as Record<string, Record<string, unknown>>)["/v1/leads"] = {
    get: { responses: { ok: {} } },
  };
  expect((await new Validator().validate(broken)).valid).toBe(false);
});

test("every reference leads to a shape in it", () => {
  const document = made();
  const shapes = (document["components"] as { schemas: Record<string, unknown> }).schemas;
  const wanted = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
    (match) => match[1] ?? "",
  );
  expect(wanted.length).toBeGreaterThan(20);
  expect(wanted.filter((name) => !(name in shapes))).toEqual([]);
});
