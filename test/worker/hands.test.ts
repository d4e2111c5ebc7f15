/** Whose hands a lead is in when people go away, are named, leave the document, or had it before. */
import { describe, expect, test } from "vitest";
import { call, capture, document, person, publish, submission, testEnv } from "./support/workspace.ts";
import {
  api,
  at,
  captured,
  given,
  kinds,
  lead,
  mails,
  MINUTE,
  NOON,
  on,
  owner,
  ring,
  tasks,
  touch,
  types,
  useNoon,
} from "./support/life.ts";
import { undispatched } from "./support/outbox.ts";
import type { ConfigInput } from "../../schema/config/document.ts";
import type { Lead } from "../../schema/wire/lead.ts";
import { handOff } from "../../worker/flows/move.ts";
import { depsFor } from "../../worker/ports.ts";

useNoon();

describe("people", () => {
  test("who goes away hands over untouched leads at once, without a strike", async () => {
    const { body } = await capture(submission());
    const owner = (await lead(body.leadId)).owner?.id ?? "";
    const away = await call("PUT", `/v1/people/${owner}/availability`, {
      availability: "away",
      reason: "dentist",
    });
    expect(away.body).toMatchObject({ kept: 0 });
    expect(away.body["moved"]).toBeGreaterThan(0);
    const moved = await lead(body.leadId);
    expect(moved.owner?.id).not.toBe(owner);
    expect(moved.breaches).toBe(0);
    expect(
      await testEnv.DB.prepare("SELECT count(*) AS n FROM strikes WHERE lead_id = ?1")
        .bind(body.leadId)
        .first(),
    ).toEqual({ n: 0 });
    const next = await capture(submission());
    expect((await lead(next.body.leadId)).owner?.id).not.toBe(owner);
    await call("PUT", `/v1/people/${owner}/availability`, { availability: "available" });
  });

  test("a lead taken by hand goes to whom the manager names", async () => {
    await publish(document({ people: [...document().people, person("zoe")] }));
    const { body } = await capture(submission());
    const answer = await call<Lead>("POST", `/v1/leads/${body.leadId}/reassign`, {
      to: "zoe",
      reason: "speaks the language",
    });
    expect(answer.status).toBe(200);
    expect(answer.body.owner?.id).toBe("zoe");
    const nobody = await call("POST", `/v1/leads/${body.leadId}/reassign`, { to: "nobody", reason: "?" });
    expect(nobody.status).toBe(422);
  });

  test("acceptance is its owner's own: whoever is handed the lead accepts it for themselves", async () => {
    await publish(document({ sla: [{ id: "standard", acceptWithin: "PT5M" }] }));
    const id = (await capture(submission())).body.leadId;
    await on(id, "accept", {});
    const to = (await owner(id)) === "ben" ? "cleo" : "ben";
    const handed = await on(id, "handoff", { stage: "sql", to, nextAction: "Prepare a proposal" });
    expect(kinds(handed)).toContain("accept");
    expect(kinds(await on(id, "accept", {}))).not.toContain("accept");
    await ring(id, NOON + 5 * MINUTE);
    expect(types(await lead(id)).filter((type) => type === "lead.accepted")).toHaveLength(2);
    expect(types(await lead(id))).not.toContain("sla.breached");
  });

  test("a stage's conditions hold for accepting and for closing as qualified; in a queue nobody accepts", async () => {
    const needsPhone = {
      ...document(),
      stages: ["sal", "sql"].map((id) => ({ id, requiredFields: ["phone"] })),
    };
    const base = needsPhone.routing;
    const queued = {
      id: "q",
      when: { field: "lead.company", op: "eq", value: "Later" },
      to: { queue: "qualification" },
    };
    await publish({
      ...needsPhone,
      routing: { ...base, rules: [queued, ...(base.rules ?? [])] },
    } as ConfigInput);
    const id = await captured({ company: "Here" });
    const close = { code: "won", nextStep: "Propose" };
    const before = (await lead(id)).stage;
    // Its owner's word counts, whatever the record lacks.
    expect(await on(id, "accept", {})).toMatchObject({ stage: before, version: 2 });
    const { status, body: problem } = await api("POST", `/v1/leads/${id}/disposition`, close);
    expect([status, problem["detail"]]).toEqual([422, expect.stringContaining("needs phone") as string]);
    await api("PATCH", `/v1/leads/${id}`, { phone: "+1 212 555 0123" });
    expect(await on(id, "disposition", close)).toMatchObject({ stage: "sql", status: "qualified" });
    const waiting = await captured({ company: "Later", phone: "+1 212 555 0124" });
    expect((await api("POST", `/v1/leads/${waiting}/accept`)).status).toBe(409);
    // Given to anybody, it goes where the rules say once that queue is left out.
    expect(await on(waiting, "reassign", {})).toMatchObject({ queue: null, routing: { ruleId: "rest" } });
  });

  test("of a miss somebody hears who is there, where the owner's manager was deactivated", async () => {
    await publish(document({ queues: [] }));
    expect((await call("POST", "/v1/people/mia/deactivate", {})).status).toBe(200);
    const id = (await capture(submission())).body.leadId;
    await ring(id, NOON + 10 * MINUTE);
    const told = (await mails(id)).filter((mail) => mail.startsWith("sla.breached"));
    await call("POST", "/v1/people/mia/reactivate", {});
    expect(told).toEqual(["sla.breached to manager"]);
  });
});

