/** Contact data that is proven wrong, told to be, and corrected. */
import { describe, expect, test } from "vitest";
import type { Lead } from "../../schema/wire/lead.ts";
import { document, publish } from "./support/workspace.ts";
import {
  api,
  at,
  captured,
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
  useLife,
  withDan,
} from "./support/life.ts";

useLife();

const iso = (time: number): string => new Date(time).toISOString();

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
