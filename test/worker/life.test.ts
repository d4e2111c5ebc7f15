/** The life of a lead: closing and coming back, corrected contact data, another policy for open leads. */
import { describe, expect, test } from "vitest";
import type { ConfigInput } from "../../schema/config/document.ts";
import type { Board } from "../../schema/wire/board.ts";
import type { Lead } from "../../schema/wire/lead.ts";
import type { ReplanAnswer } from "../../schema/wire/replan.ts";
import { sweep } from "../../worker/flows/sweep.ts";
import { depsFor } from "../../worker/ports.ts";
import { undispatched } from "./support/outbox.ts";
import { publish } from "./support/workspace.ts";
import {
  api,
  at,
  captured,
  DAY,
  kinds,
  lead,
  MINUTE,
  NOON,
  on,
  owner,
  ring,
  touch,
  types,
  useLife,
  withDan,
} from "./support/life.ts";

useLife();

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
    const future = { code: "not_a_fit", nextStep: "x", recycleOn: "2037-01-01" };
    expect((await api("POST", `/v1/leads/${await captured()}/disposition`, future)).status).toBe(422);
  });

  test("the day of return begins where the workspace is", async () => {
    await publish({ ...withDan(), workspace: { name: "Acme", timezone: "America/New_York" } });
    const id = await captured();
    await on(id, "disposition", { code: "not_a_fit", nextStep: "later", recycleOn: "2037-11-30" });
    const deps = depsFor(undispatched, () => undefined);
    at(Date.parse("2037-11-30T04:59:00.000Z"));
    expect((await sweep(deps)).returned).toBe(0);
    at(Date.parse("2037-11-30T05:00:00.000Z"));
    expect((await sweep(deps)).returned).toBe(1);
  });

  test("recycled leads come back on their day, routed today, to their last owner, with a clock", async () => {
    const id = await captured();
    const by = await owner(id);
    await on(id, "disposition", { code: "not_a_fit", nextStep: "later", recycleOn: "2037-11-30" });
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
