/** What the check scripts share: the repository's root, and running a tool to its end with its output kept. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export const root = new URL("../", import.meta.url);
export const rootPath = fileURLToPath(root);

export interface Outcome {
  /** Exit code; 127 when the tool could not be started. */
  readonly code: number;
  /** Standard output followed by standard error. */
  readonly output: string;
}

/** Runs a tool found in node_modules/.bin or on the PATH. */
export function run(command: string, args: readonly string[], cwd: string = rootPath): Outcome {
  const result = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: {
      ...process.env,
      PATH: `${rootPath}node_modules/.bin:${process.env["PATH"] ?? ""}`,
      WRANGLER_SEND_METRICS: "false",
      FORCE_COLOR: "0",
    },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.error !== undefined) return { code: 127, output: result.error.message };
  return { code: result.status ?? 1, output: result.stdout + result.stderr };
}

/** Ends the script: each problem on its own line and exit code 1, or the summary and 0. */
export function conclude(problems: readonly string[], summary: string): never {
  for (const problem of problems) console.error(problem);
  if (problems.length === 0) console.log(summary);
  process.exit(problems.length === 0 ? 0 : 1);
}
