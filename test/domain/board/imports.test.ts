/** An import's share, its state and what to do about it, as the board says them. */
import { describe, expect, test } from "vitest";
import { advice, pollEvery, shareOf, stateWords } from "../../../board/logic/imports.ts";
import type { ImportOnWire } from "../../../schema/wire/imports.ts";

const row = (more: Partial<ImportOnWire> = {}): ImportOnWire => ({
  id: "imp-1",
  kind: "accounts",
  name: "accounts.csv",
  status: "running",
  startedBy: "key:admin",
  received: 0,
  upserted: 0,
  rejected: 0,
  errorsKept: 0,
  parts: 0,
  nextLine: 2,
  position: 0,
  size: 200,
  startedAt: "2026-11-22T09:00:00.000Z",
  updatedAt: "2026-11-22T09:00:00.000Z",
  finishedAt: null,
  ...more,
});

describe("share", () => {
  test.each([
    [{ position: 50 }, 0.25],
    [{ position: 0 }, 0],
    [{ size: null }, null],
    [{ size: 0 }, null],
    [{ position: 900 }, 1],
    [{ size: null, status: "done" as const }, 1],
  ])("%o is %s", (more, share) => expect(shareOf(row(more))).toBe(share));
});

test.each([
  [{ status: "running" as const }, "Running", null],
  [{ status: "waiting" as const, nextLine: 1201 }, "Interrupted", /goes on from line 1,201/],
  [{ status: "done" as const }, "Done", null],
  [{ kind: "keys" as const, status: "waiting" as const }, "In the background", /keys they have/],
  [{ kind: "keys" as const, status: "done" as const }, "Done", null],
])("%o", (more, words, hint) => {
  expect(stateWords(row(more))).toBe(words);
  const said = advice(row(more));
  if (hint === null) expect(said).toBeNull();
  else expect(said).toMatch(hint);
});

test("it asks often only while something moves", () => {
  expect(pollEvery(null)).toBe(15_000);
  expect(pollEvery([row({ status: "waiting" }), row({ status: "done" })])).toBe(15_000);
  expect(pollEvery([row({ status: "done" }), row()])).toBe(2_000);
});
