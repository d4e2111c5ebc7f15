/** The clock of a lead: warning, breach with reassignment, second touch, reply, after hours; each exactly once. */
import { describe, expect, test } from "vitest";
import { budgeted } from "../../worker/flows/budget.ts";
import { leadIdOf } from "../../worker/flows/identity.ts";
import { wakeShard } from "../../worker/flows/wake-shard.ts";
import { shardOf } from "../../worker/store/clocks.ts";
import {
  asCron,
  call,
  capture,
  document,
  publish,
  quietEnv,
  settled,
  submission,
  testEnv,
} from "./support/workspace.ts";
import { at, lead, MINUTE, NOON, ring, types, useNoon } from "./support/life.ts";
import type { Lead } from "../../schema/wire/lead.ts";

useNoon();

describe("first touch", () => {
  test("warns at 70 % of the target, then breaches and moves on by itself, once however often the alarm comes", async () => {
    const { body } = await capture(submission());
    const first = (await lead(body.leadId)).owner?.id;
    await ring(body.leadId, NOON + 7 * MINUTE);
    const warned = await lead(body.leadId);
    expect(types(warned)).toContain("sla.warned");
    expect(warned.owner?.id).toBe(first);
    await ring(body.leadId, NOON + 10 * MINUTE, 3);
    const moved = await lead(body.leadId);
    expect(moved.reassignments).toBe(1);
    expect(moved.breaches).toBe(1);
    expect(moved.owner?.id).not.toBe(first);
    expect(types(moved).filter((type) => type === "lead.reassigned")).toHaveLength(1);
    expect(moved.firstTouchDueAt).toBe(new Date(NOON + 20 * MINUTE).toISOString());
    expect(moved.promiseAt).toBe(body.acknowledgement.promiseAt);
    const mails = await testEnv.DB.prepare(
      "SELECT kind, recipient FROM outbox WHERE lead_id = ?1 ORDER BY kind",
    )
      .bind(body.leadId)
      .all();
    expect(mails.results).toEqual(
      expect.arrayContaining([
        { kind: "sla.breached", recipient: "person:mia" },
        { kind: "lead.taken", recipient: "previous" },
        { kind: "lead.reassigned", recipient: "owner" },
        { kind: "sla.warning", recipient: "owner" },
      ]),
    );
  });

  test("goes from the team to the manager, the default chain, and ends at a human who is reminded", async () => {
    const { body } = await capture(submission());
    const owners: (string | undefined)[] = [];
    let time = NOON;
    for (let i = 0; i < 4; i++) {
      owners.push((await lead(body.leadId)).owner?.id);
      time += 10 * MINUTE;
      await ring(body.leadId, time);
    }
    expect(new Set(owners.slice(0, 2))).toEqual(new Set(["ben", "cleo"]));
    expect(owners.slice(2)).toEqual(["mia", "last"]);
    const end = await lead(body.leadId);
    expect(end.owner?.id).toBe("last");
    expect(end.reassignments).toBe(3);
    expect(end.timers.map((timer) => timer.kind)).toEqual(["reminder"]);
    await ring(body.leadId, time + 30 * MINUTE);
    expect(types(await lead(body.leadId)).filter((type) => type === "sla.escalated")).toHaveLength(2);
  });

  test("by the owner stops the clock and arms the second touch", async () => {
    const { body } = await capture(submission());
    const owner = (await lead(body.leadId)).owner?.id;
    at(NOON + 3 * MINUTE);
    const touched = await call<Lead>("POST", `/v1/leads/${body.leadId}/touches`, {
      channel: "call",
      outcome: "connected",
      by: owner,
    });
    expect(touched.status).toBe(201);
    expect(touched.body).toMatchObject({
      status: "working",
      firstTouchAt: new Date(NOON + 3 * MINUTE).toISOString(),
      secondTouchDueAt: new Date(NOON + 33 * MINUTE).toISOString(),
    });
    await ring(body.leadId, NOON + 10 * MINUTE);
    expect((await lead(body.leadId)).reassignments).toBe(0);
    await ring(body.leadId, NOON + 33 * MINUTE);
    const due = await lead(body.leadId);
    expect(types(due)).toContain("sla.second_touch_due");
    expect(due.timers.length).toBeGreaterThan(0);
  });

  test.each([
    ["automated, without a way to answer", { channel: "email", automated: true, outcome: "sent" }],
    ["not personal", { channel: "email", personal: false, outcome: "sent" }],
    ["on a channel that isn't accepted", { channel: "letter", outcome: "sent" }],
    ["without an outcome", { channel: "call" }],
  ])("%s doesn't count", async (_name, touch) => {
    const { body } = await capture(submission());
    const answer = await call<Lead>("POST", `/v1/leads/${body.leadId}/touches`, touch);
    expect(answer.status).toBe(201);
    expect(answer.body.firstTouchAt).toBeNull();
    expect(answer.body.timeline.at(-1)?.data).toMatchObject({ counted: "not counted" });
  });

  test("by a colleague is covered: the clock stops, the owner stays", async () => {
    const { body } = await capture(submission());
    const owner = (await lead(body.leadId)).owner?.id;
    const colleague = owner === "ben" ? "cleo" : "ben";
    const answer = await call<Lead>("POST", `/v1/leads/${body.leadId}/touches`, {
      channel: "call",
      outcome: "connected",
      by: colleague,
    });
    expect(answer.body.firstTouchAt).not.toBeNull();
    expect(answer.body.owner?.id).toBe(owner);
    expect(answer.body.timeline.at(-1)?.data).toMatchObject({ counted: "covered" });
  });

  test("sent twice under one id is one touch", async () => {
    const { body } = await capture(submission());
    const touch = { id: "t1", channel: "call", outcome: "connected" };
    expect((await call("POST", `/v1/leads/${body.leadId}/touches`, touch)).status).toBe(201);
    expect((await call("POST", `/v1/leads/${body.leadId}/touches`, touch)).status).toBe(200);
    for (const other of [
      { channel: "email" },
      { outcome: "voicemail" },
      { at: new Date(NOON).toISOString() },
    ])
      expect((await call("POST", `/v1/leads/${body.leadId}/touches`, { ...touch, ...other })).status).toBe(
        "at" in other ? 200 : 409,
      );
    expect(types(await lead(body.leadId)).filter((type) => type === "lead.touched")).toHaveLength(1);
  });
});

