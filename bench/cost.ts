/**
 * Processor time of a capture with all it entails (clock armed, messages delivered) beside the floor's. Hardly moved by
 * what else the machine does, so this is the figure to compare two versions by. Linux only: read from /proc.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, client, visit } from "../test/support/load.ts";
import type { Product } from "../test/support/product.ts";
import { settled, expectCreated, SUBMISSIONS } from "./capture.ts";
import type { Floor } from "./floor-host.ts";
import { type Claim, info } from "./tell.ts";

const COUNT = 150;
const CONNECTIONS = 4;
/** Of /proc: a clock tick. */
const TICK_MS = 10;

/** User and system time so far, milliseconds. */
function used(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

export function runtimeOf({ dataDir }: Product): number {
  const { runtimePid } = JSON.parse(readFileSync(join(dataDir, "instance.json"), "utf8")) as {
    runtimePid: number;
  };
  return runtimePid;
}

async function each(to: Client, path: string, run: string, count: number): Promise<void> {
  let next = 0;
  const visitor = async () => {
    while (next < count) expectCreated(await to.post(path, visit(run, next++)));
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, visitor));
}

/** Milliseconds for each request, until all it set going has come to rest. `mark` keeps runs on one state apart. */
export async function cost(
  origin: string,
  pid: number,
  path: string,
  rest: () => Promise<unknown>,
  { mark = path.replaceAll(/\W/g, ""), warm = 50, count = COUNT } = {},
): Promise<number> {
  const to = client(origin, CONNECTIONS);
  await each(to, path, `warm${mark}`, warm);
  await rest();
  const before = used(pid);
  await each(to, path, `cost${mark}`, count);
  await rest();
  to.close();
  return (used(pid) - before) / count;
}

export async function costs(product: Product, floor: Floor): Promise<Claim[]> {
  const pause = () => sleep(500);
  const write = await cost(floor.origin, floor.pid, "/write", pause);
  const armed = await cost(floor.origin, floor.pid, "/armed", pause);
  const capture = await cost(product.origin, runtimeOf(product), SUBMISSIONS, () => settled(product));
  return [
    info("cost: floor, select + insert", `${write.toFixed(2)} ms of processor`),
    info("cost: floor, select + insert + object with alarm", `${armed.toFixed(2)} ms of processor`),
    info("cost: capture, clock and deliveries", `${capture.toFixed(2)} ms of processor`),
    info(
      "cost: capture ÷ floors",
      `${(capture / write).toFixed(2)} × the write, ${(capture / armed).toFixed(2)} × the armed one`,
    ),
  ];
}
