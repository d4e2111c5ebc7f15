/** What comes to light late, twice or from a machine changes nothing that it shouldn't; a life that begins anew is its own. */
import { describe, expect, test } from "vitest";
import type { ConfigInput } from "../../schema/config/document.ts";
import type { ActivitiesAnswer } from "../../schema/wire/activities.ts";
import { returnDue } from "../../worker/flows/return.ts";
import { depsFor } from "../../worker/ports.ts";
import { undispatched } from "./support/outbox.ts";
import { document, testEnv } from "./support/workspace.ts";
import {
  api,
  at,
  captured,
  DAY,
  given,
  HOUR,
  kinds,
  lead,
  letBreach,
  mails,
  MINUTE,
  NOON,
  on,
  owner,
  ring,
  stateOf,
  tasks,
  touch,
  types,
  useLife,
  withDan,
} from "./support/life.ts";

const { DB } = testEnv;
const iso = (time: number): string => new Date(time).toISOString();

const policy = (): ConfigInput => ({
  ...withDan(),
  queues: [
    ...document().queues!,
    {
      id: "cleanup",
      name: "Data cleanup",
      steward: "mia",
      backupSteward: "last",
      purpose: "data_cleanup" as const,
    },
  ],
  sla: [{ id: "standard", effort: { attempts: 2, channels: 2, within: "P1D" } }],
  dispositions: [
    ...document().dispositions!,
    { code: "booked", label: "Meeting booked", outcome: "scheduled" },
    { code: "spam", label: "Spam", outcome: "disqualified", invalid: true },
  ],
});

useLife(policy);

const sync = async (...activities: object[]): Promise<ActivitiesAnswer> =>
  (await api<ActivitiesAnswer>("POST", "/v1/activities", { activities })).body;
const reply = (leadId: string, id: string, time: number, more: object = {}) =>
  sync({ source: "crm", id, type: "reply", at: iso(time), leadId, ...more });
const recycle = (id: string, more: object = {}) =>
  on(id, "disposition", { code: "not_a_fit", nextStep: "later", ...more });

describe("a suspension", () => {
  test("isn't lifted by whatever else is recorded of them later; only a strike that is voided lifts it", async () => {
    await letBreach("ben", NOON + 10 * MINUTE);
    const second = await letBreach("ben", NOON + 7 * DAY - 2 * HOUR);
    expect(await stateOf("ben")).toBe("suspended");
    at(NOON + 7 * DAY + 2 * HOUR);
    const other = await given("ben");
    at(NOON + 7 * DAY + 2 * HOUR + 2 * MINUTE);
    await touch(other, "ben", {
      at: iso(NOON + 7 * DAY + 2 * HOUR + MINUTE),
      evidence: { grade: "verified" },
    });
    expect((await lead(other)).firstTouchAt).not.toBeNull();
    expect(await stateOf("ben")).toBe("suspended");
    const inTime = { at: iso(NOON + 7 * DAY - 2 * HOUR - MINUTE), evidence: { grade: "verified" } };
    at(NOON + 8 * DAY);
    expect(types(await touch(second, "ben", inTime))).toContain("sla.strike_voided");
    expect(await stateOf("ben")).toBe("available");
  });

  test("stays where a later strike stands for the one that was voided", async () => {
    await letBreach("ben", NOON + 10 * MINUTE);
    const second = await letBreach("ben", NOON + DAY);
    await letBreach("ben", NOON + 2 * DAY);
    await touch(second, "ben", { at: iso(NOON + DAY - MINUTE), evidence: { grade: "verified" } });
    expect(await stateOf("ben")).toBe("suspended");
  });
});

