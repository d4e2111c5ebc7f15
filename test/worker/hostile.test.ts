/** Bad input of every kind against a form: refused in words a program understands, or stored whole and shown inert. */
import { beforeAll, afterAll, describe, expect, test } from "vitest";
import { document, publish } from "./support/workspace.ts";
import {
  body,
  chunked,
  expectProblem,
  expectStored,
  expectWhole,
  FORM,
  id,
  JSON_TYPE,
  KEY,
  mail,
  send,
  submit,
} from "./support/hostile.ts";

const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
const listed = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`;
const spliced = (name: string, raw: string): string =>
  JSON.stringify(body({}, { [name]: "@@" })).replace('"@@"', raw);

beforeAll(() => publish(document()));
afterAll(expectWhole);

describe("bodies that are no submission", () => {
  test.each<[string, string, number]>([
    ["nothing", "", 400],
    ["blanks", "   ", 400],
    ["half of JSON", '{"submissionId":"a","fields":{', 400],
    ["JavaScript", "{submissionId:'a'}", 400],
    ["NaN", '{"submissionId":"a","fields":{"email":NaN}}', 400],
    ["a BOM alone", "\ufeff", 400],
    ["null", "null", 422],
    ["a list", "[]", 422],
    ["a text", '"x"', 422],
    ["a number", "1e400", 422],
    ["10,000 levels of lists", listed(10_000), 400],
    ["100,000 levels of lists", listed(100_000), 400],
    ["10,000 levels of objects", nested(10_000), 400],
    ["10,000 levels in consent", spliced("consent", nested(10_000)), 400],
    ["10,000 levels in attribution", spliced("attribution", nested(10_000)), 400],
    ["10,000 levels in page", spliced("page", nested(10_000)), 400],
  ])("%s", async (_what, text, status) => {
    expectProblem(await send("POST", FORM, text, JSON_TYPE), status);
  });

  test("bytes that are no UTF-8", async () => {
    const bytes = new Uint8Array([
      ...new TextEncoder().encode('{"submissionId":"u","fields":{"email":"'),
      0xc3,
      0x28,
      0xff,
    ]);
    expectProblem(await send("POST", FORM, bytes, JSON_TYPE), 400);
  });

  test("other content types", async () => {
    for (const type of ["application/xml", "text/html", "image/png", "x", "application/jsonp"])
      expectProblem(await send("POST", FORM, JSON.stringify(body()), { "content-type": type }), 415);
    for (const type of [
      "application/json; charset=utf-8",
      "text/plain;charset=UTF-8",
      "application/vnd.api+json",
    ])
      await expectStored(await send("POST", FORM, JSON.stringify(body()), { "content-type": type }));
  });

  test("too large, declared or not", async () => {
    const large = JSON.stringify(body({ message: "x".repeat(300_000) }));
    expectProblem(await send("POST", FORM, large, JSON_TYPE), 413);
    expectProblem(await send("POST", FORM, chunked("x".repeat(1000), 1000), JSON_TYPE), 413);
    expectProblem(
      await send("POST", "/v1/leads", chunked(" ".repeat(1000), 1000), { ...JSON_TYPE, ...KEY }),
      413,
    );
    expectProblem(
      await send("POST", "/v1/match", chunked("x".repeat(100_000), 100), { ...JSON_TYPE, ...KEY }),
      413,
    );
  });
});

describe("fields of the wrong kind are named", () => {
  test.each<[string, object, string]>([
    ["no submissionId", { submissionId: undefined }, "/submissionId"],
    ["an empty submissionId", { submissionId: "" }, "/submissionId"],
    ["a long submissionId", { submissionId: "x".repeat(129) }, "/submissionId"],
    ["a submissionId with a blank", { submissionId: "a b" }, "/submissionId"],
    ["a submissionId with a path", { submissionId: "../../a" }, "/submissionId"],
    ["a submissionId with a line break", { submissionId: "a\n" }, "/submissionId"],
    ["a numeric submissionId", { submissionId: 7 }, "/submissionId"],
    ["no fields", { fields: undefined }, "/fields"],
    ["fields null", { fields: null }, "/fields"],
    ["fields a list", { fields: ["email"] }, "/fields"],
    ["fields a text", { fields: "email" }, "/fields"],
    ["a nested field", { fields: { email: { a: 1 } } }, "/fields/email"],
    ["a list of lists", { fields: { email: "a@b.example", x: [["a"]] } }, "/fields/x/0"],
    ["a list of nulls", { fields: { email: "a@b.example", x: [null] } }, "/fields/x/0"],
    ["a text too long", { fields: { email: "a@b.example", x: "x".repeat(20_001) } }, "/fields/x"],
    ["an e-mail of 10 kB", { fields: { email: `${"x".repeat(10_000)}@b.example` } }, "/fields/email"],
    [
      "a declared field too long",
      { fields: { email: "a@b.example", name: "x".repeat(10_000) } },
      "/fields/name",
    ],
    ["an e-mail that is a number", { fields: { email: 5 } }, "/fields/email"],
    ["an e-mail that is a list", { fields: { email: ["a@b.example"] } }, "/fields/email"],
    ["an e-mail of blanks", { fields: { email: "   " } }, "/fields/email"],
    ["an e-mail null", { fields: { email: null } }, "/fields/email"],
    ["a name that is a number", { fields: { email: "a@b.example", name: 7 } }, "/fields/name"],
    ["page a text", { page: "x" }, "/page"],
    ["a page's url a number", { page: { url: 1 } }, "/page/url"],
    ["a url of 100 kB", { page: { url: `https://a.example/${"x".repeat(100_000)}` } }, "/page/url"],
    ["a referrer of 3 kB", { page: { referrer: `https://a.example/${"x".repeat(3000)}` } }, "/page/referrer"],
    ["a time zone list", { page: { timezone: ["UTC"] } }, "/page/timezone"],
    ["attribution a list", { attribution: [] }, "/attribution"],
    ["attribution a text", { attribution: "utm" }, "/attribution"],
  ])("%s", async (_what, change, pointer) => {
    expectProblem(await submit({ ...body(), ...change }), 422, pointer);
  });

  test("a number without end is no number", async () => {
    const text = JSON.stringify(body({ size: "@@" })).replace('"@@"', "1e400");
    expectProblem(await submit(text), 422, "/fields/size");
  });

  test.each([
    "plain",
    "@x.example",
    "a@",
    "a@b",
    "a@b..example",
    "a b@c.example",
    "a@b.example, c@d.example",
    "a@[127.0.0.1]",
    "<a@b.example>",
    "a@-b.example",
    "a@b.example\r\nBcc: c@d.example",
    "a\u0000@b.example",
    "a@b_c.example",
    "\ud800@b.example",
    `${"l".repeat(65)}@b.example`,
    "a@b.example@c.example",
    "a@‮b.example",
    ".a@b.example",
  ])("the e-mail %j", async (email) => {
    expectProblem(await submit(body({ email })), 422, "/fields/email");
  });
});

