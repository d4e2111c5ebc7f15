/** Reports in words and numbers: which there are, how a figure reads, what a chart draws. Pure. */
import { ATTRIBUTION_WORDS, FALLBACK_WORDS } from "../../schema/wire/report-words.ts";
import type { Report, ReportColumn, ReportName, ReportRow, ReportTable } from "../../schema/wire/reports.ts";
import { withQuery } from "./query.ts";
import { humanise } from "./words.ts";
import { addDays, localDay } from "./times.ts";
import { secondsInWords } from "./words.ts";

export interface ReportCard {
  name: ReportName;
  title: string;
  about: string;
  /** The figure a chart shows first. */
  figure: string;
  /** Not for reps: it is about everybody. */
  everybody?: boolean;
}

export const REPORT_CARDS: readonly ReportCard[] = [
  {
    name: "speed-to-lead",
    title: "Speed-to-lead",
    about: "From capture to the first touch, and what became of quick and slow ones.",
    figure: "medianSeconds",
  },
  {
    name: "sla-compliance",
    title: "SLA compliance",
    about: "First touches in time, against what was committed.",
    figure: "compliance",
  },
  {
    name: "missed-sla",
    title: "Missed SLA",
    about: "Deadlines that passed: whose they were, and why.",
    figure: "count",
  },
  {
    name: "promises",
    title: "Promises kept",
    about: "What visitors were told, and by how much it was missed.",
    figure: "keptShare",
  },
  {
    name: "fallbacks",
    title: "Fallbacks",
    about: "Leads that went to somebody else than meant.",
    figure: "count",
  },
  {
    name: "dispositions",
    title: "Dispositions",
    about: "How leads were closed; one code for nearly everything is marked.",
    figure: "count",
  },
  {
    name: "recycle",
    title: "Recycled",
    about: "What came back to marketing, why and how soon.",
    figure: "recycled",
  },
  {
    name: "cherry-picking",
    title: "Cherry-picking",
    about: "Whether somebody reaches only the valuable leads in time.",
    figure: "rate",
  },
  {
    name: "scorecard",
    title: "Scorecard",
    about: "What marketing and sales owe each other.",
    figure: "value",
  },
  {
    name: "qa-sample",
    title: "Ten leads for quality",
    about: "The same ten for everybody, drawn by the week.",
    figure: "",
  },
  {
    name: "safety-nets",
    title: "Safety nets",
    about: "What each net holds, and what it caught.",
    figure: "held",
    everybody: true,
  },
];

export const cardOf = (name: string): ReportCard | undefined =>
  REPORT_CARDS.find((card) => card.name === name);

/** Which groups a report's page offers; the server refuses others. */
export const groupsOf = (name: ReportName): readonly string[] => {
  const incidents = ["person", "team", "source", "segment", "form", "week", "month"];
  if (name === "missed-sla" || name === "fallbacks") return incidents;
  const leads: ReportName[] = ["speed-to-lead", "sla-compliance", "recycle", "promises"];
  return leads.includes(name) ? [...incidents.slice(0, 5), "hour", "week", "month"] : [];
};

const timeInWords = (seconds: number): string =>
  seconds < 172_800 ? secondsInWords(seconds) : `${Math.round(seconds / 8640) / 10} days`;

/** A figure for people; a dash where there is none. */
export function figureWords(value: unknown, kind: ReportColumn["kind"]): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "boolean") return value ? "Yes" : "";
  if (typeof value !== "number") return typeof value === "string" ? value : "–";
  if (kind === "share") return `${(value * 100).toLocaleString("en", { maximumFractionDigits: 1 })} %`;
  if (kind === "seconds") return value < 0 ? `-${timeInWords(-value)}` : timeInWords(value);
  return value.toLocaleString("en", { maximumFractionDigits: kind === "number" ? 3 : 0 });
}

/** Attributions and reasons of fallbacks, as the columns beside them call them. */
const CODE_WORDS: Readonly<Record<string, string>> = { ...ATTRIBUTION_WORDS, ...FALLBACK_WORDS };

/** Columns of plain terms, which begin a cell. */
const TERMS = new Set(["side", "status", "outcome"]);

/** How a row's own figure reads: the scorecard has another unit in each row. */
export function cellWords(row: ReportRow, column: ReportColumn): string {
  const value = row.values[column.key];
  if (column.key === "code" && typeof value === "string") return CODE_WORDS[value] ?? value;
  if (TERMS.has(column.key) && typeof value === "string") return humanise(value);
  const unit = row.values["unit"];
  const own = typeof unit === "string" && ["value", "target", "baseline"].includes(column.key);
  return figureWords(value, own ? (unit as ReportColumn["kind"]) : column.kind);
}

/** What a page shows of a table: the scorecard's units stand with its figures. */
export const shownColumns = (table: Pick<ReportTable, "columns">): ReportColumn[] =>
  table.columns.filter(({ key }) => key !== "unit");

const NUMERIC = new Set<ReportColumn["kind"]>(["count", "share", "seconds", "amount", "number"]);

/** Columns that a chart can show. */
export const chartable = (table: Pick<ReportTable, "columns">): ReportColumn[] =>
  table.columns.filter(({ kind }) => NUMERIC.has(kind));

/** Where a cell leads: the leads it counts, or the lead it is about. */
export function linkOf(row: ReportRow, column: ReportColumn | null): string | null {
  // Messages are no leads: what is held of them stands among the deliveries.
  if (row.key === "undelivered" && column?.measure === "net.held")
    return Number(row.values[column.key] ?? 0) > 0 ? "/board/deliveries" : null;
  if (row.leadId !== undefined && column === null) return `/board/leads/${encodeURIComponent(row.leadId)}`;
  if (column === null || row.counted === null || !(Number(row.values[column.key] ?? 0) > 0)) return null;
  // Each row of the scorecard is a figure of its own, called as what it counts.
  const measure =
    column.measure ?? (column.key === "value" && row.values["unit"] === "count" ? row.key : null);
  return measure === null ? null : withQuery("/board/leads", { counted: `${measure}${row.counted}` });
}

export interface Period {
  from: string;
  to: string;
}

/** The last `days` days until today, by the workspace's clock: a report's days are the workspace's (docs/reports.md). */
export function lastDays(now: number, days: number, timezone: string): Period {
  const to = localDay(now, timezone);
  return { from: addDays(to, 1 - days), to };
}

export const PRESETS = [7, 30, 90, 365] as const;

/** What a tile says below its figure: what it was at the baseline. */
export function againstBaseline(report: Report, column: ReportColumn): string | null {
  const was = report.baseline?.totals[column.key];
  if (was === undefined || was === null || !report.baseline) return null;
  return `baseline ${figureWords(was, column.kind)}`;
}
