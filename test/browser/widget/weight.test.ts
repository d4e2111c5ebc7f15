/** What the embed costs a visitor's connection, and that its code keeps its promise about globals and languages. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildWidget } from "../../../widget/build.ts";
import { DEFINITIONS } from "./definitions.ts";

const outDir = mkdtempSync(join(tmpdir(), "leadclock-weight-"));
beforeAll(() => buildWidget(outDir));
afterAll(() => rmSync(outDir, { recursive: true }));

const LIMIT = 12_000;

test(`loader, form code and a typical definition weigh at most ${LIMIT} bytes as brotli`, () => {
  const [formFile, ...others] = readdirSync(`${outDir}/w`);
  expect(others).toEqual([]);
  const parts = [
    readFileSync(`${outDir}/w.js`),
    readFileSync(`${outDir}/w/${formFile}`),
    Buffer.from(JSON.stringify(DEFINITIONS.demo)),
  ];
  const sizes = parts.map((part) => brotliCompressSync(part).length);
  expect(
    sizes.reduce((sum, size) => sum + size, 0),
    `sizes ${sizes.join(" + ")}`,
  ).toBeLessThanOrEqual(LIMIT);
});

test("a second build of the same source has the same names, and the loader knows the form code's", async () => {
  const [formFile] = readdirSync(`${outDir}/w`);
  await buildWidget(outDir);
  expect(readdirSync(`${outDir}/w`)).toEqual([formFile]);
  expect(readFileSync(`${outDir}/w.js`, "utf8")).toContain(`w/${formFile}`);
});
