/** Calendar files as absences: what counts, and when it is. */
import { describe, expect, test } from "vitest";
import { answerCalendar } from "../../../cli/local/calendar.ts";
import { absencesIn, openFeed, type Feed, type Window } from "../../../worker/domain/timeoff/ics.ts";
import { spansFrom } from "../../../worker/domain/timeoff/spans.ts";

const file = (...lines: string[]): string =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN", ...lines, "END:VCALENDAR", ""].join("\r\n");

const event = (...lines: string[]): string[] => [
  "BEGIN:VEVENT",
  "UID:one@calendar.example",
  "DTSTAMP:20261101T000000Z",
  ...lines,
  "END:VEVENT",
];

const WINDOW = {
  from: Date.parse("2026-11-20T00:00:00Z"),
  to: Date.parse("2027-03-01T00:00:00Z"),
  timezone: "Europe/Berlin",
};

const readFeed = (text: string, window: Window): Feed => {
  const opened = openFeed(text);
  return opened.ok ? absencesIn(opened.events, window) : opened;
};

const spans = (...lines: string[]): string[] => {
  const feed = readFeed(file(...lines), WINDOW);
  if (!feed.ok) throw new Error(feed.reason);
  return feed.absences.map(({ startAt, endAt }) =>
    [startAt, endAt].map((at) => new Date(at).toISOString().slice(0, 16)).join(" "),
  );
};

/** New York by another name, as calendars define their own. */
const EASTERN = [
  "BEGIN:VTIMEZONE",
  "TZID:Eastern Standard Time",
  "BEGIN:STANDARD",
  "DTSTART:20071104T020000",
  "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
  "TZOFFSETFROM:-0400",
  "TZOFFSETTO:-0500",
  "END:STANDARD",
  "BEGIN:DAYLIGHT",
  "DTSTART:20070311T020000",
  "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
  "TZOFFSETFROM:-0500",
  "TZOFFSETTO:-0400",
  "END:DAYLIGHT",
  "END:VTIMEZONE",
];

describe("what is an absence, and when", () => {
  test.each<[string, string[], string[]]>([
    [
      "whole days are those of the zone it is read in, the end excluded",
      event("DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261227"),
      ["2026-12-23T23:00 2026-12-26T23:00"],
    ],
    [
      "one whole day without an end",
      event("DTSTART;VALUE=DATE:20261224"),
      ["2026-12-23T23:00 2026-12-24T23:00"],
    ],
    [
      "some hours in UTC",
      event("DTSTART:20261201T130000Z", "DTEND:20261201T150000Z"),
      ["2026-12-01T13:00 2026-12-01T15:00"],
    ],
    [
      "a duration in place of an end",
      event("DTSTART:20261201T130000Z", "DURATION:PT90M"),
      ["2026-12-01T13:00 2026-12-01T14:30"],
    ],
    [
      "hours in a zone by its name",
      event("DTSTART;TZID=America/New_York:20261201T090000", "DTEND;TZID=America/New_York:20261201T100000"),
      ["2026-12-01T14:00 2026-12-01T15:00"],
    ],
    [
      "hours in a zone that the file defines",
      [
        ...EASTERN,
        ...event(
          "DTSTART;TZID=Eastern Standard Time:20261201T090000",
          "DTEND;TZID=Eastern Standard Time:20261201T100000",
        ),
      ],
      ["2026-12-01T14:00 2026-12-01T15:00"],
    ],
    [
      "hours without a zone",
      event("DTSTART:20261201T090000", "DTEND:20261201T100000"),
      ["2026-12-01T08:00 2026-12-01T09:00"],
    ],
    [
      "every Friday but one, across the change of the clocks",
      event(
        "DTSTART;TZID=America/New_York:20261120T140000",
        "DTEND;TZID=America/New_York:20261120T150000",
        "RRULE:FREQ=WEEKLY;COUNT=3",
        "EXDATE;TZID=America/New_York:20261127T140000",
      ),
      ["2026-11-20T19:00 2026-11-20T20:00", "2026-12-04T19:00 2026-12-04T20:00"],
    ],
    [
      "one of a series moved, another cancelled",
      [
        ...event("DTSTART:20261201T100000Z", "DTEND:20261201T110000Z", "RRULE:FREQ=DAILY;COUNT=3"),
        ...event("RECURRENCE-ID:20261202T100000Z", "DTSTART:20261202T150000Z", "DTEND:20261202T160000Z"),
        ...event(
          "RECURRENCE-ID:20261203T100000Z",
          "DTSTART:20261203T100000Z",
          "DTEND:20261203T110000Z",
          "STATUS:CANCELLED",
        ),
      ],
      ["2026-12-01T10:00 2026-12-01T11:00", "2026-12-02T15:00 2026-12-02T16:00"],
    ],
    ["a cancelled event", event("DTSTART;VALUE=DATE:20261224", "STATUS:CANCELLED"), []],
    ["an event that leaves its time free", event("DTSTART;VALUE=DATE:20261224", "TRANSP:TRANSPARENT"), []],
    ["what is over", event("DTSTART;VALUE=DATE:20261110"), []],
    [
      "what has begun",
      event("DTSTART;VALUE=DATE:20261115", "DTEND;VALUE=DATE:20261125"),
      ["2026-11-14T23:00 2026-11-24T23:00"],
    ],
  ])("%s", (_what, lines, expected) => {
    expect(spans(...lines)).toEqual(expected);
  });

  test.each([
    ["nothing", ""],
    ["a page", "<html><body>Sign in</body></html>"],
    ["half a file", file(...event("DTSTART:20261201T130000Z")).slice(0, 90)],
  ])("%s is no calendar, and says so", (_what, text) => {
    expect(readFeed(text, WINDOW)).toMatchObject({ ok: false });
  });

  test("a series without end ends with the window", () => {
    expect(spans(...event("DTSTART:20200101T100000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY"))).toHaveLength(
      101,
    );
  });
});

