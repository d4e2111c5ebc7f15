/**
 * A lock the kernel lets go of when its holder dies, however it dies: an exclusive SQLite transaction on an empty
 * file. (Node has no flock; a file with a process id in it is stale after every kill -9.)
 */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";

export interface Lock {
  release(): void;
}

const SQLITE_BUSY = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY;
}

/** Null when somebody else holds it. Never open the file by other means in this process: closing it would drop the lock. */
export function tryLock(path: string): Lock | null {
  mkdirSync(dirname(path), { recursive: true });
  const file = new DatabaseSync(path);
  try {
    file.exec("BEGIN EXCLUSIVE");
    return { release: () => file.close() };
  } catch (error) {
    file.close();
    if (isBusy(error)) return null;
    throw error;
  }
}

/** Waits for the lock, up to `timeoutMs`; null when it was held all that time. */
export async function waitForLock(path: string, timeoutMs: number): Promise<Lock | null> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const lock = tryLock(path);
    if (lock !== null || performance.now() > deadline) return lock;
    await sleep(50);
  }
}
