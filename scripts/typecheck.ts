/** Type-checks every part of the house with its own tsconfig; a part without sources yet is left out. */
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { root } from "./run.ts";

/** In the order of the import direction, so the first error printed is nearest the cause. */
const parts = [
  ".",
  "schema",
  "worker/domain",
  "worker",
  "widget",
  "board",
  "cli",
  "cli/local",
  "cli/player",
  "bench",
  "test",
  "test/worker",
];

function hasSources(part: string): boolean {
  const entries = readdirSync(new URL(`${part}/`, root), { recursive: true, encoding: "utf8" });
  return entries.some((entry) => /\.tsx?$/.test(entry));
}

function check(part: string): Promise<boolean> {
  const child = spawn("tsc", ["-p", part], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  return new Promise((resolve) => {
    child.on("error", () => resolve(false));
    child.on("close", (code) => resolve(code === 0));
  });
}

const failed: string[] = [];
for (const part of parts) {
  if (part !== "." && !hasSources(part)) continue;
  if (!(await check(part))) failed.push(part);
}
if (failed.length > 0) {
  console.error(`Type errors in: ${failed.join(", ")}`);
  process.exit(1);
}
