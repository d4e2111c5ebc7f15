/** The life of a lead: closing and coming back, corrected contact data, another policy for open leads. */
import { describe, expect, test } from "vitest";
import type { ConfigInput } from "../../schema/config/document.ts";
import type { Board } from "../../schema/wire/board.ts";
import type { Lead } from "../../schema/wire/lead.ts";
import type { ReplanAnswer } from "../../schema/wire/replan.ts";
import { sweep } from "../../worker/flows/sweep.ts";
import { depsFor } from "../../worker/ports.ts";
import { undispatched } from "./support/outbox.ts";
import { document, publish } from "./support/workspace.ts";
import {
  api,
  at,
  captured,
  DAY,
  HOUR,
  kinds,
  lead,
  MINUTE,
  NOON,
  on,
  owner,
  ring,
  tasks,
  touch,
  types,
  useLife,
  withDan,
} from "./support/life.ts";

useLife();

const iso = (time: number): string => new Date(time).toISOString();

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

  test("the day of return begins where the workspace is", async () => {
    await publish({ ...withDan(), workspace: { name: "Acme", timezone: "America/New_York" } });
    const id = await captured();
    await on(id, "disposition", { code: "not_a_fit", nextStep: "later", recycleOn: "2026-11-30" });
    const deps = depsFor(undispatched, () => undefined);
    at(Date.parse("2026-11-30T04:59:00.000Z"));
    expect((await sweep(deps)).returned).toBe(0);
    at(Date.parse("2026-11-30T05:00:00.000Z"));
    expect((await sweep(deps)).returned).toBe(1);
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

  test.each(["won", "booked"])("nobody owes a second touch after %s", async (code) => {
    const base = withDan();
    await publish({
      ...base,
      dispositions: [
        ...base.dispositions!,
        { code: "booked", label: "Meeting booked", outcome: "scheduled" },
      ],
    });
    const id = await captured();
    expect((await touch(id, await owner(id))).secondTouchDueAt).not.toBeNull();
    expect(await on(id, "disposition", { code, nextStep: "meet" })).toMatchObject({ secondTouchDueAt: null });
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
    expect(types(booked)).toContain("lead.booked");
    expect(types(booked)).not.toContain("lead.closed");
    expect(booked.disposition).toMatchObject({ nextStep: "Meet", recycleOn: null, suppress: false });
  });
});

