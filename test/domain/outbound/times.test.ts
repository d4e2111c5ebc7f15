/** One promise, three readers: what the visitor is told, what its owner must keep, what a page says of it later. */
import { describe, expect, test } from "vitest";
import { promiseState } from "../../../board/logic/promise.ts";
import { when } from "../../../board/logic/times.ts";
import { toldMinute, zoneName } from "../../../schema/wire/told.ts";
import { acknowledge } from "../../../worker/domain/routing/acknowledge.ts";
import { deadline, inBothZones } from "../../../worker/outbound/times.ts";

const now = Date.parse("2026-11-23T13:00:30.250Z");

describe.each([
  ["2026-11-23T13:10:30.250Z", "14:11", "14:10:30"],
  ["2026-11-23T13:10:00.999Z", "14:11", "14:10"],
  ["2026-11-23T13:10:00.000Z", "14:10", "14:10"],
  ["2026-11-23T13:59:59.999Z", "15:00", "14:59:59"],
])("due at %s", (iso, told, exact) => {
  const due = Date.parse(iso);
  const zone = "Europe/Berlin";

  test(`the visitor hears ${told}, whoever tells it`, () => {
    const { message } = acknowledge({
      ownerName: "Ana",
      promiseAt: due,
      clockStartsAt: null,
      timezone: zone,
      now,
    });
    expect(message).toBe(`Thank you. Ana will get back to you today by ${told} (Berlin time).`);
    expect(when(toldMinute(due), now, zone)).toBe(told);
    const shown = promiseState(iso, null, now);
    expect(shown).toEqual({ kind: "open", promiseAt: toldMinute(due) });
    expect(toldMinute(due)).toBeGreaterThanOrEqual(due);
  });

  test(`who has to keep it reads ${exact}, on the board and in the mail`, () => {
    expect(when(due, now, zone, true)).toBe(exact);
    expect(deadline(due, now, zone)).toBe(exact);
    expect(inBothZones(due, now, zone, "Europe/Paris")).toBe(`${exact} Berlin time`);
    expect(inBothZones(due, now, zone, null)).toBe(`${exact} Berlin time`);
    expect(inBothZones(due, now, zone, "UTC")).toContain(" UTC for them)");
  });
});

test("another day is named with the time", () => {
  const due = Date.parse("2026-11-24T08:10:05Z");
  expect(deadline(due, now, "Europe/Berlin")).toBe("Tue 24 Nov, 09:10:05");
  expect(zoneName("America/New_York")).toBe("New York time");
  expect(zoneName("Etc/UTC")).toBe("UTC");
});
