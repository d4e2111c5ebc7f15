/**
 * `npx leadclock import accounts.csv`: a file of accounts, contacts or opportunities into a Leadclock, local or deployed.
 * Interrupted in any way, the same command goes on where the server says it was (docs/crm.md).
 */
import { fileURLToPath } from "node:url";
import { readOptions, USAGE } from "./import/args.ts";
import { EXIT, ImportProblem } from "./import/problem.ts";
import { progressOn } from "./import/progress.ts";
import { runImport } from "./import/run.ts";
import { serverAt } from "./import/server.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const from = process.env["LEADCLOCK_FROM"] || process.cwd();
const interrupted = new AbortController();
const now = () => performance.now();
const progress = progressOn(process.stdout, now);

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => {
    // The second time nothing is waited for.
    if (interrupted.signal.aborted) process.exit(EXIT.interrupted);
    interrupted.abort();
  });

/** Whether a part left by this very command. */
let sent = false;

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), process.env, { from, root });
  if (options === null) {
    console.log(USAGE);
    return EXIT.done;
  }
  const stop = interrupted.signal;
  const server = serverAt({
    ...options,
    stop,
    onPart: () => (sent = true),
    onRetry: (why, waitMs) =>
      progress.say(`${options.origin}: ${why}; trying again in ${Math.ceil(waitMs / 1000)} s`),
  });
  return runImport({ options, server, progress, stop, now, from });
}

try {
  process.exitCode = await main();
} catch (error) {
  progress.end();
  const goOn = sent
    ? "Whatever was sent is in; the same command goes on from there."
    : "Nothing was sent; the same command tries again.";
  if (interrupted.signal.aborted) {
    console.error(`leadclock: stopped. ${goOn}`);
    process.exit(EXIT.interrupted);
  }
  if (!(error instanceof ImportProblem)) throw error;
  console.error(`leadclock: ${error.message}${error.exit === EXIT.unreachable ? ` ${goOn}` : ""}`);
  process.exit(error.exit);
}
