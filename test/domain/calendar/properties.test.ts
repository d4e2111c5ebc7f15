// The arithmetic against a minute-by-minute walk, and the laws it must obey at any distance.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alwaysOpen } from "../../../worker/domain/calendar/compile.ts";
import {
  add,
  isOpen,
  nextClose,
  nextOpening,
  openBetween,
} from "../../../worker/domain/calendar/coverage.ts";
import { SEED, scenes } from "./arbitraries.ts";
import { Reference } from "./reference.ts";
import { calendarOf } from "./support.ts";

const HOUR = 3_600_000;
const PATIENCE = 6 * 24 * HOUR;
const run = (numRuns: number) => ({ seed: SEED, numRuns });

const short = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 48 * 60 }).map((minutes) => minutes * 60_000),
  fc.integer({ min: 1, max: 48 * HOUR }),
);
const long = fc.oneof(short, fc.integer({ min: 0, max: 5000 * HOUR }));

describe(`against a walk over every minute (seed ${SEED})`, () => {
  test("due", () => {
    const property = fc.property(scenes, short, ({ spec, start }, duration) => {
      const expected = new Reference(spec).add(start, duration, PATIENCE);
      const due = add(calendarOf(spec), start, duration);
      if (expected === undefined) expect(due === null || due > start + PATIENCE).toBe(true);
      else expect(due).toBe(expected);
    });
    fc.assert(property, run(300));
  }, 60_000);

  test("open time between, and open at", () => {
    const property = fc.property(scenes, short, ({ spec, start }, span) => {
      const calendar = calendarOf(spec);
      const reference = new Reference(spec);
      expect(openBetween(calendar, start, start + span)).toBe(reference.openBetween(start, start + span));
      expect(isOpen(calendar, start)).toBe(reference.isOpen(start));
    });
    fc.assert(property, run(300));
  }, 60_000);
});

describe(`laws (seed ${SEED})`, () => {
  test("exactly the duration is open until the due, and not a millisecond earlier", () => {
    const property = fc.property(scenes, long, ({ spec, start }, duration) => {
      const calendar = calendarOf(spec);
      const due = add(calendar, start, duration);
      if (due === null || duration === 0) return;
      expect(openBetween(calendar, start, due)).toBe(duration);
      expect(openBetween(calendar, start, due - 1)).toBe(duration - 1);
    });
    fc.assert(property, run(1000));
  });

  test("a later start or a longer duration is never due earlier", () => {
    const property = fc.property(scenes, long, long, short, ({ spec, start }, one, other, delay) => {
      const calendar = calendarOf(spec);
      const due = (at: number, duration: number) => add(calendar, at, duration) ?? Infinity;
      expect(due(start, Math.max(one, other))).toBeGreaterThanOrEqual(due(start, Math.min(one, other)));
      expect(due(start + delay, one)).toBeGreaterThanOrEqual(due(start, one));
    });
    fc.assert(property, run(1000));
  });

  test("adding twice is adding the sum, if the second is more than nothing", () => {
    const property = fc.property(scenes, long, long, ({ spec, start }, first, second) => {
      const calendar = calendarOf(spec);
      const between = add(calendar, start, first);
      if (between === null || second === 0) return;
      expect(add(calendar, between, second)).toBe(add(calendar, start, first + second));
    });
    fc.assert(property, run(1000));
  });

  test("open time adds up, and is never counted twice", () => {
    const property = fc.property(scenes, long, long, ({ spec, start }, one, other) => {
      const calendar = calendarOf(spec);
      const whole = openBetween(calendar, start, start + one + other);
      const parts =
        openBetween(calendar, start, start + one) + openBetween(calendar, start + one, start + one + other);
      expect(parts).toBe(whole);
      expect(whole).toBeLessThanOrEqual(one + other);
    });
    fc.assert(property, run(1000));
  });

  test("it is closed until the next opening, and open until the next close", () => {
    const property = fc.property(scenes, ({ spec, start }) => {
      const calendar = calendarOf(spec);
      const opening = nextOpening(calendar, start);
      expect(isOpen(calendar, start)).toBe(opening === start);
      if (opening === null) return;
      expect(isOpen(calendar, opening)).toBe(true);
      expect(openBetween(calendar, start, opening)).toBe(0);
      const close = nextClose(calendar, opening);
      if (close === null) return;
      expect(openBetween(calendar, opening, close)).toBe(close - opening);
      expect(isOpen(calendar, close)).toBe(false);
    });
    fc.assert(property, run(1000));
  });

  test("around the clock, coverage time is time", () => {
    const property = fc.property(scenes, long, ({ spec, start }, duration) => {
      expect(add(alwaysOpen(spec.timezone), start, duration)).toBe(start + duration);
    });
    fc.assert(property, run(500));
  });
});
