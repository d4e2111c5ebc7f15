/** API keys: shown once, hashed, no more than their maker has, revoked at once. */
import { beforeAll, expect, test } from "vitest";
import { call, document, publish, testEnv } from "./support/workspace.ts";

interface Made {
  id: string;
  key: string;
  scopes: string[];
  createdBy: string;
}

const make = (scopes: string[], key = "lc_test") =>
  call<Made>("POST", "/v1/keys", { name: "Website", scopes }, { authorization: `Bearer ${key}` });
const leadsWith = async (key: string): Promise<number> =>
  (await call("GET", "/v1/leads", undefined, { authorization: `Bearer ${key}` })).status;

beforeAll(async () => {
  await publish(document());
});

test("a key works with its scopes and nothing else, and is kept as a hash", async () => {
  const { status, body } = await make(["leads:read", "leads:read"]);
  expect(status).toBe(201);
  expect(body.key).toMatch(/^lc_[0-9A-Za-z]{40}$/);
  expect(body).toMatchObject({ scopes: ["leads:read"], createdBy: "key:admin" });
  expect(await leadsWith(body.key)).toBe(200);
  expect((await call("GET", "/v1/people", undefined, { authorization: `Bearer ${body.key}` })).status).toBe(
    403,
  );
  const { results } = await testEnv.DB.prepare("SELECT * FROM api_keys").all();
  expect(JSON.stringify(results)).not.toContain(body.key.slice(3));
  const listed = await call<{ keys: Made[] }>("GET", "/v1/keys");
  expect(listed.body.keys.map(({ id }) => id)).toContain(body.id);
  expect(JSON.stringify(listed.body)).not.toMatch(/hash|lc_/);
});

test("revoked, it is refused from the next request on; revoking twice says so", async () => {
  const { body } = await make(["leads:read"]);
  expect((await call("DELETE", `/v1/keys/${body.id}`)).status).toBe(204);
  expect(await leadsWith(body.key)).toBe(401);
  expect((await call("DELETE", `/v1/keys/${body.id}`)).status).toBe(404);
});

test("a key that makes keys can't make one that may do more", async () => {
  const { body } = await make(["keys:write", "leads:read"]);
  expect((await make(["config:write"], body.key)).status).toBe(403);
  expect((await make(["leads:read"], body.key)).status).toBe(201);
});

test("what is wrong with a request for a key is named", async () => {
  const { status, body } = await call("POST", "/v1/keys", { name: " ", scopes: ["everything"] });
  expect(status).toBe(422);
  expect((body["errors"] as { pointer: string }[]).map(({ pointer }) => pointer)).toEqual([
    "/name",
    "/scopes/0",
  ]);
});

test("keys look alike at every place: no character is likelier than another by much", async () => {
  const { newKey } = await import("../../worker/flows/keys.ts");
  const counts = new Map<string, number>();
  for (let i = 0; i < 2000; i++)
    for (const character of newKey().slice(3)) counts.set(character, (counts.get(character) ?? 0) + 1);
  expect(counts.size).toBe(62);
  // 80,000 draws over 62: 1290 each, standard deviation 36. Taking bytes modulo 62 would give eight of them 1562.
  expect(Math.max(...counts.values())).toBeLessThan(1290 + 6 * 36);
});
