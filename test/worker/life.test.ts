/** The life of a lead: strikes, every timer of the table, tasks, activities, corrections, closing and coming back. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Strike } from "../../schema/wire/board.ts";
import type { Feed } from "../../schema/wire/feed.ts";
import type { Lead } from "../../schema/wire/lead.ts";
import type { TaskList, Task } from "../../schema/wire/tasks.ts";
import type { ActivitiesAnswer } from "../../schema/wire/activities.ts";
import type { ReplanAnswer } from "../../schema/wire/replan.ts";
import { takeActivities } from "../../worker/flows/activities.ts";
import { budgeted } from "../../worker/flows/budget.ts";
import { peopleNow } from "../../worker/flows/board.ts";
import { sweep } from "../../worker/flows/sweep.ts";
import { depsFor } from "../../worker/ports.ts";
import { readFeed } from "../../worker/store/feed.ts";
import { expectWhole } from "./support/hostile.ts";
import { undispatched } from "./support/outbox.ts";
import { document, person, publish, testEnv } from "./support/workspace.ts";
import {
  api,
  at,
  captured,
  DAY,
  HOUR,
  kinds,
  lead,
  mails,
  MINUTE,
  NOON,
  on,
  ring,
  told,
  touch,
  types,
} from "./support/life.ts";

const team = (...members: string[]) => [
  {
    id: "smb",
    name: "SMB",
    calendar: "always",
    manager: "mia",
    members: members.map((id) => ({ person: id })),
  },
];
const withDan = () =>
  document({
    people: [...document().people, person("dan", { manager: "mia" })],
    teams: team("ben", "cleo", "dan"),
  });

/** Earlier tests' leads and strikes are out of the way. */
const fresh = () =>
  testEnv.DB.batch([
    testEnv.DB.prepare(
      "UPDATE leads SET status = 'disqualified', open = 0, generation = generation + 1 WHERE open = 1",
    ),
    testEnv.DB.prepare("DELETE FROM strikes"),
    testEnv.DB.prepare("DELETE FROM people_state"),
    testEnv.DB.prepare("UPDATE revisions SET people = people + 1"),
  ]);

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  at(NOON);
  await fresh();
  await publish(withDan());
});

afterEach(async () => {
  vi.useRealTimers();
  await expectWhole();
});

const owner = async (id: string): Promise<string> => (await lead(id)).owner?.id ?? "";
const people = async () =>
  (await api<{ people: { id: string; state: string }[]; strikes: Strike[] }>("GET", "/v1/people")).body;
const stateOf = async (id: string) => (await people()).people.find((each) => each.id === id)?.state;
const tasks = async (query: string): Promise<Task[]> =>
  (await api<TaskList>("GET", `/v1/tasks?${query}`)).body.tasks;

/** Somebody lets a lead of theirs breach at `time`; answers the lead. */
const letBreach = async (by: string, time: number): Promise<string> => {
  at(time - 10 * MINUTE);
  const id = await captured();
  if ((await owner(id)) !== by) {
    await on(id, "reassign", { to: by, reason: "test" });
    await told(id);
  }
  await ring(id, time);
  return id;
};

