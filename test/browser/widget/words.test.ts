/** The words around times and the judgement of answers: pure functions, run in Node with a fixed zone. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clockTime, dayWords, promisedAt, timeLeft } from "../../../widget/form/promise.ts";
import { faultOf } from "../../../widget/form/validate.ts";
import type { Field } from "../../../widget/types.ts";
import { wideFields } from "../../../widget/form/wide.ts";

const zone = process.env.TZ;
beforeAll(() => void (process.env.TZ = "Europe/Berlin"));
afterAll(() => void (process.env.TZ = zone ?? ""));

const at = (text: string): number => Date.parse(text);

test.each([
  ["2026-11-23T10:00:00+01:00", "2026-11-23T23:59:00+01:00", "today"],
  ["2026-11-23T23:59:00+01:00", "2026-11-24T00:00:00+01:00", "tomorrow"],
  // The day in between is 25 hours long.
  ["2026-10-24T23:30:00+02:00", "2026-10-25T23:30:00+01:00", "tomorrow"],
  ["2026-10-25T00:30:00+02:00", "2026-10-26T00:10:00+01:00", "tomorrow"],
  // And this one 23.
  ["2026-03-28T23:30:00+01:00", "2026-03-29T23:30:00+02:00", "tomorrow"],
  ["2026-11-23T10:00:00+01:00", "2026-11-27T09:00:00+01:00", "on Friday"],
  ["2026-11-23T10:00:00+01:00", "2026-12-01T09:00:00+01:00", "on Tuesday 1 December"],
])("from %s, %s is %s", (now, then, words) => {
  expect(dayWords(at(then), at(now))).toBe(words);
});

test.each([
  ["2026-07-01T12:05:00.000Z", /^(14:05|2:05\sPM)$/],
  ["2026-07-01T12:04:01.000Z", /^(14:05|2:05\sPM)$/],
])(
  "clock times are the zone's; a promise of %s is told as the minute it is over with",
  (promiseAt, words) => {
    const told = { kind: "in_coverage", message: "", owner: null, promiseAt, timezone: "UTC" } as const;
    expect(clockTime(promisedAt(told))).toMatch(words);
    expect(promisedAt({ ...told, promiseAt: null })).toBe(0);
  },
);

test("what is left never says more than there is, and nothing once the time has come", () => {
  const seed = 20_261_122;
  const unit: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
  const law = fc.property(fc.integer({ min: -1e9, max: 1e9 }), (left) => {
    const words = timeLeft(left, 0);
    if (left <= 0) return words === null;
    if (left < 60_000) return words === "in less than a minute";
    const [, count, name] = /^in (\d+) (minute|hour|day)s?$/.exec(words ?? "") ?? [];
    const said = Number(count) * (unit[name ?? ""] ?? Number.NaN);
    return said <= left && left - said < (unit[name ?? ""] ?? 0);
  });
  fc.assert(law, { seed });
});

const field = (type: Field["type"], more: Partial<Field> = {}): Field => ({
  name: "x",
  label: "X",
  required: false,
  type,
  ...more,
});

describe.each<[Field, [string | boolean, string | null][]]>([
  [
    field("email", { required: true }),
    [
      ["", "Enter your e-mail address"],
      [" kim@umbrella.example ", null],
      ["kim", "Add the @ and what follows, as in name@company.com"],
      ["kim@", "Add what follows the @, as in name@company.com"],
      ["kim@umbrella", "Add the ending, such as .com"],
      ["kim doe@umbrella.example", "Remove the spaces from the address"],
      ["@umbrella.example", "Write it as in name@company.com"],
      ["kim@@umbrella.example", "Write it as in name@company.com"],
      ["ü@bücher.example", null],
    ],
  ],
  [
    field("tel"),
    [
      ["", null],
      ["+49 30 901820", null],
      ["1-800-FLOWERS", null],
      ["٠٣٠ ١٢٣", null],
      ["abc", "Enter a phone number"],
      ["–", "Enter a phone number"],
    ],
  ],
  [
    field("url"),
    [
      ["", null],
      ["umbrella.example", null],
      ["https://umbrella.example/about?x=1", null],
      ["umbrella", "Use a web address such as company.com"],
      ["javascript:alert(1)", "Use a web address such as company.com"],
      ["ftp://umbrella.example", "Use a web address such as company.com"],
    ],
  ],
  [
    field("number"),
    [
      ["0", null],
      ["1 200", null],
      ["2.5", null],
      ["1,200", "Use digits only, such as 250 or 2.5"],
      ["1e3", "Use digits only, such as 250 or 2.5"],
    ],
  ],
  [
    field("text", { maxLength: 5 }),
    [
      ["12345", null],
      ["123456", "Shorten this by 1 character"],
    ],
  ],
  [
    field("checkbox", { required: true }),
    [
      [false, "Tick this box to go on"],
      [true, null],
    ],
  ],
])("$type", (field, cases) => {
  test.each(cases)("%j", (value, fault) => {
    expect(faultOf(field, value)).toBe(fault);
  });
});

test("a short field without a partner, and every long one, takes a line", () => {
  const names = (types: Field["type"][]): number[] => {
    const fields = types.map((type) => field(type));
    return wideFields(fields).map((wide) => fields.indexOf(wide));
  };
  expect(names(["email"])).toEqual([0]);
  expect(names(["email", "text"])).toEqual([]);
  expect(names(["email", "text", "tel"])).toEqual([2]);
  expect(names(["email", "textarea", "text", "tel", "checkbox"])).toEqual([0, 1, 4]);
});
