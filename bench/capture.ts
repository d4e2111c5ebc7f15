/** What a capture costs: its latency at a steady rate, and how many a second one runtime takes, beside the floor. */
import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, type Client, client, closedLoop, openLoop, visit } from "../test/support/load.ts";
import type { Product } from "../test/support/product.ts";
import { query } from "../test/support/state.ts";
import { atLeast, atMost, info, inWords, type Claim, spread } from "./tell.ts";

const RATE = 30;
const CONNECTIONS = 16;
export const SUBMISSIONS = "/v1/forms/demo/submissions";

export function expectCreated({ status, text }: Answer): void {
  if (status !== 201) throw new Error(`answered ${status}: ${text.slice(0, 300)}`);
}

const owed = ({ dataDir }: Product): number =>
  query<{ n: number }>(dataDir, "SELECT count(*) AS n FROM outbox WHERE status IN ('pending', 'leased')")[0]
    ?.n ?? 0;

/** Until nothing is left to deliver, so that one side's work doesn't weigh on the other's figures. */
export async function settled(product: Product, withinMs = 120_000): Promise<number> {
  const begin = performance.now();
  while (owed(product) > 0) {
    if (performance.now() - begin > withinMs) throw new Error(`${owed(product)} messages are still owed`);
    await sleep(50);
  }
  return performance.now() - begin;
}

async function block(to: Client, path: string, run: string, seconds: number): Promise<number[]> {
  const times: number[] = [];
  await openLoop(RATE, seconds, async (n) => {
    const answer = await to.post(path, visit(run, n));
    expectCreated(answer);
    times.push(answer.ms);
  });
  return times;
}

/** Open loop, product and floor by turns in blocks, so that the machine's moods hit both. */
export async function latency(
  product: Product,
  floor: string,
  seconds: number,
  label: string,
): Promise<Claim[]> {
  const [ours, theirs] = [client(product.origin, 256), client(floor, 256)];
  const blocks = Math.max(2, Math.round(seconds / 5));
  const [captures, writes]: [number[], number[]] = [[], []];
  await block(ours, SUBMISSIONS, `${label}w`, 1);
  await block(theirs, "/write", `${label}w`, 1);
  for (let n = 0; n < blocks; n++) {
    writes.push(...(await block(theirs, "/write", `${label}f${n}`, seconds / blocks)));
    captures.push(...(await block(ours, SUBMISSIONS, `${label}c${n}`, seconds / blocks)));
    await settled(product);
  }
  ours.close();
  theirs.close();
  const [capture, write] = [spread(captures), spread(writes)];
  return [
    info(`${label}: floor (select + insert)`, inWords(write)),
    info(`${label}: capture`, inWords(capture)),
    atMost(`${label}: capture p50 ÷ floor p50`, capture.p50 / write.p50, 2.5, "×"),
    info(
      `${label}: capture p95 ÷ floor p95, p99 ÷ p99`,
      `${(capture.p95 / write.p95).toFixed(2)} ×, ${(capture.p99 / write.p99).toFixed(2)} ×`,
    ),
  ];
}

interface Throughput {
  readonly perSecond: number;
  readonly times: number[];
}

async function flood(to: Client, path: string, run: string, seconds: number): Promise<Throughput> {
  const times: number[] = [];
  const begin = performance.now();
  const done = await closedLoop(
    CONNECTIONS,
    () => performance.now() - begin > seconds * 1000,
    async (n) => {
      const answer = await to.post(path, visit(run, n));
      expectCreated(answer);
      times.push(answer.ms);
    },
  );
  return { perSecond: (done * 1000) / (performance.now() - begin), times };
}

/** Closed loop; a product's clock is armed by its answer, or by its shard's alarm as it stands. */
export async function throughput(
  product: Product,
  floor: string,
  seconds: number,
  label: string,
): Promise<Claim[]> {
  const [ours, theirs] = [client(product.origin, CONNECTIONS), client(floor, CONNECTIONS)];
  const blocks = Math.max(2, Math.round(seconds / 5));
  const [captured, armed]: [Throughput[], Throughput[]] = [[], []];
  for (let n = 0; n < blocks; n++) {
    armed.push(await flood(theirs, "/armed", `${label}g${n}`, seconds / blocks));
    captured.push(await flood(ours, SUBMISSIONS, `${label}d${n}`, seconds / blocks));
    await settled(product);
  }
  ours.close();
  theirs.close();
  const mean = (runs: Throughput[]) => runs.reduce((sum, run) => sum + run.perSecond, 0) / runs.length;
  const [us, them] = [mean(captured), mean(armed)];
  return [
    info(
      `${label}: floor (select + insert + object with alarm)`,
      `${them.toFixed(0)} /s, ${inWords(spread(armed.flatMap((run) => run.times)))}`,
    ),
    info(
      `${label}: captures, each with its clock armed`,
      `${us.toFixed(0)} /s, ${inWords(spread(captured.flatMap((run) => run.times)))}`,
    ),
    atLeast(`${label}: captures ÷ floor`, us / them, 0.7, "×"),
  ];
}