describe("a reply", () => {
  test("from before the closing, or from a machine, brings nobody back; a real one does, even if we died over it", async () => {
    const id = await captured();
    at(NOON + HOUR);
    await recycle(id);
    at(NOON + 2 * HOUR);
    expect(await reply(id, "early", NOON + 30 * MINUTE)).toMatchObject({ recorded: 1 });
    expect((await lead(id)).status).toBe("recycled");
    expect(await reply(id, "robot", NOON + 90 * MINUTE, { automated: true })).toMatchObject({ recorded: 1 });
    const still = await lead(id);
    expect(still.status).toBe("recycled");
    expect(still.timeline.at(-1)?.data).toMatchObject({ counted: "not counted" });
    // Written down, and then the Worker was gone.
    await DB.prepare(
      `INSERT INTO touches (id, lead_id, channel, direction, owned, covered, grade, at, recorded_at)
       VALUES ('activity:crm:real', ?1, 'email', 'inbound', 0, 0, 'verified', ?2, ?2)`,
    )
      .bind(id, NOON + 95 * MINUTE)
      .run();
    expect(await reply(id, "real", NOON + 95 * MINUTE)).toMatchObject({ recorded: 0, repeated: 1 });
    expect((await lead(id)).status).toBe("new");
    at(NOON + 3 * HOUR);
    await recycle(id);
    expect(await reply(id, "real", NOON + 95 * MINUTE)).toMatchObject({ repeated: 1 });
    expect((await lead(id)).status).toBe("recycled");
  });

  test("from before the first touch doesn't end the waiting for one to it, and a machine's ends nothing", async () => {
    const id = await captured();
    at(NOON + 5 * MINUTE);
    const touched = await touch(id, await owner(id));
    at(NOON + 6 * MINUTE);
    await reply(id, "before-touch", NOON + 2 * MINUTE);
    await reply(id, "out-of-office", NOON + 6 * MINUTE, { automated: true });
    expect(kinds(await lead(id))).toEqual(kinds(touched));
    await reply(id, "after-touch", NOON + 6 * MINUTE);
    expect(kinds(await lead(id))).toEqual(["effort"]);
  });
});

describe("an erased lead", () => {
  test("takes nothing in and never comes back", async () => {
    const id = await captured({ email: "gone@gone.example" });
    await recycle(id, { recycleOn: "2037-11-30" });
    expect((await api("POST", "/v1/privacy/erase", { email: "gone@gone.example" })).status).toBe(200);
    at(NOON + HOUR);
    const answer = await reply(id, "to-erased", NOON + 30 * MINUTE, { body: "It is me, Robin" });
    expect(answer).toMatchObject({ recorded: 0, rejected: [{ id: "to-erased" }] });
    const call = { source: "crm", id: "call-erased", type: "call", at: iso(NOON + MINUTE), leadId: id };
    expect(await sync(call)).toMatchObject({ recorded: 0, rejected: [{ id: "call-erased" }] });
    expect(await DB.prepare("SELECT 1 FROM touches WHERE lead_id = ?1").bind(id).first()).toBeNull();
    expect((await lead(id)).status).toBe("recycled");
  });
});

