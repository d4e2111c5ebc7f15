/** Digests come in their readers' own morning, on days they work, once for each of their days; the mails say it in words. */
import { describe, expect, test } from "vitest";
import { digestsFor, dueDigests, scopeOf } from "../../../worker/domain/reports/digests.ts";
import { composeMail } from "../../../worker/outbound/compose.ts";
import { compiled, owed, scene } from "../outbound/scenes.ts";

const WEEKDAYS = Object.fromEntries(
  ["mon", "tue", "wed", "thu", "fri"].map((day) => [day, [["09:00", "17:00"]]]),
);

const config = withDigests();

/** Weekly on Mondays, unless it is said. */
function withDigests(digests?: { weeklyOn: "sat" | "thu" }) {
  return compiled({
    workspace: { name: "Acme", timezone: "UTC", ...(digests && { digests }) },
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

const due = (at: string, gone: string[] = [], policy = config) =>
  dueDigests(policy, new Set(gone), Date.parse(at)).map(
    ({ person, kind, from, to }) => `${person} ${kind} ${from} ${to}`,
  );

describe("who gets one", () => {
  test.each([
    ["before seven in New York", "2026-11-24T11:59:00Z", []],
    ["seven in New York", "2026-11-24T12:00:00Z", ["mia morning 2026-11-23 2026-11-23"]],
    ["all morning long the same", "2026-11-24T16:59:00Z", ["mia morning 2026-11-23 2026-11-23"]],
    ["noon in New York", "2026-11-24T17:00:00Z", []],
    ["seven in Tokyo, its own next day", "2026-11-24T22:00:00Z", ["ken morning 2026-11-24 2026-11-24"]],
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
      ["mia morning 2026-12-04 2026-12-07", "mia weekly 2026-12-01 2026-12-07"],
    ],
  ])("%s", (_, at, expected) => {
    expect(due(at)).toEqual(expected);
  });

  test("where the week's day is closed the week comes on the next open one, be it in another week", () => {
    const weekly = (weeklyOn: "sat" | "thu", days: readonly number[]) =>
      days.filter((day) =>
        due(`2026-11-${day}T13:00:00Z`, [], withDigests({ weeklyOn })).some((one) => one.includes("weekly")),
      );
    const week = [23, 24, 25, 26, 27, 28, 29, 30];
    expect(weekly("sat", week)).toEqual([23, 30]);
    // Thanksgiving is a Thursday.
    expect(weekly("thu", week)).toEqual([27]);
  });

  test("whoever was deactivated gets none, and whom the document leaves out", () => {
    expect(due("2026-11-24T13:00:00Z", ["mia"])).toEqual([]);
    expect(digestsFor(config.people.get("last")!)).toEqual([]);
    expect(digestsFor(config.people.get("ben")!)).toEqual([]);
  });

  test("a manager answers for their people and their teams", () => {
    expect([...(scopeOf(config, "mia") ?? [])]).toEqual(["ben"]);
    expect([...(scopeOf(config, "last") ?? [])]).toEqual(["ben", "cleo"]);
    expect(scopeOf(config, "ken")).toBeNull();
  });
});

describe("the mails", () => {
  const sections = [
    {
      title: "Missed first touches",
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
