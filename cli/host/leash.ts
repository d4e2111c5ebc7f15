/**
 * Keeps workerd from outliving us. It doesn't notice when its parent is killed and would keep the port and the
 * databases, so a shell waits on a pipe that only our death closes, and kills it then.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { readlinkSync } from "node:fs";
import { basename } from "node:path";

function leash(pid: number): ChildProcess | null {
  if (process.platform === "win32") return null;
  // It ignores the signals that a terminal sends to the whole group: they are what it may have to outlast.
  const script = 'trap "" INT TERM HUP; read -r _; kill -9 "$0" 2>/dev/null';
  const watcher = spawn("sh", ["-c", script, String(pid)], { stdio: ["pipe", "ignore", "ignore"] });
  watcher.on("error", () => undefined);
  watcher.stdin?.on("error", () => undefined);
  watcher.unref();
  return watcher;
}

function isRuntime(child: ChildProcess): boolean {
  return basename(child.spawnfile ?? "").startsWith("workerd");
}

/**
 * Watches every workerd this process starts from now on, those after a crash included.
 * `onStart` is told its process id, `onExit` that it ended. Returns an end to the watching.
 */
export function watchRuntimes(onStart: (pid: number) => void, onExit: () => void): () => void {
  const attach = (child: ChildProcess) => {
    if (!isRuntime(child) || child.pid === undefined) return;
    const watcher = leash(child.pid);
    child.once("exit", () => {
      watcher?.kill("SIGKILL");
      onExit();
    });
    onStart(child.pid);
  };
  // Published before the process has its id and file name, so look a moment later.
  const listener = (message: unknown) => {
    const { process: child } = message as { process: ChildProcess };
    setImmediate(attach, child);
  };
  subscribe("child_process", listener);
  return () => void unsubscribe("child_process", listener);
}

function commandOf(pid: number): string {
  try {
    if (process.platform === "linux") return basename(readlinkSync(`/proc/${pid}/exe`));
    return basename(execFileSync("ps", ["-o", "comm=", "-p", String(pid)], { encoding: "utf8" }).trim());
  } catch {
    return "";
  }
}

/** Ends a workerd that an earlier run left behind; process ids are reused, so it must still be one. */
export function stopStrayRuntime(pid: number): void {
  if (!commandOf(pid).startsWith("workerd")) return;
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended in between.
  }
}
