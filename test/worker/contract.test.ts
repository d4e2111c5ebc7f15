/**
 * The wire contract as somebody outside would check it: the document of the specification is published over HTTP as it
 * stands there, and every statement about an answer is a row here.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Env } from "../../worker/env.ts";
import type { Lead } from "../../schema/wire/lead.ts";
import example from "../cases/config-example.json" with { type: "json" };
import { expectProblem, expectWhole, JSON_TYPE, KEY, post, send, type Raw } from "./support/hostile.ts";
import { call, testEnv, type Captured } from "./support/workspace.ts";

/** Monday, ten in the morning in New York. */
const MONDAY_10 = "2026-11-23T15:00:00.000Z";
const at = (iso: string): void => {
  vi.setSystemTime(Date.parse(iso));
};
const after = (iso: string, minutes: number): string =>
  new Date(Date.parse(iso) + minutes * 60_000).toISOString();

const get = (path: string): Promise<Raw> => send("GET", path, null, KEY);
const put = (path: string, body: unknown): Promise<Raw> =>
  send("PUT", path, JSON.stringify(body), { ...JSON_TYPE, ...KEY });
const upload = (kind: string, lines: object[]): Promise<Raw> =>
  send("PUT", `/v1/${kind}`, lines.map((line) => JSON.stringify(line)).join("\n"), {
    "content-type": "application/x-ndjson",
    ...KEY,
  });

let made = 0;
const fresh = (fields: Record<string, unknown>) => ({ submissionId: `c-${++made}`, fields });
const submit = async (fields: Record<string, unknown>): Promise<Captured> => {
  const answer = await post("/v1/forms/demo/submissions", fresh(fields), {});
  expect(answer.status, answer.text).toBe(201);
  return answer.json as unknown as Captured;
};
const leadOf = async (id: string): Promise<Lead> => (await get(`/v1/leads/${id}`)).json as unknown as Lead;

/** Earlier tests filled hands, and people of the same company stay with their owner: everybody starts afresh. */
const emptyHands = () =>
  testEnv.DB.prepare(
    "UPDATE leads SET status = 'disqualified', open = 0, generation = generation + 1, email_norm = email_norm || id, corporate_domain = NULL WHERE open = 1",
  ).run();

const ACCOUNTS = [
  { id: "A1", name: "Globex", domain: "globex.example", owner: "ana@acme.example" },
  { id: "A2", name: "Initech", domain: "initech.example", owner: "1201" },
  { id: "A3", name: "Hooli", domain: "hooli.example", owner: "somebody-who-left@acme.example" },
  {
    id: "A4",
    name: "Umbrella",
    domain: "umbrella.example",
    owner: "ana@acme.example",
    csm: "ben@acme.example",
    lifecycle: "customer",
  },
  { id: "A5", name: "Stark", domain: "stark.example", owner: "ana@acme.example", lifecycle: "customer" },
  { id: "A6", name: "Wayne", domain: "wayne.example", owner: "ana@acme.example" },
];

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse(MONDAY_10) });
  const published = await put("/v1/config", example);
  expect(published.json).toEqual({ version: 1, verification: { errors: [], warnings: [] } });
  expect(await upload("accounts", ACCOUNTS)).toMatchObject({
    status: 200,
    json: { received: 6, upserted: 6, rejected: [] },
  });
  expect(await upload("contacts", [{ id: "C1", email: "known@gmail.com", accountId: "A2" }])).toMatchObject({
    json: { upserted: 1 },
  });
  expect(
    await upload("opportunities", [
      { id: "O1", accountId: "A6", open: true, owner: "ben@acme.example", stage: "proposal" },
    ]),
  ).toMatchObject({ json: { upserted: 1 } });
});
afterAll(async () => {
  vi.useRealTimers();
  await expectWhole();
});

interface Expected {
  rule: string | null;
  owner: string | null;
  queue?: string;
  kind?: string;
  minutes?: number | null;
  segment?: string;
  account?: string;
}

