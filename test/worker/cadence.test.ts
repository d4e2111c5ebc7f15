/** After the first touch: every timer of the table, and the tasks they make. */
import { describe, expect, test } from "vitest";
import type { ConfigInput } from "../../schema/config/document.ts";
import type { Task, TaskList } from "../../schema/wire/tasks.ts";
import { document, publish, testEnv } from "./support/workspace.ts";
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
  owner,
  ring,
  tasks,
  team,
  touch,
  types,
  useLife,
  withDan,
} from "./support/life.ts";

useLife();

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
      ["noReply", "2037-11-24T04:00:00.000Z"],
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
    expect(replied.secondTouchDueAt).toBeNull();
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
    const aged = (await lead(id)).timeline.find(({ type }) => type === "sla.breached");
    expect(aged?.data).toMatchObject({ target: "queueAge", attribution: "person" });
    expect(aged?.data["because"]).toContain("They were there");
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

  test("reminders wait for whoever they remind to be there, a queue's too", async () => {
    const office: [string, string][] = [["09:00", "17:00"]];
    const morning = new Date(NOON + 21 * HOUR).toISOString();
    const base = document();
    const inHours = (rules: ConfigInput["routing"]["rules"]) =>
      publish({
        ...base,
        calendars: [
          ...base.calendars!,
          { id: "office", timezone: "UTC", hours: { mon: office, tue: office } },
        ],
        teams: team("ben", "cleo").map((each) => ({ ...each, calendar: "office" })),
        queues: [{ id: "qualification", name: "Qualification", steward: "mia", calendar: "office" }],
        sla: [{ id: "standard", maxReassignments: 0 }],
        routing: { ...base.routing, rules },
      });
    const dueAt = async (id: string, kind: string) =>
      (await lead(id)).timers.find((timer) => timer.kind === kind)?.dueAt;
    await inHours([{ id: "rest", to: { team: "smb" } }]);
    at(NOON + 4 * HOUR + 45 * MINUTE);
    const owned = await captured();
    await ring(owned, NOON + 4 * HOUR + 55 * MINUTE);
    expect(await dueAt(owned, "reminder")).toBe(morning);
    await inHours([{ id: "q", to: { queue: "qualification" } }]);
    at(NOON + 3 * HOUR + 30 * MINUTE);
    const queued = await captured();
    await ring(queued, NOON + 4 * HOUR + 30 * MINUTE);
    expect(await dueAt(queued, "queueAge")).toBe(morning);
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
