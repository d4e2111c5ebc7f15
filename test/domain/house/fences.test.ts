/** Proves that every fence of the house fires on an offending file, and that the allowed directions pass. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importCases, purityCases, typedCases } from "../../cases/fences.ts";

const root = resolve(import.meta.dirname, "../../..");
const findings = new Map<string, string[]>();
let folder: string;

interface Report {
  readonly diagnostics: readonly { readonly code: string; readonly filename: string }[];
}

/** A house of offending files under the repository's own lint configuration. */
function build(): void {
  folder = mkdtempSync(join(tmpdir(), "leadclock-fences-"));
  for (const entry of [".oxlintrc.json", "tsconfig.base.json", "cli/tsconfig.json", "scripts/fences"]) {
    cpSync(join(root, entry), join(folder, entry), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  for (const { file, source } of [...importCases, ...purityCases, ...typedCases]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), source);
  }
}

beforeAll(() => {
  build();
  const lint = spawnSync(join(root, "node_modules/.bin/oxlint"), ["--type-aware", "-f", "json"], {
    timeout: 20_000,
    cwd: folder,
    encoding: "utf8",
  });
  const report = JSON.parse(lint.stdout) as Report;
  for (const { code, filename } of report.diagnostics) {
    findings.set(filename, [...(findings.get(filename) ?? []), code]);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function houseFindings(file: string): string[] {
  return (findings.get(file) ?? []).filter((code) => code.startsWith("leadclock("));
}

describe("fences", () => {
  test.each([...importCases, ...purityCases])("$file $fires: $source", ({ file, fires }) => {
    expect(houseFindings(file)).toEqual(fires === undefined ? [] : [fires]);
  });
});

describe("type-aware rules", () => {
  test.each(typedCases)("$fires: $source", ({ file, fires }) => {
    expect(findings.get(file)?.some((code) => code.includes(fires))).toBe(true);
  });
});
