/** A back-test's leads as CSV, as they were and as they would have been. */
import type { BacktestLead } from "../../schema/wire/backtests.ts";
import { toCsv } from "../domain/reports/csv.ts";
import type { DiffFilter } from "../store/backtest-summary.ts";
import { pageOf, type LeadPage } from "./backtest.ts";
import type { Deps } from "./deps.ts";

const COLUMNS = [
  "leadId",
  "at",
  "wasOwner",
  "wouldOwner",
  "wasQueue",
  "wouldQueue",
  "wasTeam",
  "wouldTeam",
  "wasRule",
  "wouldRule",
  "wasPromiseAt",
  "wouldPromiseAt",
  "wasFirstTouchAt",
  "wouldFirstTouchAt",
  "wasBreaches",
  "wouldBreaches",
  "changes",
  "intervened",
] as const;

const lineOf = ({ leadId, at, was, would, changes, intervened }: BacktestLead) => [
  leadId,
  at,
  was.owner,
  would.owner,
  was.queue,
  would.queue,
  was.team,
  would.team,
  was.ruleId,
  would.ruleId,
  was.promiseAt,
  would.promiseAt,
  was.firstTouchAt,
  would.firstTouchAt,
  was.breachedBy.length,
  would.breachedBy.length,
  changes.join(" "),
  String(intervened),
];

/** All leads of a filter as CSV, piece by piece. */
export const leadsAsCsv = async function* (
  deps: Deps,
  id: string,
  filter: DiffFilter,
): AsyncGenerator<string> {
  yield toCsv([COLUMNS]);
  for (let after: string | null = "0"; after !== null;) {
    const page: LeadPage = await pageOf(deps, id, filter, Number(after), 1000);
    yield toCsv(page.leads.map(lineOf));
    after = page.next;
  }
};
