/** The pick in SQL and its twin in the domain agree on random plans, and rotation stays within a whole lead. */
import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { creditKey, pick } from "../../worker/domain/routing/pick.ts";
import type { Candidate, Loads } from "../../worker/domain/routing/plan-types.ts";
import { afterPick, pickStatement } from "../../worker/store/pick.ts";
import { testEnv } from "./support/workspace.ts";

const SEED = 20261122;
const { DB } = testEnv;

const candidate = (tier: number, person: string, more: Partial<Candidate>): Candidate => ({
  tier,
  person,
  personName: person,
  backup: null,
  team: "t",
  queue: null,
  steward: null,
  rotation: null,
  weight: 1,
  capacity: null,
  activeLeads: null,
  limit: null,
  overflow: false,
  provisional: false,
  target: "team:t",
  reason: "test",
  way: "target",
  clockStartsAt: 0,
  firstTouchDueAt: 0,
  promiseAt: 0,
  nextActionAt: 0,
  timers: [],
  nextDueAt: null,
  acknowledgement: { kind: "received", message: "", owner: null, promiseAt: null, timezone: "UTC" },
  event: { type: "lead.assigned", data: {} },
  effects: [],
  ...more,
});

const PEOPLE = ["ana", "ben", "cleo", "dora", "emil"];

const member = fc.record({
  person: fc.constantFrom(...PEOPLE),
  weight: fc.constantFrom(1, 2, 3, 5, 0.5, 1.5),
  capacity: fc.constantFrom(null, 0, 1, 2),
  rotates: fc.boolean(),
});
const tier = fc.uniqueArray(member, { minLength: 1, maxLength: 5, selector: (item) => item.person });
const scenario = fc.record({
  tiers: fc.array(tier, { minLength: 1, maxLength: 3 }),
  credits: fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 5, maxLength: 5 }),
  held: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 5, maxLength: 5 }),
});

const toPlan = (
  tiers: { person: string; weight: number; capacity: number | null; rotates: boolean }[][],
): Candidate[] =>
  tiers.flatMap((members, index) =>
    members.map((item) =>
      candidate(index, item.person, {
        weight: item.weight,
        capacity: item.capacity,
        rotation: members[0]?.rotates ? "t" : null,
      }),
    ),
  );

let run = 0;

const lead = (id: string, owner: string): D1PreparedStatement =>
  DB.prepare(
    `INSERT INTO leads (id, generation, status, open, stage, email_norm, facts, match, score, fit, intent, owner_id, routing, sla_id,
       policy_version, assignment_seq, created_at, updated_at) VALUES (?1, 1, 'new', 1, 'inquiry', ?1, '{}', '{}', 0, 0, 0, ?2, '{}', 's', 1, 1, 0, 0)`,
  ).bind(id, owner);

beforeEach(async () => {
  await DB.batch(
    ["leads", "assignments", "rotation_credits", "events", "outbox"].map((table) =>
      DB.prepare(`DELETE FROM ${table}`),
    ),
  );
});

const assignment = (candidates: Candidate[]) => ({
  leadId: `ld_${++run}`,
  seq: 1,
  at: 0,
  cause: "test",
  ruleId: null,
  policyVersion: 0,
  configSeen: 0,
  peopleSeen: 0,
  candidates,
  trace: [],
});

test("SQL and twin pick the same candidate and move the same credits", async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async ({ tiers, credits, held }) => {
      await DB.batch([
        DB.prepare("DELETE FROM leads"),
        DB.prepare("DELETE FROM rotation_credits"),
        ...PEOPLE.map((person, i) =>
          DB.prepare("INSERT INTO rotation_credits VALUES ('t', ?1, ?2)").bind(person, credits[i] ?? 0),
        ),
        ...PEOPLE.flatMap((person, i) =>
          Array.from({ length: held[i] ?? 0 }, (_, n) => lead(`held_${person}_${n}`, person)),
        ),
      ]);
      const plan = toPlan(tiers);
      const loads: Loads = {
        awaiting: new Map(PEOPLE.map((person, i) => [person, held[i] ?? 0])),
        open: new Map(),
        credits: new Map(PEOPLE.map((person, i) => [creditKey("t", person), credits[i] ?? 0])),
      };
      const twin = pick(plan, loads);
      const input = assignment(plan);
      const [picked] = await DB.batch<{ chosen: string }>([
        pickStatement(DB, input),
        ...afterPick(DB, {
          leadId: input.leadId,
          seq: 1,
          actor: "system",
          at: 0,
          rotates: true,
          events: [],
          effects: [],
        }),
      ]);
      const chosen = picked?.results[0] ? (JSON.parse(picked.results[0].chosen) as Candidate) : null;
      expect(chosen).toEqual(twin?.candidate ?? null);
      const after = await DB.prepare("SELECT person_id AS person, credit FROM rotation_credits").all<{
        person: string;
        credit: number;
      }>();
      const expected = new Map(PEOPLE.map((person, i) => [person, credits[i] ?? 0]));
      for (const move of twin?.moves ?? [])
        expected.set(move.person, (expected.get(move.person) ?? 0) + move.delta);
      for (const row of after.results) expect(row.credit).toBeCloseTo(expected.get(row.person) ?? 0, 9);
    }),
    { seed: SEED, numRuns: 150 },
  );
}, 60_000);

test("from level credits and an unchanged set nobody is ever a whole lead away from their weighted share", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(1, 2, 3, 5, 7, 0.5), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 300 }),
      (weights, picks) => {
        const plan = weights.map((weight, i) => candidate(0, PEOPLE[i] ?? "x", { weight, rotation: "t" }));
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        const credits = new Map<string, number>();
        const got = new Map<string, number>();
        for (let n = 1; n <= picks; n++) {
          const picked = pick(plan, { awaiting: new Map(), open: new Map(), credits });
          for (const move of picked?.moves ?? []) {
            const key = creditKey("t", move.person);
            credits.set(key, (credits.get(key) ?? 0) + move.delta);
          }
          const person = picked?.candidate.person ?? "";
          got.set(person, (got.get(person) ?? 0) + 1);
          for (const item of plan) {
            const due = (n * item.weight) / total;
            expect(Math.abs((got.get(item.person ?? "") ?? 0) - due)).toBeLessThan(1);
          }
        }
      },
    ),
    { seed: SEED, numRuns: 300 },
  );
});
