/** What the reports' pages make of a figure and of a period. */
import { expect, test } from "vitest";
import { countedInWords } from "../../../board/logic/filters.ts";
import { figureWords, lastDays } from "../../../board/logic/reports.ts";

test.each([
  [42.4, "42 s"],
  [59.7, "1 min"],
  [119.7, "2 min"],
  [125, "2 min 5 s"],
  [3599.6, "1 h"],
  [12_000, "3 h 20 min"],
  [216_000, "2.5 days"],
  [-90, "-1 min 30 s"],
])("%d seconds are %j", (seconds, words) => {
  expect(figureWords(seconds, "seconds")).toBe(words);
});

test.each([
  ["missed~2026-10-24~2026-11-22~person=cleo", "that a report counts"],
  ["late~2026-10-24~2026-11-22", "behind a figure of a report, each once, however often it counts there"],
  [
    "incident.missed~2026-10-24~2026-11-22",
    "behind a figure of a report, each once, however often it counts there",
  ],
])("a list says whether it is as long as the figure that led to it: %s", (counted, words) => {
  expect(countedInWords(counted)).toBe(words);
});

test("the last days end today where the workspace is, as the server counts them", () => {
  const evening = Date.parse("2026-11-23T01:30:00Z");
  expect(lastDays(evening, 7, "America/New_York")).toEqual({ from: "2026-11-16", to: "2026-11-22" });
  expect(lastDays(evening, 7, "Europe/Berlin")).toEqual({ from: "2026-11-17", to: "2026-11-23" });
});
