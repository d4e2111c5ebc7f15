/** Alarms that are gone, objects and all: the sweeper finds the open leads, arms them, and says that it had to. */
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { client, visit } from "../support/load.ts";
import { type Product, startProduct } from "../support/product.ts";
import { brokenInvariants, databaseFile, publishInto, query } from "../support/state.ts";
import { teamDocument } from "../support/team.ts";

const COUNT = 10;
/** Longer than the first touch's target and the sweeper's patience together. */
const LONG_MS = 12 * 60_000;

let product: Product;
beforeAll(async () => {
  product = await startProduct({ env: { LEADCLOCK_RATE_LIMIT: "off" } });
  publishInto(product.dataDir, teamDocument());
});
afterAll(() => product.kill9());

function loseAlarms(): number {
  const folder = join(product.dataDir, "v3/do/leadclock-LeadClock");
  const files = readdirSync(folder);
  rmSync(folder, { recursive: true });
  return files.filter((name) => /^[0-9a-f]{64}\.sqlite$/.test(name)).length;
}

/** As if the product had been down since long before they were due. */
function age(): void {
  const database = new DatabaseSync(databaseFile(product.dataDir));
  database
    .prepare(
      `UPDATE leads SET generation = generation + 1, next_due_at = next_due_at - ?1, first_touch_due_at = first_touch_due_at - ?1,
         timers = (SELECT json_group_array(json_set(value, '$.dueAt', (value ->> 'dueAt') - ?1)) FROM json_each(timers))`,
    )
    .run(LONG_MS);
  database.close();
}

interface Moved {
  readonly breaches: number;
  readonly reassignments: number;
}

test("every lead's clock runs again, each breach acts once, and the net reports what it caught", async () => {
  const visitors = client(product.origin, COUNT);
  for (let n = 0; n < COUNT; n++)
    expect((await visitors.post("/v1/forms/demo/submissions", visit("lost", n))).status).toBe(201);
  visitors.close();
  await product.stop();
  expect(loseAlarms()).toBeGreaterThan(0);
  age();
  await product.restart();

  const deadline = Date.now() + 30_000;
  let rows: Moved[] = [];
  const done = () => rows.length === COUNT && rows.every((row) => row.breaches > 0);
  while (!done() && Date.now() < deadline) {
    await sleep(200);
    rows = query<Moved>(product.dataDir, "SELECT breaches, reassignments FROM leads");
  }
  expect(rows).toEqual(Array.from({ length: COUNT }, () => ({ breaches: 1, reassignments: 1 })));
  expect(brokenInvariants(product.dataDir)).toEqual([]);
  const caught = query<{ data: string }>(
    product.dataDir,
    "SELECT data FROM events WHERE type = 'net.caught'",
  );
  expect(caught.map(({ data }) => JSON.parse(data) as unknown)).toEqual([
    { net: "clockless", caught: COUNT, clockless: 0 },
  ]);
});
