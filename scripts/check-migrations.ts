/**
 * Guards schema/migrations: no destructive statements, nothing released edited, and the drizzle tables agree
 * with the SQL. "Released" is the commit in MIGRATIONS_BASE, else where this branch left origin/main, else the latest tag.
 */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { editedMigrations, forbiddenStatements, type Migration } from "./migration-rules.ts";
import { conclude, rootPath, run } from "./run.ts";

const folder = "schema/migrations";

function currentMigrations(): Migration[] {
  const names = existsSync(join(rootPath, folder)) ? readdirSync(join(rootPath, folder)) : [];
  return names
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name) => ({ name, sql: readFileSync(join(rootPath, folder, name), "utf8") }));
}

function releasedCommit(): string | undefined {
  const named = process.env["MIGRATIONS_BASE"];
  if (named !== undefined && named !== "") return named;
  const head = run("git", ["rev-parse", "HEAD"]).output.trim();
  const fork = run("git", ["merge-base", "HEAD", "origin/main"]);
  if (fork.code === 0 && fork.output.trim() !== head) return fork.output.trim();
  const tag = run("git", ["describe", "--tags", "--abbrev=0"]);
  return tag.code === 0 ? tag.output.trim() : undefined;
}

function migrationsAt(commit: string): Migration[] {
  const listed = run("git", ["ls-tree", "-r", "--name-only", commit, "--", folder]);
  if (listed.code !== 0)
    throw new Error(`No commit ${commit} to compare migrations with: ${listed.output.trim()}`);
  return listed.output
    .split("\n")
    .filter((path) => path.endsWith(".sql"))
    .map((path) => ({
      name: path.slice(folder.length + 1),
      sql: run("git", ["show", `${commit}:${path}`]).output,
    }));
}

/** Lets drizzle-kit write the next migration beside a copy; it must find nothing to write. */
function disagreement(): string[] {
  const copy = mkdtempSync(join(rootPath, "node_modules/.leadclock-migrations-"));
  try {
    cpSync(join(rootPath, folder), copy, { recursive: true });
    // drizzle-kit takes `--out` relative to the working directory, even where it begins with a slash.
    const out = relative(rootPath, copy);
    const args = ["generate", "--dialect", "sqlite", "--schema", "schema/tables/*.ts", "--out", out];
    const { code, output } = run("drizzle-kit", args);
    if (code === 0 && output.includes("No schema changes")) return [];
    return [`The tables and the migrations disagree; run drizzle-kit generate.\n${output.trim()}`];
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

const migrations = currentMigrations();
const base = releasedCommit();
const problems = [
  ...migrations.flatMap(forbiddenStatements),
  ...(base === undefined ? [] : editedMigrations(migrationsAt(base), migrations)),
  ...(migrations.length === 0 ? [`${folder} has no migrations.`] : disagreement()),
];
conclude(
  problems,
  `${migrations.length} migrations agree with the tables (compared with ${base ?? "no release yet"})`,
);