describe("what can't be taken whole", () => {
  test("a daily stand-up that leaves its time free uses nothing up", () => {
    const free = Array.from({ length: 20 }, (_, n) =>
      event(
        `UID:free${n}@calendar.example`,
        "DTSTART:20100101T090000Z",
        "RRULE:FREQ=DAILY",
        "TRANSP:TRANSPARENT",
      ).toSpliced(1, 1),
    );
    expect(spans(...free.flat(), ...event("DTSTART;VALUE=DATE:20261224"))).toEqual([
      "2026-12-23T23:00 2026-12-24T23:00",
    ]);
  });

  test("a series too long to be followed is refused, not cut", () => {
    const endless = event("DTSTART:20000101T090000Z", "DURATION:PT1M", "RRULE:FREQ=MINUTELY");
    const text = file(...endless, ...event("DTSTART;VALUE=DATE:20261224").toSpliced(1, 1, "UID:other"));
    expect(readFeed(text, WINDOW)).toMatchObject({
      ok: false,
      reason: expect.stringContaining("series") as string,
    });
  });
});

describe("what it comes to for people", () => {
  const now = Date.parse("2026-11-23T10:00:00Z");
  const berlin = { personId: "ben", timezone: "Europe/Berlin" };
  const iso = (at: number): string => new Date(at).toISOString().slice(0, 16);

  test("a whole day is everybody's own", () => {
    const text = file(...event("DTSTART;VALUE=DATE:20261224"));
    const holders = [berlin, { personId: "ana", timezone: "America/New_York" }];
    const read = spansFrom(text, { id: "f", holders }, now);
    if (!read.ok) throw new Error(read.reason);
    expect(read.spans.map(({ personId, startAt }) => `${personId} ${iso(startAt)}`)).toEqual([
      "ben 2026-12-23T23:00",
      "ana 2026-12-24T05:00",
    ]);
  });

  test("absences that touch are one, which keeps its name while it passes", () => {
    const hours = ["09", "10", "11"].map((hour, n) =>
      event(`DTSTART:20261123T${hour}0000Z`, `DURATION:PT1H`).toSpliced(1, 1, `UID:h${n}`),
    );
    const names = ["09:30", "10:30", "11:59"].map((time) => {
      const read = spansFrom(
        file(...hours.flat()),
        { id: "f", holders: [berlin] },
        Date.parse(`2026-11-23T${time}:00Z`),
      );
      return read.ok ? read.spans.map(({ id, startAt, endAt }) => `${id} ${iso(startAt)} ${iso(endAt)}`) : [];
    });
    expect(names[0]).toEqual([expect.stringMatching(/^feed\.f~ben~.* 2026-11-23T09:00 2026-11-23T12:00$/)]);
    expect(new Set(names.flat()).size).toBe(1);
  });

  test("too many for a team are refused, with the number", () => {
    const daily = event("DTSTART:20261101T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY");
    const holders = Array.from({ length: 40 }, (_, n) => ({ ...berlin, personId: `p${n}` }));
    expect(spansFrom(file(...daily), { id: "f", holders }, now)).toMatchObject({
      ok: false,
      reason: expect.stringContaining("for 40 people") as string,
    });
  });
});

test("the demo's calendar: free time in it is no absence, and who has it isn't sent it again", async () => {
  const ask = (headers: Record<string, string> = {}): Response =>
    answerCalendar(new Request("http://localhost:8787/local/calendars/meiling.ics", { headers }));
  const holders = [{ personId: "meiling", timezone: "Asia/Singapore" }];
  const read = spansFrom(await ask().text(), { id: "m", holders }, Date.parse("2026-11-22T12:00:00Z"));
  expect(read).toMatchObject({ ok: true, events: 6 });
  const [first] = read.ok ? read.spans : [];
  expect([first?.startAt, first?.endAt].map((at) => new Date(at ?? 0).toISOString())).toEqual([
    "2026-12-11T06:00:00.000Z",
    "2026-12-11T09:30:00.000Z",
  ]);
  expect(ask({ "if-none-match": ask().headers.get("etag") ?? "" }).status).toBe(304);
});