/** Where the example document sends whom; each row is captured and dry-run. */
const ROUTES: [string, Record<string, unknown>, Expected][] = [
  [
    "free mail",
    { email: "visitor@gmail.com" },
    { rule: "free-mail", owner: null, queue: "qualification", kind: "received", minutes: null },
  ],
  [
    "free mail of a known contact",
    { email: "known@gmail.com" },
    { rule: "owned-account", owner: "ben", account: "A2" },
  ],
  [
    "an account's owner by e-mail",
    { email: "v@globex.example" },
    { rule: "owned-account", owner: "ana", account: "A1" },
  ],
  [
    "an account's owner by external id",
    { email: "v@initech.example" },
    { rule: "owned-account", owner: "ben", account: "A2" },
  ],
  [
    "an owner nobody knows falls through",
    { email: "v@hooli.example" },
    { rule: "owned-account", owner: "ana", account: "A3" },
  ],
  [
    "a customer with a csm",
    { email: "v@umbrella.example" },
    { rule: "customers", owner: "ben", account: "A4" },
  ],
  [
    "a customer without one: the owner",
    { email: "v@stark.example" },
    { rule: "customers", owner: "ana", account: "A5" },
  ],
  [
    "an open opportunity",
    { email: "v@wayne.example" },
    { rule: "open-opportunities", owner: "ben", account: "A6" },
  ],
  [
    "a territory by name of country",
    { email: "v@berlin.example", country: "Deutschland" },
    { rule: "territory", owner: "ben" },
  ],
  ["the rest", { email: "v@rest.example" }, { rule: "rest", owner: "ben", segment: "cold" }],
  [
    "with a phone, sooner",
    { email: "v@phone.example", phone: "+1 212 555 0123" },
    { rule: "rest", owner: "ben", minutes: 5 },
  ],
  [
    "a vice president scores",
    { email: "v@vp.example", title: "VP of Sales" },
    { rule: "rest", owner: "ben", segment: "warm" },
  ],
];

const shown = (lead: Lead, acknowledgement: Captured["acknowledgement"]) => ({
  ruleId: lead.routing.ruleId,
  owner: lead.owner?.id ?? null,
  queue: lead.queue?.id ?? null,
  firstTouchDueAt: lead.firstTouchDueAt,
  acknowledgement,
  segment: lead.segment,
});

describe("the example document", () => {
  test.each(ROUTES)("%s", async (_what, fields, wanted) => {
    await emptyHands();
    const dry = (await post("/v1/route", { leads: [{ id: "d", ...fields }] })).json as {
      results: {
        id: string;
        decision: {
          ruleId: string;
          owner: { id: string } | null;
          queue: { id: string } | null;
          firstTouchDueAt: string | null;
        };
        acknowledgement: Captured["acknowledgement"];
        segment: string;
        trace: { detail: string }[];
      }[];
    };
    const { leadId, acknowledgement } = await submit(fields);
    const lead = await leadOf(leadId);
    const minutes = wanted.minutes === undefined ? 10 : wanted.minutes;
    expect(shown(lead, acknowledgement)).toMatchObject({
      ruleId: wanted.rule,
      owner: wanted.owner,
      queue: wanted.queue ?? null,
    });
    expect(acknowledgement.kind).toBe(wanted.kind ?? "in_coverage");
    expect(acknowledgement.promiseAt).toBe(minutes === null ? null : after(MONDAY_10, minutes));
    expect(lead.promiseAt).toBe(acknowledgement.promiseAt);
    expect(acknowledgement.owner?.name ?? null).toBe(
      wanted.owner === null ? null : wanted.owner === "ana" ? "Ana" : "Ben",
    );
    expect(lead.account?.id).toBe(wanted.account);
    if (wanted.segment) expect(lead.segment).toBe(wanted.segment);
    const [said] = dry.results;
    expect(said?.id).toBe("d");
    expect({
      ...said?.decision,
      owner: said?.decision.owner?.id ?? null,
      queue: said?.decision.queue?.id ?? null,
      acknowledgement: said?.acknowledgement,
      segment: said?.segment,
    }).toMatchObject(shown(lead, acknowledgement));
    if (lead.account?.id === "A3")
      expect(JSON.stringify(lead.trace)).toMatch(
        /somebody-who-left@acme\.example.*(not known|unknown|no owner)/i,
      );
  });

  test.each<[string, string, string]>([
    ["at night", "2026-11-24T07:00:00.000Z", "2026-11-24T14:10:00.000Z"],
    ["at lunch on a Tuesday", "2026-11-24T17:30:00.000Z", "2026-11-24T18:10:00.000Z"],
    ["five minutes before lunch", "2026-11-24T16:55:00.000Z", "2026-11-24T18:05:00.000Z"],
    [
      "from Tuesday evening to Monday: the example works two days",
      "2026-11-24T22:30:00.000Z",
      "2026-11-30T14:10:00.000Z",
    ],
    ["on a Monday that is a holiday of the set", "2027-01-18T16:00:00.000Z", "2027-01-19T14:10:00.000Z"],
  ])("%s", async (_what, now, promiseAt) => {
    at(now);
    const { acknowledgement, leadId } = await submit({ email: `v${made}@night${made}.example` });
    const lead = await leadOf(leadId);
    const open = lead.clockStartsAt === now;
    expect(acknowledgement).toMatchObject({ promiseAt, kind: open ? "in_coverage" : "after_hours" });
    if (!open) expect(acknowledgement.owner).toBeNull();
    expect(lead).toMatchObject({ firstTouchDueAt: promiseAt, promiseAt, provisional: !open });
    at(MONDAY_10);
  });
});

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
/** Every value of a name that ends in "At", or is one of the named, is UTC with milliseconds or null. */
const expectTimes = (value: unknown, path = ""): void => {
  if (typeof value !== "object" || value === null) return;
  for (const [name, part] of Object.entries(value)) {
    if (/(At|^at|^now|nextOpening|until)$/.test(name) && part !== null)
      expect(part, `${path}/${name}`).toMatch(TIME);
    else expectTimes(part, `${path}/${name}`);
  }
};

