/** A Monday: leads queue after hours, the window opens, and visitors go on coming in meanwhile. */
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, client, closedLoop, visit } from "../test/support/load.ts";
import type { Product } from "../test/support/product.ts";
import { brokenInvariants, query } from "../test/support/state.ts";
import type { TeamOptions } from "../test/support/team.ts";
import { expectCreated, SUBMISSIONS } from "./capture.ts";
import { info, inWords, type Claim, spread } from "./tell.ts";
import { withTeam } from "./with-team.ts";

const MINUTE = 60_000;
const REPS = 40;
/** Visitors a second, before and while the window opens. */
const RATE = 10;
const BEFORE_MS = 10_000;
/** Nothing has moved for so long: it won't any more. */
const GIVE_UP_MS = 60_000;

const clockTime = (at: number): string => new Date(at).toISOString().slice(11, 16);

/** Fourteen leads of fifteen find room; one rep holds as many as two and a half others. */
const teamFor = (count: number, opensAt: number): TeamOptions => ({
  reps: REPS,
  capacity: [Math.ceil(count / 30), Math.ceil(count / 75)],
  hours: [clockTime(opensAt), clockTime(opensAt + 600 * MINUTE)],
  firstTouch: "PT8H",
});

async function queueUp(product: Product, count: number): Promise<void> {
  const visitors = client(product.origin, 16);
  let begun = 0;
  await closedLoop(
    16,
    () => begun >= count,
    async () => expectCreated(await visitors.post(SUBMISSIONS, visit("weekend", begun++))),
  );
  visitors.close();
}

interface Visit {
  readonly at: number;
  readonly ms: number;
}

/** One after another at a steady rate, none waiting for another, until it is over. */
async function visiting(visitors: Client, isOver: () => boolean): Promise<Visit[]> {
  const visits: Visit[] = [];
  const under: Promise<void>[] = [];
  const one = async (n: number): Promise<void> => {
    const at = Date.now();
    const answer = await visitors.post(SUBMISSIONS, visit("monday", n));
    expectCreated(answer);
    visits.push({ at, ms: answer.ms });
  };
  for (let n = 0; !isOver(); n++) {
    under.push(one(n));
    await sleep(1000 / RATE);
  }
  await Promise.all(under);
  return visits;
}

const waiting = ({ dataDir }: Product): number =>
  query<{ n: number }>(
    dataDir,
    `SELECT (SELECT count(*) FROM leads WHERE open = 1 AND provisional = 1)
       + (SELECT count(*) FROM outbox WHERE kind = 'lead.opened' AND status IN ('pending', 'leased')) AS n`,
  )[0]?.n ?? 0;

/** Until everybody has an owner who was told; or nothing has happened for a while. */
async function opened(product: Product, opensAt: number): Promise<void> {
  await sleep(Math.max(0, opensAt - Date.now()));
  let since = Date.now();
  for (let before = -1; Date.now() - since < GIVE_UP_MS; await sleep(500)) {
    const now = waiting(product);
    if (now === 0) return;
    if (now !== before) since = Date.now();
    before = now;
  }
}

const after = (at: number | null | undefined, opensAt: number): string =>
  at === null || at === undefined ? "never" : `${((at - opensAt) / 1000).toFixed(1)} s`;

/** Everybody owned, nobody beyond their room while somebody has some, everybody told once. */
function fairness(product: Product, options: TeamOptions, opensAt: number): Claim[] {
  const rooms = options.capacity as readonly number[];
  const held = query<{ owner: string | null; n: number }>(
    product.dataDir,
    `SELECT owner_id AS owner, count(*) AS n FROM leads WHERE open = 1 AND provisional = 0 GROUP BY 1`,
  );
  const counts = new Map(held.map(({ owner, n }) => [owner, n]));
  const off = Array.from({ length: REPS }, (_, n) => `rep${n + 1}`).filter(
    (id, n) => counts.get(id) !== rooms[n % rooms.length],
  );
  const leads = held.reduce((sum, { n }) => sum + n, 0);
  const all = query<{ n: number }>(product.dataDir, "SELECT count(*) AS n FROM leads")[0]?.n ?? 0;
  const told = query<{ times: number; n: number }>(
    product.dataDir,
    `SELECT times, count(*) AS n FROM (
       SELECT (SELECT count(*) FROM outbox o WHERE o.lead_id = l.id AND o.recipient = 'owner' AND o.status = 'sent') AS times
       FROM leads l WHERE created_at < ?1) GROUP BY 1`,
    opensAt,
  );
  const broken = brokenInvariants(product.dataDir);
  return [
    {
      what: "monday: leads owned",
      figure: [`${leads} of ${all}`, ...broken].join("; "),
      target: "all",
      held: leads === all && !counts.has(null) && broken.length === 0,
    },
    {
      what: "monday: spread by capacity",
      figure: `${REPS - off.length} of ${REPS} hold what they have room for, ${counts.get("mia") ?? 0} with the manager`,
      target: "all",
      held: off.length === 0,
    },
    {
      what: "monday: owners told",
      figure: told.map(({ times, n }) => `${n} leads: ${times} ×`).join(", "),
      target: "once each",
      held: told.length === 1 && told[0]?.times === 1,
    },
  ];
}

function times(product: Product, opensAt: number, visits: readonly Visit[]): Claim[] {
  const [opening] = query<{ n: number; first: number | null; last: number | null }>(
    product.dataDir,
    "SELECT count(*) AS n, min(at) AS first, max(at) AS last FROM events WHERE type = 'lead.opened'",
  );
  const [news] = query<{ last: number | null; sent: number | null }>(
    product.dataDir,
    "SELECT max(created_at) AS last, max(sent_at) AS sent FROM outbox WHERE kind = 'lead.opened'",
  );
  const last = opening?.last ?? opensAt;
  const of = (from: number, to: number) =>
    inWords(spread(visits.filter(({ at }) => at >= from && at < to).map(({ ms }) => ms)));
  return [
    info(
      `monday: ${opening?.n} leads opened`,
      `first after ${after(opening?.first, opensAt)}, last after ${after(opening?.last, opensAt)}; ` +
        `${((1000 * (opening?.n ?? 0)) / Math.max(1, last - opensAt)).toFixed(0)} a second`,
    ),
    info(
      "monday: the last owner's news",
      `owed after ${after(news?.last, opensAt)}, sent after ${after(news?.sent, opensAt)}`,
    ),
    info(`monday: visitors (${RATE} a second) before`, of(0, opensAt)),
    info("monday: visitors while it opens", of(opensAt, last)),
  ];
}

export function monday(count: number): Promise<Claim[]> {
  // Whole minutes, late enough for all to come in before.
  const opensAt = Math.ceil((Date.now() + 2 * MINUTE + count * 25) / MINUTE) * MINUTE;
  const team = teamFor(count, opensAt);
  return withTeam(team, async (product) => {
    await queueUp(product, count);
    if (Date.now() > opensAt - 2 * BEFORE_MS) throw new Error("Too slow: the window opens already.");
    await sleep(opensAt - BEFORE_MS - Date.now());
    const visitors = client(product.origin, 256);
    let isOver = false;
    const coming = visiting(visitors, () => isOver);
    await opened(product, opensAt);
    isOver = true;
    const visits = await coming;
    visitors.close();
    return [...fairness(product, team, opensAt), ...times(product, opensAt, visits)];
  });
}
