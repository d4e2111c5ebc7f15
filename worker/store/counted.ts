/** The leads that a figure of a report counts, as a subquery. */
import type { NetCount } from "../../schema/reports.ts";
import type { Counted } from "../domain/reports/counted.ts";
import { waitingLeads } from "./waiting.ts";

export type { Counted };

interface CountedLeads {
  sql: string;
  values: (string | number)[];
}

/** Columns that both tables have, and those of one. */
const COLUMNS = {
  leads: new Set(["person", "team", "source", "segment", "form", "hour", "response"]),
  incidents: new Set(["person", "team", "source", "segment", "form", "code", "other"]),
} as const;

/** Of what `net_catches` remembers. */
const NETS: Readonly<Record<NetCount, string>> = {
  held: "released_at IS NULL",
  caught: "caught_at >= :since AND caught_at < :until",
  released: "caught_at < :until AND released_at >= :since AND released_at < :until",
};

const caughtLeads = (count: NetCount, { since, until, where }: Counted): CountedLeads => {
  const net = where.find(([column]) => column === "net")?.[1] ?? "";
  const times = NETS[count].replaceAll(":since", String(since)).replaceAll(":until", String(until));
  return { sql: `SELECT subject FROM net_catches WHERE net = ? AND ${times}`, values: [net] };
};

export const countedLeads = (counted: Counted): CountedLeads => {
  const { of, from, to, where } = counted;
  if (of.kind === "nets") return caughtLeads(of.count, counted);
  if (of.kind === "waiting") return waitingLeads(where.filter(([column]) => COLUMNS.leads.has(column)));
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
