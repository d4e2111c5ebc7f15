/**
 * Builds the board: `buildBoard("dist/public")` writes `board/index.html` (served for every /board address) and
 * `app/*` with content hashes. Run alone: `node board/build.ts [outDir]`.
 */
import { mkdir, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { boardConfig } from "./vite.config.ts";

export async function buildBoard(outDir: string): Promise<void> {
  const out = resolve(outDir);
  await Promise.all(["app", "board"].map((part) => rm(join(out, part), { recursive: true, force: true })));
  await build(boardConfig(out));
  await mkdir(join(out, "board"), { recursive: true });
  await rename(join(out, "index.html"), join(out, "board", "index.html"));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildBoard(process.argv[2] ?? "dist/public");
}