describe("a lead that came back", () => {
  const back = async (): Promise<void> => {
    at(NOON + 7 * DAY);
    const deps = depsFor(undispatched, () => undefined);
    expect(await returnDue(deps, deps.now())).toBe(1);
  };

  test("begins anew: what was missed, said and done before counts no more", async () => {
    const id = await captured();
    await ring(id, NOON + 10 * MINUTE);
    expect((await lead(id)).breaches).toBe(1);
    await touch(id, await owner(id), { outcome: "connected" });
    await touch(id, undefined, { channel: "email", direction: "inbound", outcome: null });
    await recycle(id, { recycleOn: "2037-11-30" });
    await back();
    const now = await lead(id);
    expect(now.breaches).toBe(0);
    const close = { code: "not_a_fit", nextStep: "none", by: now.owner?.id };
    const refused = await api("POST", `/v1/leads/${id}/disposition`, close);
    expect(refused).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining("2 more attempts") as string },
    });
    at(NOON + 7 * DAY + MINUTE);
    await touch(id, now.owner?.id, { outcome: "connected" });
    await on(id, "disposition", close);
  });

  test("comes, when it is missed, to whoever has time, though they missed it in its former life", async () => {
    const id = await given("ben");
    await ring(id, NOON + 10 * MINUTE);
    const missed = ["ben", await owner(id)];
    await ring(id, NOON + 20 * MINUTE);
    await recycle(id, { recycleOn: "2037-11-30" });
    await back();
    await ring(id, NOON + 7 * DAY + 10 * MINUTE);
    expect(missed).toContain(await owner(id));
  });

  test("isn't touched by a call from before", async () => {
    const id = await captured();
    at(NOON + MINUTE);
    await recycle(id, { recycleOn: "2037-11-30" });
    await back();
    await sync({ source: "crm", id: "old-call", type: "call", at: iso(NOON + 30_000), leadId: id });
    const now = await lead(id);
    expect(now.firstTouchAt).toBeNull();
    expect(now.timeline.at(-1)?.data).toMatchObject({ first: false });
    expect(kinds(now)).toContain("firstTouch");
  });
});

describe("a call", () => {
  test("from before the request is kept and is no touch of it; one that a clock puts just before it is", async () => {
    const [early, skewed] = [await captured(), await captured()];
    at(NOON + 2 * MINUTE);
    const call = { source: "crm", type: "call" };
    await sync({ ...call, id: "4-before", leadId: early, at: iso(NOON - 4 * MINUTE) });
    await sync({ ...call, id: "20-s", leadId: skewed, at: iso(NOON - 20_000) });
    const kept = await lead(early);
    expect(kept.firstTouchAt).toBeNull();
    expect(kinds(kept)).toContain("firstTouch");
    expect(kept.timeline.at(-1)?.data).toMatchObject({ at: iso(NOON - 4 * MINUTE), counted: "not counted" });
    expect((await lead(skewed)).firstTouchAt).toBe(iso(NOON));
  });

  test("to somebody who has a meeting doesn't put another next step in its place", async () => {
    const id = await captured();
    const by = await owner(id);
    await touch(id, by);
    const nextActionAt = iso(NOON + 3 * DAY);
    await on(id, "disposition", { code: "booked", nextStep: "Meet", nextActionAt });
    at(NOON + MINUTE);
    expect(await touch(id, by)).toMatchObject({ status: "scheduled", nextActionAt });
  });
});

describe("tasks", () => {
  test("that were asked for after a touch aren't done by it; those it would have spared are", async () => {
    const id = await given("ben");
    at(NOON + MINUTE);
    await touch(id, "ben");
    await ring(id, NOON + 31 * MINUTE);
    at(NOON + 32 * MINUTE);
    await on(id, "handoff", { stage: "sql", to: "cleo", nextAction: "Propose" });
    at(NOON + 40 * MINUTE);
    const open = async () => (await tasks(`lead=${id}`)).map(({ kind }) => kind).toSorted();
    expect(await open()).toEqual(["handoff", "secondTouch"]);
    const call = { source: "crm", type: "call", leadId: id };
    await sync({ ...call, id: "at-20", at: iso(NOON + 20 * MINUTE), by: "ben@acme.example" });
    expect(await open()).toEqual(["handoff"]);
    expect(kinds(await lead(id))).toContain("takeoverTouch");
    await sync({ ...call, id: "at-39", at: iso(NOON + 39 * MINUTE), by: "cleo@acme.example" });
    expect(await open()).toEqual([]);
    expect(kinds(await lead(id))).not.toContain("takeoverTouch");
  });
});

