/** The report on the safety nets: what each holds, and what it caught and let go in the period. */
import { NET_LABELS } from "../../../schema/reports.ts";
import type { Report, ReportRow } from "../../../schema/wire/reports.ts";
import { dateOfDay, localParts, startOfDate } from "../../domain/calendar/local.ts";
import { NET_NAMES, readNetHistory, type NetHistory } from "../../store/nets.ts";
import { isoOrNull } from "../view.ts";
import { column, countedBy, type Ask } from "./ask.ts";

const COLUMNS = [
  column("held", "Held now", "count", "net.held"),
  column("caught", "Caught", "count", "net.caught"),
  column("released", "Let go", "count", "net.released"),
  column("since", "Longest held since", "time"),
];

const byDay = ({ range, compiled }: Ask, { caughtAt }: NetHistory): ReportRow[] => {
  const zone = compiled.document.workspace.timezone;
  const days = Map.groupBy(caughtAt, ({ at }) => localParts(at, zone).date);
  return Array.from({ length: range.to - range.from + 1 }, (_, nth) => {
    const date = dateOfDay(range.from + nth);
    const list = days.get(date) ?? [];
    const of = (net: string): number => list.reduce((sum, each) => sum + (each.net === net ? each.n : 0), 0);
    return {
      key: date,
      label: date,
      values: Object.fromEntries(NET_NAMES.map((net) => [net, of(net)])),
      counted: null,
    };
  });
};

export const nets = async (ask: Ask): Promise<Pick<Report, "columns" | "rows" | "totals" | "series">> => {
  const zone = ask.compiled.document.workspace.timezone;
  const from = startOfDate(dateOfDay(ask.range.from), zone);
  const to = startOfDate(dateOfDay(ask.range.to + 1), zone);
  const history = await readNetHistory(ask.deps.db, from, to);
  const sum = (of: "held" | "caught" | "released"): number =>
    history.nets.reduce((total, each) => total + each[of], 0);
  return {
    columns: COLUMNS,
    rows: history.nets.map(({ net, held, caught, released, since }) => ({
      key: net,
      label: NET_LABELS[net],
      values: { held, caught, released, since: isoOrNull(since) },
      // What is undelivered are messages, which have a page of their own.
      counted: net === "undelivered" ? null : countedBy(ask, "net", net),
    })),
    totals: { held: sum("held"), caught: sum("caught"), released: sum("released") },
    series: {
      id: "day",
      title: "Caught by day",
      columns: NET_NAMES.map((net) => column(net, NET_LABELS[net], "count")),
      rows: byDay(ask, history),
    },
  };
};
