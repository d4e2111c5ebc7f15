/**
 * The wire contract as somebody outside would check it: the document of the specification is published over HTTP as it
 * stands there, and every statement about an answer is a row here.
 */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Env } from "../../worker/env.ts";
import type { Lead } from "../../schema/wire/lead.ts";
import {
  after,
  at,
  emptyHands,
  fresh,
  get,
  leadOf,
  MONDAY_10,
  publishExample,
  submit,
} from "./support/contract.ts";
import { expectProblem, expectWhole, KEY, post, send } from "./support/hostile.ts";
import { call, testEnv, type Captured } from "./support/workspace.ts";

beforeAll(publishExample);
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
    ["at night", "2037-11-24T07:00:00.000Z", "2037-11-24T14:10:00.000Z"],
    ["at lunch on a Tuesday", "2037-11-24T17:30:00.000Z", "2037-11-24T18:10:00.000Z"],
    ["five minutes before lunch", "2037-11-24T16:55:00.000Z", "2037-11-24T18:05:00.000Z"],
    [
      "from Tuesday evening to Monday: the example works two days",
      "2037-11-24T22:30:00.000Z",
      "2037-11-30T14:10:00.000Z",
    ],
    ["on a Monday that is a holiday of the set", "2037-09-07T16:00:00.000Z", "2037-09-08T13:10:00.000Z"],
  ])("%s", async (_what, now, promiseAt) => {
    at(now);
    const { acknowledgement, leadId } = await submit({ email: `v@night${Date.parse(now)}.example` });
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
