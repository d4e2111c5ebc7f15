/** The brake: clocks that only report, and what happens when they act again. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { depsFor } from "../../worker/ports.ts";
import type { Deps } from "../../worker/flows/deps.ts";
import { wake } from "../../worker/flows/wake.ts";
import { ORIGIN, signIn, using } from "./support/signin.ts";
import { call, capture, document, publish, quietEnv, submission, testEnv } from "./support/workspace.ts";

const START = Date.parse("2037-11-23T10:00:00Z");
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Time never goes back: what was changed before stays before. */
let today = START - DAY;
beforeEach(() => vi.useFakeTimers({ toFake: ["Date"], now: (today += DAY) }));
afterEach(() => vi.useRealTimers());

interface Lead {
  owner_id: string;
  generation: number;
  breaches: number;
  next_due_at: number;
  first_touch_due_at: number;
  next_action_at: number;
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
    depsFor(quietEnv, (work) => void work.catch(() => undefined)),
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
  for (let n = 0; n < 4; n++) ids.push((await capture(submission(), quietEnv)).body.leadId);
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

/** A wake between whose first decision and its write something happens. */
const interrupted = (happens: () => Promise<unknown>): Deps => {
  const deps = depsFor(quietEnv, (work) => void work.catch(() => undefined));
  let batches = 0;
  const db = new Proxy(deps.db, {
    get: (target, name) => {
      if (name === "batch")
        return async (statements: D1PreparedStatement[]) => {
          // The first reads the lead.
          if (++batches === 2) await happens();
          return target.batch(statements);
        };
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
  return { ...deps, db };
};

const strikesOf = (id: string) =>
  testEnv.DB.prepare("SELECT count(*) AS n FROM strikes WHERE lead_id = ?1").bind(id).first<number>("n");

const untilBreach = async (id: string): Promise<Lead> => {
  await ring(id);
  const lead = await leadRow(id);
  vi.setSystemTime(lead.next_due_at);
  return lead;
};

test.each([
  ["to move it on", 3],
  ["to leave it with its owner, as nobody else may have it", 0],
])("a decision made before the brake was on is made again: %s", async (_, maxReassignments) => {
  await publish(
    document({
      people: document().people.map((each) => ({ ...each, calendar: "always" })),
      sla: [{ id: "standard", maxReassignments }],
    }),
  );
  const { leadId } = (await capture(submission(), quietEnv)).body;
  const before = await untilBreach(leadId);
  const { errors } = await wake(
    interrupted(() => brake("observe")),
    leadId,
  );
  expect(errors).toEqual([]);
  expect(await strikesOf(leadId)).toBe(0);
  expect(await leadRow(leadId)).toMatchObject({ owner_id: before.owner_id, breaches: 0 });
  expect((await eventsOf(leadId)).at(-1)).toMatchObject({ type: "sla.breached", data: { observed: true } });
  await brake("enforce", "We are back");
});

test("what passed while the brake was on begins anew, also if its clock rings only after it", async () => {
  await brake("observe");
  const { leadId } = (await capture(submission(), quietEnv)).body;
  const before = await untilBreach(leadId);
  vi.setSystemTime(before.next_due_at + MINUTE);
  await brake("enforce", "We are back");
  const after = await ring(leadId);
  expect(after).toMatchObject({ owner_id: before.owner_id, breaches: 0 });
  expect(after.first_touch_due_at).toBeGreaterThan(Date.now());
  expect(after.next_action_at).toBe(after.first_touch_due_at);
  expect(await strikesOf(leadId)).toBe(0);
  expect((await eventsOf(leadId)).at(-1)?.type).toBe("sla.rearmed");
});

test("two leads of one owner that begin anew at the same moment do so one after the other", async () => {
  await brake("observe");
  // Three leads, two people: somebody has two.
  const ids = [];
  for (let n = 0; n < 3; n++) ids.push((await capture(submission(), quietEnv)).body.leadId);
  for (const id of ids) await ring(id);
  for (const id of ids) await ring(id);
  await brake("enforce", "We are back");
  const leads = await Promise.all(ids.map(async (id) => ({ id, ...(await leadRow(id)) })));
  const [one, other] = leads.filter(
    ({ owner_id: owner }, _n, all) => all.filter((each) => each.owner_id === owner).length > 1,
  );
  if (!one || !other) throw new Error("Nobody has two");
  vi.setSystemTime(Math.max(one.next_due_at, other.next_due_at));
  const { errors } = await wake(
    interrupted(() =>
      wake(
        depsFor(quietEnv, () => undefined),
        other.id,
      ),
    ),
    one.id,
  );
  expect(errors).toEqual([]);
  const [first, second] = [await leadRow(other.id), await leadRow(one.id)];
  expect(first.first_touch_due_at).toBeGreaterThan(Date.now());
  expect(second.first_touch_due_at - first.first_touch_due_at).toBeGreaterThan(9 * MINUTE);
});

test("managers may pull it, who publish nothing; reps may not", async () => {
  const as = (cookie: string, path: string, body: object) =>
    call("POST", path, body, { cookie, origin: ORIGIN }, using);
  const asked = { mode: "observe", reason: "The mail server is down" };
  const [manager, rep] = [await signIn("mia@acme.example"), await signIn("ben@acme.example")];
  expect((await as(rep, "/v1/enforcement", asked)).status).toBe(403);
  const pulled = await as(manager, "/v1/enforcement", asked);
  expect([pulled.status, pulled.body["by"]]).toEqual([200, "person:mia"]);
  expect((await as(manager, "/v1/enforcement", { ...asked, mode: "enforce" })).status).toBe(200);
  // What takes the server's time for a draft is for those who may publish it.
  const days = { from: "2037-11-22", to: "2037-11-22" };
  expect((await as(manager, "/v1/backtests", days)).status).toBe(403);
  expect((await as(manager, "/v1/backtests/none/cancel", {})).status).toBe(403);
});
