/** Figures of the board: today's, and what each safety net holds now. */
import { NET_LABELS } from "../../schema/reports.ts";
import type { Board } from "../../schema/wire/board.ts";
import type { Db } from "./db.ts";
import { TODAY, type Today } from "./leads.ts";
import { inNet, LEAD_NETS } from "./net-conditions.ts";

/** Since the start of the day, in ms; one scan of the day's leads by index. */
export const readToday = async (db: Db, since: number): Promise<Board["today"]> => {
  const [counts, median] = await db.batch<Record<string, number | null>>([
    db
      .prepare(
        `SELECT ${(Object.keys(TODAY) as Today[]).map((name) => `sum(${TODAY[name]}) AS ${name}`).join(", ")}
         FROM leads WHERE created_at >= ?1`,
      )
      .bind(since),
    db
      .prepare(
        // The nearest rank, and never negative: as reports have it.
        `WITH t AS (SELECT max(first_touch_at - created_at, 0) AS ms, row_number() OVER (ORDER BY first_touch_at - created_at) AS n,
             count(*) OVER () AS total
           FROM leads WHERE created_at >= ?1 AND first_touch_at IS NOT NULL)
         SELECT ms FROM t WHERE n = (total + 1) / 2`,
      )
      .bind(since),
  ]);
  const row = counts?.results[0];
  const ms = median?.results[0]?.["ms"] ?? null;
  return {
    captured: row?.["captured"] ?? 0,
    touched: row?.["touched"] ?? 0,
    breached: row?.["breached"] ?? 0,
    reassigned: row?.["reassigned"] ?? 0,
    medianSpeedToLeadSeconds: ms === null ? null : Math.round(ms / 1000),
  };
};

export const readNets = async (db: Db, now: number): Promise<Board["nets"]> => {
  const results = await db.batch<{ n: number }>([
    ...LEAD_NETS.map((net) => db.prepare(`SELECT count(*) AS n FROM leads l WHERE ${inNet(net, now)}`)),
    db.prepare("SELECT count(*) AS n FROM outbox WHERE status = 'dead'"),
  ]);
  return [...LEAD_NETS, "undelivered" as const].map((net, at) => ({
    net,
    label: NET_LABELS[net],
    count: results[at]?.results[0]?.n ?? 0,
  }));
};