describe("strikes", () => {
  test("the second in seven days takes out of new assignment until a manager reinstates", async () => {
    const first = await letBreach("ben", NOON + 10 * MINUTE);
    expect((await lead(first)).timeline.find(({ type }) => type === "sla.breached")?.data).toMatchObject({
      attribution: "person",
      because: expect.stringContaining("had been told") as string,
    });
    expect(await stateOf("ben")).toBe("available");
    const second = await letBreach("ben", NOON + 2 * DAY);
    expect(await stateOf("ben")).toBe("suspended");
    expect(await mails(second)).toEqual(
      expect.arrayContaining(["person.suspended to person:mia", "person.paused to person:ben"]),
    );
    const { strikes } = await people();
    expect(strikes.filter((strike) => strike.person === "ben" && strike.counts)).toHaveLength(2);
    // However much others missed since, they see all their own.
    const others = Array.from({ length: 1000 }, (_, n) => `other${n}`);
    await testEnv.DB.prepare(
      `INSERT INTO strikes (id, person_id, lead_id, at, attribution)
       SELECT value, 'cleo', ?2, ?3, 'nobody' FROM json_each(?1)`,
    )
      .bind(JSON.stringify(others), second, NOON + 2 * DAY + 11 * MINUTE)
      .run();
    const own = await peopleNow(testEnv.DB, Date.now(), { only: "ben" });
    expect(own.strikes.map(({ person: id }) => id)).toEqual(["ben", "ben"]);
    // Publishing again, or an older version, revives nobody.
    await publish(withDan());
    for (let i = 0; i < 4; i++) {
      const next = await lead(await captured());
      expect(next.owner?.id).not.toBe("ben");
      expect(JSON.stringify(next.trace)).toContain("Ben is suspended from new leads");
    }
    const back = await api("POST", "/v1/people/ben/reinstate");
    expect(back.status).toBe(204);
    expect(await stateOf("ben")).toBe("available");
    expect((await people()).strikes.filter((strike) => strike.counts && strike.person === "ben")).toEqual([]);
    const feed = (await api<Feed>("GET", "/v1/events?types=person.*&limit=1000")).body.events;
    expect(
      feed.filter(({ data }) => data["person"] === "ben").map(({ type, actor }) => `${type} ${actor}`),
    ).toEqual(
      expect.arrayContaining(["person.suspended system", expect.stringMatching(/^person.reinstated key:/)]),
    );
    // What was missed before no longer counts.
    await letBreach("ben", NOON + 3 * DAY);
    expect(await stateOf("ben")).toBe("available");
  });

  test("a burst is one strike, and old ones are none", async () => {
    await letBreach("ben", NOON + 10 * MINUTE);
    await letBreach("ben", NOON + 24 * MINUTE);
    expect(await stateOf("ben")).toBe("available");
    await letBreach("ben", NOON + 8 * DAY);
    expect(await stateOf("ben")).toBe("available");
  });

  test("nobody is taken out where a team would have nobody else: the manager is told instead", async () => {
    await publish(document({ teams: team("ben", "cleo") }));
    await api("PUT", "/v1/people/cleo/availability", { availability: "away" });
    await letBreach("ben", NOON + 10 * MINUTE);
    const id = await letBreach("ben", NOON + DAY);
    expect(await stateOf("ben")).toBe("available");
    expect(await mails(id)).toContain("person.strikes to person:mia");
  });

  test("what wasn't theirs is no strike: not told, away when it was due, our clock late", async () => {
    const untold = await captured();
    const by = await owner(untold);
    await testEnv.DB.prepare("UPDATE outbox SET status = 'pending', sent_at = NULL WHERE lead_id = ?1")
      .bind(untold)
      .run();
    const late = await captured();
    const lateOwner = await owner(late);
    await ring(untold, NOON + 10 * MINUTE);
    await ring(late, NOON + 12 * MINUTE);
    const { strikes } = await people();
    const of = (id: string, personId: string) =>
      strikes.find((strike) => strike.leadId === id && strike.person === personId);
    expect(of(untold, by)).toMatchObject({ attribution: "delivery", counts: false });
    expect(of(late, lateOwner)).toMatchObject({ attribution: "system", counts: false });
  });

  test("a verified touch from before the breach voids the strike and lifts what rested on it; the new owner stays", async () => {
    await letBreach("ben", NOON + 10 * MINUTE);
    const id = await letBreach("ben", NOON + DAY);
    expect(await stateOf("ben")).toBe("suspended");
    const taken = await owner(id);
    const touched = await touch(id, "ben", {
      at: new Date(NOON + DAY - 2 * MINUTE).toISOString(),
      evidence: { grade: "verified" },
    });
    expect(touched).toMatchObject({
      owner: { id: taken },
      firstTouchAt: new Date(NOON + DAY - 2 * MINUTE).toISOString(),
    });
    expect(types(touched)).toContain("sla.strike_voided");
    expect(await stateOf("ben")).toBe("available");
    expect((await people()).strikes.find((strike) => strike.leadId === id)).toMatchObject({
      voidedAt: expect.any(String) as string,
      counts: false,
    });
  });
});

