/** The state folder: claimed for one instance, looked over for damage before anything is served from it. */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { forgetInstance, type Instance, noteInstance, readInstance } from "./instance.ts";
import { type Lock, tryLock } from "./lock.ts";
import { stopStrayRuntime } from "./leash.ts";
import { errorCode, oneLine, StartProblem } from "./problem.ts";

/** How far the demo workspace got. "none" also stands for a workspace that was begun without one. */
export type SeedState = "absent" | "begun" | "done" | "none";

/** Larger databases are only looked at superficially: a full check reads every page. */
const FULL_CHECK_BYTES = 32 * 1024 * 1024;

/** Level by level: where a parent takes no folders (as /proc), Node's own recursive way never comes to an end. */
function makeFolder(path: string): void {
  const parent = dirname(path);
  if (parent !== path && !existsSync(parent)) makeFolder(parent);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (errorCode(error) !== "EEXIST" || !statSync(path).isDirectory()) throw error;
  }
}

export class StateFolder {
  readonly path: string;
  /** Laid out like `wrangler dev --persist-to <path>` does, so that `wrangler d1 … --local --persist-to` finds the database. */
  readonly storage: string;
  #lock: Lock | null = null;

  constructor(path: string) {
    this.path = path;
    this.storage = join(path, "v3");
  }

  /** Throws StartProblem if the folder can't be written or another instance has it. */
  claim(): void {
    try {
      // For this user alone: it holds people's data.
      makeFolder(this.path);
      writeFileSync(join(this.path, ".writable"), "");
      rmSync(join(this.path, ".writable"));
      this.#lock = tryLock(join(this.path, "lock"));
    } catch (error) {
      throw new StartProblem(this.#unusable(error));
    }
    const previous = readInstance(this.path);
    if (this.#lock === null) {
      const who = previous === null ? "" : ` (process ${previous.pid}, ${previous.origin})`;
      throw new StartProblem(
        `Leadclock is already running on ${this.path}${who}. Use that one, stop it first, or set LEADCLOCK_DATA to another folder.`,
      );
    }
    if (previous?.runtimePid) stopStrayRuntime(previous.runtimePid);
  }

  #unusable(error: unknown): string {
    if (["EEXIST", "ENOTDIR"].includes(errorCode(error))) {
      return `${this.path} can't be the state folder: a file is in its way. Move the file, or set LEADCLOCK_DATA to another folder.`;
    }
    if (errorCode(error) === "ERR_SQLITE_ERROR") {
      return `${join(this.path, "lock")} can't be used (${oneLine(error)}). Remove that file and start again; it holds nothing.`;
    }
    return `The state folder ${this.path} can't be written (${oneLine(error)}). Give this user access to it, or set LEADCLOCK_DATA to another folder.`;
  }

  note(instance: Instance): void {
    noteInstance(this.path, instance);
  }

  release(): void {
    forgetInstance(this.path);
    this.#lock?.release();
  }

  /** The databases behind D1; one, unless the database's id in wrangler.toml has changed. */
  #databases(): string[] {
    const folder = join(this.storage, "d1", "miniflare-D1DatabaseObject");
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => name.endsWith(".sqlite") && name !== "metadata.sqlite")
      .map((name) => join(folder, name));
  }

  /** The migrations the one existing database has, oldest first; null if there is none, or more than one to tell apart. */
  appliedMigrations(): string[] | null {
    const applied = this.#databases().map((path) => inspect(path));
    return applied.length === 1 ? (applied[0] ?? null) : null;
  }

  /** Throws StartProblem naming the file if a database of the platform's own is not one any more. */
  checkHeaders(): void {
    if (!existsSync(this.storage)) return;
    for (const name of readdirSync(this.storage, { recursive: true, encoding: "utf8" })) {
      if (name.endsWith("metadata.sqlite")) checkHeader(join(this.storage, name), this.path);
    }
    for (const path of this.#databases()) checkHeader(path, this.path);
  }

  seedState(): SeedState {
    const path = join(this.path, "seed");
    if (existsSync(path)) return readFileSync(path, "utf8").trim() as SeedState;
    // A database that was there before this file: somebody's workspace, which nobody asked us to fill.
    return this.#databases().length > 0 ? "none" : "absent";
  }

  setSeedState(state: SeedState): void {
    writeFileSync(join(this.path, "seed"), `${state}\n`);
  }

  /** Drops all state, for a demo workspace that was only half made: nothing was served from it yet. */
  clear(): void {
    rmSync(this.storage, { recursive: true, force: true });
  }
}

function damaged(path: string, why: string, folder: string): StartProblem {
  return new StartProblem(
    `The state in ${folder} is damaged: ${path} ${why}. Put a backup of the folder in its place, or move the folder away to start afresh.`,
  );
}

function checkHeader(path: string, folder: string): void {
  const header = Buffer.alloc(16);
  const file = openSync(path, "r");
  const length = readSync(file, header, 0, 16, 0);
  closeSync(file);
  // An empty file is a database whose first transaction is still in its write-ahead log.
  if (length > 0 && header.toString("latin1") !== "SQLite format 3\0")
    throw damaged(path, "is not a database", folder);
}

function inspect(path: string): string[] {
  const folder = join(path, "../../../..");
  try {
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      if (statSync(path).size <= FULL_CHECK_BYTES) {
        const verdict = database.prepare("PRAGMA quick_check(1)").get()?.["quick_check"];
        if (verdict !== "ok")
          throw damaged(path, `fails its check (${String(verdict).replaceAll(/\s+/g, " ")})`, folder);
      }
      const known = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'd1_migrations'").get();
      if (known === undefined) return [];
      return database
        .prepare("SELECT name FROM d1_migrations ORDER BY id")
        .all()
        .map((row) => String(row["name"]));
    } finally {
      database.close();
    }
  } catch (error) {
    if (error instanceof StartProblem) throw error;
    throw damaged(path, `can't be read (${oneLine(error)})`, folder);
  }
}
