/** Applies schema/migrations to the local D1, with wrangler's own bookkeeping so that either can go on from the other. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { D1Database } from "@cloudflare/workers-types/experimental";
import { oneLine, StartProblem } from "./problem.ts";

export interface Migration {
  /** File name, which wrangler records too. */
  readonly name: string;
  readonly statements: readonly string[];
}

const BOOKKEEPING = `CREATE TABLE IF NOT EXISTS "d1_migrations"(
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  name       TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`;

/** Triggers contain semicolons, so statements are told apart by drizzle's marker alone. */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name) => ({
      name,
      statements: readFileSync(join(folder, name), "utf8")
        .split("--> statement-breakpoint")
        .map((statement) => statement.trim())
        .filter((statement) => statement !== ""),
    }));
}

/** Those still to apply. Throws StartProblem when the state knows migrations that this version doesn't. */
export function pendingMigrations(known: readonly Migration[], applied: readonly string[]): Migration[] {
  const names = new Set(known.map((migration) => migration.name));
  const newer = applied.find((name) => !names.has(name));
  if (newer !== undefined) {
    throw new StartProblem(
      `The state was written by a newer Leadclock (it has ${newer}, which this version doesn't know). Start that version, or set LEADCLOCK_DATA to another folder.`,
    );
  }
  const done = new Set(applied);
  return known.filter((migration) => !done.has(migration.name));
}

/** Applies what is pending, each migration and its record in one transaction: a kill in between leaves it whole or absent. */
export async function migrate(db: D1Database, known: readonly Migration[]): Promise<number> {
  await db.prepare(BOOKKEEPING).run();
  const { results } = await db
    .prepare(`SELECT name FROM "d1_migrations" ORDER BY id`)
    .all<{ name: string }>();
  const pending = pendingMigrations(
    known,
    results.map((row) => row.name),
  );
  for (const migration of pending) {
    const record = db.prepare(`INSERT INTO "d1_migrations" (name) VALUES (?)`).bind(migration.name);
    try {
      await db.batch([...migration.statements.map((statement) => db.prepare(statement)), record]);
    } catch (error) {
      throw new StartProblem(
        `Migration ${migration.name} failed (${oneLine(error)}); nothing of it was kept. Report it, or set LEADCLOCK_DATA to another folder.`,
      );
    }
  }
  return pending.length;
}
