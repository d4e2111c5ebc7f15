/** Digests come in their readers' own morning, on days they work, once for each of their days; the mails say it in words. */
import { describe, expect, test } from "vitest";
import {
  digestsFor,
  dueDigests,
  idBegin,
  morningsNow,
  scopeOf,
  type Told,
} from "../../../worker/domain/reports/digests.ts";
import { composeMail } from "../../../worker/outbound/compose.ts";
import { compiled, owed, scene } from "../outbound/scenes.ts";

const WEEKDAYS = Object.fromEntries(
  ["mon", "tue", "wed", "thu", "fri"].map((day) => [day, [["09:00", "17:00"]]]),
);

const config = withDigests();

/** Weekly on Mondays, unless it is said. */
function withDigests(digests?: { weeklyOn: "sat" | "thu" }, timezone = "UTC") {
  return compiled({
    workspace: { name: "Acme", timezone, ...(digests && { digests }) },
    calendars: [
      { id: "ny", timezone: "America/New_York", hours: WEEKDAYS, holidays: ["2026-11-26", "2026-12-07"] },
      { id: "tokyo", timezone: "Asia/Tokyo", hours: WEEKDAYS },
    ],
    people: [
      { id: "mia", name: "Mia", email: "mia@acme.example", role: "manager", calendar: "ny" },
      { id: "ken", name: "Ken", email: "ken@acme.example", role: "manager", calendar: "tokyo" },
      { id: "ben", name: "Ben", email: "ben@acme.example", manager: "mia", calendar: "ny" },
      { id: "cleo", name: "Cleo", email: "cleo@acme.example", calendar: "ny" },
      { id: "last", name: "Last", email: "last@acme.example", role: "manager", digests: [], calendar: "ny" },
    ],
  });
}

const at = (time: string, told: ReadonlyMap<string, Told>, policy: typeof config) =>
  dueDigests(
    morningsNow(policy, Date.parse(time)),
    told,
    policy.document.workspace.digests?.weeklyOn ?? undefined,
  );

const due = (time: string, policy = config) =>
  at(time, new Map(), policy).map(({ person, kind, from, to }) => `${person} ${kind} ${from} ${to}`);

/** What somebody is sent when it is looked for at these times, each once. */
const sent = (person: string, kind: "morning" | "weekly", times: readonly string[], policy = config) => {
  const told = new Map<string, Told>();
  return times.flatMap((time) =>
    at(time, told, policy)
      .filter((one) => one.person === person && one.kind === kind)
      .map(({ date, from, to }) => {
        told.set(idBegin(kind, person), { date, to });
        return `${date}: ${from} ${to}`;
      }),
  );
};

const days = (month: string, from: number, to: number, time: string): string[] =>
  Array.from({ length: to - from + 1 }, (_, n) => `${month}-${String(from + n).padStart(2, "0")}T${time}Z`);

