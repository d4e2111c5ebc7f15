/**
 * Importing a CRM through the command line into the real product, beside inserting the same rows with prepared batches and no
 * keys; and then what a match costs among so many accounts, beside one select by an exact key.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { rootPath } from "../scripts/run.ts";
import { seeded } from "../test/support/random.ts";
import { client, type Client } from "../test/support/load.ts";
import { type Product, startProduct, temporaryFolder } from "../test/support/product.ts";
import { databaseFile, query } from "../test/support/state.ts";
import { accounts, inBatches, writeCsv, type BenchAccount } from "./crm-file.ts";
import type { Floor } from "./floor-host.ts";
import { runtimeOf } from "./cost.ts";
import { forgetPeak, peakOf } from "./memory.ts";
import { atMost, info, inWords, ms, spread, type Claim, type Spread } from "./tell.ts";

/** As many rows go to the floor in one request as the command line sends in one part. */
const PART = 6_000;
const QUESTIONS = 400;
const LIMIT = 5;

interface Imported {
  seconds: number;
  /** Megabytes. */
  runtime: number;
  sender: number;
}

async function importFile(product: Product, file: string): Promise<Imported> {
  const runtime = runtimeOf(product);
  forgetPeak(runtime);
  const begin = performance.now();
  const child = spawn(
    join(rootPath, "node_modules/.bin/node"),
    ["cli/import.ts", file, "--to", product.origin],
    {
      cwd: rootPath,
      env: { PATH: process.env["PATH"] ?? "", LEADCLOCK_API_KEY: product.apiKey },
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
  let sender = 0;
  const ended = once(child, "close") as Promise<[number | null]>;
  const watch = async () => {
    while (child.exitCode === null) {
      sender = Math.max(sender, peakOf(child.pid ?? 0));
      await sleep(50);
    }
  };
  const [[code]] = await Promise.all([ended, watch()]);
  if (code !== 0) throw new Error(`the import ended with ${String(code)}`);
  return { seconds: (performance.now() - begin) / 1000, runtime: peakOf(runtime), sender };
}

async function insertFloor(floor: Client, count: number): Promise<number> {
  await floor.post("/rows", { table: `rows_${count}`, rows: [] });
  let took = 0;
  for (const rows of inBatches(count, PART)) {
    const answer = await floor.post("/rows", { table: `rows_${count}`, rows });
    if (answer.status !== 201) throw new Error(answer.text.slice(0, 300));
    took += answer.ms;
  }
  return took / 1000;
}

interface Question {
  lead: Record<string, string>;
  id: string;
}

/** A lead of some account: by its domain, by its name from elsewhere, by a name with a slip and a word more; or of none. */
function question(account: BenchAccount, n: number): Question {
  const { id, name, domain, city, country } = account;
  const slipped = name.slice(0, 3) + name.slice(4);
  const lead = [
    { email: `robin@mail.${domain}`, company: name },
    { email: `robin@agency-${n}.example`, company: name, city, country },
    { email: `robin@agency-${n}.example`, company: `${slipped} Europe`, city, country },
    { email: `robin@agency-${n}.example`, company: `Nowhere ${n} Unheard` },
  ][n % 4];
  return { id, lead: { id: String(n), ...(lead as Record<string, string>) } };
}

function questions(count: number): Question[] {
  const random = seeded(count);
  const wanted = new Set(Array.from({ length: QUESTIONS }, () => Math.floor(random() * count)));
  const found: Question[] = [];
  let n = 0;
  for (const account of accounts(count)) if (wanted.has(n++)) found.push(question(account, found.length));
  return found;
}

interface Asked {
  match: Spread;
  select: Spread;
  found: number;
}

/** Product and floor by turns, one at a time. */
async function ask(product: Product, floor: Client, count: number): Promise<Asked> {
  const ours = client(product.origin, 1, { authorization: `Bearer ${product.apiKey}` });
  const [match, select]: [number[], number[]] = [[], []];
  let found = 0;
  for (const [n, { lead, id }] of questions(count).entries()) {
    const one = await floor.post("/row", { table: `rows_${count}`, id });
    const answer = await ours.post("/v1/match", { leads: [lead] });
    if (answer.status !== 200 || one.status !== 200) throw new Error(answer.text.slice(0, 300));
    const [result] = (JSON.parse(answer.text) as { results: { account: { id: string } | null }[] }).results;
    if (result?.account?.id === id) found++;
    // The first ones warm both up.
    if (n < 40) continue;
    match.push(answer.ms);
    select.push(one.ms);
  }
  ours.close();
  return { match: spread(match), select: spread(select), found };
}

async function oneSize(floor: Floor, count: number, last: boolean): Promise<Claim[]> {
  const file = join(temporaryFolder(), "accounts.csv");
  await writeCsv(file, count);
  const to = client(floor.origin, 1);
  const product = await startProduct();
  try {
    const plain = await insertFloor(to, count);
    const done = await importFile(product, file);
    const [kept] = query<{ keys: number }>(product.dataDir, "SELECT count(*) AS keys FROM account_keys");
    const size = statSync(databaseFile(product.dataDir)).size / count / 1000;
    const asked = await ask(product, to, count);
    const at = `import ${count.toLocaleString("en-US")}`;
    const ratio = asked.match.p95 / asked.select.p95;
    return [
      info(
        `${at}: time`,
        `${done.seconds.toFixed(1)} s, ${Math.round(count / done.seconds)} a second; the same rows without keys ${plain.toFixed(1)} s`,
      ),
      info(`${at}: time ÷ prepared batches without keys`, `${(done.seconds / plain).toFixed(2)} ×`),
      info(
        `${at}: peak memory`,
        `runtime ${done.runtime.toFixed(0)} MB, command line ${done.sender.toFixed(0)} MB`,
      ),
      info(
        `${at}: kept`,
        `${((kept?.keys ?? 0) / count).toFixed(1)} keys and ${size.toFixed(2)} kB an account`,
      ),
      info(`${at}: one select`, inWords(asked.select)),
      info(
        `${at}: one match`,
        `${inWords(asked.match)}; ${asked.found} of ${(QUESTIONS * 3) / 4} found their account`,
      ),
      info(`${at}: match p50 ÷ select p50`, `${(asked.match.p50 / asked.select.p50).toFixed(2)} ×`),
      last
        ? atMost(`${at}: match p95 ÷ select p95`, ratio, LIMIT, "×")
        : info(`${at}: match p95 ÷ select p95`, `${ratio.toFixed(2)} × (${ms(asked.match.p95)})`),
    ];
  } finally {
    await product.stop();
    to.close();
    rmSync(file, { force: true });
  }
}

/** Each size in a workspace of its own; the target is the largest one's. */
export async function imports(floor: Floor, sizes: readonly number[]): Promise<Claim[]> {
  const claims: Claim[] = [];
  for (const [at, count] of sizes.entries())
    claims.push(...(await oneSize(floor, count, at === sizes.length - 1)));
  return claims;
}
