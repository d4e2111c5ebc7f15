/**
 * Size budgets. What a visitor downloads (loader, form, one definition) in brotli; the Worker's bundle in gzip,
 * as Cloudflare counts it. Reads what `cli/build.ts` and `npm run deploy:check` left in dist/.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { conclude, rootPath } from "./run.ts";

/** Bytes. The definition's share stands for the demo form as served. */
const widgetBudget = 12_000;
const definitionShare = 1_000;
/** Cloudflare's limit is 3 MB on the free plan; start-up time suffers long before. */
const workerBudget = 1_000_000;

function filesIn(folder: string, pattern: RegExp): string[] {
  const path = join(rootPath, folder);
  if (!existsSync(path)) return [];
  const names = readdirSync(path, { recursive: true, encoding: "utf8" });
  return names.filter((name) => pattern.test(name)).map((name) => join(path, name));
}

function total(files: readonly string[], compress: (data: Buffer) => Buffer): number {
  return files.reduce((sum, file) => sum + compress(readFileSync(file)).length, 0);
}

function measure(what: string, files: readonly string[], bytes: number, budget: number): string[] {
  if (files.length === 0) return [`${what}: nothing built to measure.`];
  console.log(
    `${what}: ${(bytes / 1000).toFixed(1)} kB of ${(budget / 1000).toFixed(0)} kB in ${files.length} file(s)`,
  );
  return bytes > budget ? [`${what}: over budget by ${bytes - budget} bytes.`] : [];
}

const widget = [...filesIn("dist/public", /^w\.js$/), ...filesIn("dist/public/w", /\.(js|css)$/)];
const worker = filesIn("dist/deploy", /\.(js|mjs|wasm)$/);
conclude(
  [
    ...measure("widget (brotli)", widget, total(widget, brotliCompressSync) + definitionShare, widgetBudget),
    ...measure("worker (gzip)", worker, total(worker, gzipSync), workerBudget),
  ],
  "within budget",
);
