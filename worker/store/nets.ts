/**
 * What the safety nets hold, with its history: each look notes what is newly caught and what has been let go since. Every set
 * is answered from an index that holds little else, so looking costs nothing while all is well.
 */
import { NET_LABELS, type NetName } from "../../schema/reports.ts";
import { SHARDS } from "./clocks.ts";
import type { Db } from "./db.ts";
import { inNet, MAY_BE_IDLE } from "./net-conditions.ts";

const QUARTER = 900_000;
const DAY = 96 * QUARTER;

const OF_ROLLUPS = "SELECT l.id FROM report_leads f JOIN leads l ON l.id = f.lead_id WHERE f.open = 1";

/** Ids caught at `now`: the board's conditions, and before them what narrows the search by index. */
const setOf = (net: NetName, now: number): string =>
  ({
    unrouted: `SELECT l.id FROM leads l WHERE ${inNet("unrouted", now)}`,
    untouched: `SELECT l.id FROM leads l WHERE ${inNet("untouched", now)}`,
    idle: `${OF_ROLLUPS} AND f.last_activity_at < ${now - DAY} AND ${MAY_BE_IDLE}`,
    clockless: `SELECT id FROM leads WHERE open = 1 AND next_due_at IS NULL UNION ALL
      SELECT l.id FROM json_each('${JSON.stringify(SHARDS.split(""))}') s JOIN leads l ON l.shard = s.value
      WHERE l.open = 1 AND l.next_due_at IS NOT NULL AND l.next_due_at < ${now - 60_000}`,
    aged: `${OF_ROLLUPS} AND f.touched = 0 AND f.created_at < ${now - 7 * DAY} AND ${inNet("aged", now)}`,
    quarantined: `SELECT l.id FROM leads l WHERE ${inNet("quarantined", now)}`,
    uncoded: "SELECT lead_id AS id FROM report_leads WHERE uncoded = 1",
    undelivered: "SELECT id FROM outbox WHERE status = 'dead'",
  })[net];

/** At most so many are noted in one look; the next goes on. */
const AT_ONCE = 2_000;

export const NET_NAMES = Object.keys(NET_LABELS) as NetName[];

/** One round trip a net. Answers how many were newly caught. */
export const lookInto = async (db: Db, net: NetName, now: number): Promise<number> => {
  const set = setOf(net, now);
  const [, caught] = await db.batch([
    db
      .prepare(
        `UPDATE net_catches SET released_at = ?2 WHERE net = ?1 AND released_at IS NULL AND subject NOT IN (${set})`,
      )
      .bind(net, now),
    db
      .prepare(
        `INSERT INTO net_catches (net, subject, caught_at)
         SELECT ?1, s.id, ?2 FROM (${set}) s WHERE NOT EXISTS (
           SELECT 1 FROM net_catches c WHERE c.net = ?1 AND c.subject = s.id AND c.released_at IS NULL) LIMIT ${AT_ONCE}
         ON CONFLICT DO NOTHING`,
      )
      .bind(net, now),
  ]);
  return caught?.meta.changes ?? 0;
};

export interface NetFigures {
  net: NetName;
  held: number;
  caught: number;
  released: number;
  /** Since when the longest-held is held. */
  since: number | null;
}

export interface NetHistory {
  nets: NetFigures[];
  /** Catches by net and quarter of an hour, each with its start: days begin on one in every zone. */
  caughtAt: { net: NetName; at: number; n: number }[];
}

type Row = Record<string, unknown>;

/** What was caught and let go in `[from, to)`, and what is held now. */
export const readNetHistory = async (db: Db, from: number, to: number): Promise<NetHistory> => {
  const [held, caught, released] = await db.batch<Row>([
    db.prepare(
      "SELECT net, count(*) AS n, min(caught_at) AS since FROM net_catches WHERE released_at IS NULL GROUP BY net",
    ),
    db
      .prepare(
        `SELECT net, caught_at / ${QUARTER} AS quarter, count(*) AS n FROM net_catches
         WHERE caught_at >= ?1 AND caught_at < ?2 GROUP BY 1, 2`,
      )
      .bind(from, to),
    db
      .prepare(
        "SELECT net, count(*) AS n FROM net_catches WHERE caught_at < ?2 AND released_at >= ?1 AND released_at < ?2 GROUP BY net",
      )
      .bind(from, to),
  ]);
  const of = (rows: readonly Row[] | undefined, net: NetName): Row[] =>
    (rows ?? []).filter((row) => row["net"] === net);
  const sum = (rows: readonly Row[]): number => rows.reduce((total, row) => total + Number(row["n"]), 0);
  return {
    nets: NET_NAMES.map((net) => ({
      net,
      held: sum(of(held?.results, net)),
      caught: sum(of(caught?.results, net)),
      released: sum(of(released?.results, net)),
      since: (of(held?.results, net)[0]?.["since"] as number | undefined) ?? null,
    })),
    caughtAt: (caught?.results ?? []).map((row) => ({
      net: row["net"] as NetName,
      at: Number(row["quarter"]) * QUARTER,
      n: Number(row["n"]),
    })),
  };
};