describe("quarantine", () => {
  test.each<[string, NonNullable<ConfigInput["queues"]>[number]]>([
    ["by its purpose", { id: "apart", name: "Apart", steward: "mia", purpose: "quarantine" }],
    ["by its name", { id: "q2", name: "Quarantine", steward: "mia" }],
  ])(
    "a queue %s: who waits in it is quarantined, and new again once let go or given to somebody",
    async (_, queue) => {
      const base = withDan();
      const into = {
        id: "apart",
        when: { field: "lead.company", op: "eq", value: "Apart" },
        to: { queue: queue.id },
      };
      const policy = (): ConfigInput => ({
        ...base,
        queues: [...(base.queues ?? []), queue],
        routing: { ...base.routing, rules: [into, ...(base.routing.rules ?? [])] },
      });
      await publish(policy());
      const [released, given, answered, back] = [
        await captured({ company: "Apart" }),
        await captured({ company: "Apart" }),
        await captured({ company: "Apart" }),
        await captured({ company: "Apart" }),
      ];
      expect(await lead(released)).toMatchObject({ status: "quarantined", queue: { id: queue.id } });
      const { body: board } = await api<Board>("GET", "/v1/board");
      expect(board.nets.find(({ net }) => net === "quarantined")?.count).toBe(4);
      const found = await api<{ leads: Lead[] }>("GET", "/v1/leads?status=quarantined");
      expect(found.body.leads.map(({ id }) => id).sort()).toEqual([released, given, answered, back].sort());
      expect(await on(released, "release", {})).toMatchObject({ status: "new", queue: null });
      expect(await on(given, "reassign", { to: "ben" })).toMatchObject({
        status: "new",
        owner: { id: "ben" },
      });
      expect((await touch(answered, "mia")).status).toBe("working");
      expect((await on(answered, "release", {})).status).toBe("working");
      expect((await on(back, "disposition", { code: "not_a_fit", nextStep: "later" })).status).toBe(
        "recycled",
      );
      const returned = await on(back, "touches", { channel: "email", direction: "inbound" });
      expect(returned).toMatchObject({ status: "quarantined", disposition: null });
    },
  );
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
        routing: { reason: "had it before" },
        person: { email: "Right@Right.example" },
      },
    });
    expect(fixed.body.timeline.find(({ type }) => type === "lead.corrected")?.data).toMatchObject({
      fields: ["email"],
    });
    // Put right, it counts as a way to reach them again.
    expect((await on(id, "bounces", { kind: "phone", evidence: { grade: "verified" } })).owner?.id).toBe(by);
  });

  test("touched already, as by the mail that bounced: mended, it is due as a first touch would be", async () => {
    await publish(withCleanup());
    const id = await captured();
    await touch(id, await owner(id), { channel: "email", outcome: "sent" });
    at(NOON + MINUTE);
    const { firstTouchAt, firstTouchDueAt } = await lead(id);
    await on(id, "bounces", { kind: "email", evidence: { grade: "verified" } });
    at(NOON + HOUR);
    const email = `${id}@right.example`;
    const { body } = await api<Lead>("PATCH", `/v1/leads/${id}`, { email });
    expect(body).toMatchObject({
      firstTouchAt,
      firstTouchDueAt,
      nextActionAt: iso(NOON + HOUR + 10 * MINUTE),
    });
    expect(kinds(body)).toEqual(["takeoverTouch", "effort"]);
  });

  test("told three times it is one task; what doesn't work isn't named for the second touch", async () => {
    const id = await captured({ phone: "+1 212 555 0123" });
    const bounced = { kind: "phone", evidence: { grade: "verified" } };
    for (let n = 0; n < 3; n++) await on(id, "bounces", bounced);
    await on(id, "bounces", { kind: "email", reason: "odd" });
    expect((await tasks(`lead=${id}`)).map(({ kind, note }) => [kind, note])).toEqual([
      ["badContact", "phone"],
      ["badContact", "email: odd"],
    ]);
    await touch(id, await owner(id), { channel: "email", outcome: "sent" });
    await ring(id, NOON + 30 * MINUTE);
    const due = (await lead(id)).timeline.find(({ type }) => type === "sla.second_touch_due");
    expect(due?.data["channel"]).toBeNull();
  });

  test("only reported: the clock runs until the steward agrees", async () => {
    await publish(withCleanup());
    const id = await captured();
    const reported = await on(id, "bounces", { kind: "email", reason: "looks odd" });
    expect(kinds(reported)).toContain("firstTouch");
    const [task] = await tasks(`lead=${id}`);
    expect(task).toMatchObject({ kind: "confirmBounce", owner: { id: "mia" } });
    const complete = (which: string | undefined, body?: object) =>
      api("POST", `/v1/tasks/${encodeURIComponent(which ?? "")}/complete`, body);
    await complete(task?.id);
    expect(await lead(id)).toMatchObject({ queue: { id: "cleanup" }, owner: null });
    const fine = await captured();
    await on(fine, "bounces", { kind: "email", reason: "looks odd" });
    const [asked] = await tasks(`lead=${fine}`);
    expect((await complete(asked?.id, { agree: false })).status).toBe(200);
    const stays = await lead(fine);
    expect([stays.queue, kinds(stays).includes("firstTouch")]).toEqual([null, true]);
    expect(stays.timeline.at(-1)).toMatchObject({ type: "task.completed", data: { agree: false } });
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