describe("the watch over tasks", () => {
  test("stays with a task that a reply doesn't do, and isn't put off by the next one", async () => {
    const id = await given("ben");
    await touch(id, "ben");
    await on(id, "reassign", { to: "cleo", reason: "test" });
    await ring(id, NOON + 30 * MINUTE);
    const watch = async () => (await lead(id)).timers.find(({ kind }) => kind === "untouchedTask")?.dueAt;
    expect(await watch()).toBe(iso(NOON + DAY + 30 * MINUTE));
    await ring(id, NOON + 4 * HOUR);
    expect(await watch()).toBe(iso(NOON + DAY + 30 * MINUTE));
    await touch(id, undefined, { channel: "email", direction: "inbound", outcome: null });
    expect((await tasks(`lead=${id}`)).map(({ kind }) => kind)).toEqual(["takeoverTouch"]);
    expect(await watch()).toBe(iso(NOON + DAY + 30 * MINUTE));
  });

  test("is there for a bounce that somebody is to look into, and says nothing once that is done", async () => {
    const told = async (id: string) =>
      (await mails(id)).filter((mail) => mail.startsWith("sla.untouched")).length;
    const [left, done] = [await captured(), await captured()];
    for (const id of [left, done]) {
      await touch(id, await owner(id));
      await on(id, "bounces", { kind: "email", reason: "odd" });
      expect(kinds(await lead(id))).toContain("untouchedTask");
    }
    await DB.prepare("UPDATE tasks SET done_at = ?2 WHERE lead_id = ?1").bind(done, NOON).run();
    for (const id of [left, done]) await ring(id, NOON + DAY);
    expect([await told(left), await told(done)]).toEqual([1, 0]);
  });
});

describe("a bounce", () => {
  test("is for a steward who is there, and asks for nothing where it is being mended", async () => {
    await DB.batch([
      DB.prepare("INSERT INTO people_state (person_id, deactivated_at, updated_at) VALUES ('mia', 1, 1)"),
      DB.prepare("UPDATE revisions SET people = people + 1"),
    ]);
    const id = await captured();
    await on(id, "bounces", { kind: "email", reason: "looks odd" });
    expect(await tasks(`lead=${id}`)).toMatchObject([{ kind: "confirmBounce", owner: { id: "last" } }]);
    const other = await captured();
    const verified = { kind: "email", reason: "550", evidence: { grade: "verified" } };
    expect((await on(other, "bounces", verified)).queue?.id).toBe("cleanup");
    await on(other, "bounces", verified);
    expect(await tasks(`lead=${other}`)).toEqual([]);
  });
});

describe("the next action", () => {
  test.each([
    ["has passed", NOON - HOUR],
    ["is beyond a year", NOON + 370 * DAY],
  ])("is refused where it %s", async (_, time) => {
    const id = await captured();
    const nextActionAt = iso(time);
    const refusal = { status: 422, body: { errors: [{ pointer: "/nextActionAt" }] } };
    expect(
      await api("POST", `/v1/leads/${id}/disposition`, { code: "booked", nextStep: "Meet", nextActionAt }),
    ).toMatchObject(refusal);
    const handoff = { stage: "sql", to: "cleo", nextAction: "Call", nextActionAt };
    expect(await api("POST", `/v1/leads/${id}/handoff`, handoff)).toMatchObject(refusal);
  });
});

test("who was reached by any word for it may be given up, and who is nobody", async () => {
  for (const more of [{ outcome: "Spoke with them" }, { channel: "meeting", outcome: "done" }]) {
    const id = await captured();
    const by = await owner(id);
    await touch(id, by, more);
    await on(id, "disposition", { code: "not_a_fit", nextStep: "none", by });
  }
  const missed = await captured();
  const by = await owner(missed);
  await touch(missed, by, { channel: "meeting", outcome: "no_show" });
  const close = { code: "not_a_fit", nextStep: "none", by };
  expect((await api("POST", `/v1/leads/${missed}/disposition`, close)).status).toBe(422);
  // Behind a lead that was none there is nobody to reach.
  const spam = { ...close, code: "spam" };
  expect((await api("POST", `/v1/leads/${missed}/disposition`, spam)).status).toBe(200);
});
