/** What may happen to a workspace, as random actions, and what must hold after each: the promises of docs/architecture.md. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { expect } from "vitest";
import type { Env } from "../../../worker/env.ts";
import { watchNets } from "../../../worker/flows/nets.ts";
import { replayPicks } from "../../../worker/flows/replay.ts";
import { rollUp } from "../../../worker/flows/rollup.ts";
import { sweep } from "../../../worker/flows/sweep.ts";
import { depsFor } from "../../../worker/ports.ts";
import { shardOf } from "../../../worker/store/clocks.ts";
import { seeded } from "../../support/random.ts";
import { at, DAY, HOUR, MINUTE, NOON } from "./life.ts";
import { ring, startClocks, ticking, unarmed } from "./clocks.ts";
import { expectNets } from "./promises.ts";
import { DOCUMENTS, REPS } from "./model-documents.ts";
import { call, publish, testEnv, type Captured } from "./workspace.ts";

/** Every so often the database dies before it writes, or after it wrote and before we hear of it. */
const flaky = (random: () => number): Env => {
  const batch = async (statements: D1PreparedStatement[]) => {
    const fate = random();
    if (fate < 0.35) throw new Error("D1_ERROR: it died before it wrote");
    const results = await testEnv.DB.batch(statements);
    if (fate < 0.6) throw new Error("D1_ERROR: it wrote, and died before it answered");
    return results;
  };
  const DB = new Proxy(testEnv.DB, {
    get: (target, name) => {
      if (name === "batch") return batch;
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
  return { ...ticking, DB };
};

export interface Model {
  random: () => number;
  now: number;
  /** Every acknowledged submission with its lead. */
  acknowledged: Map<string, { body: unknown; leadId: string }>;
  /** What is set once, by lead. */
  firstTouches: Map<string, number>;
  promises: Map<string, number | null>;
  /** Leads whose clock nobody may have armed: something died in between. The sweeper sees to them. */
  excused: Set<string>;
  log: string[];
  count: number;
}

export const newModel = async (seed: number): Promise<Model> => {
  at(NOON + (seed % 7) * DAY);
  await startClocks();
  await publish(DOCUMENTS[seed % DOCUMENTS.length]!);
  return {
    random: seeded(seed),
    now: NOON + (seed % 7) * DAY,
    acknowledged: new Map(),
    firstTouches: new Map(),
    promises: new Map(),
    excused: new Set(),
    log: [],
    count: seed * 10_000,
  };
};

const oneOf = <T>(model: Model, list: readonly T[]): T | undefined =>
  list[Math.floor(model.random() * list.length)];

interface Row {
  id: string;
  owner: string | null;
  steward: string | null;
}

const anyLead = async (model: Model, where = "open = 1"): Promise<Row | undefined> => {
  const { results } = await testEnv.DB.prepare(
    `SELECT id, owner_id AS owner, steward_id AS steward FROM leads WHERE ${where} ORDER BY id`,
  ).all<Row>();
  return oneOf(model, results);
};

/** Anything the API may answer but a fault of ours; while the database dies that is one too, and nothing is promised. */
const ask = async (
  model: Model,
  method: string,
  path: string,
  body: unknown,
  dies = false,
): Promise<{ status: number; body: Record<string, unknown> }> => {
  const answer = await call(method, path, body, undefined, dies ? flaky(model.random) : ticking);
  if (!dies) expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(500);
  return answer;
};

const submissions = async (model: Model, dies: boolean): Promise<void> => {
  const known = [...model.acknowledged.entries()];
  const repeated = model.random() < 0.2 ? oneOf(model, known) : undefined;
  const n = ++model.count;
  const again = model.random() < 0.15 ? oneOf(model, known) : undefined;
  const email = again
    ? (again[1].body as { fields: { email: string } }).fields.email
    : `v${n}@${model.random() < 0.2 ? "gmail.com" : `company${n}.example`}`;
  const phone = model.random() < 0.4 ? { phone: `+1 212 555 ${String(1000 + (n % 9000))}` } : {};
  const body = repeated?.[1].body ?? {
    submissionId: `m-${n}`,
    fields: { email, name: "Robin Example", ...phone },
  };
  const env = dies ? flaky(model.random) : ticking;
  const send = () => call<Captured>("POST", "/v1/forms/demo/submissions", body, {}, env);
  // Twice at once, now and then: a page that was sent twice.
  const answers = model.random() < 0.2 ? await Promise.all([send(), send()]) : [await send()];
  for (const { status, body: answer } of answers) {
    if (status >= 500) continue;
    expect(status).toBeLessThan(300);
    const { submissionId } = body as { submissionId: string };
    const before = model.acknowledged.get(submissionId);
    // What was held may turn out to join an open lead; else a repeat names the same one. Of two answers at once either may be first.
    if (before && before.leadId !== answer.leadId)
      expect([before.leadId, answer.leadId]).toContain(await joined(submissionId));
    model.acknowledged.set(submissionId, { body, leadId: answer.leadId });
  }
};

const joined = async (submissionId: string): Promise<string | undefined> =>
  (
    await testEnv.DB.prepare("SELECT lead_id FROM submissions WHERE submission_id = ?1 AND joined = 1")
      .bind(submissionId)
      .first<{ lead_id: string }>()
  )?.lead_id;

const deps = (env: Env) => depsFor(env, () => undefined);

/** Time passes; clocks go off once, twice, at the same moment as somebody acts, or not at all. */
const tick = async (model: Model, dies: boolean): Promise<void> => {
  const leap = model.random();
  model.now += Math.floor(leap < 0.7 ? leap * 20 * MINUTE : leap < 0.95 ? leap * 3 * HOUR : leap * 2 * DAY);
  at(model.now);
  if (model.random() < 0.15) return;
  const { results } = await testEnv.DB.prepare(
    "SELECT DISTINCT shard FROM leads WHERE open = 1 AND next_due_at <= ?1 ORDER BY shard",
  )
    .bind(model.now)
    .all<{ shard: string }>();
  const env = dies ? flaky(model.random) : ticking;
  const twice = model.random() < 0.3;
  const rings = (shard: string) =>
    ring(env, shard, model.now).catch((error: unknown) => {
      if (!dies) throw error;
    });
  const late = model.random() < 0.3 ? touch(model) : Promise.resolve();
  await Promise.all([
    late,
    ...results.flatMap(({ shard }) => (twice ? [rings(shard), rings(shard)] : [rings(shard)])),
  ]);
};

const touch = async (model: Model, dies = false): Promise<void> => {
  const lead = await anyLead(model);
  if (!lead) return;
  const kind = model.random();
  const by = kind < 0.7 ? (lead.owner ?? lead.steward) : oneOf(model, REPS);
  await ask(
    model,
    "POST",
    `/v1/leads/${lead.id}/touches`,
    {
      id: `t-${Math.floor(model.random() * 40)}`,
      channel: oneOf(model, ["call", "email", "sms"]),
      direction: model.random() < 0.15 ? "inbound" : "outbound",
      outcome: model.random() < 0.9 ? "voicemail" : null,
      by,
      at: new Date(model.now - Math.floor(model.random() * 3 * MINUTE)).toISOString(),
      evidence: { grade: model.random() < 0.5 ? "verified" : "reported" },
    },
    dies,
  );
};

const work = async (model: Model, dies: boolean): Promise<void> => {
  const lead = await anyLead(model);
  if (!lead) return;
  const nextStep = "next";
  const recycleOn = new Date(model.now + Math.ceil(model.random() * 2 * DAY)).toISOString();
  const [path, body] = oneOf<readonly [string, object]>(model, [
    ["accept", {}],
    ["stage", { stage: oneOf(model, ["mql", "sal", "sql", "opportunity"]) }],
    ["handoff", { stage: "sql", to: oneOf(model, ["mia", "last"]), nextAction: "Call" }],
    ["reassign", { reason: "test" }],
    ["reassign", { to: "mia", reason: "test" }],
    ["bounces", { kind: "email", evidence: { grade: "verified" } }],
    ["bounces", { kind: "email" }],
    ["bounces", { kind: "phone", evidence: { grade: "verified" } }],
    ["release", {}],
    ["disposition", { code: "not_a_fit", nextStep, ...(model.random() < 0.5 ? { recycleOn } : {}) }],
    ["disposition", { code: "won", nextStep }],
    ["disposition", { code: "booked", nextStep }],
  ])!;
  await ask(model, "POST", `/v1/leads/${lead.id}/${path}`, body, dies);
};

const correct = async (model: Model, dies: boolean): Promise<void> => {
  const lead = await anyLead(model, model.random() < 0.7 ? "queue_id = 'cleanup' AND open = 1" : "open = 1");
  if (lead)
    await ask(model, "PATCH", `/v1/leads/${lead.id}`, { email: `fixed${++model.count}@fixed.example` }, dies);
};

const activities = async (model: Model, dies: boolean): Promise<void> => {
  const lead = await anyLead(model, "1 = 1");
  const id = String(Math.floor(model.random() * 30));
  const sent = { source: "dialler", id, type: "call", at: new Date(model.now - MINUTE).toISOString() };
  if (lead) await ask(model, "POST", "/v1/activities", { activities: [{ ...sent, leadId: lead.id }] }, dies);
};

const tasks = async (model: Model, dies: boolean): Promise<void> => {
  const { results } = await testEnv.DB.prepare("SELECT id FROM tasks ORDER BY id").all<{ id: string }>();
  const task = oneOf(model, results);
  if (task) await ask(model, "POST", `/v1/tasks/${encodeURIComponent(task.id)}/complete`, {}, dies);
};

/** People come and go; one rep at most is deactivated, so that somebody is there whatever comes. */
const people = async (model: Model): Promise<void> => {
  const who = oneOf(model, REPS)!;
  const until = new Date(model.now + HOUR).toISOString();
  const [method, path, body] = oneOf<readonly [string, string, unknown]>(model, [
    ["POST", `${who}/capacity`, { capacity: 1 + Math.floor(model.random() * 3), until }],
    ["PUT", `${who}/availability`, { availability: "away", until }],
    ["PUT", `${who}/availability`, { availability: "available" }],
    ["POST", `${who}/time-off`, { start: new Date(model.now + 5 * MINUTE).toISOString(), end: until }],
    ["POST", `${who}/reinstate`, undefined],
    ["POST", "dan/deactivate", {}],
    ["POST", "dan/reactivate", undefined],
  ])!;
  await ask(model, method, `/v1/people/${path}`, body);
};

const policy = async (model: Model): Promise<void> => {
  if (model.random() < 0.6) await publish(oneOf(model, DOCUMENTS)!);
  else
    await ask(model, "POST", "/v1/leads/replan", { dryRun: model.random() < 0.4, reason: "test", limit: 20 });
};

/** The brake, and off it again. */
const brake = async (model: Model): Promise<void> => {
  const mode = model.random() < 0.4 ? "observe" : "enforce";
  await ask(model, "POST", "/v1/enforcement", { mode, reason: "test" });
};

/** What the cron does each minute; and what it says it caught is what there was. */
const minute = async (model: Model): Promise<void> => {
  const overdue = await testEnv.DB.prepare(
    "SELECT count(*) AS n FROM leads WHERE open = 1 AND next_due_at < ?1",
  )
    .bind(model.now - MINUTE)
    .first<{ n: number }>();
  const swept = await sweep(deps(ticking));
  expect(swept).toMatchObject({ caught: overdue?.n, clockless: 0 });
  expect(await unarmed(model.now + 2 * MINUTE), "3: due within two minutes and not armed").toEqual([]);
  model.excused.clear();
  await rollUp(deps(ticking), MINUTE);
  await watchNets(deps(ticking));
  await expectNets(model);
};

const ACTIONS: readonly (readonly [number, string, (model: Model, dies: boolean) => Promise<void>])[] = [
  [7, "capture", submissions],
  [8, "tick", tick],
  [5, "touch", touch],
  [6, "work", work],
  [2, "correct", correct],
  [2, "activity", activities],
  [1, "task", tasks],
  [2, "people", people],
  [1, "policy", policy],
  [0.5, "brake", brake],
  [2, "minute", minute],
];
const WEIGHT = ACTIONS.reduce((sum, [weight]) => sum + weight, 0);

/** One thing happens, now and then while the database dies. */
export const step = async (model: Model): Promise<void> => {
  let left = model.random() * WEIGHT;
  const found = ACTIONS.find(([weight]) => (left -= weight) < 0) ?? ACTIONS[0]!;
  const dies = model.random() < 0.12;
  model.log.push(`${found[1]}${dies ? " (dying)" : ""}`);
  await found[2](model, dies);
  const without = await unarmed();
  if (dies) for (const id of without) model.excused.add(id);
  else
    expect(
      without.filter((id) => !model.excused.has(id)),
      `3: without an alarm after ${found[1]}`,
    ).toEqual([]);
};

/** Everything held becomes a lead, every clock is heard: then nothing is left that should have happened. */
export const settle = async (model: Model): Promise<void> => {
  for (const [submissionId, { leadId }] of model.acknowledged) {
    const row = await testEnv.DB.prepare("SELECT 1 FROM submissions WHERE submission_id = ?1")
      .bind(submissionId)
      .first();
    if (!row) await runDurableObjectAlarm(testEnv.LEAD_HOLDER.getByName(leadId));
  }
  for (let rounds = 0; rounds < 20; rounds++) {
    const { results } = await testEnv.DB.prepare("SELECT id FROM leads WHERE open = 1 AND next_due_at <= ?1")
      .bind(model.now)
      .all<{ id: string }>();
    if (results.length === 0) break;
    for (const shard of new Set(results.map(({ id }) => shardOf(id)))) await ring(ticking, shard, model.now);
  }
  const { mismatches } = await replayPicks(deps(ticking));
  expect(mismatches).toEqual([]);
};
