/** Bad input against every call that needs a key: refused with a pointer, never a failure of ours, never half a change. */
import { beforeAll, afterAll, describe, expect, test } from "vitest";
import { ROUTES } from "../../worker/http/app.ts";
import { capture, document, publish, submission, testEnv } from "./support/workspace.ts";
import { expectHandled, expectProblem, expectWhole, JSON_TYPE, KEY, post, send } from "./support/hostile.ts";

let leadId = "";
beforeAll(async () => {
  await publish(document());
  leadId = (await capture(submission())).body.leadId;
});
afterAll(expectWhole);

const lead = async (fields: Record<string, unknown> = {}): Promise<string> =>
  (await capture(submission(fields))).body.leadId;
const on = (path: string, body: unknown, id = leadId) => post(`/v1/leads/${id}/${path}`, body);
const paths = (value: string) =>
  ROUTES.map(({ spec }) => ({
    method: spec.method.toUpperCase(),
    scope: spec.scope,
    path: spec.path.replaceAll(/:[A-Za-z]+/g, value),
    pattern: new RegExp(`^${spec.path.replaceAll(/:[A-Za-z]+/g, "[^/]+")}$`),
    body: spec.body !== undefined || spec.rawBody !== undefined,
  }));

describe("every call", () => {
  test("without a key, or with a wrong one, is 401", async () => {
    for (const { method, path, scope } of paths("x")) {
      if (scope === null) continue;
      expectProblem(await send(method, path, method === "GET" ? null : "{}", JSON_TYPE), 401);
      for (const authorization of [
        "Bearer wrong",
        "Bearer",
        "Basic bGNfdGVzdA==",
        "Bearer lc_test extra",
        `Bearer ${"x".repeat(8000)}`,
      ])
        expectProblem(
          await send(method, path, method === "GET" ? null : "{}", { ...JSON_TYPE, authorization }),
          401,
        );
    }
  });

  const BODIES: [string, () => BodyInit][] = [
    ["nothing", () => ""],
    ["half of JSON", () => '{"a":'],
    ["null", () => "null"],
    ["a list of lists", () => "[[[]]]"],
    ["a number", () => "0"],
    ["an object of nothing", () => "{}"],
    ["prototypes", () => '{"__proto__":{"a":1},"constructor":{"prototype":{}},"toString":null}'],
    ["10,000 levels", () => `${'{"not":'.repeat(10_000)}1${"}".repeat(10_000)}`],
    ["bytes that are no UTF-8", () => new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
    ["random bytes", () => new Uint8Array(Array.from({ length: 500 }, (_, at) => (at * 97 + 13) % 256))],
  ];
  test.each(BODIES)("given %s", async (what, make) => {
    for (const { method, path, body } of paths(leadId)) {
      if (!body || path.startsWith("/api/auth")) continue;
      expectHandled(await send(method, path, make(), { ...JSON_TYPE, ...KEY }), `${method} ${path} ${what}`);
    }
    expect(({} as { a?: number }).a).toBeUndefined();
  });

  test.each([
    "%00",
    "%2e%2e",
    "..%2f..",
    "x".repeat(3000),
    "'%20OR%201=1--",
    "__proto__",
    "%F0%9F%A7%91",
    "%E0%A4%A",
    "null",
    "-1",
    "1e999",
  ])("about %s", async (value) => {
    for (const { method, path, body } of paths(value)) {
      if (!path.includes(value) || path.startsWith("/api/auth")) continue;
      const given = body
        ? '{"into":"y","channel":"call","code":"won","reason":"x","stage":"mql","to":"ben","nextAction":"x","kind":"email","availability":"away","capacity":1,"start":"2037-11-22T00:00:00Z","end":"2099-11-22T00:00:00Z"}'
        : null;
      const answer = await send(method, path, given, { ...JSON_TYPE, ...KEY });
      expectHandled(answer, `${method} ${path}`);
      // A browser takes dots for the way up; advice on a domain that is none is that there is nothing to say.
      if (value !== "%2e%2e" && !path.startsWith("/v1/mail-domains/"))
        expect(answer.status, `${method} ${path} ${answer.text}`).toBeGreaterThanOrEqual(400);
    }
  });

  test("with a method it doesn't have is 405, and says which it has", async () => {
    for (const path of new Set(paths(leadId).map((each) => each.path))) {
      // `/v1/leads/replan` is also how a lead of that id would be asked for.
      const known = new Set(
        paths(leadId)
          .filter((each) => each.path === path || each.pattern.test(path))
          .map((each) => each.method),
      );
      for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
        if (known.has(method) || (method === "OPTIONS" && path.startsWith("/v1/forms/"))) continue;
        const answer = await send(method, path, null, KEY);
        expect(answer.status, `${method} ${path}`).toBe(405);
        expect(answer.headers.get("allow")).toContain([...known][0]);
      }
      if (known.has("GET") && !path.startsWith("/v1/board/live") && !path.startsWith("/api")) {
        const head = await send("HEAD", path, null, KEY);
        expect(head.status, path).toBeLessThan(500);
        expect(head.text).toBe("");
      }
    }
  });

  test("with nonsense in the query", async () => {
    const bad = [
      "limit=abc",
      "limit=-1",
      "limit=1e9",
      "limit=",
      "status=nope",
      "from=yesterday",
      "to=2037-13-45T00:00:00Z",
      "after=",
      "after=x",
      "after=~",
      "after=1~",
      "after=1e999~x",
      "after=%00",
      "version=0",
      "version=x",
      "version=99999999999",
      "dryRun=maybe",
      "net=__proto__",
      "owner=%00",
      `owner=${"x".repeat(100)}`,
      `q=${"x".repeat(300)}`,
      "status=open&status=new",
      "__proto__=x",
      "%=%",
    ];
    for (const { method, path } of paths(leadId)) {
      if (method !== "GET" || path.startsWith("/api") || path === "/v1/board/live") continue;
      for (const query of bad)
        expectHandled(await send("GET", `${path}?${query}`, null, KEY), `${path}?${query}`);
    }
  });
});

