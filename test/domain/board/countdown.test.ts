/** The time left: figures, places on the colour scale, spoken words. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  duration,
  elapsedShare,
  figures,
  spoken,
  spokenDeadline,
  urgencyOf,
} from "../../../board/logic/countdown.ts";

const S = 1000;
const M = 60 * S;
const H = 60 * M;

describe("figures", () => {
  test.each([
    [10 * M, "10:00"],
    [7 * M + 42 * S, "7:42"],
    [5 * S, "0:05"],
    [1, "0:01"],
    [0, "0:00"],
    [-999, "0:00"],
    [-1 * S, "−0:01"],
    [-(2 * M + 14 * S), "−2:14"],
    [59 * M + 59 * S, "59:59"],
    [1 * H, "1 h 00 m"],
    [1 * H + 5 * M + 59 * S, "1 h 05 m"],
    [47 * H + 59 * M, "47 h 59 m"],
    [76 * H, "3 d 4 h"],
    [-26 * H, "−26 h 00 m"],
  ])("%d ms left reads %s", (left, expected) => {
    expect(figures(1_000_000_000 + left, 1_000_000_000)).toBe(expected);
  });

  test("a minus stands exactly where the deadline has passed and something is shown", () => {
    fc.assert(
      fc.property(fc.integer({ min: -10 * 24 * H, max: 10 * 24 * H }), (left) => {
        const text = figures(left, 0);
        expect(text.startsWith("−")).toBe(left <= -S);
      }),
      { seed: 20261122, numRuns: 2000 },
    );
  });
});

describe("urgency", () => {
  const deadline = { startAt: 0, dueAt: 10 * M, warnedAt: null };
  test.each([
    [-1, "ahead"],
    [0, "quiet"],
    [7 * M - 1, "quiet"],
    [7 * M, "due"],
    [10 * M - 1, "due"],
    [10 * M, "breached"],
  ])("at %d ms it is %s", (now, expected) => expect(urgencyOf(deadline, now)).toBe(expected));

  test("a warning from the server makes it due before its share is used up", () => {
    expect(urgencyOf({ ...deadline, warnedAt: M }, 2 * M)).toBe("due");
    expect(urgencyOf({ ...deadline, warnedAt: 3 * M }, 2 * M)).toBe("quiet");
  });

  test("without a deadline there is none", () => {
    expect(urgencyOf({ startAt: 0, dueAt: null, warnedAt: null }, 5)).toBe("none");
  });

  test("never goes back as time passes", () => {
    const order = ["ahead", "quiet", "due", "breached"];
    const at = fc.integer({ min: 0, max: 2 * H });
    fc.assert(
      fc.property(at, at, at, at, (start, length, one, other) => {
        const fixed = { startAt: start, dueAt: start + length, warnedAt: null };
        const [early, late] = [Math.min(one, other), Math.max(one, other)];
        expect(order.indexOf(urgencyOf(fixed, early))).toBeLessThanOrEqual(
          order.indexOf(urgencyOf(fixed, late)),
        );
      }),
      { seed: 20261122 },
    );
  });
});

test("the share used is between 0 and 1, also for a target of no length", () => {
  expect(elapsedShare({ startAt: 0, dueAt: 10, warnedAt: null }, 4)).toBe(0.4);
  expect(elapsedShare({ startAt: 0, dueAt: 10, warnedAt: null }, 99)).toBe(1);
  expect(elapsedShare({ startAt: 5, dueAt: 5, warnedAt: null }, 5)).toBe(1);
  expect(elapsedShare({ startAt: null, dueAt: null, warnedAt: null }, 5)).toBe(0);
});

test.each([
  [0, "0 s"],
  [59_499, "59 s"],
  [59_500, "1 m"],
  [4 * M + 12 * S, "4 m 12 s"],
  [12 * M + 40 * S, "13 m"],
  [6 * H + 12 * M, "6 h 12 m"],
  [51 * H, "2 d 3 h"],
])("%d ms is %s", (ms, expected) => expect(duration(ms)).toBe(expected));

test("screen readers hear whole words", () => {
  expect(spoken(4 * M + S)).toBe("4 minutes 1 second");
  expect(spokenDeadline({ startAt: 0, dueAt: 10 * M, warnedAt: null }, 12 * M)).toBe("2 minutes late");
  expect(spokenDeadline({ startAt: 6 * H, dueAt: 7 * H, warnedAt: null }, 0)).toBe("opens in 6 hours");
});
