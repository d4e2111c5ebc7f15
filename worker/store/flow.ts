/**
 * What each branch of the policy took, from the index `assignments_first` alone: it holds rule, way and target of every
 * lead's first decision in order of time, so a period costs its own leads and never the table.
 */
import type { Way } from "../../schema/wire/policy.ts";
import { DEFAULT_BRANCH, type Taken } from "../domain/reports/flow.ts";
import type { Db } from "./db.ts";

/** A Worker of the release before may still have decided after the migration that gave every decision its step. */
const WAY = "coalesce(a.way, 'target')";

/** How many each branch took, and by which way. */
export const TAKEN = `
SELECT a.rule_id AS rule, ${WAY} AS way, a.target AS target, count(*) AS leads
FROM assignments a INDEXED BY assignments_first WHERE a.seq = 1 AND a.at >= ?1 AND a.at < ?2 GROUP BY 1, 2, 3`;

const IS_OBSERVED = `instr(trace, '"outcome":"observed"') > 0`;

/** The steps of first decisions that a rule in mode `observe` passed on. */
const OBSERVED = `assignments a INDEXED BY assignments_observed, json_each(a.trace) t
  WHERE a.seq = 1 AND ${IS_OBSERVED} AND t.value ->> '$.outcome' = 'observed'`;

export interface Period {
  from: number;
  to: number;
}

export const readFlow = async (
  db: Db,
  { from, to }: Period,
): Promise<{ taken: Taken[]; observed: Map<string, number>; rowsRead: number }> => {
  const [taken, observed] = await db.batch<Record<string, unknown>>([
    db.prepare(TAKEN).bind(from, to),
    db
      .prepare(
        `SELECT t.value ->> '$.rule' AS rule, count(*) AS leads FROM ${OBSERVED} AND a.at >= ?1 AND a.at < ?2 GROUP BY 1`,
      )
      .bind(from, to),
  ]);
  return {
    taken: (taken?.results ?? []) as unknown as Taken[],
    observed: new Map(
      (observed?.results ?? []).map((row) => [row["rule"] as string, row["leads"] as number]),
    ),
    rowsRead: (taken?.meta.rows_read ?? 0) + (observed?.meta.rows_read ?? 0),
  };
};

/** Leads that a branch took (or, with `observed`, held for and passed on) by their first decision in the period. */
export const takenBy = (
  branch: string,
  way: Way | "observed" | undefined,
  { from, to }: { from?: number | undefined; to?: number | undefined },
): { clause: string; values: (string | number | null)[] } => {
  const since = [from ?? 0, to ?? Number.MAX_SAFE_INTEGER];
  if (way === "observed")
    return {
      clause: `l.id IN (SELECT a.lead_id FROM ${OBSERVED} AND a.at >= ? AND a.at < ? AND t.value ->> '$.rule' = ?)`,
      values: [...since, branch],
    };
  return {
    clause: `l.id IN (SELECT a.lead_id FROM assignments a INDEXED BY assignments_first
      WHERE a.seq = 1 AND a.at >= ? AND a.at < ? AND a.rule_id IS ?${way ? ` AND ${WAY} = ?` : ""})`,
    values: [...since, branch === DEFAULT_BRANCH ? null : branch, ...(way ? [way] : [])],
  };
};