describe("after the first touch", () => {
  test("second touch, no reply, effort: each makes its task once, and the next step always has a time", async () => {
    const id = await captured({ phone: "+1 212 555 0123" });
    const by = await owner(id);
    const touched = await touch(id, by);
    expect(kinds(touched).toSorted()).toEqual(["effort", "noReply", "secondTouch"]);
    expect(touched.nextActionAt).toBe(touched.secondTouchDueAt);
    await ring(id, NOON + 30 * MINUTE, 2);
    const second = await lead(id);
    expect(second.timeline.at(-1)).toMatchObject({ type: "sla.second_touch_due", data: { channel: "sms" } });
    expect(await tasks(`lead=${id}`)).toMatchObject([
      {
        kind: "secondTouch",
        owner: { id: by },
        dueAt: new Date(NOON + 30 * MINUTE).toISOString(),
        doneAt: null,
      },
    ]);
    expect(kinds(second)).toContain("untouchedTask");
    await ring(id, NOON + 4 * HOUR);
    expect((await tasks(`lead=${id}`)).map(({ kind, dueAt }) => [kind, dueAt])).toEqual([
      ["secondTouch", new Date(NOON + 30 * MINUTE).toISOString()],
      ["noReply", "2026-11-24T04:00:00.000Z"],
    ]);
    await ring(id, NOON + 20 * HOUR);
    const overdue = await lead(id);
    expect(types(overdue)).toContain("sla.effort_due");
    expect(overdue.nextActionAt).not.toBeNull();
    await ring(id, NOON + 29 * HOUR);
    expect(await mails(id)).toEqual(
      expect.arrayContaining([
        `sla.second_touch to owner`,
        "sla.no_reply to owner",
        "sla.effort to owner",
        "sla.untouched to person:mia",
      ]),
    );
    at(NOON + 30 * HOUR);
    const again = await touch(id, by, { channel: "email", outcome: "sent" });
    expect(again).toMatchObject({ secondTouchAt: new Date(NOON + 30 * HOUR).toISOString() });
    expect(await tasks(`lead=${id}`)).toEqual([]);
    expect((await tasks(`lead=${id}&state=done`)).map(({ doneHow }) => doneHow)).toEqual([
      "touch",
      "touch",
      "touch",
    ]);
    expect(kinds(again)).toEqual(["effort"]);
    expect(again.nextActionAt).toBe(new Date(NOON + 50 * HOUR).toISOString());
  });

  test("a reply ends the waiting; what is owed is an answer", async () => {
    const id = await captured();
    const by = await owner(id);
    await touch(id, by);
    at(NOON + 5 * MINUTE);
    const replied = await touch(id, undefined, { channel: "email", direction: "inbound", outcome: null });
    expect(kinds(replied)).toEqual(["effort"]);
    expect(replied.nextActionAt).toBe(new Date(NOON + 35 * MINUTE).toISOString());
    expect(await mails(id)).toContain("lead.replied to owner");
  });

  test("a lead in a queue: its clock ends with a touch, a reply before changes nothing, and its steward owes what follows", async () => {
    await publish(
      document({
        routing: {
          rules: [{ id: "q", to: { queue: "qualification" } }],
          default: ["last"],
          defaultSla: "standard",
        },
      }),
    );
    const id = await captured();
    const queued = await lead(id);
    const replied = await touch(id, undefined, { channel: "email", direction: "inbound", outcome: null });
    expect(replied.nextActionAt).toBe(queued.nextActionAt);
    expect(kinds(replied)).toEqual(["queueAge"]);
    await ring(id, NOON + HOUR);
    expect(await mails(id)).toEqual(
      expect.arrayContaining([
        "queue.aged to steward",
        "queue.aged to backupSteward",
        "queue.aged to queueAlert",
      ]),
    );
    const touched = await touch(id, "mia");
    expect(kinds(touched)).not.toContain("queueAge");
    await ring(id, NOON + 90 * MINUTE);
    expect(await tasks(`lead=${id}`)).toMatchObject([{ kind: "secondTouch", owner: { id: "mia" } }]);
  });

  test("a lead in a queue whose stewards are away: the alert person hears after assign, unless one is back", async () => {
    const away = (person: string, availability: "away" | "available") =>
      api("PUT", `/v1/people/${person}/availability`, { availability });
    await publish(
      document({
        queues: [{ id: "qualification", name: "Qualification", steward: "mia", alert: "cleo" }],
        routing: {
          rules: [{ id: "q", to: { queue: "qualification" } }],
          default: ["last"],
          defaultSla: "standard",
        },
      }),
    );
    expect(kinds(await lead(await captured()))).toEqual(["queueAge"]);
    await away("mia", "away");
    const [alone, met] = [await captured(), await captured()];
    expect(kinds(await lead(alone))).toEqual(["assign", "queueAge"]);
    await ring(alone, NOON + 2 * MINUTE, 2);
    const alerted = (await mails(alone)).filter((mail) => mail.startsWith("queue."));
    expect(alerted).toEqual(["queue.unattended to queueAlert"]);
    expect(await lead(alone)).toMatchObject({ queue: { id: "qualification" }, owner: null });
    expect(kinds(await lead(alone))).toEqual(["queueAge"]);
    await away("mia", "available");
    await ring(met, NOON + 2 * MINUTE);
    expect(kinds(await lead(met))).toEqual(["queueAge"]);
    expect((await mails(met)).filter((mail) => mail.startsWith("queue."))).toEqual([]);
  });

  test("warnings and reminders go by an owner's other way too, once", async () => {
    const hook = (id: string, events: string[]) => ({
      id,
      channel: "webhook" as const,
      url: `https://hooks.acme.example/${id}`,
      secretRef: "CHAT",
      events,
    });
    const everybody = withDan().people;
    await publish({
      ...withDan(),
      people: everybody.map((one) => ({ ...one, nudge: one.id === "mia" ? "all" : "chat" })),
      notifications: [hook("chat", []), hook("all", ["sla.*"])],
    });
    const id = await captured();
    const by = await owner(id);
    await ring(id, NOON + 7 * MINUTE, 2);
    const { results } = await testEnv.DB.prepare(
      "SELECT recipient, channel, data ->> '$.person' AS person FROM outbox WHERE lead_id = ?1 AND kind = 'sla.warning' ORDER BY recipient",
    )
      .bind(id)
      .all();
    expect(results).toEqual([
      { recipient: "notification:chat", channel: "webhook", person: by },
      { recipient: "owner", channel: "email", person: null },
    ]);
    // Who hears of the event there anyway isn't told twice.
    await on(id, "reassign", { to: "mia", reason: "test" });
    await ring(id, NOON + 14 * MINUTE);
    const again = await testEnv.DB.prepare(
      "SELECT kind, recipient FROM outbox WHERE lead_id = ?1 AND recipient = 'notification:all' AND created_at > ?2",
    )
      .bind(id, NOON + 10 * MINUTE)
      .all();
    expect(again.results).toEqual([{ kind: "event", recipient: "notification:all" }]);
  });

  test("a takeover owes a touch; a stage that lasts too long is told", async () => {
    await publish({
      ...withDan(),
      stages: [
        { id: "inquiry", maxAge: "PT2H" },
        { id: "sal", maxAge: "P2D" },
      ],
    });
    const id = await captured();
    expect(kinds(await lead(id))).toContain("stageAge");
    await touch(id, await owner(id));
    const to = (await owner(id)) === "ben" ? "cleo" : "ben";
    const moved = await on(id, "reassign", { to, reason: "test" });
    expect(kinds(moved)).toEqual(expect.arrayContaining(["takeoverTouch", "noReply", "effort", "stageAge"]));
    await ring(id, NOON + 2 * HOUR);
    expect(await mails(id)).toEqual(
      expect.arrayContaining(["sla.stage_age to owner", "sla.stage_age to person:mia"]),
    );
    const staged = await on(id, "accept", {});
    expect(staged.timers.find(({ kind }) => kind === "stageAge")?.dueAt).toBe(
      new Date(NOON + 2 * HOUR + 2 * DAY).toISOString(),
    );
  });
});

