/** The words and figures of a back-test. Pure. */
import type { Backtest, BacktestLead, BacktestSummary } from "../../schema/wire/backtests.ts";

export const STATUS_WORDS: Record<Backtest["status"], string> = {
  running: "Running",
  done: "Done",
  cancelled: "Cancelled",
  failed: "Failed",
};

export const CHANGE_WORDS: Record<BacktestLead["changes"][number], string> = {
  owner: "another owner",
  promise: "another promise",
  breach_added: "a breach more",
  breach_avoided: "a breach less",
};

export const CHANGES: readonly (readonly [change: string, label: string])[] = [
  ["any", "Anything"],
  ["owner", "Owner"],
  ["promise", "Promise"],
  ["breach_added", "Breach added"],
  ["breach_avoided", "Breach avoided"],
];

/** What was tried, in words. */
export const triedInWords = ({ version }: Pick<Backtest, "version">): string =>
  version === null ? "a draft" : `version ${version}`;

/** 0–1; a back-test that found no lead is all there is. */
export const progressOf = ({
  status,
  progress: { decided, total },
}: Pick<Backtest, "status" | "progress">): number =>
  total === 0 ? (status === "running" ? 0 : 1) : decided / total;

/** Seconds as a person would say them: "50 s", "4 min", "3 h 20 min". */
export function waitInWords(seconds: number | null): string {
  if (seconds === null) return "–";
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest > 0 ? ` ${rest} min` : ""}`;
}

export interface LoadBar {
  id: string;
  was: number;
  would: number;
  peak: number;
  breaches: [was: number, would: number];
  /** Of the longest bar, 0–1. */
  wasPart: number;
  wouldPart: number;
}

/** People by what they would have got, the most first; bars share one scale. */
export function loadBars(people: BacktestSummary["people"]): LoadBar[] {
  const most = Math.max(1, ...people.flatMap(({ was, would }) => [was.leads, would.leads]));
  return people
    .map(({ id, was, would }) => ({
      id,
      was: was.leads,
      would: would.leads,
      peak: would.peakAwaiting,
      breaches: [was.breaches, would.breaches] as [number, number],
      wasPart: was.leads / most,
      wouldPart: would.leads / most,
    }))
    .toSorted((a, b) => b.would - a.would || b.was - a.was || (a.id < b.id ? -1 : 1));
}

/** The day so many days before, as `<input type="date">` has it. */
export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}