describe("lists", () => {
  const leads = (query: string) => send("GET", `/v1/leads?${query}`, null, KEY);

  test.each([
    "%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25",
    encodeURIComponent("日本語".repeat(20)),
    encodeURIComponent("🧑‍🚀".repeat(20)),
    "%5C%5C_%25",
    "'",
    "%00",
    encodeURIComponent("x".repeat(200)),
  ])("searching for %s finds or doesn't, and doesn't fail", async (q) => {
    const answer = await leads(`q=${q}`);
    expect(answer.status, answer.text).toBe(200);
  });

  test("a search means what it says", async () => {
    const id = await lead({ name: "100% Ällsen_日本語の長い名前の会社の人の名前です" });
    const found = async (q: string) =>
      ((await leads(`q=${encodeURIComponent(q)}`)).json["leads"] as { id: string }[]).map((each) => each.id);
    expect(await found("100%")).toContain(id);
    expect(await found("10_%")).not.toContain(id);
    expect(await found("sen_日本語の長い名前の会社の人の名前")).toContain(id);
  });

  test.each(["x", "~", "1~", "1e999~x", "abc~def", "%00", "-~-"])(
    "the cursor %s is refused",
    async (after) => {
      expectProblem(await leads(`after=${after}`), 422, "/query/after");
    },
  );
});

describe("touches", () => {
  test.each<[string, object, string]>([
    ["in a year from now", { at: "2099-01-01T00:00:00Z" }, "/at"],
    ["before the lead", { at: "2001-01-01T00:00:00Z" }, "/at"],
    ["at the edge of time", { at: "+275760-09-12T23:59:59Z" }, "/at"],
    ["on no day", { at: "2037-02-31T00:00:00Z" }, "/at"],
    ["without a zone", { at: "2037-11-22T10:00:00" }, "/at"],
    ["in words", { at: "T tomorrow Z" }, "/at"],
    ["at a number", { at: 1700000000000 }, "/at"],
    ["by carrier pigeon", { channel: "pigeon" }, "/channel"],
    ["by nobody we know", { by: "zed" }, "/by"],
    ["upwards", { direction: "up" }, "/direction"],
    ["perhaps personal", { personal: "yes" }, "/personal"],
    ["with a body of 30 kB", { body: "x".repeat(30_000) }, "/body"],
    ["with evidence in words", { evidence: "trust me" }, "/evidence"],
    ["with evidence of no grade", { evidence: { grade: "sworn" } }, "/evidence/grade"],
    ["with a long id", { id: "x".repeat(200) }, "/id"],
  ])("%s", async (_what, change, pointer) => {
    expectProblem(await on("touches", { channel: "call", ...change }), 422, pointer);
  });

  test("hostile words are kept as words", async () => {
    const id = await lead();
    const words = "<script>'); DROP TABLE touches; --\u0000\ud800";
    expect(
      (await on("touches", { channel: "call", outcome: words, body: words, id: words, by: "ben" }, id))
        .status,
    ).toBe(201);
    expect(
      (await on("touches", { channel: "call", outcome: words, body: words, id: words, by: "ben" }, id))
        .status,
    ).toBe(200);
  });
});

