/**
 * `npm test`: finds or installs Chromium, builds what the tests serve, runs every test project.
 * Arguments go to vitest (`npm test -- --project domain`). The counts are left in coverage/tests.json.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");

function onPath(command: string): string | undefined {
  const found = spawnSync("sh", ["-c", `command -v ${command}`], { encoding: "utf8" });
  return found.status === 0 ? found.stdout.trim() : undefined;
}

function installedChromium(): string | undefined {
  const chosen = process.env["CHROMIUM_PATH"];
  if (chosen === undefined || chosen === "") return onPath("chromium");
  if (!existsSync(chosen)) throw new Error(`CHROMIUM_PATH is ${chosen}, and there is nothing there.`);
  return chosen;
}

/** Debian as root (CI, containers) can help itself; anybody else is asked. */
async function installChromium(): Promise<string> {
  const help =
    "The browser tests need Chromium: install it, or set CHROMIUM_PATH to a Chrome or Chromium binary.";
  if (process.getuid?.() !== 0 || onPath("apt-get") === undefined) throw new Error(help);
  console.log("leadclock: installing Chromium for the browser tests (apt-get)");
  const apt = "apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null";
  const code = await run("sh", ["-c", apt], { DEBIAN_FRONTEND: "noninteractive" });
  const found = onPath("chromium");
  if (code !== 0 || found === undefined) throw new Error(`apt-get could not install it. ${help}`);
  return found;
}

/** Runs a child in this process group; a signal that ends us is sent on, once, and waited for. */
function run(command: string, args: readonly string[], env: Record<string, string>): Promise<number> {
  return new Promise((settle, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
    const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
    process.once("SIGTERM", forward).once("SIGINT", forward);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      process.off("SIGTERM", forward).off("SIGINT", forward);
      settle(code ?? 128 + constants.signals[signal ?? "SIGTERM"]);
    });
  });
}

async function main(): Promise<number> {
  const chromium = installedChromium() ?? (await installChromium());
  const built = await run(process.execPath, ["cli/build.ts"], {});
  if (built !== 0) return built;
  const reports = ["--reporter=default", "--reporter=json", "--outputFile.json=coverage/tests.json"];
  const vitest = resolve(root, "node_modules/vitest/vitest.mjs");
  const args = [vitest, "run", ...reports, ...process.argv.slice(2)];
  return run(process.execPath, args, { CHROMIUM_PATH: chromium });
}

try {
  process.exit(await main());
} catch (error) {
  console.error(`leadclock: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
