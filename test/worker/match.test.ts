/** `POST /v1/match` and `POST /v1/calendar`: look-ups that write nothing. */
import { beforeAll, describe, expect, test } from "vitest";
import { call, capture, document, publish, submission, testEnv } from "./support/workspace.ts";

interface Found {
  id: string | number | null;
  account: { id: string; name: string } | null;
  confidence: number;
  method: string;
  reasons: string[];
  suggestionOnly?: boolean;
  candidates: { account: { id: string; name: string }; method: string }[];
}

const match = async (...leads: Record<string, unknown>[]): Promise<Found[]> =>
  (await call<{ results: Found[] }>("POST", "/v1/match", { leads })).body.results;

const counts = async (): Promise<unknown> =>
  testEnv.DB.prepare(
    "SELECT (SELECT count(*) FROM leads) l, (SELECT count(*) FROM events) e, (SELECT count(*) FROM assignments) a",
  ).first();

beforeAll(async () => {
  await publish(document());
  await call("PUT", "/v1/accounts", [
    {
      id: "A1",
      name: "Curlew Robotics GmbH",
      domain: "curlew.example",
      domains: ["curlew-robots.example"],
      country: "DE",
    },
    { id: "A2", name: "Town of Woodford", country: "US" },
    { id: "A3", name: "Town of Woodford", country: "GB" },
    { id: "A4", name: "Lapwing", domain: "lapwing.example" },
    { id: "A5", name: "Lapwing", domain: "lapwing.example" },
  ]);
  await call("PUT", "/v1/contacts", [{ id: "C1", email: "ana@gmail.com", accountId: "A1" }]);
  await call("PUT", "/v1/opportunities", [{ id: "O1", accountId: "A5", open: true, amount: 5 }]);
});

