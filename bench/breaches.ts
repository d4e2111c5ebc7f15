/** Deadlines that nobody keeps: how late they are seen to, and whether each lead moves on exactly once; beside bare alarms. */
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, client, openLoop } from "../test/support/load.ts";
import type { Product } from "../test/support/product.ts";
import { brokenInvariants, query } from "../test/support/state.ts";
import { info, inWords, type Claim, type Spread, spread } from "./tell.ts";

/** What was due, from when on, over how long. */
export interface Due {
  readonly count: number;
  /** Epoch milliseconds. */
  readonly from: number;
  readonly overMs: number;
}

interface Rung {
  readonly at: number;
  readonly late: number;
}

export interface Drained {
  readonly lateness: Spread;
  /** So many a second, from when the first was due until the last was seen to. */
  readonly perSecond: number;
}

const drained = (rung: readonly Rung[], { from }: Due): Drained => {
  const end = rung.reduce((last, { at, late }) => Math.max(last, at + late), from + 1);
  return { lateness: spread(rung.map(({ late }) => late)), perSecond: (1000 * rung.length) / (end - from) };
};

/** Arming an object takes some milliseconds; so many can be armed before the first rings. */
const ARMED_A_SECOND = 150;

/** The same number of bare alarms over the same time. */
export async function bare(floor: string, count: number, overMs: number): Promise<Drained> {
  const to: Client = client(floor, 16);
  const due = { count, from: Date.now() + (count / ARMED_A_SECOND + 2) * 1000, overMs };
  await openLoop(ARMED_A_SECOND, count / ARMED_A_SECOND, (n) =>
    to.post("/alarm", { id: `bare${due.from}-${n}`, at: Math.round(due.from + (n * overMs) / count) }),
  );
  await sleep(Math.max(0, due.from + overMs + 3_000 - Date.now()));
  const rung: Rung[] = [];
  // A floor that is behind too is waited for.
  for (let tries = 0; rung.length < count && tries < 60; tries++) {
    rung.push(...(JSON.parse((await to.post("/rung", {})).text) as Rung[]));
    if (rung.length < count) await sleep(1_000);
  }
  to.close();
  return drained(rung, due);
}

interface Breach {
  readonly at: number;
  readonly due: string;
}

/** After the event `since`. */
const breaches = ({ dataDir }: Product, since = 0): Breach[] =>
  query<Breach>(
    dataDir,
    "SELECT at, data ->> 'dueAt' AS due FROM events WHERE seq > ?1 AND type = 'sla.breached'",
    since,
  );

const newestEvent = ({ dataDir }: Product): number =>
  query<{ seq: number }>(dataDir, "SELECT max(seq) AS seq FROM events")[0]?.seq ?? 0;

/** Until all have breached, and a little longer in case one does so twice; or until nothing has come for a while. */
export async function whenBreached(product: Product, { count, from, overMs }: Due): Promise<void> {
  // Whoever looks reads little: what is measured must not wait for it.
  const since = newestEvent(product);
  await sleep(Math.max(0, from + overMs - Date.now()));
  let seen = -1;
  for (let still = 0; still < 20; await sleep(1_000)) {
    const now = breaches(product, since).length;
    still = now === seen ? still + 1 : 0;
    seen = now;
    if (now >= count && still >= 5) return;
  }
}

const inAll = ({ lateness, perSecond }: Drained): string =>
  `${inWords(lateness)}; ${perSecond.toFixed(0)} a second`;

/** Beside as many bare alarms. `limitMs`: what the p99 is held to; null where nothing is claimed of it. */
export function breachClaims(
  product: Product,
  label: string,
  due: Due,
  floor: Drained,
  limitMs: number | null,
): Claim[] {
  const rung = breaches(product).map(({ at, due: then }) => ({
    at: Date.parse(then),
    late: at - Date.parse(then),
  }));
  const { lateness, perSecond } = drained(rung, due);
  const moved = query<{ n: number }>(
    product.dataDir,
    "SELECT count(*) AS n FROM leads WHERE reassignments = 1 AND breaches = 1",
  )[0]?.n;
  const broken = brokenInvariants(product.dataDir);
  return [
    info(
      `${label}: floor, ${floor.lateness.n} bare alarms over ${due.overMs / 1000} s, lateness`,
      inAll(floor),
    ),
    info(`${label}: ${rung.length} breaches, lateness`, inAll({ lateness, perSecond })),
    info(`${label}: breaches ÷ bare alarms, a second`, `${(perSecond / floor.perSecond).toFixed(2)} ×`),
    ...(limitMs === null
      ? []
      : [
          {
            what: `${label}: p99 lateness`,
            figure: `${lateness.p99} ms`,
            target: `< ${limitMs} ms`,
            held: lateness.p99 < limitMs,
          },
        ]),
    {
      what: `${label}: leads reassigned exactly once`,
      figure: [`${moved} of ${due.count}`, ...broken].join("; "),
      target: "all",
      held: moved === due.count && rung.length === due.count && broken.length === 0,
    },
  ];
}
