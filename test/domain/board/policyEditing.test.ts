/** What the policy's forms read and write, and what the text completes: nothing lost, nothing made up. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  asGroup,
  conditionInWords,
  NEW_GROUP,
  toCondition,
  toNode,
  valueOfText,
  withChanged,
  withItem,
  withoutItem,
  type Group,
} from "../../../board/logic/conditionTree.ts";
import { leadInWords } from "../../../board/logic/counterexample.ts";
import { cellInWords, shadeOf, step } from "../../../board/logic/coverage.ts";
import { countryUnused, fromTyped, toldTogether, toTyped } from "../../../board/logic/dryRun.ts";
import { SECTIONS } from "../../../board/logic/policyForms.ts";
import { aboutItem, itemsOf, placeIn, placeOf, pointerOf, saidOf } from "../../../board/logic/policyItems.ts";
import {
  idFrom,
  optionsText,
  readDates,
  readDuration,
  readOptions,
  readOverrides,
  readWindows,
  shortDuration,
  windowsText,
} from "../../../board/logic/policyText.ts";
import { idsAt, namesAt, valuesAt, type JsonSchema } from "../../../board/logic/schemaWalk.ts";
import type { Condition } from "../../../schema/config/condition.ts";
import { configJsonSchema } from "../../../schema/config/document.ts";
import { holds } from "../../../worker/domain/conditions.ts";
import { policyDocument } from "../../browser/board/support/policy.ts";

const { tree: condition } = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    fc.record({
      field: fc.constantFrom("a", "b", "c"),
      op: fc.constantFrom("eq" as const, "ne" as const),
      value: fc.constantFrom("x", "y"),
    }),
    fc.record({ all: fc.array(tie("tree"), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("tree"), { maxLength: 3 }) }),
    fc.record({ not: tie("tree") }),
    fc.constant({}),
  ),
}));

test("a condition that went through the builder means the same for every lead", () => {
  const worlds = ["x", "y", null].flatMap((a) =>
    ["x", "y", null].flatMap((b) => ["x", null].map((c) => ({ a, b, c }))),
  );
  fc.assert(
    fc.property(condition, (before) => {
      const node = toNode(before);
      expect(node).not.toBeNull();
      for (const after of [toCondition(node!), toCondition(asGroup(node!))])
        for (const facts of worlds)
          expect(holds(after, facts), JSON.stringify({ before, after })).toBe(holds(before, facts));
    }),
    { seed: 20261122, numRuns: 300 },
  );
});

test("what is no condition isn't shown as one", () => {
  for (const value of [null, "x", { field: 3 }, { all: [3] }, { not: "x" }, { spelt: "wrong" }])
    expect(toNode(value)).toBeNull();
  expect(conditionInWords({ spelt: "wrong" })).toBe("a condition that only the text shows");
  expect(conditionInWords({ not: { any: [{ field: "a", op: "exists" }] } })).toBe("not (a is known)");
  expect(valueOfText("DE, AT", "in", "string")).toEqual(["DE", "AT"]);
  expect(valueOfText("500", "gte", "number")).toBe(500);
});

test("a group in a group is built step by step, and its tests keep their keys", () => {
  const is = (value: string) => ({ kind: "test", field: "lead.country", op: "eq", value }) as const;
  const keysOf = (group: Group) => group.items.map(({ key }) => key);
  let top = asGroup(toNode({ field: "score", op: "gte", value: 60 })!);
  top = withItem(top, NEW_GROUP);
  expect(toCondition(top)).toEqual({ all: [{ field: "score", op: "gte", value: 60 }, { any: [] }] });
  let inner = top.items[1] as Group;
  for (const value of ["DE", "AT", "CH"]) {
    inner = withItem(inner, is(value));
    top = withChanged(top, inner);
    expect(top.items[1], "one test alone is still in its group").toMatchObject({
      kind: "group",
      mode: "any",
    });
  }
  const [, second, third] = inner.items;
  inner = withoutItem(inner, inner.items[0]!);
  expect(keysOf(inner)).toEqual([second!.key, third!.key]);
  inner = withChanged(inner, { ...second!, ...is("FR") });
  expect(toCondition(withChanged(top, inner))).toEqual({
    all: [
      { field: "score", op: "gte", value: 60 },
      {
        any: ["FR", "CH"].map((value) => ({ field: "lead.country", op: "eq", value })),
      },
    ],
  });
  expect(new Set(keysOf(withItem(inner, is("PL")))).size).toBe(3);
});

test("a group without conditions in words says what it means", () => {
  for (const empty of [{ all: [] }, { any: [] }, { not: { all: [] } }, { not: { any: [] } }])
    expect(conditionInWords(empty)).toBe(holds(empty, {}) ? "always" : "never");
});

describe("typed texts", () => {
  test.each([
    ["10m", "PT10M"],
    ["1h 30m", "PT1H30M"],
    ["2d", "P2D"],
    ["pt4h", "PT4H"],
    ["90s", "PT90S"],
    ["soon", null],
    ["", null],
    ["P", null],
  ])("the duration %j is %j", (text, iso) => {
    expect(readDuration(text)).toBe(iso);
    if (iso) expect(readDuration(shortDuration(iso))).toBe(iso);
  });
  test.each([
    [
      "9-12:30, 13:15–18",
      [
        ["09:00", "12:30"],
        ["13:15", "18:00"],
      ],
    ],
    ["22:00–06:00", [["22:00", "06:00"]]],
    ["0-24", [["00:00", "24:00"]]],
    ["", []],
    ["25-26", null],
    ["9", null],
  ])("the hours %j are %j", (text, windows) => {
    expect(readWindows(text)).toEqual(windows);
    if (windows) expect(readWindows(windowsText(windows))).toEqual(windows);
  });
  test("dates, and dates with hours of their own", () => {
    expect(readDates("2026-12-24, 2026-12-25")).toEqual(["2026-12-24", "2026-12-25"]);
    expect(readDates("24.12.2026")).toBeNull();
    expect(readOverrides("2026-12-24 9–12\n2026-12-31 closed")).toEqual({
      "2026-12-24": [["09:00", "12:00"]],
      "2026-12-31": [],
    });
    expect(readOverrides("2026-12-24")).toBeNull();
  });
  test("an id from a name, unlike those there are", () => {
    expect(idFrom("UK & Ireland", new Set())).toBe("uk-ireland");
    expect(idFrom("Öl", new Set(["ol"]))).toBe("ol-2");
    expect(idFrom("北京", new Set())).toBe("new");
  });
});

describe("items", () => {
  test("pointers and ids lead to the form they stand in", () => {
    expect(placeOf("/routing/rules/3/when/all/0")).toMatchObject({ section: { key: "rules" }, index: 3 });
    expect(placeOf("/workspace/timezone")).toBeNull();
    expect(pointerOf(policyDocument, "rest")).toBe("/routing/rules/0");
    expect(pointerOf(policyDocument, "smb")).toBe("/teams/0");
    expect(pointerOf(policyDocument, "nothing")).toBeNull();
  });
  test("an item's place is counted among items alone", () => {
    expect([0, 1, 2].map((index) => placeIn([null, {}, "x", {}], index))).toEqual([1, 3, -1]);
  });
  test("every list of a document is told in a line each; what is no list is nothing", () => {
    for (const section of SECTIONS)
      for (const item of itemsOf(policyDocument, section))
        expect(aboutItem(policyDocument, section, item)).not.toBe("");
    expect(
      itemsOf(
        { people: "nobody" },
        SECTIONS.find(({ key }) => key === "people")!,
      ),
    ).toEqual([]);
    expect(itemsOf(null, SECTIONS[0]!)).toEqual([]);
  });
});

test("what a choice offers is typed a line each; what a finding is about stands at its part", () => {
  const options = [
    { value: "us", label: "United States" },
    { value: "EU", label: "EU" },
    { value: "a", label: "b = c" },
  ];
  expect(readOptions(optionsText(options))).toEqual(options);
  expect(readOptions(" us = United States \n\nEU\nx =")).toEqual([
    { value: "us", label: "United States" },
    { value: "EU", label: "EU" },
    { value: "x", label: "x" },
  ]);
  const forms = SECTIONS.find(({ key }) => key === "forms")!;
  const findings = ["/forms/1/fields/0/name", "/forms/1", "/forms/10/name", "/teams/1"].map((pointer) => ({
    pointer,
    message: pointer,
  }));
  expect(saidOf(forms, 1, findings).map(({ part, rest }) => [part, rest])).toEqual([
    ["fields", "0/name"],
    ["", ""],
  ]);
});

describe("completion from the published schema", () => {
  const schema = configJsonSchema() as JsonSchema;
  const names = (path: (string | number)[], present: string[] = []) =>
    namesAt(schema, path, new Set(present)).map(({ name }) => name);

  test("names at any depth, without those that stand there", () => {
    expect(names([])).toEqual(expect.arrayContaining(["people", "routing"]));
    expect(names(["routing", "rules", 2], ["id", "when"])).toEqual(expect.arrayContaining(["to", "mode"]));
    expect(names(["routing", "rules", 2], ["id"])).not.toContain("id");
    expect(names(["routing", "rules", 0, "to"])).toEqual(expect.arrayContaining(["team", "accountOwner"]));
    expect(names(["routing", "rules", 0, "when", "all", 1])).toEqual(
      expect.arrayContaining(["field", "op", "any"]),
    );
    expect(names(["nowhere"])).toEqual([]);
  });
  test("values from lists, and the document's own ids", () => {
    expect(valuesAt(schema, ["routing", "rules", 0, "mode"])).toEqual(["enforce", "observe"]);
    expect(valuesAt(schema, ["routing", "rules", 0, "when", "not", "op"])).toContain("startsWith");
    expect(idsAt(policyDocument, ["teams", 0, "members", 0, "person"])).toEqual(["ana", "ben"]);
    expect(idsAt(policyDocument, ["routing", "default", 1])).toEqual(["ana", "ben"]);
    expect(idsAt(policyDocument, ["workspace", "name"])).toEqual([]);
  });
});

test("a counterexample in words", () => {
  expect(
    leadInWords({
      id: "x",
      email: "kim@northwind.example",
      fields: { country: "DE" },
      page: { url: "/pricing" },
      assume: { account: { owner: "ben" } },
    }),
  ).toBe("email kim@northwind.example, page.url /pricing, country DE; the CRM has account.owner ben");
  expect(leadInWords({})).toBe("a lead that says nothing");
});

test("a lead goes into the dry run's controls and back", () => {
  const lead = { email: "a@b.example", country: "DE", language: "de", assume: { match: { method: "none" } } };
  const typed = toTyped({ id: "trial", ...lead });
  expect(typed.fields).toEqual({ email: "a@b.example", country: "DE" });
  expect(fromTyped(typed)).toEqual(lead);
  expect(fromTyped({ fields: {}, more: "{" })).toBeNull();
  expect(
    toldTogether([
      { step: "team", outcome: "skipped", detail: "Ben is away" },
      { step: "team", outcome: "skipped", detail: "Cleo is off shift" },
      { step: "team", outcome: "skipped", detail: "Ben is away" },
      { step: "manager", outcome: "possible", detail: "Ana is available" },
    ]),
  ).toEqual([
    { step: "team", outcome: "skipped", details: ["Ben is away", "Cleo is off shift"] },
    { step: "manager", outcome: "possible", details: ["Ana is available"] },
  ]);
});

test.each([
  ["Atlantis", null, "No country is known as “Atlantis”: none was used."],
  [
    "Atlantis",
    { code: "DE", source: "phone" },
    "No country is known as “Atlantis”: DE was used, by the phone number.",
  ],
  [
    "Atlantis",
    { code: "FR", source: "edge" },
    "No country is known as “Atlantis”: FR was used, by the network.",
  ],
  ["Germany", { code: "DE", source: "form" }, null],
  ["", { code: "FR", source: "edge" }, null],
  ["typed before", null, null],
] as const)("a country that is none is said: %s, %j", (asked, country, said) => {
  const typed = asked === "typed before" ? "Atlantis" : ` ${asked} `;
  expect(countryUnused(asked, { fields: { country: typed } }, { country })).toBe(said);
});

test("an hour in shade and in words", () => {
  const hour = { minutes: 60, open: 60, uncovered: 0, least: 1, people: ["ben"] };
  expect(shadeOf(hour)).toBe("one");
  expect(shadeOf({ ...hour, uncovered: 60, people: [] })).toBe("hole");
  expect(shadeOf({ ...hour, uncovered: 15 })).toBe("part");
  expect(shadeOf({ ...hour, open: 0 })).toBe("off");
  expect(cellInWords({ ...hour, uncovered: 15 }, () => "Ben")).toBe(
    "Open; on duty: Ben; nobody for 15 minutes of it.",
  );
  expect(cellInWords({ ...hour, minutes: 0 }, String)).toBe("The clocks skip this hour.");
  expect([step(0, "ArrowUp"), step(5, "ArrowDown"), step(30, "End"), step(3, "x")]).toEqual([
    0,
    29,
    47,
    null,
  ]);
});
