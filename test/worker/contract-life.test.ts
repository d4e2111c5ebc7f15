/** The wire contract, second part: what people do with a lead, and what becomes of leads whose people go away. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Lead } from "../../schema/wire/lead.ts";
import {
  after,
  at,
  emptyHands,
  get,
  leadOf,
  MONDAY_10,
  publishExample,
  put,
  submit,
} from "./support/contract.ts";
import { expectProblem, expectWhole, KEY, post, send } from "./support/hostile.ts";

beforeAll(publishExample);
afterAll(async () => {
  vi.useRealTimers();
  await expectWhole();
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
    expectProblem(await post(`/v1/leads/${leadId}/stage`, { stage: "mql" }), 422, "/stage");
    expect((await on(leadId, "accept", { by: "ben" })).stage).toBe("sal");
    expectProblem(await post(`/v1/leads/${leadId}/stage`, { stage: "mql" }), 409, "/stage");
    const handed = await on(leadId, "handoff", { stage: "sql", to: "ana", nextAction: "Prepare a proposal" });
    expect(handed).toMatchObject({ stage: "sql", owner: { id: "ana" } });
    expectProblem(await post(`/v1/leads/${leadId}/disposition`, { code: "gone" }), 422, "/code");
    const closed = await on(leadId, "disposition", {
      code: "not_icp_fit",
      note: "Too small",
      nextStep: "Ask in spring",
      recycleOn: "2038-03-01",
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
      {
        id: taken.json["id"],
        person: "ben",
        start: MONDAY_10,
        end: after(MONDAY_10, 60),
        reason: null,
        feed: null,
      },
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