describe("after hours", () => {
  const office = {
    id: "office",
    timezone: "UTC",
    hours: { mon: [["09:00", "17:00"]], tue: [["09:00", "17:00"]], wed: [["09:00", "17:00"]] } as never,
  };
  const closedTeam = () =>
    document({
      calendars: [office],
      teams: [
        {
          id: "smb",
          name: "SMB",
          calendar: "office",
          manager: "mia",
          members: [{ person: "ben" }, { person: "cleo" }],
        },
      ],
    });

  test("an owner and a promise in the next window; nobody is told before it opens", async () => {
    await publish(closedTeam());
    at(Date.parse("2037-11-23T20:00:00.000Z"));
    const { body } = await capture(submission());
    expect(body.acknowledgement).toMatchObject({
      kind: "after_hours",
      owner: null,
      promiseAt: "2037-11-24T09:10:00.000Z",
    });
    const night = await lead(body.leadId);
    expect(night).toMatchObject({ provisional: true, clockStartsAt: "2037-11-24T09:00:00.000Z" });
    expect(["ben", "cleo"]).toContain(night.owner?.id);
    const before = await testEnv.DB.prepare("SELECT kind FROM outbox WHERE lead_id = ?1")
      .bind(body.leadId)
      .all<{ kind: string }>();
    expect(before.results.map((row) => row.kind)).toEqual(["visitor.acknowledged"]);
    await ring(body.leadId, Date.parse("2037-11-24T09:00:00.000Z"));
    const morning = await lead(body.leadId);
    expect(morning).toMatchObject({ provisional: false, firstTouchDueAt: "2037-11-24T09:10:00.000Z" });
    expect(types(morning)).toContain("lead.opened");
    const after = await testEnv.DB.prepare(
      "SELECT kind FROM outbox WHERE lead_id = ?1 AND recipient = 'owner'",
    )
      .bind(body.leadId)
      .all<{ kind: string }>();
    expect(after.results.map((row) => row.kind)).toEqual(["lead.opened"]);
  });
});

