/** What a lead comes to in the reports. */
import { describe, expect, test } from "vitest";
import { figures, type Basis } from "../../../worker/domain/reports/figures.ts";
import { factOf, responseStep } from "../../../worker/domain/reports/fact.ts";
import { calendarOf } from "../calendar/support.ts";
import { FALLBACK_WORDS } from "../../../schema/wire/report-words.ts";
import { around, breach, MINUTE, raw, T0, touch } from "./support.ts";

describe("what a lead comes to", () => {
  test("a breach that was only observed is nobody's miss", () => {
    const told = breach(10);
    const observed = { ...told, data: { ...told.data, attribution: undefined, observed: true } };
    const { incidents, measures } = factOf(raw({ events: [observed] }), around);
    expect(incidents).toEqual([]);
    expect(measures.missed).toBe(0);
  });

  test("waiting", () => {
    const fact = factOf(raw(), around);
    expect(fact.measures).toMatchObject({
      leads: 1,
      touched: 0,
      met: 0,
      missed: 0,
      promised: 1,
      kept: 0,
      late: 0,
    });
    expect(fact.dimensions).toMatchObject({ person: "ben", source: "direct", response: "none" });
    expect(fact.sketches).toEqual({ speed: null, coverage: null, recycle: null });
  });

  test("touched in time: met, the promise kept, the speed known", () => {
    const fact = factOf(raw({ touches: [touch(4)] }), around);
    expect(fact.measures).toMatchObject({
      touched: 1,
      met: 1,
      kept: 1,
      attempts: 1,
      contacted: 0,
      speed_ms: 4 * MINUTE,
    });
    expect(fact.dimensions.response).toBe("5m");
    expect(fact.promises).toMatchObject([{ lateMs: -6 * MINUTE }]);
  });

  test("coverage time is what was open between, over a weekend in which the clocks change", () => {
    const office: [string, string][] = [["09:00", "17:00"]];
    const hours = { mon: office, tue: office, wed: office, thu: office, fri: office };
    const newYork = calendarOf({ timezone: "America/New_York", hours });
    // Friday 16:50 to Monday 09:05: ten minutes and five; by the wall three nights, and the hour that came twice.
    const lead = raw({ createdAt: Date.parse("2026-10-30T20:50:00Z"), submissions: [] });
    const touches = [{ ...touch(0), at: Date.parse("2026-11-02T14:05:00Z") }];
    const { measures } = factOf({ ...lead, touches }, { ...around, calendarOf: () => newYork });
    expect([measures.coverage_ms, measures.speed_ms]).toEqual([15 * MINUTE, (65 * 60 + 15) * MINUTE]);
  });

  test("missed, taken over and touched: the miss is theirs who let it pass", () => {
    const assignments = [
      ...raw().assignments,
      { personId: "cleo", teamId: "smb", at: T0 + 10 * MINUTE + 15, cause: "breach", second: true },
    ];
    const touches = [touch(12, { outcome: "connected" })];
    const fact = factOf(raw({ ownerId: "cleo", assignments, touches, events: [breach(10)] }), around);
    expect(fact.dimensions.person).toBe("ben");
    expect(fact.measures).toMatchObject({
      missed: 1,
      met: 0,
      late: 1,
      late_ms: 2 * MINUTE,
      fallbacks: 1,
      contacted: 1,
    });
    expect(fact.incidents).toMatchObject([
      { kind: "missed", person: "ben", code: "person", ms: 2 * MINUTE },
      { kind: "fallback", person: "ben", other: "cleo", code: "breach" },
    ]);
  });

  test.each([
    { name: "theirs, reached in time", touches: [touch(4)], own: [1, 1] },
    { name: "theirs, let pass", touches: [touch(20)], events: [breach(10)], own: [1, 0] },
    { name: "let pass and never reached", events: [breach(10)], own: [1, 0] },
    { name: "covered by a colleague", touches: [touch(4, { owned: false, covered: true })], own: [0, 0] },
    { name: "let pass while they were away", events: [breach(10, "ben", "coverage")], own: [0, 0] },
    {
      name: "let pass by our fault",
      events: [breach(10, "ben", "system")],
      touches: [touch(12)],
      own: [0, 0],
    },
    { name: "not yet due", own: [0, 0] },
  ])("a person's own answer: $name", ({ touches = [], events = [], own }) => {
    const { measures } = factOf(raw({ touches, events }), around);
    expect([measures.own_due, measures.own_met]).toEqual(own);
  });

  test("a touch that comes to light later takes the miss back if it is verified", () => {
    const late = touch(9, { verified: true, recordedAt: T0 + 40 * MINUTE });
    const fact = factOf(raw({ touches: [late], events: [breach(10)] }), around);
    expect(fact.measures).toMatchObject({ missed: 0, met: 1, kept: 1, own_met: 1 });
    expect(fact.incidents).toEqual([]);
  });

  test("to say afterwards that it was in time takes nothing back, and was when it was said", () => {
    const said = touch(5, { recordedAt: T0 + 30 * MINUTE });
    const fact = factOf(raw({ touches: [said], events: [breach(10)] }), around);
    expect(fact.measures).toMatchObject({ touched: 1, missed: 1, met: 0, kept: 0, late: 1, own_met: 0 });
    expect(fact.incidents).toMatchObject([{ kind: "missed", person: "ben", ms: 20 * MINUTE }]);
    expect(fact.promises).toMatchObject([{ lateMs: 20 * MINUTE, touchedAt: T0 + 30 * MINUTE }]);
  });

  test("known before the breach and made before the deadline it needs no proof", () => {
    const said = touch(5, { recordedAt: T0 + 10 * MINUTE + 10 });
    const fact = factOf(raw({ touches: [said], events: [breach(10)] }), around);
    expect(fact.measures).toMatchObject({ missed: 0, met: 1 });
  });

  test.each([
    { second: 45, kept: 1 },
    { second: 60, kept: 1 },
    { second: 61, kept: 0 },
  ])("a promise due 09:10:30 is told as 09:11 and judged by it: second $second", ({ second, kept }) => {
    const submissions = [{ id: "s", createdAt: T0, promiseAt: T0 + 10 * MINUTE + 30_000 }];
    const touches = [touch(10 + second / 60)];
    const fact = factOf(raw({ submissions, touches }), around);
    expect(fact.measures).toMatchObject({ promised: 1, kept, late: 1 - kept });
    expect(fact.promises).toMatchObject([{ promiseAt: T0 + 11 * MINUTE }]);
  });

  test("a dialler whose clock is slow keeps the founding promise, and none that was told later", () => {
    const submissions = [
      ...raw().submissions,
      { id: "t", createdAt: T0 + 20 * MINUTE, promiseAt: T0 + 30 * MINUTE },
    ];
    const touches = [touch(-3, { verified: true }), touch(19, { verified: true })];
    const fact = factOf(raw({ submissions, touches }), around);
    expect(fact.measures).toMatchObject({ promised: 2, kept: 1, late: 0, met: 1, speed_ms: 0 });
    expect(fact.promises).toMatchObject([{ touchedAt: T0 }, { touchedAt: null }]);
  });

  test.each([
    { name: "before the told minute: withdrawn", minute: 3, withdrawn: 1 },
    { name: "in it: withdrawn", minute: 10, withdrawn: 1 },
    { name: "after it: broken", minute: 10.1, withdrawn: 0 },
    { name: "before it, and touched in time", minute: 3, touches: [touch(2)], withdrawn: 0, kept: 1 },
    { name: "before it, and touched when it came back", minute: 3, touches: [touch(9000)], withdrawn: 1 },
    { name: "booked, which isn't closed", minute: 3, open: true, withdrawn: 0, kept: 1 },
  ])(
    "a promise to a lead closed $name",
    ({ minute, touches = [], open: booked = false, withdrawn, kept = 0 }) => {
      const at = T0 + minute * MINUTE;
      const closed = {
        at,
        type: "lead.closed",
        actor: "person:ben",
        data: { code: "invalid", open: booked },
      };
      const fact = factOf(raw({ touches, events: [closed] }), around);
      expect(fact.measures).toMatchObject({ promised: 1, kept, late: 0, withdrawn });
      expect(fact.promises).toMatchObject([{ withdrawn: withdrawn === 1 }]);
    },
  );

  test.each([
    { name: "after the deadline", minute: 300, measures: { met: 0, missed: 0, own_due: 0 } },
    { name: "before it", minute: 9, measures: { met: 1, missed: 0, own_met: 1 } },
  ])("while the brake is on, a touch $name", ({ minute, measures }) => {
    const told = breach(10);
    const observed = { ...told, data: { ...told.data, observed: true } };
    const touches = [touch(minute, { verified: true })];
    expect(factOf(raw({ touches, events: [observed] }), around).measures).toMatchObject(measures);
  });

  test("what doesn't count as a touch stops nothing", () => {
    const fact = factOf(raw({ touches: [touch(1, { owned: false })], events: [breach(10)] }), around);
    expect(fact.measures).toMatchObject({ touched: 0, missed: 1, attempts: 0 });
  });

  test("other times that passed are incidents of whoever was to act, put down as the clock found", () => {
    const passed = (target: string, data: object) => ({
      ...breach(60),
      data: { target, attribution: "coverage", ...data },
    });
    const events = [
      passed("queueAge", { queue: "qualification", steward: "mia" }),
      passed("stageAge", { stage: "mql", owner: "ben" }),
      passed("accept", { owner: "ben", attribution: "person" }),
      passed("accept", { owner: "ben", observed: true }),
    ];
    const { incidents, measures } = factOf(raw({ events }), around);
    expect(incidents.map(({ kind, person, code, other }) => [kind, person, code, other])).toEqual([
      ["queueAge", "mia", "coverage", "qualification"],
      ["stageAge", "ben", "coverage", ""],
      ["unaccepted", "ben", "person", ""],
    ]);
    expect(measures.missed).toBe(0);
  });

  test("what moves because somebody couldn't or didn't is a fallback, by each cause its own; a hand-out is none", () => {
    const moved = (cause: string, personId: string) => ({
      personId,
      teamId: "smb",
      at: T0 + 1,
      cause,
      second: false,
    });
    const causes = ["breach", "away", "on time off", "suspended", "deactivated", "capacity", "reassigned"];
    const assignments = [
      { ...raw().assignments[0]!, second: true },
      ...causes.map((cause, nth) => moved(cause, nth % 2 === 0 ? "cleo" : "ben")),
    ];
    const { incidents, measures } = factOf(raw({ assignments }), around);
    expect(incidents.map(({ kind, code }) => [kind, code])).toEqual(
      ["unavailable", ...causes.slice(0, 5)].map((code) => ["fallback", code]),
    );
    expect(measures.fallbacks).toBe(6);
    expect(incidents.every(({ code }) => code in FALLBACK_WORDS)).toBe(true);
  });

  test("a booking is a touch and a conversation", () => {
    const booked = {
      at: T0 + 3 * MINUTE,
      type: "lead.closed",
      actor: "person:ben",
      data: { open: true, outcome: "scheduled" },
    };
    const fact = factOf(raw({ status: "scheduled", events: [booked] }), around);
    expect(fact.measures).toMatchObject({ touched: 1, met: 1, contacted: 1, closed: 0 });
  });

  test("another submission has a promise of its own, kept by the next touch", () => {
    const submissions = [
      ...raw().submissions,
      { id: "t", createdAt: T0 + 20 * MINUTE, promiseAt: T0 + 30 * MINUTE },
      { id: "u", createdAt: T0 + 60 * MINUTE, promiseAt: null },
    ];
    const fact = factOf(raw({ submissions, touches: [touch(4), touch(45)] }), around);
    expect(fact.promises).toMatchObject([{ lateMs: -6 * MINUTE }, { lateMs: 15 * MINUTE }]);
    expect(fact.measures).toMatchObject({ promised: 2, kept: 1, late: 1 });
  });

  test("recycled: with its code, by whom, and after how long", () => {
    const at = T0 + 600 * MINUTE;
    const closed = {
      at,
      type: "lead.closed",
      actor: "person:ben",
      data: { code: "not_a_fit", outcome: "rejected", by: "ben", status: "recycled", open: false },
    };
    const fact = factOf(
      raw({ status: "recycled", open: false, closedAt: at, code: "not_a_fit", events: [closed] }),
      around,
    );
    expect(fact.measures).toMatchObject({ closed: 1, recycled: 1, uncoded: 0, recycle_ms: 600 * MINUTE });
    expect(fact.incidents.map(({ kind, code, person }) => [kind, code, person])).toEqual([
      ["closed", "not_a_fit", "ben"],
      ["recycled", "not_a_fit", "ben"],
    ]);
    expect(factOf(raw({ status: "recycled", open: false, closedAt: at }), around).measures.uncoded).toBe(1);
  });

  test("an SQL that was rejected later was one", () => {
    const staged = {
      at: T0 + 1,
      type: "lead.staged",
      actor: "person:ben",
      data: { from: "sal", to: "sql" },
    };
    const fact = factOf(raw({ stage: "rejected", events: [staged] }), around);
    expect(fact.measures).toMatchObject({ mql: 1, sal: 1, sql: 1, opportunity: 0 });
  });

  test("amounts are added of one currency; the others are counted, and counted apart", () => {
    const opportunity = (amount: number, currency: string | null) => ({
      createdAt: T0 + 1,
      amount,
      currency,
    });
    const opportunities = [opportunity(5_000_000, "JPY"), opportunity(10_000, "EUR"), opportunity(7, null)];
    expect(factOf(raw({ opportunities }), around).measures).toMatchObject({
      pipelines: 3,
      pipelines_apart: 1,
      pipeline_amount: 10_007,
    });
    const { measures } = factOf(raw({ opportunities: opportunities.slice(0, 2) }), {
      ...around,
      currency: "",
    });
    const [amount] = figures("pipelineAmount");
    const basis = {
      sums: measures,
      speed: [],
      coverage: [],
      recycle: [],
      backlog: 0,
      promisesAhead: 0,
      weeks: 1,
    };
    expect([measures.pipelines_apart, amount?.of(basis as unknown as Basis)]).toEqual([2, null]);
  });

  test.each([
    [0, "1m"],
    [59_999, "1m"],
    [60_000, "5m"],
    [86_399_999, "24h"],
    [86_400_000, "later"],
    [null, "none"],
  ] as const)("%s ms is the step %s", (ms, step) => {
    expect(responseStep(ms)).toBe(step);
  });
});
