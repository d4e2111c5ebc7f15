/**
 * Size budgets. What a visitor downloads (loader, form code, the demo form's definition) in brotli, taken over the wire
 * from the product itself; the Worker's bundle in gzip, as Cloudflare counts it, from what `npm run deploy:check` left.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { atMost, table, type Claim } from "../bench/tell.ts";
import { weight } from "../bench/weight.ts";
import { startProduct } from "../test/support/product.ts";
import { conclude, rootPath } from "./run.ts";

/**
 * kB of 1000 bytes. Cloudflare's limit is 3 MB on the free plan; start-up time suffers before. Today's 1,380 and some room.
 * 535 of it are static files, each plain and as brotli: half of these are the policy's text editor.
 */
const WORKER_BUDGET = 1500;

async function visitor(): Promise<Claim[]> {
  const product = await startProduct({ seed: "demo" });
  try {
    return await weight(product);
  } finally {
    await product.stop();
  }
}

function worker(): Claim[] {
  const folder = join(rootPath, "dist/deploy");
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => /\.(js|mjs|wasm)$/.test(name)) : [];
  if (files.length === 0) return [];
  const bytes = files.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0);
  return [atMost("worker: bundle (gzip)", bytes / 1000, WORKER_BUDGET, "kB")];
}

const claims = [...(await visitor()), ...worker()];
console.log(table(claims));
const bundled = claims.some(({ what }) => what.startsWith("worker"));
conclude(
  [
    ...claims
      .filter(({ held }) => held === false)
      .map(({ what, figure }) => `${what} is ${figure}: over budget.`),
    ...(bundled ? [] : ["worker: nothing built to measure; run `npm run deploy:check` first."]),
  ],
  "within budget",
);
