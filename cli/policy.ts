/**
 * `npx leadclock policy verify|publish|diff|backtest policy.json`: the document in git, checked, compared and published from there.
 * Exit codes: 0 fine, 1 findings or differences, 2 it can't run (docs/verification.md).
 */
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { readPolicyOptions, USAGE } from "./policy/args.ts";
import { CannotRun, policyServer } from "./policy/server.ts";
import { backtest } from "./policy/backtest.ts";
import { diff, publish, verify } from "./policy/run.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const from = process.env["LEADCLOCK_FROM"] || process.cwd();

const stopping = new AbortController();
const stopped = stopping.signal;

/** Ctrl-C, and what a CI sends a job that took too long. A second one ends the command whatever it does. */
const heedSignals = (): void => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort());
};

const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal: stopped }).catch(() => undefined);

/** On a terminal one line that changes; nothing where the output is kept. */
const tellProgress = (line: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
};

async function main(): Promise<number> {
  const options = readPolicyOptions(process.argv.slice(2), process.env, { from, root });
  if (options === null) {
    console.log(USAGE);
    return 0;
  }
  const tell = (line: string): void => console.log(line);
  const server = policyServer(options);
  if (options.command === "backtest") {
    heedSignals();
    return backtest(options, server, { tell, progress: tellProgress, pause, stopped });
  }
  if (options.command === "diff") return diff(options, server, tell);
  return options.command === "verify" ? verify(options, server, tell) : publish(options, server, tell);
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof CannotRun)) throw error;
  console.error(`leadclock: ${error.message}`);
  process.exit(2);
}