describe("a hand-off", () => {
  const rep = (id: string) => ({ actor: `person:${id}`, onlyOwn: id });
  const deps = () => depsFor(undispatched, () => undefined);

  test("to oneself moves no clock; the next action is noted, once, and the stage moves", async () => {
    const id = await given("ben");
    const before = await lead(id);
    at(NOON + 9 * MINUTE);
    const same = { stage: "inquiry", to: "ben", nextAction: "later" };
    const noted = await on(id, "handoff", same);
    expect([noted.firstTouchDueAt, noted.timers]).toEqual([before.firstTouchDueAt, before.timers]);
    expect((await on(id, "handoff", same)).version).toBe(noted.version);
    expect(await tasks(`lead=${id}`)).toMatchObject([{ note: "later" }]);
    const forward = await on(id, "handoff", { ...same, stage: "sql", nextAction: "sooner" });
    expect(forward).toMatchObject({
      stage: "sql",
      owner: { id: "ben" },
      reassignments: before.reassignments,
    });
    expect([forward.firstTouchDueAt, forward.timers]).toEqual([before.firstTouchDueAt, before.timers]);
    expect(forward.assignments).toHaveLength(before.assignments.length);
    expect(await tasks(`lead=${id}`)).toMatchObject([
      { kind: "handoff", owner: { id: "ben" }, note: "later" },
      { kind: "handoff", owner: { id: "ben" }, note: "sooner" },
    ]);
    await ring(id, NOON + 10 * MINUTE);
    expect((await lead(id)).breaches).toBe(1);
  });

  test("of a touched lead: the time of its next action is a clock of its own", async () => {
    const id = await given("ben");
    await touch(id, "ben");
    const nextActionAt = new Date(NOON + 3 * 24 * 60 * MINUTE).toISOString();
    const next = { stage: "sql", to: "cleo", nextAction: "Propose", nextActionAt };
    const handed = await on(id, "handoff", next);
    expect(handed.timers).toContainEqual({ kind: "effort", dueAt: nextActionAt });
    expect(handed.nextActionAt).toBe(handed.timers.map(({ dueAt }) => dueAt).sort()[0]);
    const untouched = await on(await given("ben"), "handoff", next);
    expect(untouched.nextActionAt).toBe(untouched.firstTouchDueAt);
  });

  test("sent again after a lost answer is the same one, though who sends it no longer owns the lead", async () => {
    const id = await given("ben");
    const request = { stage: "sql", to: "cleo", nextAction: "Propose", nextActionAt: null } as const;
    expect(await handOff(deps(), id, rep("ben"), request)).toMatchObject({ ok: true });
    const once = await lead(id);
    at(NOON + MINUTE);
    expect(await handOff(deps(), id, rep("ben"), request)).toMatchObject({ ok: true });
    expect((await on(id, "handoff", request)).version).toBe(once.version);
    expect(await tasks(`lead=${id}`)).toHaveLength(1);
    const other = { ...request, nextAction: "Something else" };
    expect(await handOff(deps(), id, rep("ben"), other)).toMatchObject({ ok: false, status: 403 });
    expect(await handOff(deps(), id, rep("last"), request)).toMatchObject({ ok: false, status: 403 });
  });
});

describe("for whom it is done", () => {
  const as = (id: string, path: string, body: object) => api("POST", `/v1/leads/${id}/${path}`, body);
  const CALLS: [string, object][] = [
    ["accept", {}],
    ["stage", { stage: "sql" }],
    ["handoff", { stage: "sql", to: "cleo", nextAction: "Propose" }],
    ["reassign", { to: "cleo" }],
    ["bounces", { kind: "email" }],
    ["disposition", { code: "won", nextStep: "Propose" }],
    ["touches", { channel: "call", outcome: "reached" }],
  ];

  test("nobody known is refused by every action; a rep may do no more than if they were signed in", async () => {
    const id = await given("ben");
    for (const [path, body] of CALLS) {
      const unknown = await as(id, path, { ...body, by: "nobody" });
      expect([path, unknown.status, unknown.body["errors"]]).toMatchObject([path, 422, [{ pointer: "/by" }]]);
      if (path === "touches") continue;
      const stranger = await as(id, path, { ...body, by: "cleo" });
      expect([path, stranger.status]).toEqual([path, path === "accept" ? 409 : 403]);
    }
    expect((await as(id, "reassign", { to: "cleo", by: "ben" })).status).toBe(403);
  });

  test("stands in the timeline", async () => {
    const id = await given("ben");
    await on(id, "stage", { stage: "mql", by: "ben" });
    await on(id, "bounces", { kind: "phone", by: "ben" });
    await on(id, "handoff", { stage: "sql", to: "cleo", nextAction: "Propose", by: "ben" });
    const { timeline } = await on(id, "reassign", { to: "ben", by: "mia" });
    const said = timeline
      .filter(({ data }) => data["by"] !== undefined)
      .map(({ type, data }) => [type, data["by"]]);
    expect(said).toEqual([
      ["lead.staged", "ben"],
      ["lead.bounced", "ben"],
      ["lead.handed_off", "ben"],
      ["lead.reassigned", "mia"],
    ]);
  });
});

describe("a newer configuration", () => {
  test("leaves open leads on theirs, but nobody who has left the document gets one", async () => {
    const { body } = await capture(submission());
    const first = (await lead(body.leadId)).owner?.id ?? "";
    const other = first === "ben" ? "cleo" : "ben";
    const now = document();
    await publish({
      ...now,
      people: now.people.filter((someone) => someone.id !== other),
      teams: [{ id: "smb", name: "SMB", calendar: "always", manager: "mia", members: [{ person: first }] }],
    });
    await ring(body.leadId, NOON + 10 * MINUTE);
    const moved = await lead(body.leadId);
    expect(moved.owner?.id).toBe("mia");
    expect(moved.reassignments).toBe(1);
  });
});
