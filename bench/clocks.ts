/** Deadlines: clocks that fall due over a minute, each breaching and moving its lead; how late, beside bare alarms. */
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, client, openLoop, visit } from "../test/support/load.ts";
import type { Product } from "../test/support/product.ts";
import { brokenInvariants, query } from "../test/support/state.ts";
import type { TeamOptions } from "../test/support/team.ts";
import { info, inWords, type Claim, spread } from "./tell.ts";

const OVER_S = 60;
/** So long that captures and warnings (at 70 %) are over when the first is due, and only breaches are measured. */
const TARGET_S = 210;

type WithTeam = <T>(options: TeamOptions, work: (product: Product) => Promise<T>) => Promise<T>;

/** The same number of bare alarms over the same time. */
async function bare(floor: string, count: number): Promise<number[]> {
  const to: Client = client(floor, 16);
  const begin = Date.now() + 20_000;
  await openLoop(count / 15, 15, (n) =>
    to.post("/alarm", { id: `bare${begin}-${n}`, at: Math.round(begin + (n * OVER_S * 1000) / count) }),
  );
  await sleep(begin + OVER_S * 1000 + 3_000 - Date.now());
  const { text } = await to.post("/rung", {});
  to.close();
  return JSON.parse(text) as number[];
}

interface Breach {
  readonly at: number;
  readonly due: string;
}

async function breaches(product: Product, count: number): Promise<Claim[]> {
  const visitors = client(product.origin, 64);
  await openLoop(count / OVER_S, OVER_S, (n) =>
    visitors.post("/v1/forms/demo/submissions", visit("clock", n)),
  );
  visitors.close();
  await sleep((TARGET_S + 5) * 1000);
  const rows = query<Breach>(
    product.dataDir,
    "SELECT at, data ->> 'dueAt' AS due FROM events WHERE type = 'sla.breached'",
  );
  const moved = query<{ n: number }>(
    product.dataDir,
    "SELECT count(*) AS n FROM leads WHERE reassignments = 1 AND breaches = 1",
  )[0]?.n;
  const late = spread(rows.map(({ at, due }) => at - Date.parse(due)));
  const broken = brokenInvariants(product.dataDir);
  return [
    info(`clocks: ${rows.length} breaches, lateness`, inWords(late)),
    { what: "clocks: p99 lateness", figure: `${late.p99} ms`, target: "< 250 ms", held: late.p99 < 250 },
    {
      what: "clocks: leads reassigned exactly once",
      figure: [`${moved} of ${count}`, ...broken].join("; "),
      target: "all",
      held: moved === count && rows.length === count && broken.length === 0,
    },
  ];
}

export async function deadlines(floor: string, count: number, withTeam: WithTeam): Promise<Claim[]> {
  const alarms = spread(await bare(floor, count));
  const team = { reps: 8, firstTouch: `PT${TARGET_S}S`, maxReassignments: 1 };
  return [
    info(`clocks: floor, ${alarms.n} bare alarms over ${OVER_S} s, lateness`, inWords(alarms)),
    ...(await withTeam(team, (product) => breaches(product, count))),
  ];
}
