/** Deadlines of leads that were captured in the run: clocks that fall due over a minute, each breaching and moving its lead. */
import { setTimeout as sleep } from "node:timers/promises";
import { client, openLoop, visit } from "../test/support/load.ts";
import type { Product } from "../test/support/product.ts";
import { bare, breachClaims, type Drained, whenBreached } from "./breaches.ts";
import { SUBMISSIONS } from "./capture.ts";
import type { Claim } from "./tell.ts";
import { withTeam } from "./with-team.ts";

const OVER_S = 60;
/** So long that captures and warnings (at 70 %) are over when the first is due, and only breaches are measured. */
const TARGET_S = 210;

async function breaches(product: Product, count: number, floor: Drained): Promise<Claim[]> {
  const visitors = client(product.origin, 64);
  const due = { count, from: Date.now() + TARGET_S * 1000, overMs: OVER_S * 1000 };
  await openLoop(count / OVER_S, OVER_S, (n) => visitors.post(SUBMISSIONS, visit("clock", n)));
  visitors.close();
  await sleep(Math.max(0, due.from - Date.now()));
  await whenBreached(product, due);
  return breachClaims(product, "clocks", due, floor, 250);
}

export async function deadlines(floor: string, count: number): Promise<Claim[]> {
  const alarms = await bare(floor, count, OVER_S * 1000);
  const team = { reps: 8, firstTouch: `PT${TARGET_S}S`, maxReassignments: 1 };
  return withTeam(team, (product) => breaches(product, count, alarms));
}
