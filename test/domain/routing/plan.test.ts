/** The policy, case by case, and its first invariant: whatever happens, a lead ends at an active human. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ConfigInput } from "../../../schema/config/document.ts";
import {
  account,
  base,
  NIGHT,
  NOON,
  OFFICE,
  peopleWith,
  person,
  planFor,
  tiers,
  type Asked,
} from "./support.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const withRouting = (rules: ConfigInput["routing"]["rules"], more: Partial<ConfigInput> = {}): ConfigInput =>
  base({ routing: { rules, default: ["dora"], defaultSla: "standard" }, ...more });

const owned = withRouting([
  {
    id: "owned",
    when: { field: "account.owner", op: "exists" },
    to: { accountOwner: true },
    backup: { team: "smb" },
  },
]);
const matched = (owner: string): Asked["known"] => ({
  account: account({ owner }),
  match: { method: "domain", confidence: 1, accountId: "a1" },
});
const capped = base({
  people: [
    person("ana", { role: "manager" }),
    person("ben", { capacity: 1 }),
    person("cleo", { capacity: 1 }),
    person("dora", { calendar: "always" }),
  ],
});

const CASES: { name: string; asked: Asked; expect: string; rule?: string | null }[] = [
  { name: "an open team's rotation", asked: {}, expect: "ben|cleo" },
  {
    name: "without the one who is away",
    asked: { people: peopleWith({ ben: { away: true } }) },
    expect: "cleo",
  },
  {
    name: "away with a return that has passed counts as back",
    asked: { people: peopleWith({ ben: { away: true, awayUntil: NOON - 1 } }) },
    expect: "ben|cleo",
  },
  {
    name: "without the suspended",
    asked: { people: peopleWith({ cleo: { suspendedAt: 1 } }) },
    expect: "ben",
  },
  {
    name: "nobody in the team: the manager",
    asked: { people: peopleWith({ ben: { away: true }, cleo: { suspendedAt: 1 } }) },
    expect: "ana",
  },
  {
    name: "nobody and no manager: the default chain",
    asked: { people: peopleWith({ ben: { away: true }, cleo: { away: true }, ana: { away: true } }) },
    expect: "dora",
  },
  {
    name: "everybody away: the last resort, away or not",
    asked: {
      people: peopleWith({
        ben: { away: true },
        cleo: { away: true },
        ana: { away: true },
        dora: { away: true },
      }),
    },
    expect: "dora",
  },
  {
    name: "caps bind the rotation, then the manager who may exceed them",
    asked: { config: capped },
    expect: "ben|cleo, ana",
  },
  {
    name: "a closed team waits for its opening with those on duty",
    asked: { now: NIGHT },
    expect: "ben|cleo",
  },
  {
    name: "a closed team follows the sun first",
    asked: {
      now: NIGHT,
      config: base({
        teams: [
          ...(base().teams ?? []).map((team) => ({ ...team, followTheSun: ["apac"] })),
          { id: "apac", name: "APAC", calendar: "always", members: [{ person: "dora" }] },
        ],
      }),
    },
    expect: "dora, ben|cleo",
  },
  {
    name: "the account's owner by the CRM's id",
    asked: { config: owned, known: matched("005b") },
    expect: "ben",
    rule: "owned",
  },
  {
    name: "an owner the CRM names and we don't know is no owner: the rule's backup",
    asked: { config: owned, known: matched("005X") },
    expect: "ben|cleo",
    rule: "owned",
  },
  {
    name: "a deactivated owner is no owner",
    asked: { config: owned, known: matched("005B"), people: peopleWith({ ben: { deactivatedAt: 1 } }) },
    expect: "cleo",
  },
  {
    name: "an owner who is away: the rule's backup",
    asked: { config: owned, known: matched("005B"), people: peopleWith({ ben: { away: true } }) },
    expect: "cleo",
  },
  {
    name: "an owner off shift keeps it within the wait",
    asked: { config: owned, known: matched("005B"), now: NIGHT },
    expect: "ben",
  },
  {
    name: "over a weekend the wait is too long: whoever of the chain is awake",
    asked: { config: owned, known: matched("005B"), now: Date.parse("2026-11-27T20:00:00Z") },
    expect: "dora",
  },
  {
    name: "a relationship goes before the rules",
    asked: { input: { relationship: { personId: "ana", why: "last owner of this person" } } },
    expect: "ana",
    rule: "relationship",
  },
  {
    name: "a relationship with somebody away doesn't",
    asked: {
      people: peopleWith({ ana: { away: true } }),
      input: { relationship: { personId: "ana", why: "last owner" } },
    },
    expect: "ben|cleo",
    rule: "rest",
  },
  {
    name: "customers never enter a new-business team",
    asked: { known: { account: account({ lifecycle: "customer" }) } },
    expect: "ana",
  },
  {
    name: "suppression goes before everything",
    asked: {
      config: base({
        suppression: [
          {
            id: "customers",
            when: { field: "account.lifecycle", op: "eq", value: "customer" },
            to: { accountRole: "csm" },
            backup: { accountOwner: true },
          },
        ],
      }),
      known: { account: account({ lifecycle: "Customer", owner: "ben", roles: { csm: "cleo" } }) },
      input: { relationship: { personId: "ana", why: "last owner" } },
    },
    expect: "cleo",
    rule: "customers",
  },
  {
    name: "a queue is its steward",
    asked: { config: withRouting([{ id: "q", to: { queue: "qualification" } }]) },
    expect: "queue:qualification",
  },
  {
    name: "a queue whose steward is gone: the default chain",
    asked: {
      config: withRouting([{ id: "q", to: { queue: "qualification" } }]),
      people: peopleWith({ ana: { deactivatedAt: 1 } }),
    },
    expect: "dora",
  },
  {
    name: "an observed rule is passed over",
    asked: {
      config: withRouting([
        { id: "try", to: { person: "ana" }, mode: "observe" },
        { id: "rest", to: { team: "smb" } },
      ]),
    },
    expect: "ben|cleo",
    rule: "rest",
  },
  {
    name: "required skills leave out who lacks them",
    asked: {
      config: withRouting([{ id: "r", to: { team: "smb" }, requires: { skills: ["enterprise"] } }], {
        people: base().people.map((item) =>
          item.id === "cleo" ? { ...item, skills: ["Enterprise"] } : item,
        ),
      }),
    },
    expect: "cleo",
  },
  {
    name: "no rule holds: the default chain",
    asked: {
      config: withRouting([
        { id: "never", when: { field: "lead.country", op: "eq", value: "XX" }, to: { team: "smb" } },
      ]),
    },
    expect: "dora",
    rule: null,
  },
  {
    name: "a territory's target",
    asked: {
      config: withRouting(
        [{ id: "t", when: { field: "territory.id", op: "exists" }, to: { territory: true } }],
        {
          territories: [
            {
              id: "dach",
              when: { field: "lead.country", op: "in", value: ["DE", "AT", "CH"] },
              to: { person: "cleo" },
            },
          ],
        },
      ),
    },
    expect: "cleo",
    rule: "t",
  },
];

describe("who may take a lead", () => {
  test.each(CASES)("$name", ({ asked, expect: wanted, rule }) => {
    const plan = planFor(asked);
    expect(tiers(plan)).toBe(wanted);
    if (rule !== undefined) expect(plan.ruleId).toBe(rule);
    expect(plan.trace.length).toBeGreaterThan(0);
  });
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
