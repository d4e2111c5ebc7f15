/** The policy, case by case, and its first invariant: whatever happens, a lead ends at an active human. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CASES, matched, owned, withRouting } from "../../cases/routing-plans.ts";
import { account, base, NIGHT, NOON, OFFICE, peopleWith, person, planFor, tiers } from "./support.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("who may take a lead", () => {
  test.each(CASES)("$name", ({ asked, expect: wanted, rule }) => {
    const plan = planFor(asked);
    expect(tiers(plan)).toBe(wanted);
    if (rule !== undefined) expect(plan.ruleId).toBe(rule);
    expect(plan.trace.length).toBeGreaterThan(0);
  });
});

test("a rule that didn't hold says which part failed, and what was there; nothing about the person themselves", () => {
  const when = {
    all: [
      { field: "lead.freeMail", op: "ne" as const, value: true },
      {
        any: [
          { field: "lead.country", op: "in" as const, value: ["FR", "ES"] },
          { field: "account.owner", op: "exists" as const },
        ],
      },
    ],
  };
  const mine = { not: { field: "lead.email", op: "endsWith" as const, value: "foo.example" } };
  const plan = planFor({
    config: withRouting([
      { id: "a", when, to: { team: "smb" } },
      { id: "b", when: mine, to: { team: "smb" } },
      { id: "c", when: { field: "lead.email", op: "eq", value: "y@foo.example" }, to: { team: "smb" } },
      { id: "d", when: { field: "account.employees", op: "gte", value: 50 }, to: { team: "smb" } },
    ]),
  });
  expect(plan.trace.slice(0, 4).map(({ detail }) => detail)).toEqual([
    "lead.country is one of FR, ES (it is DE); account.owner is absent",
    "not (lead.email ends with foo.example), and it holds",
    "lead.email is y@foo.example",
    "account.employees is at least 50 (it is absent)",
  ]);
});

test("an observed rule leaves in the trace whom it would have gone to", () => {
  const plan = planFor({
    config: withRouting([
      { id: "try", to: { person: "ana" }, mode: "observe" },
      { id: "rest", to: { team: "smb" } },
    ]),
  });
  expect(plan.trace[0]).toMatchObject({ rule: "try", outcome: "observed", would: { people: ["ana"] } });
  expect(plan.trace[0]?.detail).toContain("would have gone to ana");
});

test("a named person off shift isn't refused for being full: provisional leads don't count", () => {
  const config = withRouting([{ id: "r", to: { person: "ben" } }], {
    people: base().people.map((item) => (item.id === "ben" ? { ...item, capacity: 1 } : item)),
  });
  expect(planFor({ config, now: NIGHT }).candidates[0]).toMatchObject({
    person: "ben",
    provisional: true,
    capacity: null,
  });
  expect(planFor({ config }).candidates[0]).toMatchObject({ person: "ben", capacity: 1 });
});

test("who is only closed is looked at twice and told of once, with the step by which it counts", () => {
  const config = base({
    routing: {
      rules: [{ id: "r", to: { person: "cleo" }, backup: { team: "smb" } }],
      default: ["ben"],
      defaultSla: "standard",
    },
  });
  const people = peopleWith({ cleo: { away: true }, ben: { suspendedAt: 1 } });
  const { trace, candidates } = planFor({ config, people, now: NIGHT });
  const told = trace.slice(1, -1).map(({ step, detail }) => `${step}: ${detail}`);
  expect(told).toEqual([
    "r: cleo: cleo is away",
    "rule's backup: SMB is closed",
    "default chain: ben is suspended from new leads",
    "rule's backup: ben is suspended from new leads",
    "rule's backup: cleo is away",
    "rule's backup: Nobody in SMB can take it",
    "manager: ana, from their next opening",
  ]);
  expect(candidates.map(({ person: id, way }) => [id, way])).toEqual([["ana", "manager"]]);
});

test.each([
  { name: "holds until its end", capacityUntil: NOON + 1, bound: 9 },
  { name: "for good", capacityUntil: null, bound: 9 },
  { name: "is over", capacityUntil: NOON, bound: 1 },
])("a capacity for a spike $name", ({ capacityUntil, bound }) => {
  const config = base({
    people: base().people.map((item) => (item.id === "ben" ? { ...item, capacity: 1 } : item)),
  });
  const people = peopleWith({ ben: { capacity: 9, capacityUntil } });
  expect(planFor({ config, people }).candidates[0]).toMatchObject({ person: "ben", capacity: bound });
});

describe("when", () => {
  test("the clock starts now in coverage; a number makes the target shorter", () => {
    expect(planFor().candidates[0]).toMatchObject({
      firstTouchDueAt: NOON + 10 * MINUTE,
      clockStartsAt: NOON,
      provisional: false,
    });
    expect(planFor({ input: { hasPhone: true } }).candidates[0]).toMatchObject({
      firstTouchDueAt: NOON + 5 * MINUTE,
    });
  });

  test("after hours the clock starts at the opening, and the visitor hears the time but not the person", () => {
    const [first] = planFor({ now: NIGHT }).candidates;
    const opening = Date.parse("2026-11-24T09:00:00Z");
    expect(first).toMatchObject({
      provisional: true,
      clockStartsAt: opening,
      firstTouchDueAt: opening + 10 * MINUTE,
      capacity: null,
    });
    expect(first?.acknowledgement).toMatchObject({
      kind: "after_hours",
      owner: null,
      promiseAt: "2026-11-24T09:10:00.000Z",
    });
    expect(first?.effects).toEqual([]);
    expect(first?.timers.map((timer) => timer.kind)).toEqual(["opening", "warning", "firstTouch"]);
  });

  test("who waits for an opening because all who are on duty are full isn't told that it is after hours", () => {
    const config = base({
      people: base().people.map((each) => (each.id === "dora" ? { ...each, capacity: 1 } : each)),
      teams: [
        ...(base().teams ?? []),
        { id: "desk", name: "Desk", calendar: "always", members: [{ person: "dora" }] },
      ],
      routing: {
        rules: [{ id: "rest", to: { team: "desk" }, backup: { team: "smb" } }],
        default: ["ana"],
        defaultSla: "standard",
      },
    });
    const { candidates } = planFor({ config, now: NIGHT });
    const told = candidates.map(({ person: who, acknowledgement }) => [who, acknowledgement]);
    expect(told[0]).toMatchObject(["dora", { kind: "in_coverage" }]);
    expect(told[1]).toMatchObject(["ben", { kind: "after_hours", busy: true }]);
    expect(candidates[1]?.acknowledgement.message).toMatch(
      /^Thank you. We are all busy right now. Our team will/,
    );
    expect(planFor({ now: NIGHT }).candidates[0]?.acknowledgement).not.toHaveProperty("busy");
  });

  test("after hours a relationship's person is named", () => {
    const [first] = planFor({ config: owned, known: matched("005B"), now: NIGHT }).candidates;
    expect(first?.acknowledgement).toMatchObject({ kind: "after_hours", owner: { name: "ben" } });
  });

  test("a due that crosses the end of the day goes on in the morning", () => {
    const late = Date.parse("2026-11-23T16:55:00Z");
    expect(planFor({ now: late }).candidates[0]).toMatchObject({
      clockStartsAt: late,
      firstTouchDueAt: Date.parse("2026-11-24T09:05:00Z"),
    });
  });
});

const state = fc.record({
  away: fc.boolean(),
  awayUntil: fc.constantFrom(null, NOON + HOUR, NOON + 90 * HOUR),
  suspendedAt: fc.constantFrom(null, 1),
  deactivatedAt: fc.constantFrom(null, null, 1),
});
const target = fc.constantFrom(
  { team: "smb" },
  { team: "emea" },
  { person: "ben" },
  { person: "eva" },
  { queue: "qualification" },
  { accountOwner: true as const },
  { accountRole: "csm" },
  { opportunityOwner: true as const },
  { territory: true as const },
);
const when = fc.constantFrom(
  {},
  { field: "lead.country", op: "eq" as const, value: "DE" },
  { field: "account.owner", op: "exists" as const },
);
const cap = fc.constantFrom(null, 0, 1, 5);

test("never to nobody: random policies, absences, hours and accounts end at an active human without a cap", () => {
  fc.assert(
    fc.property(
      fc.record({
        rules: fc.array(fc.record({ when, to: target, backup: fc.option(target, { nil: null }) }), {
          maxLength: 5,
        }),
        states: fc.array(state, { minLength: 5, maxLength: 5 }),
        caps: fc.array(cap, { minLength: 5, maxLength: 5 }),
        hour: fc.integer({ min: 0, max: 24 * 14 }),
        owner: fc.constantFrom(null, "ben", "005B", "nobody", "eva@acme.example"),
        lifecycle: fc.constantFrom(null, "customer", "prospect"),
        fallback: fc.constantFrom<string[]>(["dora"], ["dora", "ana"], ["ben", "dora"]),
      }),
      ({ rules, states, caps, hour, owner, lifecycle, fallback }) => {
        const ids = ["ana", "ben", "cleo", "eva", "dora"];
        const config = base({
          people: ids.map((id, i) =>
            person(id, {
              manager: id === "ana" ? null : "ana",
              backup: id === "ben" ? "cleo" : null,
              capacity: caps[i] ?? null,
            }),
          ),
          calendars: [OFFICE],
          workspace: { name: "Acme", timezone: "UTC" },
          teams: [
            {
              id: "smb",
              name: "SMB",
              calendar: "office",
              members: [{ person: "ben" }, { person: "cleo", weight: 2 }],
              backupTeams: ["emea"],
            },
            { id: "emea", name: "EMEA", members: [{ person: "eva" }], followTheSun: ["smb"] },
          ],
          territories: [
            { id: "dach", when: { field: "lead.country", op: "eq", value: "DE" }, to: { person: "cleo" } },
          ],
          routing: {
            rules: rules.map((rule, i) => ({ id: `r${i}`, ...rule })),
            default: fallback,
            defaultSla: "standard",
          },
        });
        const people = peopleWith(Object.fromEntries(ids.map((id, i) => [id, states[i] ?? {}])));
        const active = new Set(ids.filter((_, i) => (states[i]?.deactivatedAt ?? null) === null));
        const plan = planFor({
          config,
          people,
          known: { account: account({ owner, lifecycle }) },
          now: NOON + hour * HOUR,
        });
        if (active.size === 0) return;
        expect(new Set(plan.trace.map((line) => JSON.stringify(line))).size).toBe(plan.trace.length);
        for (const item of plan.candidates) expect(active).toContain(item.person ?? item.steward);
        const last = Math.max(...plan.candidates.map((item) => item.tier));
        const sure = plan.candidates
          .filter((item) => item.tier === last)
          .some((item) => item.capacity === null && item.activeLeads === null);
        expect(sure).toBe(true);
        for (const item of plan.candidates) {
          if (item.person === null) continue;
          expect(item.firstTouchDueAt).toBeGreaterThan(NOON + hour * HOUR);
          expect(item.nextDueAt).not.toBeNull();
        }
      },
    ),
    { seed: 20261122, numRuns: 1500 },
  );
});