describe("tasks", () => {
  test("go with the lead, end with it, and are done once", async () => {
    const id = await captured();
    await on(id, "handoff", { stage: "sql", to: "cleo", nextAction: "Prepare a proposal" });
    const [task] = await tasks("owner=cleo");
    expect(task).toMatchObject({ leadId: id, kind: "handoff", note: "Prepare a proposal" });
    await on(id, "reassign", { to: "dan", reason: "leave" });
    expect(await tasks("owner=cleo")).toEqual([]);
    const path = `/v1/tasks/${encodeURIComponent(task?.id ?? "")}/complete`;
    const done = await api<Task>("POST", path, { note: "Sent" });
    expect(done).toMatchObject({
      status: 200,
      body: { owner: { id: "dan" }, doneHow: "completed", note: "Sent" },
    });
    at(NOON + MINUTE);
    expect((await api<Task>("POST", path, {})).body.doneAt).toBe(done.body.doneAt);
    expect((await lead(id)).timers.length).toBeGreaterThan(0);
    await on(id, "handoff", { stage: "sql", to: "ben", nextAction: "Call" });
    await on(id, "disposition", { code: "not_a_fit", nextStep: "none" });
    expect(await tasks(`lead=${id}`)).toEqual([]);
    expect((await tasks(`lead=${id}&state=done`)).map(({ doneHow }) => doneHow)).toContain("closed");
    expect((await api("POST", "/v1/tasks/nothing/complete", {})).status).toBe(404);
  });

  test("come in pages, the most urgent first", async () => {
    for (const minutes of [30, 10, 20]) {
      const id = await captured();
      const nextActionAt = new Date(NOON + minutes * MINUTE).toISOString();
      await on(id, "handoff", { stage: "sql", to: "dan", nextAction: `in ${minutes}`, nextActionAt });
    }
    const seen: (string | null)[] = [];
    let next = "";
    do {
      const page = (await api<TaskList>("GET", `/v1/tasks?owner=dan&limit=1${next && `&after=${next}`}`))
        .body;
      seen.push(...page.tasks.map(({ note }) => note));
      next = page.next ?? "";
    } while (next);
    expect(seen).toEqual(["in 10", "in 20", "in 30"]);
    at(NOON + 15 * MINUTE);
    expect((await tasks("owner=dan&state=overdue")).map(({ note }) => note)).toEqual(["in 10"]);
  });
});

