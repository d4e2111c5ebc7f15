/** An import whose sender or server dies on the way: gone on with, it ends exactly as one that nobody disturbed. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reservePort } from "../../cli/host/port.ts";
import { rootPath } from "../../scripts/run.ts";
import type { ImportOnWire } from "../../schema/wire/imports.ts";
import { type Product, startProduct, temporaryFolder } from "../support/product.ts";
import { query } from "../support/state.ts";

const RECORDS = 30_000;
/** Every so many lines there is one that is refused, and one that spans two. */
const REFUSED_EVERY = 997;
const SPANS_EVERY = 31;

/** Names differ from file to file, so that no run finds what another left. */
function accountsFile(folder: string, run: string): string {
  const file = join(folder, `${run}.csv`);
  let text = "Account ID,Account Name,Website,Industry\r\n";
  for (let n = 0; n < RECORDS; n++)
    text +=
      n % REFUSED_EVERY === 5
        ? `A${n},,,\r\n`
        : `A${n},"Kestrel ${n} Works",https://www.kestrel-${n}.example/,${n % SPANS_EVERY ? "Food" : `"Food,\r\n${run}"`}\r\n`;
  writeFileSync(file, text);
  return file;
}

interface Sender {
  pid: number;
  ended: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
  output(): string;
}

function send(file: string, to: Pick<Product, "origin" | "apiKey">): Sender {
  const child = spawn(join(rootPath, "node_modules/.bin/node"), ["cli/import.ts", file, "--to", to.origin], {
    cwd: rootPath,
    env: { PATH: process.env["PATH"] ?? "", LEADCLOCK_API_KEY: to.apiKey },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  return {
    pid: child.pid ?? 0,
    ended: once(child, "close").then(([code]) => code as number | null),
    kill: (signal) => void child.kill(signal),
    output: () => output,
  };
}

async function newest(product: Product): Promise<ImportOnWire | undefined> {
  const answer = await fetch(`${product.origin}/v1/imports?limit=1`, {
    headers: { authorization: `Bearer ${product.apiKey}` },
  });
  return ((await answer.json()) as { imports: ImportOnWire[] }).imports[0];
}

/** Until so many parts of the file are in. */
async function partsIn(product: Product, name: string, parts: number): Promise<void> {
  for (;;) {
    const found = await newest(product);
    if (found?.name === name && found.parts >= parts) return;
    await sleep(20);
  }
}

interface Result {
  accounts: unknown[];
  keys: unknown[];
  errors: string;
  counts: object;
}

const resultOf = async (
  { dataDir }: Product,
  file: string,
  state: ImportOnWire | undefined,
): Promise<Result> => ({
  accounts: query(
    dataDir,
    "SELECT id, name, domain, other_names, keys, keys_version FROM accounts ORDER BY id",
  ),
  keys: query(dataDir, "SELECT key, account_id FROM account_keys ORDER BY key, account_id"),
  errors: readFileSync(`${file}.errors.csv`, "utf8"),
  counts: {
    status: state?.status,
    received: state?.received,
    upserted: state?.upserted,
    rejected: state?.rejected,
  },
});

const folder = temporaryFolder();
let expected: Result;
let product: Product;

beforeAll(async () => {
  product = await startProduct();
  const file = accountsFile(folder, "undisturbed");
  const sender = send(file, product);
  expect(await sender.ended).toBe(1);
  expected = await resultOf(product, file, await newest(product));
  await product.stop();
  product = await startProduct();
});
afterAll(() => product.kill9());

test("undisturbed, every record is there and every refused line named", () => {
  const refused = Math.ceil((RECORDS - 5) / REFUSED_EVERY);
  expect(expected.counts).toEqual({
    status: "done",
    received: RECORDS,
    upserted: RECORDS - refused,
    rejected: refused,
  });
  expect(expected.accounts).toHaveLength(RECORDS - refused);
  expect(expected.errors.trim().split("\r\n")).toHaveLength(refused + 1);
});

test("where nothing listens, nothing is sent, and the line says what to do", async () => {
  const file = join(folder, "nowhere.csv");
  writeFileSync(file, "id,name,domain\n1,Kestrel Works,kestrel.example\n");
  const origin = `http://localhost:${await reservePort("127.0.0.1", 0)}`;
  const sender = send(file, { origin, apiKey: "lc_test" });
  expect(await sender.ended).toBe(4);
  expect(sender.output()).toBe(
    `leadclock: Nothing answers at ${origin} (--to says so). Start Leadclock there (npm start), or say where it runs: --to http://localhost:PORT. Nothing was sent; the same command tries again.\n`,
  );
});

test("the sender is killed, then interrupted, then let finish", async () => {
  const file = accountsFile(folder, "sender");
  const first = send(file, product);
  await partsIn(product, "sender.csv", 1);
  first.kill("SIGKILL");
  await first.ended;
  const before = await newest(product);
  const second = send(file, product);
  await partsIn(product, "sender.csv", (before?.parts ?? 0) + 1);
  second.kill("SIGINT");
  expect(await second.ended).toBe(130);
  expect(second.output()).toContain("Going on from line");
  expect(second.output()).toContain("the same command goes on from there");
  const third = send(file, product);
  expect(await third.ended).toBe(1);
  expect(third.output()).toContain("Going on from line");
  expect(await resultOf(product, file, await newest(product))).toEqual(expected);
});

test("the server is killed and comes back: the sender waits and goes on", async () => {
  await product.stop();
  product = await startProduct();
  const file = accountsFile(folder, "server");
  const sender = send(file, product);
  await partsIn(product, "server.csv", 1);
  await sleep(150);
  await product.kill9();
  await product.restart();
  expect(await sender.ended).toBe(1);
  expect(sender.output()).toMatch(/trying again in \d+ s/);
  expect(await resultOf(product, file, await newest(product))).toEqual(expected);
});
