/** Every report: how it may be grouped and filtered, and what it is made of. */
import {
  REPORT_GROUPS,
  type Report,
  type ReportFilter,
  type ReportGroup,
  type ReportName,
} from "../../../schema/wire/reports.ts";
import type { Basis } from "../../domain/reports/figures.ts";
import type { Ask } from "./ask.ts";
import {
  brokenPromises,
  cherryPicking,
  CHERRY_COLUMNS,
  QA_COLUMNS,
  qaSample,
  scorecard,
  SCORECARD_COLUMNS,
  SCORECARD_KEYS,
} from "./audits.ts";
import { byResponse, cohort, overTime } from "./cohort.ts";
import { commitmentsFor } from "./commitments.ts";
import { CODE_COLUMNS, codes, fallbacks, gaming, latest, missed, overstayed } from "./incidents.ts";
import { nets } from "./nets.ts";

export type Parts = Pick<Report, "columns" | "rows"> &
  Partial<Pick<Report, "totals" | "series" | "sections" | "commitments" | "notes" | "period">>;

export interface ReportKind {
  title: string;
  groups: readonly ReportGroup[];
  group: ReportGroup | null;
  /** All when absent. */
  filters?: readonly ReportFilter[];
  make: (ask: Ask, baseline: Record<string, number | null> | undefined) => Promise<Parts>;
}

const INCIDENT_GROUPS = REPORT_GROUPS.filter((group) => group !== "hour");

const SKETCH_NOTE =
  "Medians and percentiles are read from counts in buckets that grow by 2 %: at most 1 % off. All else is exact.";

const SPEED_KEYS = [
  "leads",
  "touched",
  "touchedShare",
  "medianSeconds",
  "p90Seconds",
  "averageSeconds",
  "coverageMedianSeconds",
  "coverageP90Seconds",
  "contacted",
  "contactRate",
  "backlog",
];
const SLA_KEYS = ["leads", "met", "missed", "compliance", "covered", "undecided", "fallbacks", "backlog"];
const RECYCLE_KEYS = [
  "leads",
  "closed",
  "recycled",
  "recycledShare",
  "recycleMedianSeconds",
  "uncoded",
  "mql",
  "sql",
  "mqlToSql",
];
const PROMISE_KEYS = [
  "promised",
  "kept",
  "late",
  "overdue",
  "keptShare",
  "lateSeconds",
  "waiting",
  "withdrawn",
];

/** What is left out of a sum is said. */
const apartNotes = ({ currency }: Ask, { sums: { pipelines_apart: apart } }: Basis): string[] => {
  if (apart === 0) return [];
  const others = `${apart} ${apart === 1 ? "opportunity" : "opportunities"}`;
  return [
    currency === ""
      ? `${others} in several currencies: no amounts are added until workspace.currency names one.`
      : `${others} in other currencies than ${currency}: counted, and not added to the pipeline.`,
  ];
};

const ofCohort = async (ask: Ask, keys: readonly string[]): Promise<Parts> => {
  const { columns, rows, totals } = await cohort(ask, ask.group, keys);
  return {
    columns,
    rows,
    totals,
    series: await overTime(ask, keys),
    commitments: commitmentsFor(ask, totals),
  };
};

const speed = async (ask: Ask): Promise<Parts> => {
  const { table, basis } = await byResponse(ask);
  return {
    ...(await ofCohort(ask, SPEED_KEYS)),
    sections: [table],
    notes: [SKETCH_NOTE, ...apartNotes(ask, basis)],
  };
};

const compliance = (ask: Ask): Promise<Parts> => ofCohort(ask, SLA_KEYS);

const missedSla = async (ask: Ask): Promise<Parts> => {
  const parts = await missed(ask);
  const words = { code: "Attributed to", seconds: "Touched after the deadline by" };
  return {
    ...parts,
    sections: [await latest(ask, "missed", parts.totals["count"] ?? 0, words), await overstayed(ask)],
  };
};

const fellBack = async (ask: Ask): Promise<Parts> => {
  const parts = await fallbacks(ask);
  const words = { code: "Why", seconds: "" };
  return { ...parts, sections: [await latest(ask, "fallback", parts.totals["count"] ?? 0, words)] };
};