describe("activities", () => {
  const send = async (...activities: object[]): Promise<ActivitiesAnswer> => {
    const answer = await api<ActivitiesAnswer>("POST", "/v1/activities", { activities });
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const iso = (time: number): string => new Date(time).toISOString();

  test("a call logged elsewhere stops the clock, by address, by contact, by lead; each once", async () => {
    await testEnv.DB.prepare(
      "INSERT INTO contacts (id, email, email_norm, updated_at) VALUES ('C9', 'pat@nine.example', 'pat@nine.example', 0)",
    ).run();
    const [one, two, three] = [
      await captured({ email: "kim@one.example" }),
      await captured({ email: "pat@nine.example" }),
      await captured(),
    ];
    at(NOON + 3 * MINUTE);
    const call = { source: "dialler", type: "call", at: iso(NOON + 2 * MINUTE) };
    const batch = [
      { ...call, id: "1", email: "Kim@One.example", by: `${await owner(one)}@acme.example` },
      { ...call, id: "2", externalId: "C9", by: "somebody@else.example" },
      { ...call, id: "3", leadId: three },
      { ...call, id: "4", email: "nobody@knows.example" },
      { ...call, id: "5" },
      { source: "dialler", id: "6", type: "telepathy", at: "yesterday" },
    ];
    const answer = await send(...batch);
    expect(answer).toMatchObject({
      received: 6,
      recorded: 3,
      repeated: 0,
      unknown: [{ line: 4, id: "4" }],
      rejected: [
        { line: 5, id: "5" },
        { line: 6, id: "6", error: expect.stringContaining("type") as string },
      ],
    });
    for (const id of [one, two, three]) {
      expect(await lead(id)).toMatchObject({ firstTouchAt: iso(NOON + 2 * MINUTE), breaches: 0 });
    }
    expect((await lead(two)).timeline.at(-1)?.data).toMatchObject({ counted: "covered", grade: "verified" });
    expect(await send(...batch)).toMatchObject({ recorded: 0, repeated: 3 });
  });

  test("what one call can't take up is named, and taken up when it is sent again", async () => {
    const ids = [await captured(), await captured(), await captured()];
    const list = ids.map((leadId, n) => ({
      source: "dialler",
      id: `few${n}`,
      type: "call",
      at: iso(NOON),
      leadId,
    }));
    const deps = budgeted(
      depsFor(undispatched, () => undefined),
      64,
    );
    const { received, recorded, notDone } = await takeActivities(deps, "key:dialler", list);
    expect(received).toBe(3);
    expect(recorded).toBeGreaterThan(0);
    expect(notDone.map(({ id }) => id)).toEqual(["few0", "few1", "few2"].slice(recorded));
    expect(notDone.length).toBeGreaterThan(0);
    expect(await send(...list)).toMatchObject({
      recorded: notDone.length,
      repeated: recorded,
      notDone: [],
    });
  });

  test("one that comes after the breach voids the strike, not the new owner", async () => {
    const id = await captured();
    const by = await owner(id);
    await ring(id, NOON + 10 * MINUTE);
    const taken = await owner(id);
    await send({ source: "crm", id: "late", type: "email", at: iso(NOON + 4 * MINUTE), leadId: id, by });
    expect(await lead(id)).toMatchObject({ owner: { id: taken }, firstTouchAt: iso(NOON + 4 * MINUTE) });
    expect((await people()).strikes).toMatchObject([{ person: by, voidedAt: iso(NOON + 10 * MINUTE) }]);
  });
});

describe("closing and coming back", () => {
  test("a rep needs the policy's effort for somebody whom nobody reached; a manager doesn't", async () => {
    await publish({
      ...withDan(),
      sla: [{ id: "standard", effort: { attempts: 2, channels: 2, within: "P1D" } }],
    });
    const id = await captured();
    const by = await owner(id);
    const close = { code: "not_a_fit", nextStep: "none", by };
    await touch(id, by);
    const refused = await api("POST", `/v1/leads/${id}/disposition`, close);
    expect(refused).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining("1 more attempt and 1 more channel") as string },
    });
    await touch(id, by, { channel: "email", outcome: "sent" });
    await on(id, "disposition", close);
    const reached = await captured();
    await touch(reached, await owner(reached), { outcome: "connected" });
    await on(reached, "disposition", { ...close, by: await owner(reached) });
  });

  test("moves that aren't in the table are refused, with those that are", async () => {
    const id = await captured();
    await on(id, "stage", { stage: "sql" });
    const back = await api("POST", `/v1/leads/${id}/stage`, { stage: "mql" });
    expect(back).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining("opportunity, rejected, recycled") as string },
    });
    const closed = await on(id, "disposition", { code: "won", nextStep: "Propose" });
    expect(closed).toMatchObject({ status: "qualified", stage: "sql" });
    expect(
      (await api("POST", `/v1/leads/${id}/disposition`, { code: "not_a_fit", nextStep: "x" })).status,
    ).toBe(409);
    const future = { code: "not_a_fit", nextStep: "x", recycleOn: "2026-01-01" };
    expect((await api("POST", `/v1/leads/${await captured()}/disposition`, future)).status).toBe(422);
  });

  test("recycled leads come back on their day, routed today, to their last owner, with a clock", async () => {
    const id = await captured();
    const by = await owner(id);
    await on(id, "disposition", { code: "not_a_fit", nextStep: "later", recycleOn: "2026-11-30" });
    const deps = depsFor(undispatched, () => undefined);
    at(NOON + 6 * DAY);
    expect((await sweep(deps)).returned).toBe(0);
    at(NOON + 7 * DAY);
    expect((await sweep(deps)).returned).toBe(1);
    expect((await sweep(deps)).returned).toBe(0);
    const back = await lead(id);
    expect(back).toMatchObject({
      status: "new",
      stage: "inquiry",
      owner: { id: by },
      disposition: null,
      firstTouchDueAt: new Date(NOON + 7 * DAY + 10 * MINUTE).toISOString(),
    });
    expect(types(back)).toContain("lead.returned");
    expect(kinds(back)).toContain("firstTouch");
  });

  test("or when their person answers; not when that is suppressed, or has another open lead", async () => {
    const email = "again@again.example";
    const id = await captured({ email });
    await touch(id, await owner(id));
    await on(id, "disposition", { code: "not_a_fit", nextStep: "later" });
    const reply = { channel: "email", direction: "inbound" };
    const back = await on(id, "touches", reply, 201);
    expect(back).toMatchObject({ status: "new", disposition: null });
    expect(kinds(back)).toEqual(["takeoverTouch"]);
    await on(id, "disposition", { code: "not_a_fit", nextStep: "never", suppress: true });
    expect((await on(id, "touches", reply, 201)).status).toBe("recycled");
    // The mark is privacy's own: no sync takes it back, and it outlives the person.
    expect((await api("POST", "/v1/privacy/export", { email })).body).toMatchObject({ doNotContact: true });
    await publish({
      ...withDan(),
      suppression: [
        {
          id: "dnc",
          when: { field: "contact.doNotContact", op: "eq", value: true },
          to: { queue: "qualification" },
        },
      ],
    });
    const next = await lead(await captured({ email }));
    expect(next.queue?.id).toBe("qualification");
    expect((await on(id, "touches", reply, 201)).status).toBe("recycled");
  });

  test("a booking waits for the meeting", async () => {
    await publish({
      ...withDan(),
      dispositions: [{ code: "booked", label: "Meeting booked", outcome: "scheduled" }],
    });
    const id = await captured();
    const nextActionAt = new Date(NOON + 3 * DAY).toISOString();
    const booked = await on(id, "disposition", { code: "booked", nextStep: "Meet", nextActionAt });
    expect(booked).toMatchObject({ status: "scheduled", nextActionAt });
    expect(kinds(booked)).toEqual(["effort"]);
  });
});