describe("what people do", () => {
  test.each<[string, object, string]>([
    ["disposition", {}, "/code"],
    ["disposition", { code: "nope" }, "/code"],
    ["disposition", { code: "__proto__" }, "/code"],
    ["disposition", { code: "won", recycleOn: "next spring" }, "/recycleOn"],
    ["disposition", { code: "won", recycleOn: "2037-02-31" }, "/recycleOn"],
    ["disposition", { code: "won", note: "x".repeat(6000) }, "/note"],
    ["reassign", { to: "zed", reason: "x" }, "/to"],
    ["reassign", { to: 5 }, "/to"],
    ["reassign", { to: "ben", reason: "" }, "/reason"],
    ["handoff", { stage: "sql", to: "zed", nextAction: "x" }, "/to"],
    ["handoff", { stage: "nope", to: "ben", nextAction: "x" }, "/stage"],
    ["handoff", { stage: "sql", to: "ben" }, "/nextAction"],
    ["handoff", { stage: "sql", to: "ben", nextAction: "x", nextActionAt: "soon" }, "/nextActionAt"],
    ["stage", { stage: "rejected" }, "/stage"],
    ["bounces", { kind: "fax" }, "/kind"],
    ["accept", { by: 5 }, "/by"],
  ])("%s %j", async (path, body, pointer) => {
    expectProblem(await on(path, body), 422, pointer);
  });

  test("nothing is done to a closed lead, or to one that doesn't exist", async () => {
    const id = await lead();
    expect((await on("disposition", { code: "not_a_fit", note: "\u0000<b>" }, id)).status).toBe(200);
    const calls: [string, object][] = [
      ["disposition", { code: "won" }],
      ["touches", { channel: "call", by: "ben" }],
      ["reassign", { to: "ben", reason: "x" }],
      ["handoff", { stage: "sql", to: "ben", nextAction: "x" }],
      ["accept", {}],
      ["bounces", { kind: "email" }],
      ["stage", { stage: "mql" }],
      ["release", {}],
    ];
    for (const [path, body] of calls) {
      expectProblem(await on(path, body, id), 409);
      expectProblem(await on(path, body, "ld_none"), 404);
    }
    // The same code again is a retry.
    expect((await on("disposition", { code: "not_a_fit" }, id)).status).toBe(200);
  });

  test.each<[string, string, object, string]>([
    ["PUT", "availability", { availability: "gone" }, "/availability"],
    ["PUT", "availability", { availability: "away", until: "2001-01-01T00:00:00Z" }, "/until"],
    ["PUT", "availability", { availability: "away", until: "later" }, "/until"],
    ["POST", "time-off", { start: "2037-12-24T00:00:00Z" }, "/end"],
    ["POST", "time-off", { start: "2037-12-24T00:00:00Z", end: "2037-12-23T00:00:00Z" }, "/end"],
    ["POST", "capacity", { capacity: -1 }, "/capacity"],
    ["POST", "capacity", { capacity: 1.5 }, "/capacity"],
    ["POST", "capacity", { capacity: "5" }, "/capacity"],
  ])("%s %s %j", async (method, path, body, pointer) => {
    expectProblem(
      await send(method, `/v1/people/ben/${path}`, JSON.stringify(body), { ...JSON_TYPE, ...KEY }),
      422,
      pointer,
    );
    expectProblem(
      await send(method, `/v1/people/zed/${path}`, JSON.stringify(body), { ...JSON_TYPE, ...KEY }),
      [404, 422],
    );
  });

  test("time off of one person is never taken for another's", async () => {
    const off = (who: string) =>
      post(`/v1/people/${who}/time-off`, {
        id: "holiday",
        start: "2038-12-24T00:00:00Z",
        end: "2038-12-25T00:00:00Z",
      });
    expect((await off("ben")).status).toBe(201);
    expectProblem(await off("cleo"), 409);
    const rows = await testEnv.DB.prepare("SELECT person_id FROM time_off WHERE id = 'holiday'").all();
    expect(rows.results).toEqual([{ person_id: "ben" }]);
  });
});
