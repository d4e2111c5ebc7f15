/** The leads that a figure of a report counts, as a subquery. */
import type { Counted } from "../domain/reports/counted.ts";

export type { Counted };

/** Columns that both tables have, and those of one. */
const COLUMNS = {
  leads: new Set(["person", "team", "source", "segment", "form", "hour", "response"]),
  incidents: new Set(["person", "team", "source", "segment", "form", "code", "other"]),
} as const;

export const countedLeads = ({
  of,
  from,
  to,
  where,
}: Counted): { sql: string; values: (string | number)[] } => {
  const known = where.filter(([column]) => COLUMNS[of.kind].has(column));
  const also = known.map(([column]) => ` AND ${column} = ?`).join("");
  const values = [from, to, ...known.map(([, value]) => value)];
  return of.kind === "incidents"
    ? {
        sql: `SELECT lead_id FROM report_incidents WHERE kind = '${of.incident}' AND day BETWEEN ? AND ?${also}`,
        values,
      }
    : {
        sql: `SELECT lead_id FROM report_leads WHERE day BETWEEN ? AND ? AND ${of.measure} > 0${also}`,
        values,
      };
};