describe("contact data", () => {
  const withCleanup = () => ({
    ...withDan(),
    queues: [
      ...document().queues!,
      { id: "cleanup", name: "Data cleanup", steward: "mia", purpose: "data_cleanup" as const },
    ],
  });

  test("proven wrong, without another way: data cleanup, then back to its owner with a fresh target", async () => {
    await publish(withCleanup());
    const id = await captured();
    const by = await owner(id);
    const bounced = { kind: "email", reason: "550", evidence: { grade: "verified" } };
    const cleaning = await on(id, "bounces", bounced);
    expect(cleaning).toMatchObject({ owner: null, queue: { id: "cleanup" }, firstTouchDueAt: null });
    at(NOON + 2 * HOUR);
    const stale = await api("PATCH", `/v1/leads/${id}`, { email: "right@right.example", version: 1 });
    expect(stale.status).toBe(409);
    const fixed = await api<Lead>("PATCH", `/v1/leads/${id}`, {
      email: "Right@Right.example",
      version: cleaning.version,
    });
    expect(fixed).toMatchObject({
      status: 200,
      body: {
        owner: { id: by },
        queue: null,
        firstTouchDueAt: new Date(NOON + 2 * HOUR + 10 * MINUTE).toISOString(),
        person: { email: "Right@Right.example" },
      },
    });
    expect(fixed.body.timeline.find(({ type }) => type === "lead.corrected")?.data).toMatchObject({
      fields: ["email"],
    });
    // Put right, it counts as a way to reach them again.
    expect((await on(id, "bounces", { kind: "phone", evidence: { grade: "verified" } })).owner?.id).toBe(by);
  });

  test("only reported: the clock runs until the steward agrees", async () => {
    await publish(withCleanup());
    const id = await captured();
    const reported = await on(id, "bounces", { kind: "email", reason: "looks odd" });
    expect(kinds(reported)).toContain("firstTouch");
    const [task] = await tasks(`lead=${id}`);
    expect(task).toMatchObject({ kind: "confirmBounce", owner: { id: "mia" } });
    await api("POST", `/v1/tasks/${encodeURIComponent(task?.id ?? "")}/complete`, {});
    expect(await lead(id)).toMatchObject({ queue: { id: "cleanup" }, owner: null });
  });

  test("corrections are judged again; an address with an open lead, and nonsense, are refused", async () => {
    const other = await captured({ email: "taken@taken.example" });
    const id = await captured({ company: "Acne" });
    expect(
      (await api("PATCH", `/v1/leads/${id}`, { email: "taken@taken.example" })).body["detail"],
    ).toContain(other);
    expect((await api("PATCH", `/v1/leads/${id}`, { email: "nonsense" })).status).toBe(422);
    expect((await api("PATCH", `/v1/leads/${id}`, { owner: "ben" })).status).toBe(422);
    const fixed = await api<Lead>("PATCH", `/v1/leads/${id}`, {
      company: "Acme Ltd",
      phone: "+49 30 901820",
    });
    expect(fixed.body.person).toMatchObject({
      company: "Acme Ltd",
      phone: "+49 30 901820",
      name: "Robin Example",
    });
    expect(fixed.body.facts).toMatchObject({ phoneE164: "+4930901820" });
    const version = fixed.body.version;
    expect((await api<Lead>("PATCH", `/v1/leads/${id}`, { company: "Acme Ltd" })).body.version).toBe(version);
  });
});

