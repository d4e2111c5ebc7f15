/** Bad input for questions that write nothing, and for uploads that write much: each mistake is named, or costs itself. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { document, publish } from "./support/workspace.ts";
import { chunked, expectHandled, expectProblem, expectWhole, KEY, post, send } from "./support/hostile.ts";

beforeAll(() => publish(document()));
afterAll(expectWhole);

describe("questions that write nothing", () => {
  test.each<[string, object, string]>([
    ["match", {}, "/leads"],
    ["match", { leads: {} }, "/leads"],
    ["match", { leads: [null] }, "/leads/0"],
    ["match", { leads: [{ email: { a: 1 } }] }, "/leads/0/email"],
    ["match", { leads: Array.from({ length: 1001 }, () => ({})) }, "/leads"],
    ["route", { leads: "x" }, "/leads"],
    ["route", { leads: [{ formKey: "none" }] }, "/leads/0/formKey"],
    ["route", { leads: [{}], at: "+275760-09-12T23:59:59Z" }, "/at"],
    ["route", { leads: [{}], at: "-271821-04-20T00:00:00Z" }, "/at"],
    ["route", { leads: [{ page: { timezone: 5 } }] }, "/leads/0/page/timezone"],
    ["calendar", { timezone: "Mars/Base", hours: {}, cases: [] }, "/timezone"],
    ["calendar", { timezone: "UTC", hours: { mon: [["25:00", "26:00"]] }, cases: [] }, "/hours/mon/0/0"],
    ["calendar", { timezone: "UTC", hours: { someday: [] }, cases: [] }, "/hours/someday"],
    ["calendar", { timezone: "UTC", hours: {}, holidays: ["2037-02-30"], cases: [] }, "/holidays/0"],
    ["calendar", { timezone: "UTC", hours: {}, cases: [{ at: "now" }] }, "/cases/0/at"],
    [
      "calendar",
      { timezone: "UTC", hours: {}, cases: [{ start: "2037-01-01T00:00:00Z", add: "-PT1H" }] },
      "/cases/0/add",
    ],
    [
      "calendar",
      { timezone: "UTC", hours: {}, cases: [{ start: "2037-01-01T00:00:00Z", add: "P9999999999W" }] },
      "/cases/0/add",
    ],
    ["leads", { source: "x", submissionId: "a", fields: {}, form: "none" }, "/form"],
    ["leads", { submissionId: "a", fields: {} }, "/source"],
    ["leads", { source: "", submissionId: "a", fields: {} }, "/source"],
    ["backtests", { from: "2037-11-01", to: "9999-12-31" }, "/to"],
    ["backtests", { from: "2037-02-30" }, "/from"],
    ["reports/baseline", { from: "2037-02-30", to: "2037-03-31" }, "/from"],
  ])("%s %j", async (path, body, pointer) => {
    expectProblem(await post(`/v1/${path}`, body), 422, pointer);
  });

  test.each([
    ["reports/safety-nets?from=9999-12-01&to=9999-12-31", "/query/from"],
    ["reports/speed-to-lead?from=9998-12-01&to=9999-01-01", "/query/to"],
    ["reports/speed-to-lead?to=9999-12-31T23:59:59Z", "/query/to"],
    ["reports/rotation-ledger?from=9999-12-01&to=9999-12-31", "/query/from"],
    ["reports/rotation-ledger?from=0000-01-01", "/query/from"],
    ["leads?counted=leads~2037-01-01~9999-12-31", "/query/counted"],
    ["leads?counted=leads~2037-02-30~2037-12-31", "/query/counted"],
    ["reports/speed-to-lead?owner=ben", "/query/owner"],
    ["reports/rotation-ledger?person=ben", "/query/person"],
    ["reports/unknown-owners?team=smb", "/query/team"],
  ])("%s", async (path, pointer) => {
    expectProblem(await send("GET", `/v1/${path}`, null, KEY), 422, pointer);
  });

  test("the last day that can be asked for is answered", async () => {
    for (const path of [
      "reports/safety-nets?from=9998-12-01&to=9998-12-31",
      "reports/speed-to-lead?to=9998-12-31",
    ])
      expect((await send("GET", `/v1/${path}`, null, KEY)).status).toBe(200);
  });

  test("a name that a report doesn't take is refused with those it takes", async () => {
    const { text } = await send("GET", "/v1/reports/speed-to-lead?owner=ben", null, KEY);
    expect(text).toContain(
      "this takes from, to, group, person, team, source, segment, form, format, section",
    );
  });

  test("strange leads are matched and routed like any other", async () => {
    const strange = [
      {},
      { email: "" },
      { email: "\ud800@x" },
      { company: "\u0000".repeat(100) },
      { company: "x".repeat(20_000) },
      { email: 1e308 },
      { website: "http://[::1]/" },
      { country: ["DE", "AT"] },
      { email: "a@b.example", page: { timezone: "Mars/Base" } },
      { edge: { timezone: "UTC+25", country: "ZZ", language: "\u0000" } },
      { fields: { email: "a@b.example" }, source: "\u0000", attribution: { utm: [] } },
    ];
    for (const at of [null, "1970-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "0001-01-01T00:00:00Z"]) {
      const answer = await post("/v1/route", { leads: strange, at });
      expect(answer.status, `${at} ${answer.text.slice(0, 300)}`).toBe(200);
    }
    const plain = strange.filter((each) => !("page" in each || "edge" in each || "fields" in each));
    const matched = await post("/v1/match", { leads: plain });
    expect(matched.status, matched.text.slice(0, 300)).toBe(200);
  });
});

describe("uploads", () => {
  const put = (kind: string, body: BodyInit, type: string) =>
    send("PUT", `/v1/${kind}`, body, { "content-type": type, ...KEY });

  test("bad lines cost themselves", async () => {
    const lines = [
      '{"id":"a1","name":"Good"}',
      "{",
      "null",
      "[]",
      '"x"',
      `{"id":"a2","name":"Deep","extra":${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}}`,
      '{"id":{"a":1}}',
      '{"id":"\\u0000"}',
      '{"id":"a3","name":"P","__proto__":{"name":"Q"}}',
      '{"id":"a4","name":7,"domains":[1]}',
      `{"id":"a5","name":"${"x".repeat(400)}"}`,
      '{"id":"a6","name":"Last"}',
    ];
    for (const kind of ["accounts", "contacts", "opportunities"]) {
      const answer = await put(kind, lines.join("\n"), "application/x-ndjson");
      expect(answer.status, answer.text.slice(0, 400)).toBe(200);
      const { received, upserted, rejected } = answer.json as {
        received: number;
        upserted: number;
        rejected: { line: number }[];
      };
      expect(received).toBe(upserted + rejected.length);
      expect(rejected.map((each) => each.line)).toEqual(expect.arrayContaining([2, 3, 4, 5]));
    }
  });

  test.each([
    "",
    "\n\n",
    "id,name\n",
    '"',
    "id;name\na;b\n\u0000",
    "id,id,name\na,b,c",
    'id,name\n"a,b',
    "\ufeff",
  ])("the CSV %j", async (text) => {
    expectHandled(await put("accounts", text, "text/csv"), text);
    expectHandled(await put("accounts", text, "application/json"), text);
    expectHandled(await put("accounts", text, "text/plain"), text);
  });

  test("a type we can't read, or no gzip", async () => {
    expectProblem(await put("accounts", "<a/>", "application/xml"), 415);
    expectHandled(
      await send("PUT", "/v1/accounts", "not gzip", {
        "content-type": "text/csv",
        "content-encoding": "gzip",
        ...KEY,
      }),
      "gzip",
    );
    expectProblem(
      await send("PUT", "/v1/accounts", chunked(" ".repeat(1_000_000), 10), {
        "content-type": "application/json",
        ...KEY,
      }),
      413,
    );
  });
});
