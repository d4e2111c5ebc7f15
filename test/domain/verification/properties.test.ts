/** Whatever is sent: verification answers, points into what was sent, and what passes compiles. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { expandHolidays } from "../../../worker/domain/verification/calendars.ts";
import { parseDocument } from "../../../worker/domain/verification/parse.ts";
import { compileConfig } from "../../../worker/domain/config/compiled.ts";
import { example, NOW, verifyDocument, type Json } from "./support.ts";

const SEED = 20261122;

/** Every place in a JSON value. */
const places = (value: unknown, path: string[] = []): string[][] => [
  path,
  ...(typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, part]) => places(part, [...path, key]))
    : []),
];

const ALL = places(example()).filter((path) => path.length > 0);

const junk = fc.oneof(
  fc.constantFrom(
    null,
    "",
    "PT0S",
    "PT10M",
    "us",
    "ana",
    "nobody",
    {},
    [],
    true,
    -1,
    0,
    1e9,
    "2026-02-30",
    "24:00",
    "__proto__",
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

const mutation = fc.record({
  path: fc.constantFrom(...ALL),
  how: fc.constantFrom("set", "delete", "copy"),
  value: junk,
  from: fc.constantFrom(...ALL),
});

const at = (document: unknown, path: string[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined,
    document,
  );

const mutate = (
  document: Json,
  { path, how, value, from }: { path: string[]; how: string; value: unknown; from: string[] },
): void => {
  const holder = at(document, path.slice(0, -1)) as Json;
  const key = path.at(-1) ?? "";
  if (typeof holder !== "object" || holder === null) return;
  if (how === "delete") delete holder[key];
  else holder[key] = how === "copy" ? structuredClone(at(document, from)) : value;
};

test("mutated documents are answered, and what passes compiles", { timeout: 30_000 }, () => {
  let passed = 0;
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
      const document = example();
      for (const one of mutations) mutate(document, one);
      const { errors, warnings } = verifyDocument(document);
      for (const { pointer, code, message } of [...errors, ...warnings]) {
        expect(pointer).toMatch(/^(\/([^~/]|~[01])*)*$/);
        expect(code).toMatch(/^[a-z_]+$/);
        expect(message.length).toBeGreaterThan(15);
      }
      const parsed = parseDocument(document).document;
      if (errors.length > 0 || !parsed) return;
      passed++;
      compileConfig(parsed, 1, expandHolidays(parsed.calendars, NOW));
    }),
    { seed: SEED, numRuns: 500 },
  );
  expect(passed).toBeGreaterThan(20);
});

test("any JSON at all is answered with errors", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      expect(verifyDocument(value).errors.length).toBeGreaterThan(0);
    }),
    { seed: SEED, numRuns: 500 },
  );
});

test("nesting without end is refused, not recursed into", () => {
  let condition: unknown = {};
  for (let depth = 0; depth < 50_000; depth++) condition = { not: condition };
  const document = example();
  document.routing.rules[0].when = condition;
  expect(verifyDocument(document).errors).toMatchObject([{ code: "too_deep", pointer: "" }]);
});

test(
  "ten thousand people with unknown names are read soon, and a person's list stays readable",
  { timeout: 30_000 },
  () => {
    const document = example();
    for (let index = 0; index < 9000; index++)
      (document.people as unknown[]).push({
        id: `p${index}`,
        name: "P",
        email: `p${index}@acme.example`,
        nickname: "x",
      });
    const begun = performance.now();
    const { errors, warnings } = verifyDocument(document);
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(errors).toEqual([]);
    expect(warnings.filter(({ code }) => code === "unknown_name" || code === "more")).toHaveLength(301);
    expect(warnings.find(({ code }) => code === "more")?.message).toContain("8700 more");
  },
);
