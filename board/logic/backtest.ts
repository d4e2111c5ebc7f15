/** The words and figures of a back-test. Pure. */
import type { Backtest, BacktestLead, BacktestSummary } from "../../schema/wire/backtests.ts";
import { secondsInWords } from "./words.ts";

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

/** Seconds to the minute; a dash where nobody was told a time. */
export const waitInWords = (seconds: number | null): string =>
  seconds === null ? "–" : secondsInWords(seconds, "minute");

/** "82 % of 40 decided, 3 still to come": what is still to come or was withdrawn says nothing about how promises are kept. */
export const keptInWords = (promises: BacktestSummary["promises"]["was"]): string => {
  const { told, decided, kept, waiting, withdrawn } = promises;
  if (told === 0) return "–";
  const number = (count: number): string => count.toLocaleString("en-GB");
  const share =
    decided === 0 ? "none decided" : `${Math.round((kept / decided) * 100)} % of ${number(decided)} decided`;
  return [
    share,
    ...(waiting > 0 ? [`${number(waiting)} still to come`] : []),
    ...(withdrawn > 0 ? [`${number(withdrawn)} withdrawn`] : []),
  ].join(", ");
};

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
