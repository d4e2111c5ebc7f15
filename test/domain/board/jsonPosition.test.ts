/** From pointers to places in the text, and from broken text to a reason and a place. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { positionOf, syntaxError } from "../../../board/logic/jsonPosition.ts";

const text = `{
  "people": [
    { "id": "ana", "a/b": { "~x": [1, 2] } },
    { "id": "be\\"n", "note": "}, ]" }
  ],
  "empty": {}
}`;

test.each([
  ["", 1, 1, true],
  ["/people", 2, 13, true],
  ["/people/0/id", 3, 13, true],
  ["/people/0/a~1b/~0x/1", 3, 39, true],
  ["/people/1/note", 4, 30, true],
  ["/people/1/missing", 4, 5, false],
  ["/people/7", 2, 13, false],
  ["/empty/x", 6, 12, false],
  ["#/empty", 6, 12, true],
])("%s stands at %d:%d", (pointer, line, column, exact) => {
  expect(positionOf(text, pointer)).toMatchObject({ line, column, exact });
});

test("text that can't be read has no positions", () =>
  expect(positionOf('{"a" 1, "b": 2}', "/b")).toBeNull());

test("every value of any document is found where it stands", () => {
  const point = (value: unknown, path: string): [string, unknown][] => [
    [path, value],
    ...(typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, child]) =>
          point(child, `${path}/${encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))}`),
        )
      : []),
  ];
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (json) => {
      const value: unknown = JSON.parse(json);
      const pretty = JSON.stringify(value, null, 2);
      // A repeated or empty name is reached all the same; __proto__ is read differently by JSON.parse's caller.
      for (const [path, found] of point(value, "")) {
        const at = positionOf(pretty, path);
        if (path === "/" || at === null || path.includes("__proto__")) continue;
        expect(at.exact).toBe(true);
        const head = JSON.stringify(found)[0]!;
        expect(pretty[at.offset]).toBe(head);
      }
    }),
    { seed: 20261122, numRuns: 300 },
  );
});

describe("what is wrong", () => {
  test.each([
    ['{"a": 1,}', "a name in double quotes is expected here", 1, 9],
    ['{"a" 1}', "a colon after the name", 1, 6],
    ["{\n  a: 1\n}", "a name in double quotes is expected here", 2, 3],
    ["[1 2]", "a comma or ] is expected here", 1, 4],
    ['{"a": "x', "this text has no closing quote", 1, 7],
    ['{"a\\q": 1}', "this escape isn’t one of JSON’s", 1, 4],
    ['{"a": tru}', "a value is expected here", 1, 7],
    ["", "the document ends too early", 1, 1],
    ["{} {}", "nothing may follow the document", 1, 4],
  ])("%s", (broken, message, line, column) => {
    expect(syntaxError(broken)).toMatchObject({ message, line, column });
  });

  test("agrees with the parser on what is valid", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom("", ",", "]", '"', "x"), (json, at, junk) => {
        const place = at % (json.length + 1);
        const mutated = json.slice(0, place) + junk + json.slice(place);
        let valid = true;
        try {
          JSON.parse(mutated);
        } catch {
          valid = false;
        }
        expect(syntaxError(mutated) === null).toBe(valid);
      }),
      { seed: 20261122, numRuns: 500 },
    );
  });
});
