// ISO 8601 durations to ms and back.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatDuration, parseDuration } from "../../worker/domain/duration.ts";

const SEED = 20_261_122;

describe("parse", () => {
  test.each([
    ["PT0S", 0],
    ["PT1S", 1000],
    ["PT10M", 600_000],
    ["PT90M", 5_400_000],
    ["PT4H", 14_400_000],
    ["PT4H30M15S", 16_215_000],
    ["P1D", 86_400_000],
    ["P1W", 604_800_000],
    ["P1W2DT3H4M5S", 788_645_000],
    ["PT400H", 1_440_000_000],
  ])("%s", (text, ms) => expect(parseDuration(text)).toEqual({ ok: true, ms }));

  test.each([
    ["P1M", "no fixed length"],
    ["P1Y", "no fixed length"],
    ["P1Y2M3DT4H", "no fixed length"],
    ["PT0.5S", "whole numbers"],
    ["PT1,5H", "whole numbers"],
    ["-PT5M", "sign"],
    ["P", "such as"],
    ["PT", "such as"],
    ["P1DT", "such as"],
    ["PT5", "such as"],
    ["PT5M3H", "such as"],
    ["P1H", "such as"],
    ["10 minutes", "such as"],
    ["", "such as"],
    [" PT5M", "such as"],
    ["P99999999999999W", "shorter"],
  ])("%j is refused, and says why", (text, message) => {
    const parsed = parseDuration(text);
    if (parsed.ok) throw new Error("should have been refused");
    expect(parsed.message).toContain(message);
  });
});

describe("format", () => {
  test.each([
    [0, "PT0S"],
    [499, "PT0S"],
    [1500, "PT2S"],
    [600_000, "PT10M"],
    [86_400_000, "PT24H"],
    [16_215_000, "PT4H30M15S"],
    [-300_000, "-PT5M"],
    [-400, "PT0S"],
  ])("%d ms", (ms, text) => expect(formatDuration(ms)).toBe(text));

  test(`what is formatted parses back (seed ${SEED})`, () => {
    const property = fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
      expect(parseDuration(formatDuration(seconds * 1000))).toEqual({ ok: true, ms: seconds * 1000 });
    });
    fc.assert(property, { seed: SEED, numRuns: 500 });
  });
});
