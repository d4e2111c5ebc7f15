/** Who sees which lead where, in which order, and what is announced. */
import { describe, expect, test } from "vitest";
import {
  announcement,
  changesBetween,
  deadlineOf,
  groupBoard,
  isAhead,
  isClosed,
} from "../../../board/logic/grouping.ts";
import { stewardDueAt } from "../../../board/logic/steward.ts";
import { stageBeside } from "../../../board/logic/words.ts";
import { mayAccept, mayChange, may } from "../../../board/logic/rights.ts";
import { promiseState, provenTouch } from "../../../board/logic/promise.ts";
import { apiQuery, readFilters } from "../../../board/logic/filters.ts";
import { FakeApi } from "../../browser/board/support/api.ts";

const api = new FakeApi();
const board = api.board();
const now = Date.parse(board.now);
const ids = (leads: { id: string }[]) => leads.map(({ id }) => id);

describe("the board", () => {
  const all = groupBoard(board, "ana", "all", now);

  test("owners stand in the order of their most urgent lead, leads within by deadline", () => {
    expect(all.owners.map(({ person, leads }) => [person.id, ids(leads)])).toEqual([
      ["ana", ["L-late"]],
      ["ben", ["L-due", "L-quiet"]],
      ["chloe", ["L-mail", "L-paris"]],
    ]);
  });

  test("what waits for an opening and what lies in a queue stand apart", () => {
    expect(ids(all.ahead)).toEqual(["L-ahead"]);
    expect(all.queues.map(({ id, leads }) => [id, ids(leads)])).toEqual([["qualification", ["L-queue"]]]);
  });

  test("a lead that was touched doesn't wait for an opening, however far ahead the server's clock is", () => {
    const [lead] = board.leads.filter(({ firstTouchAt, queue }) => firstTouchAt === null && queue === null);
    const touched = { ...lead!, provisional: false, firstTouchAt: new Date(now + 900).toISOString() };
    expect(isAhead(touched, now)).toBe(false);
  });

  test("a booked lead has its code and is worked on; the others are closed by theirs", () => {
    const disposition = { code: "c", label: "Booked", at: board.now, note: null } as never;
    expect(isClosed({ disposition, status: "scheduled" })).toBe(false);
    expect(isClosed({ disposition, status: "recycled" })).toBe(true);
    expect(isClosed({ disposition: null, status: "new" })).toBe(false);
  });

  test("every lead of the board stands somewhere, once", () => {
    const shown = [...all.owners, ...all.queues].flatMap(({ leads }) => ids(leads)).concat(ids(all.ahead));
    expect(shown.sort()).toEqual(ids(board.leads).sort());
  });

  test("a lead whose owner the board doesn't list is shown all the same", () => {
    const grouped = groupBoard({ ...board, people: [] }, null, "all", now);
    expect(grouped.owners.flatMap(({ leads }) => leads)).toHaveLength(5);
  });

  test("mine is mine, my team is who shares a team with me", () => {
    expect(groupBoard(board, "ben", "mine", now).owners.map(({ person }) => person.id)).toEqual(["ben"]);
    expect(groupBoard(board, "ben", "team", now).owners.map(({ person }) => person.id)).toEqual([
      "ana",
      "ben",
    ]);
    expect(groupBoard(board, "mia", "mine", now).total).toBe(0);
  });
});

describe("changes", () => {
  const [first, ...rest] = board.leads;
  test("arrivals and misses are announced, quiet edits are not", () => {
    const arrival = changesBetween(rest, board.leads);
    expect(announcement(arrival, first!.owner!.id)).toContain(`New lead for you: ${first!.person.name}`);
    expect(announcement(arrival, "nobody")).toBe("One more new lead on the board.");
    const missed = changesBetween(board.leads, [{ ...first!, breaches: first!.breaches + 1 }, ...rest]);
    expect(announcement(missed, null)).toContain("Target missed");
    const edited = changesBetween(board.leads, [{ ...first!, score: 1 }, ...rest]);
    expect(edited.changed).toEqual([first!.id]);
    expect(announcement(edited, null)).toBeNull();
  });
});

test("roles", () => {
  expect(may("rep", "reassign")).toBe(false);
  expect(may("manager", "config.write")).toBe(false);
  expect(may("revops", "config.write")).toBe(true);
  expect(may("stranger", "work")).toBe(false);
  expect(mayChange("rep", "ben", "ben")).toBe(true);
  expect(mayChange("rep", "ben", "ana")).toBe(false);
  expect(mayChange("marketer", "mia", "mia")).toBe(false);
});

test("promises are kept to the millisecond", () => {
  const promised = "2026-11-22T09:10:00.000Z";
  expect(promiseState(null, null, 0).kind).toBe("none");
  expect(promiseState(promised, "2026-11-22T09:10:00.000Z", 0)).toMatchObject({ kind: "kept", earlyMs: 0 });
  expect(promiseState(promised, "2026-11-22T09:10:00.001Z", 0)).toMatchObject({
    kind: "broken",
    lateMs: 1,
    answered: true,
  });
  expect(promiseState(promised, null, Date.parse(promised)).kind).toBe("open");
  expect(promiseState(promised, null, Date.parse(promised) + 1)).toMatchObject({
    kind: "broken",
    answered: false,
  });
});

