/** Where an instance keeps its settings and its state, and the note it leaves there of who runs. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { errorCode } from "./problem.ts";

/** Who runs on a state folder; kept for the message to a second one, for commands, and to find a runtime that was left behind. */
export interface Instance {
  readonly pid: number;
  readonly origin: string;
  readonly runtimePid: number | null;
}

/** `told` is LEADCLOCK_DATA, wherever it was set. Absolute. */
export const dataDirOf = (root: string, told: string | undefined): string =>
  resolve(root, told || ".leadclock");

/** Absolute. */
export const varsFileOf = (root: string, environment: NodeJS.ProcessEnv): string =>
  resolve(root, environment["LEADCLOCK_VARS"] ?? ".dev.vars");

const noteIn = (dataDir: string): string => join(dataDir, "instance.json");

/** As noted last; null where nothing is. One that was killed leaves its note behind: see isRunning. */
export function readInstance(dataDir: string): Instance | null {
  try {
    return JSON.parse(readFileSync(noteIn(dataDir), "utf8")) as Instance;
  } catch {
    return null;
  }
}

export const noteInstance = (dataDir: string, instance: Instance): void =>
  writeFileSync(noteIn(dataDir), JSON.stringify(instance));

export const forgetInstance = (dataDir: string): void => rmSync(noteIn(dataDir), { force: true });

export function isRunning({ pid }: Instance): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and another user's.
    return errorCode(error) === "EPERM";
  }
}
