/** The database can't be read or written: visitors are answered all the same, and nothing of what they sent is lost. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Answer, client, type Client, visit } from "../support/load.ts";
import { type Product, startProduct } from "../support/product.ts";
import { brokenInvariants, lockDatabase, publishInto, query } from "../support/state.ts";
import { teamDocument } from "../support/team.ts";

const SUBMISSIONS = "/v1/forms/demo/submissions";
const COUNT = 12;

interface Receipt {
  readonly leadId: string;
  readonly receipt: string;
  readonly acknowledgement: { kind: string; owner: unknown; promiseAt: unknown };
}

let product: Product;
let visitors: Client;
let lock: { release(): void } | null = null;

beforeEach(async () => {
  product = await startProduct({ env: { LEADCLOCK_RATE_LIMIT: "off" } });
  publishInto(product.dataDir, teamDocument());
  visitors = client(product.origin, COUNT);
});
afterEach(async () => {
  visitors.close();
  lock?.release();
  lock = null;
  await product.kill9();
});

const submitAll = (run: string): Promise<Answer[]> =>
  Promise.all(Array.from({ length: COUNT }, (_, n) => visitors.post(SUBMISSIONS, visit(run, n))));

const parse = (answer: Answer): Receipt => JSON.parse(answer.text) as Receipt;

async function submitHeld(run: string): Promise<Receipt[]> {
  const answers = await submitAll(run);
  expect(answers.map(({ status }) => status)).toEqual(Array<number>(COUNT).fill(201));
  const receipts = answers.map(parse);
  for (const { acknowledgement } of receipts)
    expect(acknowledgement).toMatchObject({ kind: "received", owner: null, promiseAt: null });
  return receipts;
}

interface Finished {
  readonly id: string;
  readonly owner: string;
  readonly due: number;
  readonly receipt: string;
}

/** Until each held submission is a lead, with the receipt its visitor was given. */
async function expectFinished(receipts: readonly Receipt[], withinMs = 30_000): Promise<void> {
  const ids = JSON.stringify(receipts.map(({ leadId }) => leadId));
  const sql = `SELECT l.id, l.owner_id AS owner, l.next_due_at AS due, s.receipt FROM leads l JOIN submissions s ON s.lead_id = l.id
    WHERE l.id IN (SELECT value FROM json_each(?))`;
  const deadline = Date.now() + withinMs;
  let rows: Finished[] = [];
  while (rows.length < receipts.length && Date.now() < deadline) {
    await sleep(200);
    rows = query<Finished>(product.dataDir, sql, ids);
  }
  const found = new Map(rows.map((row) => [row.id, row]));
  for (const { leadId, receipt } of receipts) {
    expect(found.get(leadId)).toMatchObject({ receipt, owner: expect.any(String), due: expect.any(Number) });
  }
  expect(rows).toHaveLength(receipts.length);
  expect(brokenInvariants(product.dataDir)).toEqual([]);
}

test("held while it can't be written, repeated and refused as ever, finished when it is back", async () => {
  lock = lockDatabase(product.dataDir);
  const receipts = await submitHeld("held");
  const again = await visitors.post(SUBMISSIONS, visit("held", 0));
  expect(parse(again)).toEqual(receipts[0]);
  const changed = { ...visit("held", 1), fields: { email: "somebody@else.example" } };
  expect((await visitors.post(SUBMISSIONS, changed)).status).toBe(409);
  lock.release();
  lock = null;
  await expectFinished(receipts);
  const repeat = await visitors.post(SUBMISSIONS, visit("held", 2));
  expect(repeat.status).toBe(200);
  expect(parse(repeat)).toMatchObject({ leadId: receipts[2]?.leadId, receipt: receipts[2]?.receipt });
  expect((await visitors.post(SUBMISSIONS, changed)).status).toBe(409);
});

test("operators hear of it by a path without the database", async () => {
  lock = lockDatabase(product.dataDir);
  await submitHeld("alert");
  const inbox = await fetch(`${product.origin}/inbox.json?to=operators@leadclock.example`);
  const { messages } = (await inbox.json()) as { messages: { subject: string }[] };
  expect(messages.map(({ subject }) => subject)).toEqual(["Leadclock: the database can't be written"]);
});

test("none is lost to a kill -9 while they are held", async () => {
  lock = lockDatabase(product.dataDir);
  const receipts = await submitHeld("killed");
  await product.kill9();
  lock.release();
  lock = null;
  await product.restart();
  await expectFinished(receipts);
});

test("a cold start says honestly that the form can't be read, and takes submissions all the same", async () => {
  await product.restart();
  lock = lockDatabase(product.dataDir);
  const definition = await fetch(`${product.origin}/v1/forms/demo`);
  expect(definition.status).toBe(503);
  expect(definition.headers.get("retry-after")).toBe("5");
  const receipts = await submitHeld("cold");
  lock.release();
  lock = null;
  await expectFinished(receipts);
  expect((await fetch(`${product.origin}/v1/forms/demo`)).status).toBe(200);
});
