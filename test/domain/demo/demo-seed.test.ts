/** Seeding goes through the public API, in an order in which every reference exists, and fails aloud. */
import { expect, test } from "vitest";
import { seedDemo } from "../../../cli/demo/seed.ts";

interface Sent {
  path: string;
  method: string;
  authorization: string | null;
  type: string | null;
  lines: string[];
}

const ORIGIN = "http://localhost:8787";
const NOW = Date.parse("2026-11-22T03:10:00Z");

/** An API that takes everything, but for the path it is told to refuse. */
const api =
  (sent: Sent[], refuse?: { path: string; status: number; answer: object }): typeof fetch =>
  async (input, init) => {
    const request = new Request(input, init);
    const { pathname: path } = new URL(request.url);
    const lines = (await request.text()).split("\n").filter((line) => line !== "");
    const { method, headers } = request;
    sent.push({
      path,
      method,
      authorization: headers.get("authorization"),
      type: headers.get("content-type"),
      lines,
    });
    if (refuse?.path === path) return Response.json(refuse.answer, { status: refuse.status });
    return Response.json({ version: 1, received: lines.length, upserted: lines.length, rejected: [] });
  };

test("publishes an older configuration and the one in force, then the CRM, and hands over the script", async () => {
  const sent: Sent[] = [];
  const log: string[] = [];
  const steps = await seedDemo({
    origin: ORIGIN,
    apiKey: "k",
    now: NOW,
    log: (line) => log.push(line),
    send: api(sent),
  });
  expect(sent.map(({ method, path, lines }) => [method, path, lines.length])).toEqual([
    ["PUT", "/v1/config", 1],
    ["PUT", "/v1/config", 1],
    ["PUT", "/v1/accounts", 2000],
    ["PUT", "/v1/contacts", 1200],
    ["PUT", "/v1/opportunities", 150],
  ]);
  expect(new Set(sent.map(({ authorization }) => authorization))).toEqual(new Set(["Bearer k"]));
  expect(sent.slice(2).map(({ type }) => type)).toEqual(
    Array.from({ length: 3 }, () => "application/x-ndjson"),
  );
  for (const line of sent.flatMap(({ lines }) => lines)) expect(JSON.parse(line)).toBeTypeOf("object");
  expect(steps.at(-1)?.at).toBeLessThanOrEqual(NOW);
  expect(log).toHaveLength(4);
});

test.each([
  { path: "/v1/config", status: 422, answer: { title: "errors" }, says: "PUT /v1/config answered 422" },
  {
    path: "/v1/contacts",
    status: 200,
    answer: { received: 2, upserted: 1, rejected: [{ line: 2, error: "no e-mail" }] },
    says: "PUT /v1/contacts refused 1 rows; line 2: no e-mail",
  },
])("stops at $path with what the API said", async ({ says, ...refuse }) => {
  const sent: Sent[] = [];
  const seeding = seedDemo({
    origin: ORIGIN,
    apiKey: "k",
    now: NOW,
    log: () => undefined,
    send: api(sent, refuse),
  });
  await expect(seeding).rejects.toThrow(says);
  expect(sent.at(-1)?.path).toBe(refuse.path);
});