describe("the visitor's receipt", () => {
  const receipt = async (token: string) =>
    (
      await call<{
        late: boolean;
        message: string;
        owner: { name: string } | null;
        answeredAt: string | null;
      }>("GET", `/v1/receipts/${token}`)
    ).body;

  test("admits a missed promise, and names whoever has it now", async () => {
    const { body } = await capture(submission());
    const told = await receipt(body.receipt);
    expect(told).toMatchObject({ late: false, message: body.acknowledgement.message });
    await ring(body.leadId, NOON + 10 * MINUTE);
    at(NOON + 11 * MINUTE);
    const late = await receipt(body.receipt);
    const owner = (await lead(body.leadId)).owner?.name ?? "";
    expect(late.late).toBe(true);
    expect(late.message).toMatch(/^We are sorry: you were to hear from us today by 12:10 \(UTC\)/);
    expect(late.message).toContain(`${owner} has your request now`);
    expect(late.message).not.toContain(body.acknowledgement.owner?.name ?? "nobody");
  });

  test("names the new owner under the old promise while it can be kept", async () => {
    const { body } = await capture(submission());
    const first = body.acknowledgement.owner?.name ?? "";
    await call("POST", `/v1/leads/${body.leadId}/reassign`, { reason: "busy" });
    const now = await receipt(body.receipt);
    const owner = (await lead(body.leadId)).owner?.name ?? "";
    expect(owner).not.toBe(first);
    expect(now.message).toBe(body.acknowledgement.message.replace(first, owner));
  });

  test("is late once the minute that was told is over, not the second within it that the clock enforces", async () => {
    at(NOON + 30_000);
    const { body } = await capture(submission());
    expect(body.acknowledgement.message).toContain("today by 12:11 (UTC)");
    at(NOON + 10.9 * MINUTE);
    expect((await receipt(body.receipt)).late).toBe(false);
    at(NOON + 11 * MINUTE + 1);
    expect((await receipt(body.receipt)).late).toBe(true);
  });

  test("after an answer it says what was done; a request that comes later waits for an answer of its own", async () => {
    const email = "again@receipts.example";
    const first = (await capture(submission({ email }))).body;
    const touch = (time: number, outcome: string) => {
      at(time);
      return call("POST", `/v1/leads/${first.leadId}/touches`, { channel: "call", by: "mia", outcome });
    };
    await touch(NOON + 2 * MINUTE, "connected");
    expect(await receipt(first.receipt)).toMatchObject({
      status: "answered",
      message:
        "We reached out to you today at 12:02 (UTC). If you missed it, look among your calls and into your spam folder.",
    });
    at(NOON + 5 * MINUTE);
    const second = (await capture(submission({ email }))).body;
    expect(second.leadId).toBe(first.leadId);
    expect(await receipt(second.receipt)).toMatchObject({
      status: "assigned",
      answeredAt: null,
      message: second.acknowledgement.message,
    });
    await touch(NOON + 6 * MINUTE, "connected");
    const answered = { status: "answered", answeredAt: new Date(NOON + 6 * MINUTE).toISOString() };
    expect(await receipt(second.receipt)).toMatchObject(answered);
    expect(await receipt(first.receipt)).toMatchObject({
      answeredAt: new Date(NOON + 2 * MINUTE).toISOString(),
    });
  });

  test("of a closed request it says so, and promises nothing any more", async () => {
    const { body } = await capture(submission());
    await call("POST", `/v1/leads/${body.leadId}/disposition`, { code: "not_a_fit", nextStep: "None" });
    expect(await receipt(body.receipt)).toMatchObject({
      status: "closed",
      message:
        "This request is closed: we don’t work on it any more. If there is anything else, please send the form again.",
    });
  });
});

describe("acceptance", () => {
  test("that doesn't come in time is told to the manager; accepting stops it", async () => {
    await publish(document({ sla: [{ id: "standard", acceptWithin: "PT5M" }] }));
    const silent = (await capture(submission())).body.leadId;
    const accepted = (await capture(submission())).body.leadId;
    expect((await call("POST", `/v1/leads/${accepted}/accept`, {})).status).toBe(200);
    await ring(silent, NOON + 5 * MINUTE);
    await ring(accepted, NOON + 5 * MINUTE);
    const told = (view: Lead) => view.timeline.filter((event) => event.type === "sla.breached");
    expect(told(await lead(silent)).map((event) => event.data["target"])).toEqual(["accept"]);
    expect(told(await lead(accepted))).toEqual([]);
  });
});

describe("closing", () => {
  test("needs a code of the document, then nothing waits any more", async () => {
    const { body } = await capture(submission());
    expect((await call("POST", `/v1/leads/${body.leadId}/disposition`, { code: "whatever" })).status).toBe(
      422,
    );
    const closed = await call<Lead>("POST", `/v1/leads/${body.leadId}/disposition`, {
      code: "not_a_fit",
      nextStep: "none",
    });
    expect(closed.body).toMatchObject({ status: "recycled", stage: "recycled", timers: [] } as never);
    const again = (more: object) =>
      call("POST", `/v1/leads/${body.leadId}/disposition`, { code: "not_a_fit", nextStep: "none", ...more });
    expect((await again({})).status).toBe(200);
    for (const other of [{ recycleOn: "2038-01-11" }, { nextStep: "call in spring" }, { suppress: true }])
      expect((await again(other)).status).toBe(409);
    expect(
      (await call("POST", `/v1/leads/${body.leadId}/disposition`, { code: "won", nextStep: "x" })).status,
    ).toBe(409);
  });
});

test("a clock looks for room between portions of its leads, and asks to be rung again", async () => {
  for (let n = 0, due = 0; due < 12; n++) {
    if (shardOf(await leadIdOf("demo", `room-${n}`)) !== "a") continue;
    await capture(submission({ email: `room${++due}@room${due}.example` }, `room-${n}`), quietEnv, true);
  }
  await settled();
  // Time to warn their owners.
  at(NOON + 8 * MINUTE);
  const shift = await asCron(async (deps) => {
    const limited = budgeted(deps, 21);
    const { woken, again } = await wakeShard(limited, "a", new Map());
    return {
      woken: woken.length,
      errors: woken.flatMap(({ errors }) => errors),
      again,
      left: limited.left?.(),
    };
  });
  expect(shift).toMatchObject({ woken: 4, errors: [], again: true });
  expect(shift.left).toBeGreaterThanOrEqual(0);
});
