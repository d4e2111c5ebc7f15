/** Calling wrangler, as found on the PATH (cli/bootstrap.mjs puts the pinned one first), and reading what it answers. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { DeployProblem } from "./problem.ts";

export interface Answer {
  readonly code: number;
  readonly stdout: string;
  /** Why it failed, in wrangler's words; "" when it didn't. */
  readonly reason: string;
  /** What wrangler records for machines: one entry a command that deployed or failed. */
  readonly records: readonly Record<string, unknown>[];
}

export interface Wrangler {
  /** Runs it with its output kept; any exit code is an answer. */
  ask(...args: readonly string[]): Promise<Answer>;
  /** Runs it with its output shown to the user. */
  show(...args: readonly string[]): Promise<Answer>;
}

function recordsIn(file: string): Record<string, unknown>[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** The record says it best; mistakes in the command line aren't recorded, so the text is the fallback. */
function reasonOf(records: Answer["records"], text: string): string {
  const failed = records.findLast((record) => record["type"] === "command-failed");
  if (typeof failed?.["message"] === "string") return failed["message"].trim();
  const lines = stripVTControlCharacters(text)
    .split("\n")
    .map((line) => line.trim());
  const marked = lines.find((line) => line.includes("[ERROR]"));
  return (marked?.replace(/^.*\[ERROR\]\s*/, "") ?? lines.findLast((line) => line !== "") ?? "").trim();
}

/** What a command deployed or why it failed goes to a file that WRANGLER_OUTPUT_FILE_PATH names. */
async function run(
  args: readonly string[],
  shown: boolean,
  env: NodeJS.ProcessEnv,
  started: (child: ChildProcess) => void,
): Promise<Answer> {
  const folder = mkdtempSync(join(tmpdir(), "leadclock-wrangler-"));
  const recordFile = join(folder, "records.ndjson");
  try {
    // Without a terminal on its standard input wrangler never asks anything: what needs asking is asked by us.
    const child = spawn("wrangler", args, {
      stdio: ["ignore", shown ? "inherit" : "pipe", shown ? "inherit" : "pipe"],
      env: { WRANGLER_SEND_METRICS: "false", ...env, WRANGLER_OUTPUT_FILE_PATH: recordFile },
    });
    started(child);
    let stdout = "";
    let stderr = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const code = await new Promise<number>((settle, reject) => {
      child.on("error", reject);
      child.on("close", (status) => settle(status ?? 1));
    });
    const records = recordsIn(recordFile);
    return { code, stdout, records, reason: code === 0 ? "" : reasonOf(records, stderr || stdout) };
  } catch (error) {
    throw new DeployProblem(
      `wrangler can't be run (${error instanceof Error ? error.message : String(error)})`,
      { cause: error },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `config`: the wrangler.toml every command is about. `stop` ends the command under way. */
export function wranglerFor(config: string, env: NodeJS.ProcessEnv, stop: AbortSignal): Wrangler {
  const call = async (args: readonly string[], shown: boolean): Promise<Answer> => {
    stop.throwIfAborted();
    let end = (): void => undefined;
    const answer = await run([...args, "--config", config], shown, env, (child) => {
      end = () => void child.kill("SIGTERM");
      stop.addEventListener("abort", end);
    }).finally(() => stop.removeEventListener("abort", end));
    stop.throwIfAborted();
    return answer;
  };
  return { ask: (...args) => call(args, false), show: (...args) => call(args, true) };
}

/** The JSON wrangler printed, whatever it printed before; undefined where there is none. */
export function jsonIn(stdout: string): unknown {
  const start = stdout.search(/^[[{]/m);
  if (start < 0) return undefined;
  try {
    return JSON.parse(stdout.slice(start));
  } catch {
    return undefined;
  }
}
