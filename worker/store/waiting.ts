/** Leads that wait for a first touch now, by who holds them now: one set for the board's digest, the reports and the lists behind both. */
import type { Db } from "./db.ts";

/** Each half has an index of its own. */
const WAITING = `(
  SELECT id, owner_id, team_id FROM leads WHERE open = 1 AND first_touch_at IS NULL AND provisional = 0 UNION ALL
  SELECT id, owner_id, team_id FROM leads WHERE open = 1 AND first_touch_at IS NULL AND provisional = 1)`;

/** Who has it now stands with the lead; what came with it, with its figures. */
const HELD: Readonly<Record<string, string>> = {
  person: "coalesce(l.owner_id, '')",
  team: "coalesce(l.team_id, '')",
};

const column = (name: string): string => HELD[name] ?? `f.${name}`;

/** `where`: columns of the leads' figures, with what they are; names are those the caller knows. */
const waitingOf = (
  select: string,
  by: string | null,
  where: readonly (readonly [string, string])[],
): { sql: string; values: string[] } => {
  const names = [...where.map(([name]) => name), ...(by === null ? [] : [by])];
  const figures = names.every((name) => name in HELD) ? "" : " CROSS JOIN report_leads f ON f.lead_id = l.id";
  const conditions = where.map(([name]) => ` AND ${column(name)} = ?`).join("");
  return {
    sql: `SELECT ${select} FROM ${WAITING} l${figures} WHERE true${conditions}`,
    values: where.map(([, value]) => value),
  };
};

/** Ids of those that wait. */
export const waitingLeads = (where: readonly (readonly [string, string])[]) => waitingOf("l.id", null, where);

/** How many wait, by a column; null: all together, under the empty value. */
export const waitingStatement = (
  db: Db,
  by: string | null,
  where: readonly (readonly [string, string])[],
): D1PreparedStatement => {
  const { sql, values } = waitingOf(`${by === null ? "''" : column(by)} AS value, count(*) AS n`, by, where);
  return db.prepare(`${sql} GROUP BY 1`).bind(...values);
};