test("a promise is judged by what the visitor was told: up to the minute", () => {
  const told = Date.parse("2026-11-22T00:16:00.000Z");
  const promise = "2026-11-22T00:15:12.345Z";
  expect(promiseState(promise, null, 0)).toEqual({ kind: "open", promiseAt: told });
  expect(promiseState(promise, "2026-11-22T00:15:50.000Z", 0)).toMatchObject({
    kind: "kept",
    earlyMs: 10_000,
  });
  expect(promiseState(promise, "2026-11-22T00:16:00.001Z", 0)).toMatchObject({ kind: "broken", lateMs: 1 });
});

test("a closed lead has nothing to keep any more", () => {
  const promise = "2026-11-22T14:00:00.000Z";
  const closedAt = "2026-11-22T13:00:00.000Z";
  expect(promiseState(promise, null, 0, closedAt)).toMatchObject({ kind: "closed", late: false });
  expect(promiseState(promise, null, 0, "2026-11-22T14:00:00.001Z")).toMatchObject({ late: true });
  expect(promiseState(promise, "2026-11-22T12:30:00.000Z", 0, closedAt).kind).toBe("kept");
});

test("accepting is offered to the owner until they have", () => {
  const lead = api.lead("L-due");
  const accepted = { id: "e", type: "lead.accepted" as const, actor: "person:ben", data: {} };
  expect(mayAccept(lead, "ben")).toBe(true);
  expect(mayAccept(lead, "ana")).toBe(false);
  expect(mayAccept({ ...lead, stage: "sal" }, "ben")).toBe(false);
  expect(mayAccept({ ...lead, timeline: [{ ...accepted, at: board.now }] }, "ben")).toBe(false);
  // By an earlier owner.
  expect(mayAccept({ ...lead, timeline: [{ ...accepted, at: "2020-01-01T00:00:00.000Z" }] }, "ben")).toBe(
    true,
  );
  // Asked of the next owner.
  const asked = [{ kind: "accept" as const, dueAt: board.now }];
  expect(mayAccept({ ...lead, stage: "sal", timers: asked }, "ben")).toBe(true);
});

describe("a lead in a queue", () => {
  const queued = api.lead("L-queue");
  const iso = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
  const touched = { ...queued, firstTouchAt: iso(-8), secondTouchDueAt: iso(-4), nextActionAt: iso(-4) };

  test("touched, it doesn't await a first touch", () => {
    const leads = board.leads.map((lead) => (lead.id === queued.id ? touched : lead));
    const grouped = groupBoard({ ...board, leads }, "ana", "all", now);
    expect(grouped.queues).toEqual([]);
    expect(grouped.total).toBe(board.leads.length - 1);
  });

  test("waits for its steward by the timer, not by an earlier owner's touches", () => {
    expect(deadlineOf({ ...queued, firstTouchDueAt: iso(-60) }).dueAt).toBe(Date.parse(queued.nextActionAt!));
    expect(stewardDueAt({ ...touched, timers: [{ kind: "queueAge", dueAt: iso(600) }] })).toBe(
      Date.parse(iso(600)),
    );
  });

  test("once missed, the target stays the one that was missed: what is armed then only reminds", () => {
    const event = { id: "e", at: iso(-5), type: "sla.breached" as const, actor: "system" };
    const late = {
      ...queued,
      nextActionAt: iso(-5),
      timers: [{ kind: "queueAge" as const, dueAt: iso(55) }],
      timeline: [{ ...event, data: { target: "queueAge" } }],
    };
    expect(stewardDueAt(late)).toBe(Date.parse(iso(-5)));
    expect(deadlineOf(late).dueAt).toBe(stewardDueAt(late));
  });
});

test("what is the same word is said once", () => {
  expect(stageBeside("Recycled", "recycled")).toBeNull();
  expect(stageBeside("Working", "mql")).toBe("MQL");
});

test("filters: days are the reader's, the end is included, unknown ones are dropped", () => {
  const filters = readFilters(new URLSearchParams("q= mara &from=2026-11-20&to=2026-11-22&x=1&status="));
  expect(filters).toEqual({ q: "mara", from: "2026-11-20", to: "2026-11-22" });
  const query = new URLSearchParams(apiQuery(filters, "America/New_York", "c1"));
  expect(Object.fromEntries(query)).toEqual({
    q: "mara",
    from: "2026-11-20T05:00:00.000Z",
    to: "2026-11-23T05:00:00.000Z",
    after: "c1",
    limit: "50",
  });
});

test.each([
  { name: "said in time", grade: "reported", recorded: "2026-11-22T14:00:00.000Z", kind: "kept" },
  { name: "said afterwards", grade: "reported", recorded: "2026-11-22T14:20:00.000Z", kind: "broken" },
  { name: "proven afterwards", grade: "verified", recorded: "2026-11-22T14:20:00.000Z", kind: "kept" },
])("a first touch $name: the promise is $kind", ({ grade, recorded, kind }) => {
  const firstTouchAt = "2026-11-22T13:55:00.000Z";
  const timeline = [
    {
      id: "1",
      at: recorded,
      type: "lead.touched" as const,
      actor: "person:ben",
      data: { at: firstTouchAt, grade },
    },
  ];
  const proven = provenTouch({ firstTouchAt, timeline });
  expect(promiseState("2026-11-22T14:00:00.000Z", firstTouchAt, 0, null, proven).kind).toBe(kind);
});
