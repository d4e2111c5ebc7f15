/** Whose breach it is, which breaches are one strike, and when nobody may be taken out. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attribute, type BreachFacts } from "../../../worker/domain/sla/attribution.ts";
import {
  BURST_MS,
  countedStrikes,
  isGrounded,
  shouldSuspend,
  STRIKE_WINDOW_MS,
  wouldEmpty,
} from "../../../worker/domain/sla/strikes.ts";
import { NO_STATE, type PersonState } from "../../../worker/domain/routing/people.ts";
import { base, compile, NOON } from "../routing/support.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Told at once, there, with the whole target of ten minutes, seen on time. */
const facts = (more: Partial<BreachFacts> = {}): BreachFacts => ({
  leftAlone: false,
  dueAt: NOON + 10 * MINUTE,
  now: NOON + 10 * MINUTE + 200,
  startedAt: NOON,
  wholeTargetAt: NOON + 10 * MINUTE,
  overflow: false,
  standing: { kind: "available" },
  news: { status: "sent", sentAt: NOON + 500 },
  ...more,
});

describe("attribution", () => {
  test.each<[string, Partial<BreachFacts>, string]>([
    ["there, told, in time", {}, "person"],
    ["no news was owed", { news: null }, "person"],
    ["suspended from new leads, but there", { standing: { kind: "suspended" } }, "person"],
    ["away", { standing: { kind: "away", until: null, reason: null } }, "coverage"],
    ["on time off", { standing: { kind: "time_off", until: NOON + DAY, reason: null } }, "coverage"],
    ["off shift", { standing: { kind: "off_shift", opensAt: null } }, "coverage"],
    ["gone", { standing: { kind: "deactivated" } }, "coverage"],
    ["held because its team was full", { overflow: true }, "coverage"],
    ["the news hadn't gone out", { news: { status: "pending", sentAt: null } }, "delivery"],
    ["the news was given up", { news: { status: "dead", sentAt: null } }, "delivery"],
    ["the news came at half time", { news: { status: "sent", sentAt: NOON + 5 * MINUTE } }, "person"],
    [
      "the news came after half time",
      { news: { status: "sent", sentAt: NOON + 5 * MINUTE + 1 } },
      "delivery",
    ],
    ["they had asked to be left alone", { leftAlone: true }, "system"],
    ["nobody owned it", { standing: null, news: null }, "system"],
    ["our clock was a minute late", { now: NOON + 11 * MINUTE }, "person"],
    ["our clock was later than that", { now: NOON + 11 * MINUTE + 1 }, "system"],
    ["less than the target", { wholeTargetAt: NOON + 12 * MINUTE }, "system"],
    [
      "away and not told: absence comes first",
      { standing: { kind: "away", until: null, reason: null }, news: { status: "dead", sentAt: null } },
      "coverage",
    ],
  ])("%s", (_name, more, attribution) => {
    const verdict = attribute(facts(more));
    expect(verdict.attribution).toBe(attribution);
    expect(verdict.because).toMatch(/\.$/);
  });
});

describe("strikes", () => {
  test.each<[string, number[], number]>([
    ["none", [], 0],
    ["one", [0], 1],
    ["within 15 minutes", [0, BURST_MS - 1], 1],
    ["15 minutes apart", [0, BURST_MS], 2],
    ["a long burst counts anew from its first", [0, 10 * MINUTE, 20 * MINUTE, 30 * MINUTE], 2],
    ["in any order", [BURST_MS, 0], 2],
  ])("%s", (_name, times, count) => {
    expect(countedStrikes(times)).toHaveLength(count);
  });

  test("two suspend, within seven rolling days and no longer", () => {
    expect(shouldSuspend([NOON - STRIKE_WINDOW_MS + 1, NOON], NOON)).toBe(true);
    expect(shouldSuspend([NOON - STRIKE_WINDOW_MS, NOON], NOON)).toBe(false);
    expect(shouldSuspend([NOON - MINUTE, NOON], NOON)).toBe(false);
  });

  test("counted ones lie apart, and each other one lies within a burst of one", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: DAY }), { maxLength: 40 }), (times) => {
        const counted = countedStrikes(times);
        for (const [at, next] of counted.slice(1).entries())
          expect(next - counted[at]!).toBeGreaterThanOrEqual(BURST_MS);
        for (const time of times) expect(counted.some((at) => at <= time && time - at < BURST_MS)).toBe(true);
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});

describe("a team isn't emptied", () => {
  const compiled = compile(base());
  const state = (more: Partial<PersonState>): PersonState => ({ ...NO_STATE, ...more });
  const people = (cleo: Partial<PersonState>) => ({
    states: new Map([["cleo", state(cleo)]]),
    timeOff: new Map(),
  });

  test.each<[string, Partial<PersonState>, boolean]>([
    ["her colleague is there", {}, false],
    ["is away", { away: true }, true],
    ["is suspended", { suspendedAt: NOON }, true],
    ["is gone", { deactivatedAt: NOON }, true],
  ])("when the only colleague %s: %s", (_name, cleo, empties) => {
    expect(wouldEmpty(compiled, people(cleo), "ben", NOON) !== null).toBe(empties);
  });

  test("by whoever is in no team", () => {
    expect(wouldEmpty(compiled, people({}), "dora", NOON)).toBeNull();
  });
});

describe("the ground of a suspension", () => {
  test.each<[string, number[], boolean]>([
    ["both strikes stand", [0, 6 * DAY], true],
    ["the first was voided", [6 * DAY], false],
    ["a later strike stands with the first", [0, 6.5 * DAY], true],
    ["a later strike is too late for the first", [0, 7.5 * DAY], false],
    ["two later ones", [8 * DAY, 9 * DAY], true],
  ])("%s", (_, days, grounded) => {
    expect(
      isGrounded(
        days.map((at) => NOON + at),
        NOON + 6 * DAY,
      ),
    ).toBe(grounded);
  });
});
