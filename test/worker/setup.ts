/**
 * Every test file starts on a migrated database of its own, with nothing remembered: files share a runtime, because starting
 * one and loading everything into it costs more than most files' tests.
 */
import { applyD1Migrations, type D1Migration, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";

const { DB, MIGRATIONS } = env as unknown as { DB: D1Database; MIGRATIONS: D1Migration[] };

const isEmpty = async (): Promise<boolean> =>
  (await DB.prepare("SELECT 1 FROM sqlite_master WHERE name = 'd1_migrations'")
    .first()
    .catch(() => 1)) === null;

// Objects first: one of the file before that woke under new modules would be broken. The database is one of them, and stays
// as it is while something the file before left running still asks it.
await reset();
for (let tries = 0; !(await isEmpty()); tries++) {
  if (tries === 100) throw new Error("the database of the file before can't be cleared");
  await new Promise((resolve) => setTimeout(resolve, 50));
  await reset();
}
vi.resetModules();

const { gathering } = await import("../../worker/ports.ts");
// Nobody writes alongside: there is nothing to gather, and each call of a test waits for what it deferred.
Object.assign(gathering, { ms: 0, apartMs: 0 });

await applyD1Migrations(DB, MIGRATIONS);