describe("the feed", () => {
  test("looks through so many at a time where what is asked for is rare, and goes on from there", async () => {
    await captured();
    const { rows } = await readFeed(testEnv.DB, { after: 0, types: [], limit: 1000 });
    const rare = { after: 0, types: ["never.happens"], limit: 10 };
    expect(await readFeed(testEnv.DB, rare, 3)).toEqual({ rows: [], scanned: rows[2]?.seq, isCut: true });
    const { body } = await api<Feed>("GET", "/v1/events?types=never.happens");
    const newest = await testEnv.DB.prepare("SELECT max(seq) AS n FROM events").first<number>("n");
    expect(body).toEqual({ events: [], next: String(newest), more: false });
  });

  test("is complete, in order and without gaps however many write at once, from any cursor", async () => {
    const start = (await api<Feed>("GET", "/v1/events?limit=1000")).body;
    let cursor = start.next;
    while ((await api<Feed>("GET", `/v1/events?after=${cursor}&limit=1000`)).body.events.length > 0)
      cursor = (await api<Feed>("GET", `/v1/events?after=${cursor}&limit=1000`)).body.next;
    const ids = await Promise.all(Array.from({ length: 12 }, () => captured()));
    const seen: Feed["events"] = [];
    let next = cursor;
    for (;;) {
      const page = (await api<Feed>("GET", `/v1/events?after=${next}&limit=7`)).body;
      seen.push(...page.events);
      expect(page.more).toBe(page.events.length === 7 && page.more);
      if (page.events.length === 0) break;
      next = page.next;
    }
    const cursors = seen.map((event) => Number(event.cursor));
    expect(cursors).toEqual(cursors.toSorted((a, b) => a - b));
    const { results } = await testEnv.DB.prepare("SELECT seq FROM events WHERE seq > ?1 ORDER BY seq")
      .bind(Number(cursor))
      .all<{ seq: number }>();
    expect(cursors).toEqual(results.map(({ seq }) => seq));
    for (const id of ids)
      expect(seen.filter(({ leadId, type }) => leadId === id && type === "lead.captured")).toHaveLength(1);
    const some = (await api<Feed>("GET", `/v1/events?after=${cursor}&types=lead.assigned,sla.*`)).body.events;
    expect(new Set(some.map(({ type }) => type))).toEqual(new Set(["lead.assigned"]));
  });
});