const INERT = [
  "<script>alert(1)</script>",
  `"><img src=x onerror=alert(1)>`,
  "'); DROP TABLE leads; --",
  "{{7*7}} ${7*7} %s %n",
  "🧑‍🚀 O’Brien-مرحبا \u202eevil",
  "x".repeat(499),
  "Zoë\u0000\u0007\u001b[31m\r\nBcc: all@acme.example",
  "\ud83d lone",
  '=HYPERLINK("https://evil.example")',
];

describe("strange but possible values are stored as they are", () => {
  test.each(INERT)("%j in every field", async (text) => {
    const fields = {
      email: mail(),
      name: text,
      company: text,
      message: text,
      title: text,
      phone: text,
      country: text,
      city: text,
      website: text,
      language: text,
      timezone: text,
      custom: text,
      list: [text],
    };
    const given = {
      submissionId: id(),
      fields,
      page: { url: text, referrer: text, title: text, language: text.slice(0, 30) },
      attribution: { utm_source: text, clickIds: { gclid: text }, landing: text },
    };
    const answer = await submit(given);
    await expectStored(answer);
    const lead = await send("GET", `/v1/leads/${String(answer.json["leadId"])}`, null, KEY);
    expect(lead.status).toBe(200);
    expect(lead.headers.get("content-type")).toMatch(/^application\/json/);
    expect(lead.headers.get("x-content-type-options")).toBe("nosniff");
    expect(lead.json["fields"]).toEqual(fields);
    const page = await send("GET", `/receipt/${String(answer.json["receipt"])}`);
    expect(page.status).toBe(200);
    expect(page.text).not.toMatch(/<script|<img|onerror=/i);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  test.each<[string, object, object?]>([
    ["a planet's time zone", {}, { page: { timezone: "Mars/Base" } }],
    ["an offset for a time zone", {}, { page: { timezone: "UTC+25" } }],
    ["+26:00", {}, { page: { timezone: "+26:00" } }],
    ["an instant for a time zone", {}, { page: { timezone: "2037-11-22T00:00[Europe/Berlin]" } }],
    ["an empty time zone", {}, { page: { timezone: "" } }],
    ["a time zone with a NUL", {}, { page: { timezone: "Europe/\u0000Berlin" } }],
    ["a time zone in the fields", { timezone: "Mars/Base" }],
    ["prototypes for names", { ["constructor"]: "x", toString: "y", hasOwnProperty: "z" }],
    [
      "prototypes in attribution",
      {},
      { attribution: { constructor: { name: 1 }, utm: [], clickIds: "x", landing: 7, pageviews: -1 } },
    ],
    ["attribution with nulls", {}, { attribution: { utm: null, clickIds: null, firstSeenAt: "never" } }],
    ["a country of nowhere", { country: "Atlantis" }],
    ["a phone of nonsense", { phone: "+++000 call me ٣٤٥" }],
    ["a phone of 499 digits", { phone: "9".repeat(499) }],
    ["a unicode domain", { email: "a@bücher.example" }],
    ["a unicode local part", { email: "δοκιμή@παράδειγμα.example" }],
    ["a quoted local part", { email: '"a b@c"@d.example' }],
    ["null everywhere", { name: null, company: null }, { page: null, attribution: null, consent: null }],
    ["consent an object", {}, { consent: { a: [1, { b: null }] } }],
    ["unknown names beside", {}, { extra: 1, id: "x", owner: "mia", leadId: "ld_x" }],
  ])("%s", async (_what, fields, more = {}) => {
    const answer = await submit(body(fields as Record<string, unknown>, more));
    await expectStored(answer);
    const receipt = await send("GET", `/receipt/${String(answer.json["receipt"])}`);
    expect(receipt.status).toBe(200);
    const { timezone } = answer.json["acknowledgement"] as { timezone: string };
    expect(() => new Intl.DateTimeFormat("en", { timeZone: timezone })).not.toThrow();
  });

  test("a thousand fields are kept, however few become facts", async () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`f${at}`, `v${at}`]));
    const answer = await submit(body(many));
    await expectStored(answer);
    const lead = await send("GET", `/v1/leads/${String(answer.json["leadId"])}`, null, KEY);
    expect(lead.json["fields"]).toMatchObject({ f0: "v0", f999: "v999" });
  });

  test("__proto__ pollutes nothing", async () => {
    for (const text of [
      `{"submissionId":"${id()}","fields":{"email":"${mail()}","__proto__":"x"}}`,
      `{"submissionId":"${id()}","fields":{"email":"${mail()}"},"__proto__":{"polluted":true},"page":{"__proto__":{"polluted":true}}}`,
      `{"submissionId":"${id()}","fields":{"email":"${mail()}"},"attribution":{"__proto__":{"utm_source":"polluted"},"constructor":{"prototype":{"polluted":true}}}}`,
    ])
      await expectStored(await submit(text));
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test("of a name given twice the last counts, and a repeat of it is a repeat", async () => {
    const text = `{"submissionId":"${id()}","fields":{"email":"not one","email":"${mail()}"}}`;
    const first = await submit(text);
    await expectStored(first);
    const again = await submit(text);
    expect(again.status).toBe(200);
    expect(again.json).toEqual(first.json);
  });
});

test("an id that was used for other content shows the first to nobody", async () => {
  const first = body({ name: "First Visitor" });
  await expectStored(await submit(first));
  for (const fields of [
    { ...first.fields, name: "Second" },
    { ...first.fields, extra: true },
    { email: mail() },
  ]) {
    const answer = await submit({ ...first, fields });
    expectProblem(answer, 409, "/submissionId");
    expect(answer.text).not.toContain("First");
  }
  expect((await submit({ ...first, page: { url: "https://acme.example/b" } })).status).toBe(200);
  await expectStored(await submit(body({}, { submissionId: "x".repeat(128) })));
  await expectStored(await submit(body({}, { submissionId: ":._-" })));
});
