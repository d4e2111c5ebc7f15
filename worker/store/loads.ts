/** What people hold and what rotations owe them, for deciding without writing; the pick itself counts in the database. */
import { creditKey } from "../domain/routing/pick.ts";
import type { Loads } from "../domain/routing/plan-types.ts";
import type { Db } from "./db.ts";

type Row = Record<string, unknown>;

export const loadStatements = (db: Db): D1PreparedStatement[] => [
  db.prepare(
    "SELECT owner_id, count(*) AS n FROM leads WHERE open = 1 AND first_touch_at IS NULL AND provisional = 0 GROUP BY owner_id",
  ),
  db.prepare(
    "SELECT owner_id, count(*) AS n FROM leads WHERE open = 1 AND provisional = 0 GROUP BY owner_id",
  ),
  db.prepare("SELECT team_id, person_id, credit FROM rotation_credits"),
];

const counts = (rows: readonly Row[]): Map<string, number> =>
  new Map(
    rows.filter((row) => row["owner_id"] !== null).map((row) => [String(row["owner_id"]), Number(row["n"])]),
  );

/** From the rows of `loadStatements`, in their order. */
export const toLoads = (awaiting: readonly Row[], open: readonly Row[], credits: readonly Row[]): Loads => ({
  awaiting: counts(awaiting),
  open: counts(open),
  credits: new Map(
    credits.map((row) => [
      creditKey(String(row["team_id"]), String(row["person_id"])),
      Number(row["credit"]),
    ]),
  ),
});
