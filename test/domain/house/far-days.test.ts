/**
 * Days that Worker tests play lie far ahead. An object's alarm knows the machine's clock alone: set for a played day that has passed
 * it goes off at once, again and again, and a suite that is green today fails next month.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const folder = resolve(import.meta.dirname, "../../worker");
/** Written days of the years around this one; what is long past is only ever read. */
const NEAR = /\b20(?:2[5-9]|3[0-6])(?:-[01]\d-[0-3]\d|[01]\d[0-3]\dT)/g;

test("no Worker test plays a day that this machine will see", () => {
  const near = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), "utf8");
      return [...text.matchAll(NEAR)].map(([day]) => `${name}: ${day}`);
    });
  expect(near).toEqual([]);
});