describe("who gets one", () => {
  test.each([
    ["before seven in New York", "2026-11-24T11:59:00Z", []],
    ["seven in New York", "2026-11-24T12:00:00Z", ["mia morning 2026-11-23 2026-11-23"]],
    ["all morning long the same", "2026-11-24T16:59:00Z", ["mia morning 2026-11-23 2026-11-23"]],
    ["noon in New York", "2026-11-24T17:00:00Z", []],
    ["seven in Tokyo, of its next day", "2026-11-24T22:00:00Z", ["ken morning 2026-11-23 2026-11-23"]],
    ["a holiday", "2026-11-26T13:00:00Z", []],
    ["after the holiday", "2026-11-27T13:00:00Z", ["mia morning 2026-11-25 2026-11-26"]],
    ["a Saturday", "2026-11-28T13:00:00Z", []],
    [
      "Monday: the weekend too, and the week",
      "2026-11-30T13:00:00Z",
      ["mia morning 2026-11-27 2026-11-29", "mia weekly 2026-11-23 2026-11-29"],
    ],
    ["a Monday that is closed", "2026-12-07T13:00:00Z", []],
    [
      "the day after it: the week comes then",
      "2026-12-08T13:00:00Z",
      ["mia morning 2026-12-04 2026-12-07", "mia weekly 2026-11-30 2026-12-06"],
    ],
  ])("%s", (_, at, expected) => {
    expect(due(at)).toEqual(expected);
  });

  test("where the week's day is closed the week comes on the next open one, be it in another week", () => {
    const weekly = (weeklyOn: "sat" | "thu", days: readonly number[]) =>
      days.filter((day) =>
        due(`2026-11-${day}T13:00:00Z`, withDigests({ weeklyOn })).some((one) => one.includes("weekly")),
      );
    const week = [23, 24, 25, 26, 27, 28, 29, 30];
    expect(weekly("sat", week)).toEqual([23, 30]);
    // Thanksgiving is a Thursday.
    expect(weekly("thu", week)).toEqual([27]);
  });

  test("whom the document leaves out gets none", () => {
    expect(digestsFor(config.people.get("last")!)).toEqual([]);
    expect(digestsFor(config.people.get("ben")!)).toEqual([]);
  });

  test("no day is told twice and none is left out, whatever was closed or lost", () => {
    const noon = [...days("2026-11", 23, 30, "13:00:00"), ...days("2026-12", 1, 15, "13:00:00")];
    const lost = noon.filter((time) => !/11-24|12-01/.test(time));
    expect(sent("mia", "morning", lost).slice(0, 4)).toEqual([
      "2026-11-23: 2026-11-20 2026-11-22",
      "2026-11-25: 2026-11-23 2026-11-24",
      "2026-11-27: 2026-11-25 2026-11-26",
      "2026-11-30: 2026-11-27 2026-11-29",
    ]);
    expect(sent("mia", "weekly", noon)).toEqual([
      "2026-11-23: 2026-11-16 2026-11-22",
      "2026-11-30: 2026-11-23 2026-11-29",
      "2026-12-08: 2026-11-30 2026-12-06",
      "2026-12-14: 2026-12-07 2026-12-13",
    ]);
    // Its Monday morning was lost: the week comes on the next morning that isn't.
    expect(sent("mia", "weekly", [noon[0] ?? "", ...noon.slice(8)])).toEqual([
      "2026-11-23: 2026-11-16 2026-11-22",
      "2026-12-01: 2026-11-23 2026-11-29",
      "2026-12-08: 2026-11-30 2026-12-06",
      "2026-12-14: 2026-12-07 2026-12-13",
    ]);
  });

  test("after a long closing at most a month is told, of weeks four", () => {
    const times = ["2026-09-07T13:00:00Z", "2026-11-09T13:00:00Z"];
    expect(sent("mia", "morning", times)[1]).toBe("2026-11-09: 2026-10-09 2026-11-08");
    expect(sent("mia", "weekly", times)[1]).toBe("2026-11-09: 2026-10-12 2026-11-08");
  });

  test("a day is told when it is over where the workspace is, in a zone far away too", () => {
    const american = withDigests(undefined, "America/New_York");
    const seven = [...days("2026-11", 22, 30, "22:00:00"), "2026-12-01T22:00:00Z"];
    // 07:00 in Tokyo is 17:00 of the day before in New York.
    expect(sent("ken", "morning", seven, american)).toEqual([
      "2026-11-23: 2026-11-19 2026-11-21",
      "2026-11-24: 2026-11-22 2026-11-22",
      "2026-11-25: 2026-11-23 2026-11-23",
      "2026-11-26: 2026-11-24 2026-11-24",
      "2026-11-27: 2026-11-25 2026-11-25",
      "2026-11-30: 2026-11-26 2026-11-28",
      "2026-12-01: 2026-11-29 2026-11-29",
      "2026-12-02: 2026-11-30 2026-11-30",
    ]);
    expect(sent("ken", "weekly", seven, american)).toEqual([
      "2026-11-24: 2026-11-16 2026-11-22",
      "2026-12-01: 2026-11-23 2026-11-29",
    ]);
  });

  test("a manager answers for their people, their teams and themselves", () => {
    expect([...(scopeOf(config, "mia") ?? [])]).toEqual(["ben", "mia"]);
    expect([...(scopeOf(config, "last") ?? [])]).toEqual(["ben", "cleo", "last"]);
    expect(scopeOf(config, "ken")).toBeNull();
  });
});

describe("the mails", () => {
  const sections = [
    {
      title: "Deadlines missed",
      none: "None.",
      lines: [{ label: "Ben <b>", value: "3 (2 theirs, 1 coverage)", path: "/board/leads?counted=x" }],
    },
    {
      title: "Safety nets",
      none: "Empty: nothing was caught.",
      lines: [{ label: "L", value: "1", path: "javascript:alert(1)" }],
    },
  ];
  const effect = owed("digest.morning", "person:mia", {
    leadId: null,
    seq: null,
    data: { from: "2026-11-23", to: "2026-11-23", sections },
  });
  const mail = composeMail(scene(effect), [{ name: "Mia", email: "mia@acme.example", zone: "UTC" }]);

  test("the morning's says how many in the subject, and leads to them", () => {
    expect(mail.subject).toBe("This morning: 3 first touches missed");
    expect(mail.text).toContain(
      "- Ben <b>: 3 (2 theirs, 1 coverage)\n  https://leads.acme.example/board/leads?counted=x",
    );
    expect(mail.html).toContain("Ben &lt;b&gt;</a>");
    expect(mail.html).not.toContain("javascript:");
  });

  test("a subscriber hears of a missed target in words and in their own time", () => {
    const data = {
      target: "firstTouch",
      owner: { id: "ben", name: "Ben Rep" },
      dueAt: "2026-11-23T14:10:00.000Z",
      attribution: "coverage",
    };
    const event = owed("event", "notification:desk", { data: { type: "sla.breached", data } });
    const { text } = composeMail(scene(event), [
      { name: null, email: "desk@acme.example", zone: "America/New_York" },
    ]);
    expect(text).toContain("Which target: First touch");
    expect(text).toContain("Was due: 09:10 New York time");
    expect(text).toContain("Counted as: Coverage: they were unavailable");
    expect(text).not.toMatch(/T14:10|firstTouch|dueAt/);
  });
});
