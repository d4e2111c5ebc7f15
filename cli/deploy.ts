/**
 * `npm run deploy`: the first deployment on your own Cloudflare account, and every later one. See docs/runbook.md.
 * `-- --dry-run` lists the steps; `--config <file>` deploys by another wrangler.toml (staging); `--wait <seconds>` is how
 * long a new address may take to answer.
 */
import { join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "./build.ts";
import { DeployProblem } from "./deploy/problem.ts";
import type { Ask } from "./deploy/secrets.ts";
import { type Deployed, deploy, describeSteps } from "./deploy/steps.ts";
import { wranglerFor } from "./deploy/wrangler.ts";

const root = join(fileURLToPath(new URL("..", import.meta.url)));
const interrupted = new AbortController();

function options() {
  try {
    const { values } = parseArgs({
      options: {
        "dry-run": { type: "boolean", default: false },
        config: { type: "string", default: join(root, "wrangler.toml") },
        wait: { type: "string", default: "90" },
      },
    });
    const waitMs = Number(values.wait) * 1000;
    if (!(waitMs >= 0)) throw new Error(`--wait takes seconds, not ${values.wait}`);
    return { dryRun: values["dry-run"], config: resolve(values.config), waitMs };
  } catch (error) {
    throw new DeployProblem(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** Somebody is there to ask only at a terminal, and never in CI. */
function asker(): Ask {
  if (!process.stdin.isTTY || !process.stdout.isTTY || process.env["CI"]) return null;
  return async (question) => {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    // In raw mode Ctrl-C is a key, not a signal.
    terminal.on("SIGINT", () => interrupted.abort());
    try {
      return await terminal.question(question, { signal: interrupted.signal });
    } finally {
      terminal.close();
    }
  };
}

function report({ origin, first, unsigned }: Deployed): void {
  const places = [
    ["Board", `${origin}/board`],
    ["Form", `<script src="${origin}/w.js" data-form="…" async></script>`],
    ["API", `${origin}/docs`],
    ["Logs", "npx wrangler tail"],
  ];
  console.log("");
  for (const [name, place] of places) console.log(`  ${name!.padEnd(6)} ${place}`);
  for (const name of unsigned) {
    console.log(
      `\n  The live configuration signs a webhook with ${name}, which isn't set: npx wrangler secret put ${name}`,
    );
  }
  if (first) {
    console.log(
      `\n  Next: publish a configuration with ADMIN_API_KEY (PUT ${origin}/v1/config); until then every submission is refused.`,
    );
  }
}

async function main(): Promise<void> {
  const { dryRun, config, waitMs } = options();
  if (dryRun) return describeSteps(config).forEach((step) => console.log(step));
  const deployed = await deploy({
    wrangler: wranglerFor(config, process.env, interrupted.signal),
    config,
    env: process.env,
    ask: asker(),
    stop: interrupted.signal,
    waitMs,
    build: async () => {
      await build({ quiet: true }).catch((error: unknown) => {
        throw new DeployProblem(error instanceof Error ? error.message : String(error), { cause: error });
      });
    },
  });
  report(deployed);
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => interrupted.abort());
try {
  await main();
} catch (error) {
  if (interrupted.signal.aborted) {
    console.error("leadclock: stopped; run `npm run deploy` again to go on from here");
    process.exit(130);
  }
  if (!(error instanceof DeployProblem)) throw error;
  console.error(`leadclock: ${error.message}`);
  process.exit(1);
}
