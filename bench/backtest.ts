/**
 * A back-test of many leads in the real product: how many a second, and what the runtime holds at most. The past is copied into the
 * database from leads that were really captured, so that each lead is read as it would be.
 */
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import type { Backtest } from "../schema/wire/backtests.ts";
import { configDocument } from "../schema/config/document.ts";
import { sizedPolicy } from "../test/support/policy.ts";
import { copyStatements } from "../test/support/past.ts";
import { startProduct, type Product } from "../test/support/product.ts";
import { databaseFile, publishInto } from "../test/support/state.ts";
import { runtimeOf } from "./cost.ts";
import { forgetPeak, peakOf, workedFor } from "./memory.ts";
import { info, type Claim } from "./tell.ts";

const DAY = 86_400_000;
const ORIGINALS = 40;
const COUNTRIES = ["US", "DE", "BR", "SG", "FR", "JP", "PL", "GB"];
const TITLES = ["VP Operations", "Director", "Manager", "CEO", "Engineer"];

async function ask<T>(product: Product, method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${product.origin}${path}`, {
    method,
    headers: { authorization: `Bearer ${product.apiKey}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${(await response.text()).slice(0, 300)}`);
  return (await response.json()) as T;
}

async function captureOriginals(product: Product): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < ORIGINALS; n++) {
    const fields = {
      email: `robin@original${n}.example`,
      company: `Original ${n}`,
      country: COUNTRIES[n % COUNTRIES.length],
      title: TITLES[n % TITLES.length],
      product: ["picker", "sorter", "lifter"][n % 3],
    };
    const body = { submissionId: `original-${n}`, fields };
    ids.push((await ask<{ leadId: string }>(product, "POST", "/v1/forms/demo/submissions", body)).leadId);
  }
  return ids;
}

/** Ninety days of leads up to yesterday. */
function layPast(product: Product, originals: readonly string[], count: number): number {
  const every = Math.floor((90 * DAY) / count);
  const from = Date.now() - 91 * DAY;
  const database = new DatabaseSync(databaseFile(product.dataDir), { timeout: 10_000 });
  try {
    const columnsOf = (table: string) =>
      (database.prepare(`PRAGMA table_info(${table})`).all() as { name: string }[]).map(({ name }) => name);
    const columns = { leads: columnsOf("leads"), assignments: columnsOf("assignments") };
    const copies = { count, from, every, touchedAfter: 400_000, untouched: 7 };
    database.exec("BEGIN IMMEDIATE");
    for (const sql of copyStatements(columns, originals, copies)) database.exec(sql);
    database.exec("COMMIT");
  } finally {
    database.close();
  }
  return from;
}

/** Runs one to its end. `quarters`: the most the runtime held during each quarter of the leads, in MB. */
async function tried(
  product: Product,
  question: object,
): Promise<{ done: Backtest; seconds: number; quarters: number[] }> {
  const runtime = runtimeOf(product);
  const quarters = [0, 0, 0, 0];
  const begin = performance.now();
  let now = await ask<Backtest>(product, "POST", "/v1/backtests", question);
  while (now.status === "running") {
    await sleep(500);
    const quarter = Math.min(3, Math.floor((4 * now.progress.decided) / Math.max(1, now.progress.total)));
    quarters[quarter] = Math.max(quarters[quarter] ?? 0, peakOf(runtime));
    forgetPeak(runtime);
    now = await ask<Backtest>(product, "GET", `/v1/backtests/${now.id}`);
  }
  if (now.status !== "done") throw new Error(`The back-test was ${now.status}: ${now.error ?? ""}`);
  quarters[3] = Math.max(quarters[3] ?? 0, peakOf(runtime));
  return { done: now, seconds: (performance.now() - begin) / 1000, quarters };
}

async function oneSize(count: number): Promise<Claim[]> {
  const product = await startProduct({ env: { LEADCLOCK_RATE_LIMIT: "off" } });
  try {
    const document = configDocument.parse(sizedPolicy({ rules: 60, people: 50, teams: 10 }));
    publishInto(product.dataDir, document);
    const from = layPast(product, await captureOriginals(product), count);
    // The copying held this process up, and the server has closed our connections meanwhile: let that be seen.
    await sleep(1_000);
    const runtime = runtimeOf(product);
    const before = peakOf(runtime);
    forgetPeak(runtime);
    const idle = workedFor(runtime);
    const { done, seconds, quarters } = await tried(product, { from: new Date(from).toISOString() });
    const worked = workedFor(runtime) - idle;
    const { total } = done.progress;
    const at = `backtest ${count.toLocaleString("en-US")}`;
    return [
      info(
        `${at}: 60 rules, 50 people`,
        `${seconds.toFixed(1)} s, ${Math.round(total / seconds)} leads a second`,
      ),
      info(
        `${at}: processor time of the runtime`,
        `${worked.toFixed(1)} s, ${((1000 * worked) / total).toFixed(2)} ms a lead`,
      ),
      info(
        `${at}: peak memory of the runtime`,
        `${quarters.map((peak) => peak.toFixed(0)).join(", ")} MB by quarter of the leads (before it ${before.toFixed(0)} MB)`,
      ),
      info(
        `${at}: result`,
        `${done.summary?.leads ?? 0} leads, ${done.summary?.breached.would ?? 0} would have breached`,
      ),
    ];
  } finally {
    await product.stop();
  }
}

/** Each size in a workspace of its own: what memory grows with shows between them. */
export async function backtests(sizes: readonly number[]): Promise<Claim[]> {
  const claims: Claim[] = [];
  for (const count of sizes) claims.push(...(await oneSize(count)));
  return claims;
}