const dispositions = async (ask: Ask): Promise<Parts> => {
  const { rows, total } = await codes(ask, "closed");
  return { columns: CODE_COLUMNS("closed"), rows, totals: { count: total }, sections: [await gaming(ask)] };
};

const recycle = async (ask: Ask): Promise<Parts> => {
  const { rows } = await codes(ask, "recycled");
  const section = { id: "codes", title: "Why leads came back", columns: CODE_COLUMNS("recycled"), rows };
  return { ...(await ofCohort(ask, RECYCLE_KEYS)), sections: [section], notes: [SKETCH_NOTE] };
};

const cherries = async (ask: Ask): Promise<Parts> => ({
  columns: CHERRY_COLUMNS,
  rows: await cherryPicking(ask),
  notes: [
    "Leads that were theirs to answer, reached in time or let pass, against the lead's score: permutation test, Holm's correction over everybody who is judged.",
    "Judged from ten leads due on, with three reached in time and three not; else there is no p.",
  ],
});

const score = async (ask: Ask, baseline: Record<string, number | null> | undefined): Promise<Parts> => {
  const { totals, basis } = await cohort(ask, null, SCORECARD_KEYS);
  const commitments = commitmentsFor(ask, totals);
  return {
    columns: SCORECARD_COLUMNS,
    rows: scorecard(ask, basis, commitments, baseline),
    totals,
    commitments,
    series: await overTime(ask, SCORECARD_KEYS),
    notes: [SKETCH_NOTE, ...apartNotes(ask, basis)],
  };
};

const qa = async (ask: Ask): Promise<Parts> => {
  const { rows, week } = await qaSample(ask);
  const { timezone } = ask.compiled.document.workspace;
  return {
    columns: QA_COLUMNS,
    rows,
    period: { ...week, timezone },
    notes: [`Drawn by the week of ${week.from}: whoever asks gets the same ten.`],
  };
};

const promises = async (ask: Ask): Promise<Parts> => {
  const parts = await ofCohort(ask, PROMISE_KEYS);
  const broken = (parts.totals?.["late"] ?? 0) + (parts.totals?.["overdue"] ?? 0);
  return {
    ...parts,
    sections: [await brokenPromises(ask, broken)],
    notes: [
      "A promise that has passed without a touch counts as broken. Withdrawn is one whose lead was closed before the told minute: it is neither kept nor broken.",
    ],
  };
};

const one = (
  title: string,
  groups: readonly ReportGroup[],
  group: ReportGroup | null,
  make: ReportKind["make"],
  filters?: readonly ReportFilter[],
): ReportKind => ({
  title,
  groups,
  group,
  make,
  ...(filters ? { filters } : {}),
});

export const REPORTS: Record<ReportName, ReportKind> = {
  "speed-to-lead": one("Speed-to-lead", REPORT_GROUPS, "person", speed),
  "sla-compliance": one("SLA compliance", REPORT_GROUPS, "person", compliance),
  "missed-sla": one("Missed SLA", INCIDENT_GROUPS, "person", missedSla),
  fallbacks: one("Fallbacks", INCIDENT_GROUPS, "person", fellBack),
  dispositions: one("Dispositions", [], null, dispositions),
  recycle: one("Recycled to marketing", REPORT_GROUPS, "source", recycle),
  "safety-nets": one("Safety nets", [], null, nets, []),
  "cherry-picking": one("Cherry-picking", [], null, cherries, ["person"]),
  scorecard: one("Marketing and sales scorecard", [], null, score),
  "qa-sample": one("Ten leads for quality", [], null, qa),
  promises: one("Promises kept", REPORT_GROUPS, "person", promises),
};

/** Totals of every report over a period, for a baseline; those without totals are left out. */
export const allTotals = async (
  ask: Ask,
): Promise<Partial<Record<ReportName, Record<string, number | null>>>> => {
  const totals: Partial<Record<ReportName, Record<string, number | null>>> = {};
  for (const name of Object.keys(REPORTS) as ReportName[]) {
    const { group, make } = REPORTS[name];
    const parts = await make({ ...ask, group }, undefined);
    if (parts.totals) totals[name] = parts.totals;
  }
  return totals;
};
