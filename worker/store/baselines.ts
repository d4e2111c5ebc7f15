/** Stored snapshots of every report's totals. */
import type { ReportName } from "../../schema/wire/reports.ts";
import { parseJson, type Db } from "./db.ts";

export type Totals = Record<string, number | null>;

export interface Baseline {
  id: string;
  takenAt: number;
  takenBy: string;
  from: string;
  to: string;
  note: string | null;
  totals: Partial<Record<ReportName, Totals>>;
}

type Row = Record<string, unknown>;

const toBaseline = (row: Row): Baseline => ({
  id: row["id"] as string,
  takenAt: row["taken_at"] as number,
  takenBy: row["taken_by"] as string,
  from: row["from_day"] as string,
  to: row["to_day"] as string,
  note: row["note"] as string | null,
  totals: parseJson(row["totals"] as string),
});

/** The same as the newest one, but for its id and time. */
const SAME = `id = (SELECT id FROM report_baselines ORDER BY taken_at DESC, id LIMIT 1)
  AND taken_by = ?3 AND from_day = ?4 AND to_day = ?5 AND note IS ?6 AND totals = ?7`;

/** Asked for twice in a row it is kept once; answers the one that is kept. */
export const saveBaseline = async (
  db: Db,
  { id, takenAt, takenBy, from, to, note, totals }: Baseline,
): Promise<Pick<Baseline, "id" | "takenAt">> => {
  const values = [id, takenAt, takenBy, from, to, note, JSON.stringify(totals)];
  const [, kept] = await db.batch<{ id: string; taken_at: number }>([
    db
      .prepare(
        `INSERT INTO report_baselines (id, taken_at, taken_by, from_day, to_day, note, totals)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE NOT EXISTS (SELECT 1 FROM report_baselines WHERE ${SAME})`,
      )
      .bind(...values),
    db
      .prepare(
        `SELECT id, taken_at FROM report_baselines WHERE id = ?1 OR (${SAME})
         ORDER BY id = ?1 DESC LIMIT 1`,
      )
      .bind(...values),
  ]);
  const row = kept?.results[0];
  return { id: row?.id ?? id, takenAt: row?.taken_at ?? takenAt };
};

/** Whether there was one. */
export const dropBaseline = async (db: Db, id: string): Promise<boolean> =>
  (await db.prepare("DELETE FROM report_baselines WHERE id = ?1").bind(id).run()).meta.changes > 0;

/** The newest first. */
export const listBaselines = async (db: Db, limit: number): Promise<Baseline[]> => {
  const { results } = await db
    .prepare("SELECT * FROM report_baselines ORDER BY taken_at DESC, id LIMIT ?1")
    .bind(limit)
    .all<Row>();
  return results.map(toBaseline);
};
