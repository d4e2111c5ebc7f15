/**
 * Deadlines among very many open leads, and very many deadlines at once. The leads are copied into the database from such as were
 * really captured; their clocks are armed by the sweeper.
 */
import { performance } from "node:perf_hooks";
import { client, visit } from "../test/support/load.ts";
import { layOpenLeads } from "../test/support/open-leads.ts";
import type { Product } from "../test/support/product.ts";
import { query } from "../test/support/state.ts";
import type { TeamOptions } from "../test/support/team.ts";
import { bare, breachClaims, type Drained, type Due, whenBreached } from "./breaches.ts";
import { expectCreated, settled, SUBMISSIONS } from "./capture.ts";
import { info, type Claim } from "./tell.ts";
import { withTeam } from "./with-team.ts";

const HOUR = 3_600_000;
/** Nobody's warning (at 70 %) comes while it is measured: those due have had theirs, and all others are due far later. */
const TARGET_HOURS = 24;
const REST_FROM = 9 * HOUR;
const REST_OVER = 11 * HOUR;
/** Longer than the sweeper needs to find what is due: it looks each minute, two minutes ahead. */
const ARMED_IN = 65_000;
const ARMED_WITHIN = ARMED_IN + 10_000;
/** As a company with so many open leads has it: teams of ten. */
const TEAMS = 20;
const TEAM: TeamOptions = {
  reps: TEAMS * 10,
  teams: TEAMS,
  firstTouch: `PT${TARGET_HOURS}H`,
  maxReassignments: 1,
};

/** One for each rep, told. */
async function captureOriginals(product: Product): Promise<string[]> {
  const visitors = client(product.origin, 1);
  const ids: string[] = [];
  for (let n = 0; n < TEAMS * 10; n++) {
    const { fields, ...rest } = visit("original", n);
    const desk = String((n % TEAMS) + 1);
    const answer = await visitors.post(SUBMISSIONS, { ...rest, fields: { ...fields, desk } });
    expectCreated(answer);
    ids.push((JSON.parse(answer.text) as { leadId: string }).leadId);
  }
  visitors.close();
  await settled(product);
  return ids;
}

interface Load {
  readonly label: string;
  /** Leads that wait, and how many of them are due. */
  readonly open: number;
  readonly due: number;
  readonly overMs: number;
  readonly limitMs: number | null;
}

/** Answers what was due from when on. */
async function layAll(product: Product, { open, due: count, overMs }: Load): Promise<Due> {
  const originals = await captureOriginals(product);
  const { dataDir } = product;
  const rest = open - count;
  const far = { count: rest, from: Date.now() + REST_FROM, every: REST_OVER / rest };
  if (rest > 0) await layOpenLeads(dataDir, { originals, mark: "rest", warned: false, ...far });
  const from = Date.now() + ARMED_WITHIN + count * 2;
  const near = { count, from, every: overMs / count };
  await layOpenLeads(dataDir, { originals, mark: "due0", warned: true, ...near });
  if (Date.now() > from - ARMED_IN) throw new Error("Laying the leads took too long.");
  return { count, from, overMs };
}

async function underLoad(product: Product, load: Load, floor: Drained): Promise<Claim[]> {
  const begin = performance.now();
  const due = await layAll(product, load);
  const took = (performance.now() - begin) / 1000;
  await whenBreached(product, due);
  const [found] = query<{ n: number }>(product.dataDir, "SELECT count(*) AS n FROM leads WHERE open = 1");
  return [
    info(
      `${load.label}: open leads`,
      `${found?.n.toLocaleString("en")}, captured and copied in ${took.toFixed(0)} s`,
    ),
    ...breachClaims(product, load.label, due, floor, load.limitMs),
  ];
}

/** `open` leads with a clock, of which `due` fall due over so long. */
export async function hundred(floor: string, sizes: Pick<Load, "open" | "due" | "overMs">): Promise<Claim[]> {
  const alarms = await bare(floor, sizes.due, sizes.overMs);
  return withTeam(TEAM, (product) =>
    underLoad(product, { label: "hundred", ...sizes, limitMs: 500 }, alarms),
  );
}

/** All fall due within one second. */
export async function second(floor: string, due: number): Promise<Claim[]> {
  const load: Load = { label: "second", open: due, due, overMs: 1_000, limitMs: null };
  const alarms = await bare(floor, due, load.overMs);
  return withTeam(TEAM, (product) => underLoad(product, load, alarms));
}