describe("match", () => {
  test.each([
    ["a known contact", { email: "Ana@gmail.com" }, "contact", "A1"],
    ["a subdomain", { email: "x@eu.curlew.example" }, "domain", "A1"],
    ["an alias", { email: "x@curlew-robots.example", company: "whatever" }, "alias", "A1"],
    ["a name", { email: "x@agency.example", company: "CURLEW Robotics" }, "name", "A1"],
    [
      "a name from a free mailbox: a look-up asks which is meant",
      { email: "x@gmail.com", company: "Curlew Robotics" },
      "name",
      "A1",
    ],
    ["the one with an open opportunity", { email: "x@lapwing.example" }, "domain", "A5"],
    ["a website", { email: "x@gmail.com", website: "https://www.curlew.example/contact" }, "domain", "A1"],
    ["no one", { email: "x@nowhere.example" }, "none", undefined],
    ["junk", { email: "x@gmail.com", company: "n/a" }, "none", undefined],
    ["nothing at all", {}, "none", undefined],
  ])("%s", async (_, lead, method, id) => {
    const [found] = await match(lead);
    expect(found?.method).toBe(method);
    expect(found?.account?.id).toBe(id);
    expect(found?.reasons.length).toBeGreaterThan(0);
  });

  test("says how sure it must be, and of each candidate what agrees and what doesn't", async () => {
    const { body } = await call<{
      results: {
        candidates: {
          account: { id: string };
          features: { name: string; agrees: boolean | null; weight: number | null }[];
        }[];
      }[];
      thresholds: unknown;
    }>("POST", "/v1/match", {
      leads: [{ email: "x@agency.example", company: "Curlew Robotic", country: "AT" }, {}],
    });
    expect(body.thresholds).toEqual({ accept: 0.6, review: 0.1 });
    const [first] = body.results[0]?.candidates ?? [];
    expect(first?.account.id).toBe("A1");
    expect(first?.features).toEqual([
      {
        name: "email",
        value: "agency.example is no domain of the account",
        agrees: false,
        weight: expect.any(Number),
      },
      {
        name: "company",
        value: expect.stringContaining("resembles"),
        agrees: true,
        weight: expect.any(Number),
      },
      {
        name: "country",
        value: "the lead in AT, the account in DE",
        agrees: false,
        weight: expect.any(Number),
      },
    ]);
    for (const { agrees, weight } of first?.features ?? []) expect((weight ?? 0) > 0).toBe(agrees);
    const [byDomain] = await match({ email: "x@curlew.example" });
    expect(byDomain?.candidates[0]).toMatchObject({
      features: [{ name: "email", agrees: true, weight: null }],
    });
    expect(body.results[1]?.candidates).toEqual([]);
  });

  test("doubt is no match, with those in doubt shown", async () => {
    const [unsaid, said] = await match(
      { id: 7, company: "Town of Woodford" },
      { id: "b", company: "Town of Woodford", country: "GB" },
    );
    expect(unsaid).toMatchObject({ id: 7, account: null, method: "none" });
    expect(unsaid?.candidates.map(({ account }) => account.id).sort()).toEqual(["A2", "A3"]);
    expect(said?.account).toEqual({ id: "A3", name: "Town of Woodford" });
  });

  test("1,000 at once, in order, as one by one; nothing is written", async () => {
    const before = await counts();
    const leads = [...Array(1000).keys()].map((at) => ({
      id: String(at),
      email: `x@${["curlew", "lapwing", "nowhere"][at % 3]}.example`,
    }));
    const found = await match(...leads);
    expect(found.map(({ id }) => id)).toEqual(leads.map(({ id }) => id));
    for (const at of [0, 1, 2, 199, 200, 998, 999])
      expect(found[at]).toEqual((await match(leads[at] ?? {}))[0]);
    expect(await counts()).toEqual(before);
    expect((await call("POST", "/v1/match", { leads: [...leads, {}] })).status).toBe(422);
  });

  test("capture finds the same account, but takes no name from a free mailbox", async () => {
    for (const fields of [
      { email: "q@curlew.example" },
      { email: "q@agency2.example", company: "Curlew Robotics" },
      { email: "q@lapwing.example" },
    ]) {
      const [found] = await match(fields);
      const { body } = await capture(submission(fields));
      const row = await testEnv.DB.prepare("SELECT account_id FROM leads WHERE id = ?")
        .bind(body.leadId)
        .first<{ account_id: string }>();
      expect(row?.account_id).toBe(found?.account?.id);
    }
    const asked = [
      { email: "q@gmail.com", company: "Curlew Robotics" },
      { email: "Ana@gmail.com" },
      { email: "q@curlew.example" },
    ];
    const looked = await match(...asked);
    expect(looked.map(({ suggestionOnly = false }) => suggestionOnly)).toEqual([true, false, false]);
    const { body } = await capture(submission({ email: "q@gmail.com", company: "Curlew Robotics" }));
    expect(
      await testEnv.DB.prepare("SELECT account_id FROM leads WHERE id = ?").bind(body.leadId).first(),
    ).toEqual({ account_id: null });
  });
});

test("a company's own domain is no slip of a mail provider's: at capture as in a look-up", async () => {
  const fields = { email: "ana@jive.com", company: "Jive Records" };
  expect((await match(fields))[0]).toMatchObject({ account: null });
  await call("PUT", "/v1/accounts", [{ id: "J1", name: "Jive Records", domain: "jive.com" }]);
  expect((await match(fields))[0]).toMatchObject({
    account: { id: "J1" },
    method: "domain",
    candidates: [
      {
        features: [
          { name: "email", agrees: true },
          { name: "company", agrees: true },
        ],
      },
    ],
  });
  const { body } = await capture(submission(fields));
  const lead = await testEnv.DB.prepare(
    "SELECT account_id AS account, corporate_domain AS domain, facts ->> '$.lead.freeMail' AS free FROM leads WHERE id = ?",
  )
    .bind(body.leadId)
    .first();
  expect(lead).toEqual({ account: "J1", domain: "jive.com", free: 0 });
});

test("contacts of two accounts with one address: no match, and both are shown", async () => {
  await call("PUT", "/v1/contacts", [
    { id: "C2", email: "shared@gmail.com", accountId: "A1" },
    { id: "C3", email: "shared@gmail.com", accountId: "A4" },
    { id: "C4", email: "lost@gmail.com", accountId: "nowhere" },
  ]);
  const [shared, lost] = await match({ email: "shared@gmail.com" }, { email: "lost@gmail.com" });
  expect(shared).toMatchObject({ account: null, method: "none" });
  expect(shared?.candidates.map(({ account }) => account.id).sort()).toEqual(["A1", "A4"]);
  expect(lost).toMatchObject({ account: null, method: "none" });
  const { body } = await capture(submission({ email: "shared@gmail.com" }));
  expect(
    await testEnv.DB.prepare("SELECT account_id FROM leads WHERE id = ?").bind(body.leadId).first(),
  ).toEqual({ account_id: null });
});

