/** `kill -9` under load: whatever was acknowledged is there afterwards, whole, once, and with its clock running. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Client, client, closedLoop, visit } from "../support/load.ts";
import { type Product, startProduct } from "../support/product.ts";
import { brokenInvariants, publishInto, query } from "../support/state.ts";
import { teamDocument } from "../support/team.ts";

const ROUNDS = 5;
const CONNECTIONS = 16;
/** So many are acknowledged before the kill, unless the machine is too slow for it. */
const ENOUGH = 40;
const LOAD_MS = 10_000;
/** Every other round: due while the product is down, or soon after. */
const SHORT_S = 3;
const SUBMISSIONS = "/v1/forms/demo/submissions";

interface Sent {
  readonly body: ReturnType<typeof visit>;
  readonly leadId: string;
  readonly text: string;
}

let product: Product;
beforeAll(async () => {
  product = await startProduct({ env: { LEADCLOCK_RATE_LIMIT: "off" } });
});
afterAll(() => product.kill9());

/** Loads until the process is gone; answers what it acknowledged. */
async function loadUntilKilled(run: string): Promise<Sent[]> {
  const visitors: Client = client(product.origin, CONNECTIONS);
  const acknowledged: Sent[] = [];
  let dead = false;
  const load = closedLoop(
    CONNECTIONS,
    () => dead,
    async (n) => {
      const body = visit(run, n);
      const answer = await visitors.post(SUBMISSIONS, body).catch(() => null);
      if (answer?.status === 201)
        acknowledged.push({ body, text: answer.text, leadId: (JSON.parse(answer.text) as Sent).leadId });
    },
  );
  const late = Date.now() + LOAD_MS;
  while (acknowledged.length < ENOUGH && Date.now() < late) await sleep(10);
  await product.kill9();
  dead = true;
  await load;
  visitors.close();
  return acknowledged;
}

interface Stored {
  readonly id: string;
  readonly owner: string | null;
  readonly due: number | null;
  readonly moved: number;
}

const stored = (ids: readonly string[]): Stored[] =>
  query<Stored>(
    product.dataDir,
    `SELECT id, owner_id AS owner, next_due_at AS due,
       (SELECT count(*) FROM events e WHERE e.lead_id = leads.id AND e.type = 'lead.reassigned') AS moved
     FROM leads WHERE id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(ids),
  );

/** Waits until each of these clocks has gone off and its lead has moved on. */
async function moved(ids: readonly string[]): Promise<Stored[]> {
  const deadline = Date.now() + (SHORT_S + 12) * 1000;
  for (;;) {
    const rows = stored(ids);
    if (rows.every((row) => row.moved > 0) || Date.now() > deadline) return rows;
    await sleep(200);
  }
}

test.each(Array.from({ length: ROUNDS }, (_, index) => index + 1))("round %i", async (round) => {
  const short = round % 2 === 0;
  publishInto(
    product.dataDir,
    teamDocument(short ? { firstTouch: `PT${SHORT_S}S`, maxReassignments: 1 } : {}),
  );
  const acknowledged = await loadUntilKilled(`round${round}`);
  expect(acknowledged.length).toBeGreaterThan(0);
  expect(brokenInvariants(product.dataDir)).toEqual([]);
  await product.restart();

  const ids = acknowledged.map(({ leadId }) => leadId);
  expect(new Set(ids).size).toBe(ids.length);
  const rows = stored(ids);
  expect(rows).toHaveLength(ids.length);
  expect(rows.filter(({ owner, due }) => owner === null || due === null)).toEqual([]);

  const visitors = client(product.origin, CONNECTIONS);
  const waiting = [...acknowledged];
  await closedLoop(
    4,
    () => waiting.length === 0,
    async () => {
      const sent = waiting.pop();
      if (!sent) return;
      const again = await visitors.post(SUBMISSIONS, sent.body);
      expect({ status: again.status, text: again.text }).toEqual({ status: 200, text: sent.text });
    },
  );
  visitors.close();
  if (short) {
    const rang = await moved(ids);
    expect(rang.filter((row) => row.moved !== 1)).toEqual([]);
  }
  expect(brokenInvariants(product.dataDir)).toEqual([]);
});