describe("shapes", () => {
  const FIELDS =
    "id status stage owner backup queue account match score fit intent segment routing provisional policyVersion createdAt assignedAt clockStartsAt firstTouchDueAt firstTouchAt secondTouchDueAt secondTouchAt promiseAt nextActionAt reassignments disposition timeline".split(
      " ",
    );

  test("a capture's answer, its repeat and its receipt", async () => {
    const body = fresh({ email: "shape@shape.example", name: "Shape" });
    const first = await post("/v1/forms/demo/submissions", body, {});
    expect(first.status).toBe(201);
    expect(Object.keys(first.json).sort()).toEqual(["acknowledgement", "leadId", "receipt"]);
    expect(Object.keys(first.json["acknowledgement"] as object).sort()).toEqual([
      "kind",
      "message",
      "owner",
      "promiseAt",
      "timezone",
    ]);
    const again = await post("/v1/forms/demo/submissions", body, {});
    expect(again).toMatchObject({ status: 200, json: first.json });
    const receipt = await send("GET", `/v1/receipts/${String(first.json["receipt"])}`);
    expect(receipt).toMatchObject({
      status: 200,
      json: { status: "assigned", owner: { name: "Ben" }, promiseAt: after(MONDAY_10, 10) },
    });
    expectTimes(receipt.json);
    expectProblem(await send("GET", "/v1/receipts/nothing"), 404);
  });

  test("a lead has the fields it is said to have, times in UTC with milliseconds", async () => {
    const { leadId } = await submit({ email: "lead@shape2.example" });
    const lead = await leadOf(leadId);
    expect(FIELDS.filter((name) => !(name in lead))).toEqual([]);
    expectTimes(lead);
    expect(lead).toMatchObject({
      status: "new",
      stage: "inquiry",
      owner: { id: "ben", name: "Ben" },
      backup: { id: "ana", name: "Ana" },
      queue: null,
      account: null,
      provisional: false,
      policyVersion: 1,
      assignedAt: MONDAY_10,
      clockStartsAt: MONDAY_10,
      firstTouchAt: null,
      reassignments: 0,
      disposition: null,
    });
    expect(lead.timeline.map((event) => event.type)).toEqual([
      "lead.captured",
      "lead.matched",
      "lead.assigned",
    ]);
    for (const event of lead.timeline)
      expect(Object.keys(event)).toEqual(expect.arrayContaining(["at", "type", "actor", "data"]));
    const queued = await leadOf((await submit({ email: "queue.shape@gmail.com" })).leadId);
    expect(queued.queue).toMatchObject({ id: "qualification", steward: { id: "ana" } });
  });

  test("a page of leads, from one to the next without a gap", async () => {
    const ids: string[] = [];
    for (let after = "", left = 50; left > 0; left--) {
      const { leads, next } = (await get(`/v1/leads?limit=3${after}`)).json as {
        leads: { id: string }[];
        next: string | null;
      };
      expectTimes(leads);
      ids.push(...leads.map((lead) => lead.id));
      if (next === null) break;
      after = `&after=${encodeURIComponent(next)}`;
    }
    const count = await testEnv.DB.prepare("SELECT count(*) AS n FROM leads").first<number>("n");
    expect(new Set(ids).size).toBe(count);
    expect(ids).toHaveLength(count ?? -1);
  });

  test("the board and people", async () => {
    const board = await get("/v1/board");
    expect(board.status).toBe(200);
    expect(Object.keys(board.json).sort()).toEqual([
      "leads",
      "nets",
      "now",
      "people",
      "teams",
      "today",
      "workspace",
    ]);
    expectTimes(board.json);
    const people = await get("/v1/people");
    expect(people.json).toMatchObject({
      people: [
        { id: "ana", state: "available" },
        { id: "ben", capacity: 5 },
      ],
      timeOff: [],
    });
    expect((await get("/v1/board/live")).status).toBe(426);
    const socket = await call("GET", "/v1/board/live", undefined, {
      ...KEY,
      upgrade: "websocket",
      origin: "https://evil.example",
    });
    expect(socket.status).toBe(403);
  });

  test("the form is public and says nothing of the inside", async () => {
    const form = await send("GET", "/v1/forms/demo");
    expect(form).toMatchObject({
      status: 200,
      json: {
        key: "demo",
        name: "Request a demo",
        fields: [{ name: "email", type: "email", label: "Work e-mail", required: true }],
      },
    });
    expect(form.text).not.toMatch(/allowedOrigins|ana|ben/);
    expectProblem(await send("GET", "/v1/forms/none"), 404);
  });

  test("too many are told when to come back", async () => {
    const tight = {
      ...testEnv,
      LEADCLOCK_RATE_LIMIT: "on",
      SUBMISSION_LIMIT: { limit: () => Promise.resolve({ success: false }) },
    } as unknown as Env;
    const answer = await call(
      "POST",
      "/v1/forms/demo/submissions",
      fresh({ email: "a@b.example" }),
      {},
      tight,
    );
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});

describe("configuration", () => {
  const broken = { ...example, routing: { ...example.routing, default: ["nobody"] } };

  test("a dry run is 200 whatever it finds; publishing errors is 422 with the same body", async () => {
    const dry = await put("/v1/config?dryRun=1", broken);
    expect(dry.status).toBe(200);
    const { version, verification } = dry.json as {
      version: number;
      verification: { errors: { pointer: string }[] };
    };
    expect(version).toBe(1);
    expect(verification.errors.map((each) => each.pointer)).toContain("/routing/default/0");
    const refused = await put("/v1/config", broken);
    expectProblem(refused, 422, "/routing/default/0");
    expect(refused.json).toMatchObject({ version, verification });
    expect((await get("/v1/config")).json).toMatchObject({ workspace: { name: "Acme Robotics" } });
  });
});

describe("match", () => {
  test.each<[string, object, string | null, string]>([
    ["a contact's e-mail", { email: "known@gmail.com" }, "A2", "contact"],
    ["a domain", { email: "x@globex.example" }, "A1", "domain"],
    ["a subdomain", { email: "x@mail.eu.globex.example" }, "A1", "domain"],
    ["a name", { email: "x@nowhere.example", company: "GLOBEX, Inc." }, "A1", "name"],
    ["free mail alone", { email: "x@gmail.com" }, null, "none"],
    ["a junk name", { company: "test" }, null, "none"],
    ["nothing", {}, null, "none"],
  ])("%s", async (_what, lead, account, method) => {
    const { results } = (await post("/v1/match", { leads: [{ id: "q", ...lead }] })).json as {
      results: Record<string, unknown>[];
    };
    expect(results).toHaveLength(1);
    expect(Object.keys(results[0] ?? {}).sort()).toEqual([
      "account",
      "candidates",
      "confidence",
      "id",
      "method",
      "reasons",
    ]);
    expect(results[0]).toMatchObject({ id: "q", method, account: account === null ? null : { id: account } });
  });
});

test("the calendar answers each case", async () => {
  const hours = {
    mon: [["09:00", "17:00"]],
    tue: [
      ["09:00", "12:00"],
      ["13:00", "17:00"],
    ],
  };
  const cases: [object, object][] = [
    [{ start: "2026-11-23T21:55:00Z", add: "PT10M" }, { due: "2026-11-24T14:05:00.000Z" }],
    [{ start: "2026-11-23T21:50:00Z", add: "PT10M" }, { due: "2026-11-23T22:00:00.000Z" }],
    [{ start: "2026-11-21T12:00:00Z", add: "PT0S" }, { due: "2026-11-23T14:00:00.000Z" }],
    [{ from: "2026-11-23T14:00:00Z", to: "2026-11-24T22:00:00Z" }, { seconds: 15 * 3600 }],
    [{ from: "2026-11-24T22:00:00Z", to: "2026-11-23T14:00:00Z" }, { seconds: 0 }],
    [{ at: "2026-11-24T17:00:00Z" }, { open: false }],
    [{ at: "2026-11-24T18:00:00Z" }, { open: true }],
    [{ at: "2026-12-28T15:00:00Z" }, { open: false }],
  ];
  const answer = await post("/v1/calendar", {
    timezone: "America/New_York",
    hours,
    holidays: ["2026-12-28"],
    cases: cases.map(([each]) => each),
  });
  expect(answer.json).toEqual({ results: cases.map(([, result]) => result) });
});

describe("the life of a lead", () => {
  beforeEach(emptyHands);

  const on = async (id: string, path: string, body: object): Promise<Lead> => {
    const answer = await post(`/v1/leads/${id}/${path}`, body);
    expect(answer.status, answer.text).toBe(path === "touches" ? 201 : 200);
    return answer.json as unknown as Lead;
  };

  test("touches: what counts, what doesn't, and once", async () => {
    const { leadId, receipt } = await submit({ email: "touch@touch.example" });
    const uncounted = [
      { channel: "linkedin", outcome: "sent", by: "ben" },
      { channel: "email", automated: true, outcome: "sent", by: "ben" },
      { channel: "call", personal: false, outcome: "reached", by: "ben" },
    ];
    for (const touch of uncounted)
      expect((await on(leadId, "touches", touch)).firstTouchAt, JSON.stringify(touch)).toBeNull();
    at(after(MONDAY_10, 2));
    const first = await on(leadId, "touches", {
      id: "t1",
      channel: "call",
      direction: "outbound",
      personal: true,
      by: "ben",
      outcome: "reached",
    });
    expect(first).toMatchObject({
      status: "working",
      firstTouchAt: after(MONDAY_10, 2),
      secondTouchDueAt: after(MONDAY_10, 32),
    });
    at(after(MONDAY_10, 3));
    const repeat = await post(`/v1/leads/${leadId}/touches`, {
      id: "t1",
      channel: "call",
      by: "ben",
      outcome: "reached",
    });
    expect(repeat).toMatchObject({
      status: 200,
      json: { firstTouchAt: after(MONDAY_10, 2), secondTouchAt: null },
    });
    expect(await on(leadId, "touches", { channel: "email", by: "ben", outcome: "sent" })).toMatchObject({
      firstTouchAt: after(MONDAY_10, 2),
      secondTouchAt: after(MONDAY_10, 3),
    });
    expect((await send("GET", `/v1/receipts/${receipt}`)).json).toMatchObject({
      status: "answered",
      answeredAt: after(MONDAY_10, 2),
    });
    at(MONDAY_10);
  });

  test("a colleague's touch covers: the clock stops, the owner stays", async () => {
    const { leadId } = await submit({ email: "cover@cover.example" });
    const lead = await on(leadId, "touches", { channel: "call", by: "ana", outcome: "reached" });
    expect(lead).toMatchObject({ owner: { id: "ben" }, firstTouchAt: MONDAY_10 });
    expect(lead.timeline.at(-1)?.data).toMatchObject({ counted: "covered" });
  });

  test("accept, stage, handoff, disposition", async () => {
    const { leadId } = await submit({ email: "life@life.example" });
    expectProblem(await post(`/v1/leads/${leadId}/accept`, { by: "ana" }), 409);
    expect((await on(leadId, "accept", { by: "ben" })).stage).toBe("sal");
    expectProblem(await post(`/v1/leads/${leadId}/stage`, { stage: "mql" }), 422, "/stage");
    const handed = await on(leadId, "handoff", { stage: "sql", to: "ana", nextAction: "Prepare a proposal" });
    expect(handed).toMatchObject({ stage: "sql", owner: { id: "ana" } });
    expectProblem(await post(`/v1/leads/${leadId}/disposition`, { code: "gone" }), 422, "/code");
    const closed = await on(leadId, "disposition", {
      code: "not_icp_fit",
      note: "Too small",
      nextStep: "Ask in spring",
      recycleOn: "2027-03-01",
    });
    expect(closed).toMatchObject({
      status: "recycled",
      stage: "recycled",
      disposition: { code: "not_icp_fit", note: "Too small" },
    });
    expect(closed.timeline.map((event) => event.type)).toEqual(
      expect.arrayContaining(["lead.accepted", "lead.handed_off", "lead.closed"]),
    );
  });

  test("reassign counts and tells; without a name the fall-through finds somebody", async () => {
    const { leadId } = await submit({ email: "move@move.example" });
    const moved = await on(leadId, "reassign", { to: "ana", reason: "knows them" });
    expect(moved).toMatchObject({ owner: { id: "ana" }, reassignments: 1, promiseAt: after(MONDAY_10, 10) });
    expect((await on(leadId, "reassign", { reason: "busy" })).owner?.id).toBe("ben");
  });

  test("a bounce that leaves another channel keeps the lead", async () => {
    const { leadId } = await submit({ email: "bounce@bounce.example", phone: "+1 212 555 0199" });
    const lead = await on(leadId, "bounces", {
      kind: "email",
      reason: "550",
      evidence: { grade: "verified" },
    });
    expect(lead).toMatchObject({ status: "new", owner: { id: "ben" } });
    expect(lead.timeline.at(-1)?.type).toBe("lead.bounced");
  });

  test("a queue lets go with its own rule skipped", async () => {
    const { leadId } = await submit({ email: "release.me@gmail.com" });
    expect(await on(leadId, "release", {})).toMatchObject({
      queue: null,
      owner: { id: "ben" },
      routing: { ruleId: "rest" },
    });
  });

  test("another submission of an open lead joins it: same owner, its own receipt", async () => {
    const first = await submit({ email: "join@join.example" });
    const second = await submit({ email: "JOIN@join.example", message: "Hello again" });
    expect(second).toMatchObject({
      leadId: first.leadId,
      acknowledgement: { owner: { name: "Ben" }, promiseAt: first.acknowledgement.promiseAt },
    });
    expect(second.receipt).not.toBe(first.receipt);
  });
});

describe("people", () => {
  beforeEach(emptyHands);

  test("who goes away hands over what is untouched, without a strike; and comes back", async () => {
    const { leadId } = await submit({ email: "away@away.example" });
    const gone = await put("/v1/people/ben/availability", {
      availability: "away",
      until: after(MONDAY_10, 600),
      reason: "dentist",
    });
    expect(gone.status).toBe(200);
    expect((gone.json as { moved: number }).moved).toBeGreaterThan(0);
    expect(await leadOf(leadId)).toMatchObject({ owner: { id: "ana" }, breaches: 0 });
    const people = (await get("/v1/people")).json as {
      people: { id: string; state: string; until: string | null; awaiting: number }[];
    };
    expect(people.people.find((each) => each.id === "ben")).toMatchObject({
      state: "away",
      until: after(MONDAY_10, 600),
      awaiting: 0,
    });
    expect((await leadOf((await submit({ email: "while@gone.example" })).leadId)).owner?.id).toBe("ana");
    expect((await put("/v1/people/ben/availability", { availability: "available" })).status).toBe(200);
    expect((await leadOf((await submit({ email: "back@back.example" })).leadId)).owner?.id).toBe("ben");
  });

  test("time off hands over too, and can be cancelled", async () => {
    const { leadId } = await submit({ email: "off@off.example" });
    const taken = await post("/v1/people/ben/time-off", { start: MONDAY_10, end: after(MONDAY_10, 60) });
    expect(taken.status).toBe(201);
    expect((await leadOf(leadId)).owner?.id).toBe("ana");
    const { timeOff } = (await get("/v1/people")).json as { timeOff: object[] };
    expect(timeOff).toEqual([
      { id: taken.json["id"], person: "ben", start: MONDAY_10, end: after(MONDAY_10, 60), reason: null },
    ]);
    expect(
      (await send("DELETE", `/v1/people/ben/time-off/${String(taken.json["id"])}`, null, KEY)).status,
    ).toBe(204);
    expectProblem(
      await send("DELETE", `/v1/people/ben/time-off/${String(taken.json["id"])}`, null, KEY),
      404,
    );
  });
});
