/** Who may ask from where, what the log learns of it, and addresses that are none. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { undispatched } from "./support/outbox.ts";
import { document, publish } from "./support/workspace.ts";
import {
  body,
  expectHandled,
  expectProblem,
  expectWhole,
  FORM,
  JSON_TYPE,
  KEY,
  listen,
  post,
  send,
  submit,
} from "./support/hostile.ts";

beforeAll(() => publish(document()));
afterAll(expectWhole);

describe("origins", () => {
  const cors = (answer: { headers: Headers }) => answer.headers.get("access-control-allow-origin");

  test.each([
    "https://evil.example",
    "null",
    "https://acme.example.evil.example",
    "http://acme.example",
    "https://acme.example:8443",
  ])("%s may neither submit nor read", async (origin) => {
    for (const [method, path] of [
      ["POST", FORM],
      ["GET", "/v1/forms/demo"],
      ["OPTIONS", FORM],
    ] as const) {
      const answer = await send(method, path, method === "POST" ? JSON.stringify(body()) : null, {
        ...JSON_TYPE,
        origin,
      });
      if (method !== "OPTIONS") expectProblem(answer, 403);
      expect(cors(answer), `${method} ${path}`).toBeNull();
    }
  });

  test("the form's own origins may, errors included", async () => {
    const origin = "https://acme.example";
    for (const given of [body(), { ...body(), fields: {} }, "{"]) {
      expect(cors(await submit(given, { origin }))).toBe(origin);
    }
    expect(cors(await send("OPTIONS", FORM, null, { origin, "access-control-request-method": "POST" }))).toBe(
      origin,
    );
    expect((await submit(body(), { origin: "https://leads.acme.example" })).status).toBe(201);
  });
});

describe("logs hold no visitor's data", () => {
  const secret = "Zephyrine";
  const about = { name: secret, company: secret, message: secret, phone: secret, timezone: secret };
  const failing = (): never => {
    throw new Error(`It failed at ${secret} <${secret}@company.example>`);
  };
  /** A database whose errors repeat what they were given. */
  const broken = { ...undispatched, DB: { batch: failing, prepare: failing } as unknown as D1Database };

  const heard = async (work: () => Promise<unknown>): Promise<string> => {
    const console = listen();
    try {
      await work();
      return console.lines().toLowerCase();
    } finally {
      console.stop();
    }
  };

  test("whatever is sent", async () => {
    const said = await heard(async () => {
      const email = `${secret}@company.example`;
      await submit(body({ ...about, email }, { page: { timezone: `${secret}/X`, url: secret } }));
      await submit(`{"submissionId":"${secret}", ${secret}`);
      await submit(body({ ...about, email: secret }));
      await send("GET", `/v1/leads?q=${secret}&from=${secret}`, null, KEY);
    });
    expect(said).not.toMatch(/zephyrine|company\.example/);
  });

  test("whatever fails", async () => {
    const said = await heard(async () => {
      const text = JSON.stringify(body({ ...about, email: `${secret}@company.example` }));
      const held = await send("POST", FORM, text, JSON_TYPE, broken);
      expect(held.status).toBe(201);
      expect(held.json["acknowledgement"]).toMatchObject({ kind: "received", owner: null, promiseAt: null });
      expect((await send("GET", `/v1/leads?q=${secret}`, null, KEY, broken)).status).toBe(500);
      expect(
        (
          await send(
            "POST",
            "/v1/match",
            `{"leads":[{"company":"${secret}"}]}`,
            { ...JSON_TYPE, ...KEY },
            broken,
          )
        ).status,
      ).toBe(500);
      expect((await send("GET", `/v1/receipts/${secret}`, null, {}, broken)).status).toBe(500);
    });
    expect(said).toContain("error");
    expect(said).not.toMatch(/zephyrine|company\.example/);
  });
});

test("the rest is handled", async () => {
  for (const path of [
    "/v1/forms/%00",
    "/v1/forms/%2e%2e",
    `/v1/forms/${"x".repeat(5000)}`,
    "/v1/forms/%E0%A4%A",
    "/v1/forms/demo%2Fsubmissions",
    "/v1/forms/__proto__",
    "/v1/forms/constructor",
  ])
    for (const suffix of ["", "/submissions"])
      expectHandled(
        await send(
          suffix ? "POST" : "GET",
          `${path}${suffix}`,
          suffix ? JSON.stringify(body()) : null,
          JSON_TYPE,
        ),
        path,
      );
  expectProblem(await post("/v1/forms/none/submissions", body(), {}), 404);
  expectProblem(await post("/v1/forms/__proto__/submissions", body(), {}), 404);
});