describe("another policy for open leads", () => {
  test("moves nothing by itself; asked to, says what moves, then moves it", async () => {
    const id = await captured();
    const before = await lead(id);
    await publish({ ...withDan(), sla: [{ id: "standard", firstTouch: "PT30M" }] });
    expect((await lead(id)).firstTouchDueAt).toBe(before.firstTouchDueAt);
    const ask = (body: object) =>
      api<ReplanAnswer>("POST", "/v1/leads/replan", { reason: "slower targets", leads: [id], ...body });
    const dry = (await ask({})).body;
    expect(dry).toMatchObject({
      dryRun: true,
      moved: [
        {
          leadId: id,
          before: { firstTouchDueAt: before.firstTouchDueAt },
          after: { firstTouchDueAt: new Date(NOON + 30 * MINUTE).toISOString() },
        },
      ],
    });
    expect((await lead(id)).firstTouchDueAt).toBe(before.firstTouchDueAt);
    expect((await ask({ dryRun: false })).body.moved).toEqual(dry.moved);
    const after = await lead(id);
    expect(after).toMatchObject({
      firstTouchDueAt: new Date(NOON + 30 * MINUTE).toISOString(),
      promiseAt: before.promiseAt,
      owner: before.owner,
      policyVersion: dry.version,
    });
    expect((await ask({ dryRun: false })).body).toMatchObject({ moved: [], unchanged: 1 });
    await ring(id, NOON + 10 * MINUTE);
    expect((await lead(id)).breaches).toBe(0);
    await ring(id, NOON + 30 * MINUTE);
    expect((await lead(id)).breaches).toBe(1);
  });
});