test("how sure a match must be is configured, for look-ups and capture alike", async () => {
  const fields = { email: "q@agency3.example", company: "Curlew Robotic" };
  expect((await match(fields))[0]).toMatchObject({ account: { id: "A1" }, method: "fuzzy" });
  await publish({ ...document(), matching: { acceptThreshold: 0.99, reviewThreshold: 0.2 } });
  const [doubted] = await match(fields);
  expect(doubted).toMatchObject({ account: null, candidates: [{ account: { id: "A1" } }] });
  const { body } = await capture(submission(fields));
  expect(
    await testEnv.DB.prepare("SELECT account_id FROM leads WHERE id = ?").bind(body.leadId).first(),
  ).toEqual({ account_id: null });
  await publish(document());
});

test.each([
  ["gmial.com", "gmail.com"],
  ["Hotmial.com", "hotmail.com"],
  ["gmail.com", null],
  ["curlew.example", null],
  ["no host at all", null],
])("a form may ask whether %s is a misspelt mail provider: %s", async (domain, suggestion) => {
  const { status, body, headers } = await call(
    "GET",
    `/v1/mail-domains/${encodeURIComponent(domain)}`,
    undefined,
    {},
  );
  expect([status, body]).toEqual([200, { suggestion, message: suggestion && `Did you mean ${suggestion}?` }]);
  expect(headers.get("access-control-allow-origin")).toBe("*");
});

describe("calendar", () => {
  const berlin = {
    timezone: "Europe/Berlin",
    hours: { mon: [["09:00", "17:00"]], tue: [["09:00", "17:00"]] },
    holidays: ["2037-11-24"],
  };

  test("answers each case", async () => {
    const cases = [
      { start: "2037-11-23T16:55:00+01:00", add: "PT10M" },
      { from: "2037-11-23T08:00:00Z", to: "2037-11-23T09:30:00Z" },
      { from: "2037-11-23T09:30:00Z", to: "2037-11-23T08:00:00Z" },
      { at: "2037-11-23T08:00:00Z" },
      { at: "2037-11-24T08:00:00Z" },
    ];
    const { status, body } = await call("POST", "/v1/calendar", { ...berlin, cases });
    expect(status).toBe(200);
    expect(body).toEqual({
      results: [
        { due: "2037-11-30T08:05:00.000Z" },
        { seconds: 5400 },
        { seconds: 0 },
        { open: true },
        { open: false },
      ],
    });
  });

  test("overrides", async () => {
    const { body } = await call("POST", "/v1/calendar", {
      ...berlin,
      overrides: { "2037-11-24": [["10:00", "11:00"]] },
      cases: [{ at: "2037-11-24T09:30:00Z" }],
    });
    expect(body).toEqual({ results: [{ open: true }] });
  });

  test("names what is wrong and where", async () => {
    const { status, body } = await call("POST", "/v1/calendar", {
      ...berlin,
      timezone: "Mars/Base",
      cases: [{ at: "yesterday" }, { start: "2037-11-23T08:00:00Z", add: "P1M" }],
    });
    expect(status).toBe(422);
    expect((body["errors"] as { pointer: string }[]).map(({ pointer }) => pointer)).toEqual([
      "/timezone",
      "/cases/0/at",
      "/cases/1/add",
    ]);
    const shape = await call("POST", "/v1/calendar", {
      ...berlin,
      cases: [{ start: "2037-11-23T08:00:00Z" }],
    });
    expect(shape.status).toBe(422);
    expect(shape.body["errors"]).toMatchObject([{ pointer: "/cases/0/add" }]);
  });

  test("10,000 cases", async () => {
    const cases = [...Array(10_000).keys()].map((at) => ({
      start: new Date(Date.UTC(2037, 0, 1) + at * 3_600_000).toISOString(),
      add: "PT4H",
    }));
    const { body } = await call<{ results: unknown[] }>("POST", "/v1/calendar", { ...berlin, cases });
    expect(body.results).toHaveLength(10_000);
  });
});
