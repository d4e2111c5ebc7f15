/** Times in two zones, wall times typed by people, and the clock's offset. */
import { describe, expect, test } from "vitest";
import { better, sampleOf } from "../../../board/logic/offset.ts";
import {
  beside,
  instantToWall,
  isUnsociable,
  knownZone,
  wallToInstant,
  when,
  zoneCity,
} from "../../../board/logic/times.ts";

const at = (iso: string) => Date.parse(iso);
const now = at("2026-11-23T15:00:00Z");

test.each([
  ["2026-11-23T15:42:00Z", "10:42"],
  ["2026-11-24T14:00:00Z", "Tue 09:00"],
  ["2026-12-03T14:05:00Z", "3 Dec 09:05"],
  ["2027-01-04T14:05:00Z", "4 Jan 2027 09:05"],
])("%s reads %s in New York", (iso, expected) =>
  expect(when(at(iso), now, "America/New_York")).toBe(expected),
);

test("the lead's time stands beside the reader's only where it differs", () => {
  const due = at("2026-11-23T15:42:00Z");
  expect(beside(due, now, "America/New_York", "Europe/Berlin")).toBe("16:42 in Berlin");
  expect(beside(due, now, "Europe/Paris", "Europe/Berlin")).toBeNull();
  expect(beside(due, now, "Europe/Paris", null)).toBeNull();
  expect(beside(due, now, "Europe/Paris", "Mars/Olympus")).toBeNull();
});

test("an unknown zone falls back, a known one reads as a city", () => {
  expect(knownZone("Nowhere/Land", "UTC")).toBe("UTC");
  expect(knownZone("America/New_York", "UTC")).toBe("America/New_York");
  expect(zoneCity("America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
});

test("before eight and from seven in the evening is unsociable", () => {
  expect(isUnsociable(at("2026-11-23T06:59:00Z"), "Europe/Berlin")).toBe(true);
  expect(isUnsociable(at("2026-11-23T07:00:00Z"), "Europe/Berlin")).toBe(false);
  expect(isUnsociable(at("2026-11-23T18:00:00Z"), "Europe/Berlin")).toBe(true);
});

describe("wall times", () => {
  test.each([
    ["2026-11-23T09:00", "America/New_York", "2026-11-23T14:00:00.000Z"],
    ["2026-07-01T09:00", "Europe/Berlin", "2026-07-01T07:00:00.000Z"],
    ["2026-11-23", "Asia/Kolkata", "2026-11-22T18:30:00.000Z"],
    // Doesn't exist: moves forward by the gap. Exists twice: the first.
    ["2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
    ["2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30:00.000Z"],
    ["2026-03-08T02:30", "America/New_York", "2026-03-08T07:30:00.000Z"],
    ["2026-11-01T01:30", "America/New_York", "2026-11-01T05:30:00.000Z"],
  ])("%s in %s is %s", (wall, zone, expected) => {
    expect(new Date(wallToInstant(wall, zone)!).toISOString()).toBe(expected);
  });

  test("there and back", () => {
    expect(instantToWall(at("2026-11-23T14:00:00Z"), "America/New_York")).toBe("2026-11-23T09:00");
    expect(wallToInstant("soon", "UTC")).toBeNull();
  });
});

describe("the clock's offset", () => {
  test("a quick answer beats a slow one, a fresh one an old one", () => {
    const slow = sampleOf(10_000, 0, 4_000, 0);
    const quick = sampleOf(3_500, 4_000, 4_100, 0);
    expect(better(null, slow)).toBe(slow);
    expect(better(slow, quick)).toBe(quick);
    const near = { ...slow, offset: quick.offset + 100, takenAt: 5_000 };
    expect(better(quick, near)).toBe(quick);
  });

  test("a clock that jumped is believed", () => {
    const before = sampleOf(0, 0, 10, 0);
    const after = sampleOf(60_000, 100, 900, 0);
    expect(better(before, after)).toBe(after);
  });
});
