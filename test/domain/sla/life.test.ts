/** The tables of moves: complete, reachable, final where they say so, and printed in docs/life.md as they are. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { refusedMove, STAGE_MOVES, STAGES, STATUS_MOVES, STATUSES } from "../../../schema/life.ts";

const page = readFileSync(new URL("../../../docs/life.md", import.meta.url), "utf8");

/** The rows of the first table after a heading, as the docs print them. */
const printed = (heading: string): string[][] =>
  (page.split(`## ${heading}\n`)[1] ?? "")
    .split("\n## ")[0]!
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

const rows = (moves: Record<string, Partial<Record<string, string>>>): string[][] =>
  Object.entries(moves).flatMap(([from, targets]) =>
    Object.keys(targets).length === 0
      ? [[from, "nowhere", "it is final"]]
      : Object.entries(targets).map(([to, by]) => [from, to, by ?? ""]),
  );

describe("moves", () => {
  test.each([
    ["Status", STATUS_MOVES],
    ["Stage", STAGE_MOVES],
  ])("%s: docs and code say the same", (heading, moves) => {
    expect(printed(heading)).toEqual(rows(moves));
  });

  test("every pair is either in the table or refused with the moves there are", () => {
    for (const from of STATUSES)
      for (const to of STATUSES) {
        const why = refusedMove(STATUS_MOVES, "status", from, to);
        if (from === to || STATUS_MOVES[from][to]) expect(why).toBeNull();
        else for (const move of Object.keys(STATUS_MOVES[from])) expect(why).toContain(move);
      }
    expect(refusedMove(STAGE_MOVES, "stage", "rejected", "sql")).toContain("it is final");
  });

  test("no lead gets stuck: from every open status one can close, and every stage but the first can be reached", () => {
    // As the table `leads` has them.
    const open = ["new", "working", "scheduled", "quarantined"] as const;
    for (const from of open)
      expect(Object.keys(STATUS_MOVES[from]).some((to) => !(open as readonly string[]).includes(to))).toBe(
        true,
      );
    const reached = new Set(STAGES.flatMap((from) => Object.keys(STAGE_MOVES[from])));
    expect(STAGES.filter((stage) => !reached.has(stage))).toEqual([]);
  });
});
