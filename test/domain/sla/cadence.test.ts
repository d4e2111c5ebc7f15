/** When the next step is due, what effort is missing, and what a change of policy does to a running clock. */
import { describe, expect, test } from "vitest";
import {
  missingEffort,
  nextActionOf,
  nextCoverageDay,
  nextStepAt,
} from "../../../worker/domain/sla/cadence.ts";
import { replan, type Running } from "../../../worker/domain/sla/replan.ts";
import { base, compile, NIGHT, NOON } from "../routing/support.ts";

const HOUR = 3_600_000;
const MINUTE = 60_000;
const compiled = compile(base());
const office = compiled.calendars.get("office")!;
const sla = [...compiled.sla.values()][0]!;
const iso = (at: number) => new Date(at).toISOString();

describe("the next step", () => {
  test("five days for six attempts: twenty hours on, and at the next opening where that is at night", () => {
    expect(iso(nextStepAt(office, sla, NOON))).toBe("2026-11-24T09:00:00.000Z");
    expect(iso(nextStepAt(office, sla, NOON + 4 * HOUR))).toBe("2026-11-24T12:00:00.000Z");
  });

  test("the next day of coverage skips the rest of this one, the night and the weekend", () => {
    expect(iso(nextCoverageDay(office, NOON, 4 * HOUR))).toBe("2026-11-24T13:00:00.000Z");
    const friday = NOON + 4 * 24 * HOUR;
    expect(iso(nextCoverageDay(office, friday, 4 * HOUR))).toBe("2026-11-30T13:00:00.000Z");
    expect(iso(nextCoverageDay(office, NIGHT, HOUR))).toBe("2026-11-24T10:00:00.000Z");
  });

  test("is the earliest of what somebody is to do; warnings and watches aren't", () => {
    expect(
      nextActionOf([
        { kind: "warning", dueAt: 1 },
        { kind: "untouchedTask", dueAt: 2 },
        { kind: "effort", dueAt: 9 },
        { kind: "noReply", dueAt: 7 },
      ]),
    ).toBe(7);
    expect(nextActionOf([{ kind: "queueAge", dueAt: 1 }])).toBeNull();
  });
});

describe("effort", () => {
  test.each<[number, number, string | null]>([
    [6, 2, null],
    [9, 3, null],
    [5, 2, "1 more attempt"],
    [0, 0, "6 more attempts and 2 more channels"],
    [6, 1, "1 more channel"],
  ])("%i attempts over %i channels", (attempts, channels, lacks) => {
    expect(missingEffort(sla, { attempts, channels })).toBe(lacks);
  });
});

describe("another policy", () => {
  const running = (more: Partial<Running> = {}): Running => ({
    ownerId: "ben",
    teamId: "smb",
    routing: { target: "team:smb" },
    assignedAt: NOON,
    clockStartsAt: NOON,
    firstTouchDueAt: NOON + 10 * MINUTE,
    firstTouchAt: null,
    hasPhone: false,
    timers: [
      { kind: "warning", dueAt: NOON + 7 * MINUTE },
      { kind: "firstTouch", dueAt: NOON + 10 * MINUTE },
    ],
    ...more,
  });
  const slower = { ...sla, firstTouchMs: 30 * MINUTE };
  const faster = { ...sla, firstTouchMs: 2 * MINUTE };

  test("moves the target that is awaited, from the assignment", () => {
    const after = replan(compiled, slower, running(), NOON + 3 * MINUTE);
    expect(after.firstTouchDueAt).toBe(NOON + 30 * MINUTE);
    expect(after.timers).toEqual([
      { kind: "warning", dueAt: NOON + 21 * MINUTE },
      { kind: "firstTouch", dueAt: NOON + 30 * MINUTE },
    ]);
  });

  test("makes nobody breach: what would have passed stays", () => {
    const before = running();
    expect(replan(compiled, faster, before, NOON + 3 * MINUTE)).toMatchObject({
      firstTouchDueAt: before.firstTouchDueAt,
      timers: before.timers,
    });
  });

  test("what waits for its team's opening goes on waiting for it, whatever hours its owner keeps", () => {
    const people = base().people.map((each) => (each.id === "ben" ? { ...each, calendar: "always" } : each));
    const early = compile(base({ people }));
    const opens = Date.parse("2026-11-24T09:00:00.000Z");
    const waiting = running({
      assignedAt: NIGHT,
      clockStartsAt: opens,
      firstTouchDueAt: opens + 10 * MINUTE,
      timers: [
        { kind: "firstTouch", dueAt: opens + 10 * MINUTE },
        { kind: "opening", dueAt: opens },
      ],
    });
    const after = replan(early, slower, waiting, NIGHT + MINUTE);
    expect(after).toMatchObject({ clockStartsAt: opens, firstTouchDueAt: opens + 30 * MINUTE });
    const own = replan(early, slower, { ...waiting, routing: { target: "person:ben" } }, NIGHT + MINUTE);
    expect(own.clockStartsAt).toBe(NIGHT);
  });

  test("never restarts what follows the first touch", () => {
    const timers = [{ kind: "secondTouch", dueAt: NOON + 40 * MINUTE } as const];
    const touched = running({ firstTouchAt: NOON + MINUTE, timers });
    expect(replan(compiled, slower, touched, NOON + 3 * MINUTE).timers).toEqual(timers);
  });
});
