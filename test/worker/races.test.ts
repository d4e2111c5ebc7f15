/** The clock against a failing database, against itself, and against people who act at the same moment. */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { LeadClock } from "../../worker/durable/lead-clock.ts";
import { shardOf } from "../../worker/store/clocks.ts";
import { call, capture, document, person, publish, submission, testEnv } from "./support/workspace.ts";

const MINUTE = 60_000;
/** A Monday, 12:00 UTC. */
const NOON = Date.parse("2037-11-23T12:00:00.000Z");

interface LeadView {
  status: string;
  owner: { id: string } | null;
  reassignments: number;
  firstTouchAt: string | null;
  disposition: { code: string } | null;
  timeline: { type: string }[];
}

const lead = async (id: string): Promise<LeadView> => (await call<LeadView>("GET", `/v1/leads/${id}`)).body;
const count = (view: LeadView, type: string): number =>
  view.timeline.filter((event) => event.type === type).length;
const clockOf = (id: string): DurableObjectStub<LeadClock> => testEnv.LEAD_CLOCK.getByName(shardOf(id));
const alarmOf = (id: string): Promise<number | null> =>
  runInDurableObject(clockOf(id), (_object, state) => state.storage.getAlarm());

/** Who the last assignment named, and whether they come one after another without a gap. */
const assignments = async (id: string): Promise<{ seqs: number[]; last: string | undefined }> => {
  const { results } = await testEnv.DB.prepare(
    "SELECT seq, person_id FROM assignments WHERE lead_id = ?1 ORDER BY seq",
  )
    .bind(id)
    .all<{ seq: number; person_id: string }>();
  return { seqs: results.map((row) => row.seq), last: results.at(-1)?.person_id };
};

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(NOON);
  await publish(document({ people: [...document().people, person("zoe"), person("yan")] }));
});

afterEach(() => {
  vi.useRealTimers();
});

describe("an alarm while the database fails", () => {
  test("is set again, and does its work once when the database is back", async () => {
    const { body } = await capture(submission());
    await testEnv.DB.prepare("ALTER TABLE leads RENAME TO leads_gone").run();
    vi.setSystemTime(NOON + 10 * MINUTE);
    await runDurableObjectAlarm(clockOf(body.leadId));
    const again = await alarmOf(body.leadId);
    expect(again).toBeGreaterThan(NOON + 10 * MINUTE);
    expect(again).toBeLessThanOrEqual(NOON + 11 * MINUTE);
    await testEnv.DB.prepare("ALTER TABLE leads_gone RENAME TO leads").run();
    await runDurableObjectAlarm(clockOf(body.leadId));
    const view = await lead(body.leadId);
    expect(view.reassignments).toBe(1);
    expect(count(view, "sla.breached")).toBe(1);
  });

  test("that can only be read fails its timer, keeps the lead as it was, and tries again", async () => {
    const { body } = await capture(submission());
    await testEnv.DB.prepare(
      "CREATE TRIGGER no_writes BEFORE UPDATE ON leads BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    ).run();
    vi.setSystemTime(NOON + 10 * MINUTE);
    await runDurableObjectAlarm(clockOf(body.leadId));
    expect(await alarmOf(body.leadId)).toBeGreaterThan(NOON + 10 * MINUTE);
    await testEnv.DB.prepare("DROP TRIGGER no_writes").run();
    expect(await assignments(body.leadId)).toMatchObject({ seqs: [1] });
    vi.setSystemTime(NOON + 11 * MINUTE);
    await runDurableObjectAlarm(clockOf(body.leadId));
    expect((await lead(body.leadId)).reassignments).toBe(1);
  });
});

describe("at the same moment", () => {
  test("one alarm delivered several times reassigns once", async () => {
    const { body } = await capture(submission());
    vi.setSystemTime(NOON + 10 * MINUTE);
    await Promise.all(
      Array.from({ length: 5 }, () => runInDurableObject(clockOf(body.leadId), (object) => object.alarm())),
    );
    const view = await lead(body.leadId);
    expect(view.reassignments).toBe(1);
    expect(count(view, "lead.reassigned")).toBe(1);
    expect((await assignments(body.leadId)).seqs).toEqual([1, 2]);
  });

  test.each(Array.from({ length: 5 }, (_, index) => index))(
    "an alarm and a touch: either the breach comes first or the touch stops it (%i)",
    async () => {
      const { body } = await capture(submission());
      const owner = (await lead(body.leadId)).owner?.id;
      vi.setSystemTime(NOON + 10 * MINUTE);
      const touch = { channel: "call", outcome: "connected", by: owner };
      const [touched] = await Promise.all([
        call("POST", `/v1/leads/${body.leadId}/touches`, touch),
        runInDurableObject(clockOf(body.leadId), (object) => object.alarm()),
      ]);
      expect(touched.status).toBe(201);
      const view = await lead(body.leadId);
      expect(view.firstTouchAt).not.toBeNull();
      expect(count(view, "lead.touched")).toBe(1);
      expect(count(view, "lead.reassigned")).toBe(view.reassignments);
      expect(view.reassignments).toBeLessThanOrEqual(1);
      expect((await assignments(body.leadId)).last).toBe(view.owner?.id);
    },
  );

  test("20 conflicting actions leave one owner, one outcome and no gap", async () => {
    const { body } = await capture(submission());
    const path = `/v1/leads/${body.leadId}`;
    const to = ["zoe", "yan", "ben", "cleo"];
    const codeOf = (n: number): string => (n % 8 === 3 ? "not_a_fit" : "won");
    const actions = Array.from({ length: 20 }, (_, n) =>
      n % 4 === 3
        ? call("POST", `${path}/disposition`, { code: codeOf(n), nextStep: "none" })
        : n % 4 === 2
          ? call("POST", `${path}/touches`, { id: `touch${n}`, channel: "call", outcome: "connected" })
          : call("POST", `${path}/reassign`, { to: to[n % to.length], reason: `try ${n}` }),
    );
    const statuses = (await Promise.all(actions)).map((answer) => answer.status);
    expect(statuses.filter((status) => ![200, 201, 409].includes(status))).toEqual([]);
    const view = await lead(body.leadId);
    const { seqs, last } = await assignments(body.leadId);
    expect(last).toBe(view.owner?.id);
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    expect(count(view, "lead.closed")).toBe(1);
    // The same code again is a repeat; the other code comes too late.
    const closings = statuses.map((status, n) => ({ status, code: codeOf(n) })).filter((_, n) => n % 4 === 3);
    for (const { status, code } of closings) expect(status).toBe(code === view.disposition?.code ? 200 : 409);
  });
});
