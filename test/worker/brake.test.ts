/** The brake: clocks that only report, and what happens when they act again. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { depsFor } from "../../worker/ports.ts";
import { wake } from "../../worker/flows/wake.ts";
import { call, capture, document, publish, submission, testEnv } from "./support/workspace.ts";

const START = Date.parse("2026-11-23T10:00:00Z");
const MINUTE = 60_000;

beforeEach(() => vi.useFakeTimers({ toFake: ["Date"], now: START }));
afterEach(() => vi.useRealTimers());

/** Clocks ring when the test says so. */
const quiet = {
  ...testEnv,
  LEAD_CLOCK: { getByName: () => ({ arm: () => Promise.resolve() }) },
} as unknown as typeof testEnv;

interface Lead {
  owner_id: string;
  generation: number;
  breaches: number;
  next_due_at: number;
  first_touch_due_at: number;
}

const leadRow = async (id: string): Promise<Lead> => {
  const row = await testEnv.DB.prepare("SELECT * FROM leads WHERE id = ?1").bind(id).first<Lead>();
  if (!row) throw new Error(id);
  return row;
};

const eventsOf = async (id: string): Promise<{ type: string; data: Record<string, unknown> }[]> => {
  const { results } = await testEnv.DB.prepare(
    "SELECT type, data FROM events WHERE lead_id = ?1 ORDER BY seq",
  )
    .bind(id)
    .all<{ type: string; data: string }>();
  return results.map(({ type, data }) => ({ type, data: JSON.parse(data) as Record<string, unknown> }));
};

/** To the moment of its next deadline, and what its clock does then. */
const ring = async (id: string): Promise<Lead> => {
  vi.setSystemTime(Math.max(Date.now(), (await leadRow(id)).next_due_at));
  const { errors } = await wake(
    depsFor(quiet, (work) => void work.catch(() => undefined)),
    id,
  );
  expect(errors).toEqual([]);
  return leadRow(id);
};

const brake = (mode: string, reason = "We move offices") =>
  call<{ mode: string; by: string; reason: string; since: string }>("POST", "/v1/enforcement", {
    mode,
    reason,
  });

test("in observe a breach is told and nothing else happens; enforced again, old ones begin anew one by one", async () => {
  await publish(document({ people: document().people.map((each) => ({ ...each, calendar: "always" })) }));
  expect((await call("GET", "/v1/enforcement")).body).toMatchObject({ mode: "enforce", since: null });
  const on = await brake("observe");
  expect(on.body).toEqual({
    mode: "observe",
    by: "key:admin",
    reason: "We move offices",
    since: new Date(START).toISOString(),
  });
  const ids: string[] = [];
  for (let n = 0; n < 4; n++) ids.push((await capture(submission(), quiet)).body.leadId);
  const owners = new Map<string, string>();
  for (const id of ids) owners.set(id, (await leadRow(id)).owner_id);
  // Warnings come as ever, then the target passes, and passes again.
  for (let rings = 0; rings < 3; rings++) for (const id of ids) await ring(id);
  for (const id of ids) {
    const lead = await leadRow(id);
    expect(lead).toMatchObject({ owner_id: owners.get(id), breaches: 0 });
    expect(lead.next_due_at).toBeGreaterThan(Date.now());
    const told = (await eventsOf(id)).filter(({ type }) => type === "sla.breached");
    expect(told.map(({ data }) => data["observed"])).toEqual([true]);
  }
  const count = (sql: string) => testEnv.DB.prepare(sql).first<number>("n");
  expect(await count("SELECT count(*) AS n FROM strikes")).toBe(0);

  await brake("enforce", "We are back");
  const dues = new Map<string, number[]>();
  for (const id of ids) {
    const lead = await ring(id);
    expect(lead.owner_id).toBe(owners.get(id));
    dues.set(lead.owner_id, [...(dues.get(lead.owner_id) ?? []), lead.first_touch_due_at]);
  }
  // A whole target each, and for one owner one after another.
  for (const times of dues.values()) {
    expect(new Set(times).size).toBe(times.length);
    for (const at of times) expect(at - Date.now()).toBeGreaterThan(9 * MINUTE);
  }
  expect((await eventsOf(ids[0] ?? "")).at(-1)?.type).toBe("sla.rearmed");

  // From here on it is a breach like any other.
  await ring(ids[0] ?? "");
  const moved = await ring(ids[0] ?? "");
  expect(moved.owner_id).not.toBe(owners.get(ids[0] ?? ""));
  expect(moved.breaches).toBe(1);
});

test("every change says who, when and why; asking for what is in force changes nothing", async () => {
  const changes = async () =>
    (
      await testEnv.DB.prepare(
        "SELECT actor, data ->> 'mode' AS mode, data ->> 'reason' AS reason FROM events WHERE type = 'enforcement.changed' ORDER BY seq",
      ).all()
    ).results;
  expect(await changes()).toEqual([
    { actor: "key:admin", mode: "observe", reason: "We move offices" },
    { actor: "key:admin", mode: "enforce", reason: "We are back" },
  ]);
  expect((await brake("enforce", "Again")).body.reason).toBe("We are back");
  expect(await changes()).toHaveLength(2);
  expect((await brake("stop")).status).toBe(422);
  expect((await call("POST", "/v1/enforcement", { mode: "observe" })).status).toBe(422);
  expect((await call("POST", "/v1/enforcement", { mode: "observe", reason: "x" }, {})).status).toBe(401);
});

test("a decision made before the brake was on is made again", async () => {
  const { body } = await capture(submission(), quiet);
  await ring(body.leadId);
  const before = await leadRow(body.leadId);
  vi.setSystemTime(before.next_due_at);
  const [woken] = await Promise.all([
    wake(
      depsFor(quiet, (work) => void work.catch(() => undefined)),
      body.leadId,
    ),
    brake("observe"),
  ]);
  expect(woken.errors).toEqual([]);
  const strikes = await testEnv.DB.prepare("SELECT count(*) AS n FROM strikes WHERE lead_id = ?1")
    .bind(body.leadId)
    .first<number>("n");
  const after = await leadRow(body.leadId);
  // Either it was through before, or it was only reported; never half of both.
  expect([0, 1]).toContain(strikes);
  expect(after.owner_id === before.owner_id).toBe(strikes === 0);
  expect(after.breaches).toBe(strikes);
});
