/** What figures are reckoned with: quantiles of sketches, tests of significance, and the weekly sample. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sample } from "../../../worker/domain/reports/sample.ts";
import { bucketMiddle, bucketOf, quantile } from "../../../worker/domain/reports/sketch.ts";
import {
  halves,
  holm,
  isEnough,
  normalTail,
  trendTest,
  type Dose,
} from "../../../worker/domain/reports/statistics.ts";
import { HOLM, PICKS, TAILS, TRENDS } from "../../cases/statistics.ts";
import { seeded } from "../../support/random.ts";

/** Doses of leads, each with its value and whether it was hit. */
const dosesOf = (values: readonly number[], isHit: (nth: number) => boolean): Dose[] =>
  values.map((value, nth) => ({ value, of: 1, hits: Number(isHit(nth)) }));

describe("sketches", () => {
  test("a quantile is at most 1 % off the nearest rank, and adding up loses nothing", () => {
    const values = fc.array(fc.integer({ min: 1000, max: 90 * 86_400_000 }), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(values, fc.constantFrom(0.01, 0.5, 0.9, 1), (list, share) => {
        const sorted = list.toSorted((a, b) => a - b);
        const exact = sorted[Math.ceil(share * sorted.length) - 1] as number;
        const found = quantile(
          list.map((ms) => ({ bucket: bucketOf(ms), n: 1 })),
          share,
        ) as number;
        expect(Math.abs(found - exact) / exact).toBeLessThanOrEqual(0.01);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  test("edges", () => {
    expect(bucketOf(0)).toBe(0);
    expect(bucketOf(999)).toBe(0);
    expect(bucketOf(1000)).toBe(1);
    expect(bucketMiddle(0)).toBe(0);
    expect(quantile([], 0.5)).toBeNull();
  });
});

describe("tests of significance", () => {
  test.each(TAILS)("the normal tail of %s", (z, p) => {
    expect(Math.abs(normalTail(z) / p - 1)).toBeLessThan(1e-5);
  });
  test.each(TRENDS)("trend: $name", ({ doses, z }) => {
    const found = trendTest(doses.map(([of, hits, value]) => ({ of, hits, value })));
    if (z === null) expect(found).toBeNull();
    else expect(found?.z).toBeCloseTo(z, 3);
  });
  test.each(HOLM)("Holm's correction of %j", (ps, adjusted) => {
    holm(ps).forEach((p, n) => expect(p).toBeCloseTo(adjusted[n] ?? Number.NaN, 12));
  });
  test.each(PICKS)("p of $name", ({ doses, p, enough }) => {
    const read = doses.map(([of, hits, value]) => ({ of, hits, value }));
    expect(trendTest(read)?.p).toBeCloseTo(p, 12);
    expect(isEnough(read)).toBe(enough);
  });
  test("p is what counting every choice says", () => {
    const made = fc.record({
      values: fc.array(fc.integer({ min: -5, max: 9 }), { minLength: 2, maxLength: 9 }),
      chosen: fc.nat(),
    });
    fc.assert(
      fc.property(made, ({ values, chosen }) => {
        const choice = chosen % 2 ** values.length;
        const hitsOf = (bits: number) => values.filter((_, nth) => (bits >> nth) % 2 === 1);
        const sum = (list: readonly number[]) => list.reduce((all, value) => all + value, 0);
        const alike = Array.from({ length: 2 ** values.length }, (_, bits) => hitsOf(bits)).filter(
          (hits) => hits.length === hitsOf(choice).length,
        );
        const reached = alike.filter((hits) => sum(hits) >= sum(hitsOf(choice)));
        const found = trendTest(dosesOf(values, (nth) => (choice >> nth) % 2 === 1));
        if (found) expect(found.p).toBeCloseTo(reached.length / alike.length, 10);
      }),
      { seed: 3, numRuns: 200 },
    );
  });
  test("of very many the normal distribution says nearly the same, and never much less", () => {
    const random = seeded(9);
    for (let nth = 0; nth < 40; nth++) {
      const values = Array.from({ length: 150 }, () => (random() < 0.1 ? 90 : Math.floor(random() * 3) * 10));
      const doses = dosesOf(values, (at) => random() < ((values[at] ?? 0) > 50 ? 0.3 : 0.12));
      const exact = trendTest(doses)?.p ?? 0;
      const near = trendTest(doses, 0)?.p ?? 0;
      expect(near).toBeGreaterThan(exact * 0.85 - 5e-4);
      expect(near).toBeLessThan(exact * 1.25 + 2e-3);
    }
  });
  test.each([
    { n: 5, rate: 0.3, most: 1e7 },
    { n: 10, rate: 0.1, most: 1e7 },
    { n: 20, rate: 0.1, most: 1e7 },
    { n: 20, rate: 0.7, most: 1e7 },
    { n: 300, rate: 0.1, most: 0 },
  ])(
    "with no preference and few dear leads ($n, $rate in time) no more are accused than is said",
    ({ n, rate, most }) => {
      const random = seeded(n);
      const people = n > 100 ? 1500 : 4000;
      const below = [0.05, 0.005].map((alpha) => ({ alpha, n: 0 }));
      for (let person = 0; person < people; person++) {
        const values = Array.from({ length: n }, () => (random() < 0.12 ? 90 : random() < 0.3 ? 20 : 10));
        const p =
          trendTest(
            dosesOf(values, () => random() < rate),
            most,
          )?.p ?? 1;
        for (const level of below) if (p < level.alpha) level.n++;
      }
      // Three standard deviations of the simulation itself.
      for (const { alpha, n: accused } of below)
        expect(accused / people).toBeLessThanOrEqual(alpha + 3 * Math.sqrt(alpha / people));
      if (n >= 20) expect(below[0]?.n).toBeGreaterThan(0);
    },
  );
  test("halves are split at the median value", () => {
    const doses = [
      { value: 90, of: 5, hits: 5 },
      { value: 10, of: 5, hits: 1 },
    ];
    expect(halves(doses)).toEqual({
      low: { value: 10, of: 5, hits: 1 },
      high: { value: 90, of: 5, hits: 5 },
    });
  });
});

describe("the weekly sample", () => {
  const ids = Array.from({ length: 500 }, (_, n) => `lead${n}`);
  test("is the same whoever asks, in whatever order, and another next week", () => {
    const drawn = sample(ids, "2026-11-16", 10);
    expect(sample(ids.toReversed(), "2026-11-16", 10)).toEqual(drawn);
    expect(new Set(drawn).size).toBe(10);
    expect(sample(ids, "2026-11-23", 10)).not.toEqual(drawn);
    expect(sample(ids.slice(0, 3), "w", 10)).toHaveLength(3);
  });
  test("favours nobody", () => {
    const drawn = new Map<string, number>();
    for (let week = 0; week < 2000; week++)
      for (const id of sample(ids, `week ${week}`, 10)) drawn.set(id, (drawn.get(id) ?? 0) + 1);
    // 20,000 draws of 500: 40 each, give or take 6.3.
    const chi = ids.reduce((sum, id) => sum + ((drawn.get(id) ?? 0) - 40) ** 2 / 40, 0);
    expect(chi).toBeGreaterThan(400);
    expect(chi).toBeLessThan(620);
  });
});
