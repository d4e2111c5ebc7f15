/** What figures are reckoned with: quantiles of sketches, tests of significance, and the weekly sample. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sample } from "../../../worker/domain/reports/sample.ts";
import { bucketMiddle, bucketOf, quantile } from "../../../worker/domain/reports/sketch.ts";
import { halves, holm, normalTail, trendTest } from "../../../worker/domain/reports/statistics.ts";
import { HOLM, TAILS, TRENDS } from "../../cases/statistics.ts";

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
  test("under no preference hardly anybody is accused", () => {
    // A seeded coin for each lead, whatever it is worth: about one in twenty comes out below 0.05.
    let state = 1;
    const coin = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    let accused = 0;
    for (let person = 0; person < 400; person++) {
      const doses = Array.from({ length: 10 }, (_, value) => ({
        value,
        of: 20,
        hits: Array.from({ length: 20 }, coin).filter((side) => side < 0.7).length,
      }));
      if ((trendTest(doses)?.p ?? 1) < 0.05) accused++;
    }
    expect(accused).toBeGreaterThan(5);
    expect(accused).toBeLessThan(36);
  });
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
