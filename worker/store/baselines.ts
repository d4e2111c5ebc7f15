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

export const saveBaseline = async (db: Db, baseline: Baseline): Promise<void> => {
  const { id, takenAt, takenBy, from, to, note, totals } = baseline;
  await db
    .prepare(
      "INSERT INTO report_baselines (id, taken_at, taken_by, from_day, to_day, note, totals) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )
    .bind(id, takenAt, takenBy, from, to, note, JSON.stringify(totals))
    .run();
};

/** The newest first. */
export const listBaselines = async (db: Db, limit: number): Promise<Baseline[]> => {
  const { results } = await db
    .prepare("SELECT * FROM report_baselines ORDER BY taken_at DESC, id LIMIT ?1")
    .bind(limit)
    .all<Row>();
  return results.map(toBaseline);
};
