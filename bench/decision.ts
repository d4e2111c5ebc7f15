/**
 * What a decision costs as the policy and the company grow: 10, 60 and 500 rules, 10 to 1,000 people. Once in the Worker's
 * memory (match to plan to pick, without the database), once as a whole capture through the product, where the pick is the
 * database's; each beside its floor.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { configDocument } from "../schema/config/document.ts";
import { type Client, client } from "../test/support/load.ts";
import { type PolicySize, sizedPolicy } from "../test/support/policy.ts";
import { type Product, startProduct } from "../test/support/product.ts";
import { publishInto } from "../test/support/state.ts";
import { settled, SUBMISSIONS } from "./capture.ts";
import { cost, runtimeOf } from "./cost.ts";
import type { Floor } from "./floor-host.ts";
import { type Claim, info, ms } from "./tell.ts";

const SIZES: readonly PolicySize[] = [
  { rules: 10, people: 10, teams: 2 },
  { rules: 60, people: 10, teams: 2 },
  { rules: 500, people: 10, teams: 2 },
  { rules: 60, people: 100, teams: 10 },
  { rules: 60, people: 1000, teams: 10 },
  { rules: 500, people: 1000, teams: 10 },
];
const ROUNDS = 5;
const DECISIONS = 200;
const CAPTURES = 80;

const sized = ({ rules, people }: PolicySize): string =>
  `${rules} rules, ${people.toLocaleString("en")} people`;

async function fastest(to: Client, body: unknown): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const { status, text, ms } = await to.post("/decide", body);
    if (status !== 200) throw new Error(`/decide: ${status} ${text.slice(0, 300)}`);
    best = Math.min(best, ms);
  }
  return best;
}

/** Milliseconds a decision: what many take beyond the reading of the document. */
async function inMemory(to: Client, size: PolicySize): Promise<number> {
  const document = sizedPolicy(size);
  const none = await fastest(to, { document, decisions: 0 });
  return ((await fastest(to, { document, decisions: DECISIONS })) - none) / DECISIONS;
}

/** Processor time of a capture with all it entails: latencies follow whoever else uses the machine. */
async function captures(product: Product, size: PolicySize): Promise<number> {
  const document = configDocument.parse({
    ...sizedPolicy(size),
    sla: [{ id: "standard", firstTouch: "PT8H" }],
  });
  // Everybody has room for the whole run, and all hours are open: it is the decision that is measured.
  const calendars = document.calendars.map((calendar) => ({ ...calendar, hours: ALWAYS, holidaySets: [] }));
  const people = document.people.map((person) => ({ ...person, capacity: 10_000 }));
  publishInto(product.dataDir, { ...document, calendars, people });
  const mark = `d${size.rules}x${size.people}`;
  const pid = runtimeOf(product);
  return cost(product.origin, pid, SUBMISSIONS, () => settled(product), { mark, warm: 20, count: CAPTURES });
}

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const ALWAYS = Object.fromEntries(DAYS.map((day) => [day, [["00:00", "24:00"]]])) as Record<
  (typeof DAYS)[number],
  [string, string][]
>;

export async function decisions(floor: Floor): Promise<Claim[]> {
  const to = client(floor.origin, 1);
  const memory: number[] = [];
  for (const size of SIZES) memory.push(await inMemory(to, size));
  to.close();
  const pause = () => sleep(500);
  const write = await cost(floor.origin, floor.pid, "/write", pause, { mark: "decision" });
  const product = await startProduct({ env: { LEADCLOCK_RATE_LIMIT: "off" } });
  const whole: number[] = [];
  try {
    for (const size of SIZES) whole.push(await captures(product, size));
  } finally {
    await product.stop();
  }
  const claims = SIZES.map((size, at) => {
    const alone = memory[at] ?? 0;
    const all = whole[at] ?? 0;
    return info(
      `decision: ${sized(size)}`,
      `${(alone * 1000).toFixed(0)} µs in memory; a whole capture ${ms(all)} of processor (${(all / write).toFixed(1)} × one write)`,
    );
  });
  const slope = (list: readonly number[], ...which: number[]): string =>
    which.map((at) => ((list[at] ?? 0) / (list[which[0] ?? 0] ?? 1)).toFixed(2)).join(" : ");
  return [
    ...claims,
    info("decision: floor, select + insert", `${ms(write)} of processor`),
    info(
      "decision: slope, rules 10 → 60 → 500 at 10 people",
      `in memory ${slope(memory, 0, 1, 2)}; capture ${slope(whole, 0, 1, 2)}`,
    ),
    info(
      "decision: slope, people 10 → 100 → 1,000 at 60 rules",
      `in memory ${slope(memory, 1, 3, 4)}; capture ${slope(whole, 1, 3, 4)}`,
    ),
  ];
}
