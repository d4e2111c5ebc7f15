/** What the pick's statement is given says every candidate exactly, whatever they have in common. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { condense } from "../../../worker/domain/routing/condense.ts";
import type { Candidate } from "../../../worker/domain/routing/plan-types.ts";

const SEED = 20261122;

/** RFC 7396, as SQLite's json_patch has it; the pick's own test holds the statement to the twin. */
const patched = (target: unknown, patch: unknown): unknown => {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch;
  const onto = typeof target === "object" && target !== null && !Array.isArray(target) ? target : {};
  const result: Record<string, unknown> = { ...onto };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = patched(result[name], value);
  }
  return result;
};

const text = fc.constantFrom("a", "b", 'quo"te', "ümlaut", "");
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

const candidate: fc.Arbitrary<Candidate> = fc.record({
  tier: fc.constantFrom(0, 1, 2),
  person: orNull(text),
  personName: orNull(text),
  backup: orNull(text),
  team: orNull(text),
  queue: orNull(text),
  steward: orNull(text),
  rotation: orNull(text),
  weight: fc.constantFrom(1, 2, 0.5),
  capacity: orNull(fc.constantFrom(0, 5)),
  activeLeads: orNull(fc.constantFrom(0, 9)),
  limit: orNull(fc.constantFrom(0, 5)),
  overflow: fc.boolean(),
  provisional: fc.boolean(),
  target: text,
  reason: text,
  way: fc.constantFrom("target" as const, "sun" as const),
  clockStartsAt: orNull(fc.constantFrom(1, 2)),
  firstTouchDueAt: orNull(fc.constantFrom(3, 4)),
  promiseAt: orNull(fc.constantFrom(5, 6)),
  nextActionAt: orNull(fc.constantFrom(7, 8)),
  timers: fc.array(fc.record({ kind: fc.constant("warning" as const), dueAt: fc.constantFrom(1, 2) }), {
    maxLength: 2,
  }),
  nextDueAt: orNull(fc.constantFrom(1, 2)),
  acknowledgement: fc.record({
    kind: fc.constantFrom("received", "in_coverage"),
    message: text,
    owner: orNull(fc.record({ name: text })),
    promiseAt: orNull(text),
    timezone: text,
  }),
  event: fc.record({
    type: fc.constant("lead.assigned" as const),
    data: fc.dictionary(
      fc.constantFrom("owner", "queue", "reason"),
      orNull(fc.oneof(text, fc.dictionary(fc.constantFrom("id", "name"), orNull(text)))),
    ),
  }),
  effects: fc.array(fc.record({ kind: text, channel: fc.constant("email" as const), recipient: text }), {
    maxLength: 2,
  }),
});

test("base and patch make the candidate again, and its rank stands beside them", () => {
  fc.assert(
    fc.property(fc.array(candidate, { minLength: 1, maxLength: 6 }), (candidates) => {
      const { bases, entries, patches } = JSON.parse(JSON.stringify(condense(candidates))) as ReturnType<
        typeof condense
      >;
      const again = entries.map(([, , , , , , , base], place) => patched(bases[base], patches[place]));
      expect(again).toEqual(candidates);
      expect(entries.map((entry) => entry.slice(0, 7))).toEqual(
        candidates.map((item) => [
          item.tier,
          item.person,
          item.rotation,
          item.weight,
          item.capacity,
          item.activeLeads,
          item.limit,
        ]),
      );
    }),
    { seed: SEED, numRuns: 500 },
  );
});

const colleague = (n: number, backup: string | null): Candidate => {
  const name = `Person ${n}`;
  return {
    tier: 0,
    person: `p${n}`,
    personName: name,
    backup,
    team: "smb",
    queue: null,
    steward: null,
    rotation: "smb",
    weight: 1,
    capacity: 5,
    activeLeads: null,
    limit: 5,
    overflow: false,
    provisional: false,
    target: "team:smb",
    reason: "rest: SMB",
    way: "target",
    clockStartsAt: 1,
    firstTouchDueAt: 2,
    promiseAt: 2,
    nextActionAt: 2,
    timers: [{ kind: "firstTouch", dueAt: 2 }],
    nextDueAt: 2,
    acknowledgement: {
      kind: "in_coverage",
      message: `${name} will get back to you.`,
      owner: { name },
      promiseAt: "2026-11-22T09:00:00.000Z",
      timezone: "UTC",
    },
    event: { type: "lead.assigned", data: { owner: { id: `p${n}`, name }, reason: "rest: SMB" } },
    effects: [{ kind: "lead.assigned", channel: "email", recipient: "owner" }],
  };
};

test("what colleagues have in common is said once, backups or none", () => {
  const team = Array.from({ length: 12 }, (_, n) => colleague(n, n % 2 === 0 ? "ana" : null));
  const { bases, entries, patches } = condense(team);
  expect(bases).toHaveLength(1);
  expect(patches[3]).toEqual({
    person: "p3",
    personName: "Person 3",
    acknowledgement: { message: "Person 3 will get back to you.", owner: { name: "Person 3" } },
    event: { data: { owner: { id: "p3", name: "Person 3" } } },
  });
  expect(JSON.stringify({ bases, entries, patches }).length).toBeLessThan(JSON.stringify(team).length / 2);
});
