/** Reports that look over shoulders: cherry-picking, the weekly sample, promises, the scorecard. */
import type { Report, ReportRow, ReportTable } from "../../../schema/wire/reports.ts";
import { dateOfDay } from "../../domain/calendar/local.ts";
import { figures, type Basis } from "../../domain/reports/figures.ts";
import { mondayOf } from "../../domain/reports/period.ts";
import { sample } from "../../domain/reports/sample.ts";
import { halves, holm, isEnough, trendTest, type Dose, type Trend } from "../../domain/reports/statistics.ts";
import { leadIdsOf, readBrokenPromises, readSampled, type ListedPromise } from "../../store/report-lists.ts";
import { readPersonScores } from "../../store/reports.ts";
import { iso, isoOrNull } from "../view.ts";
import { column, countedBy, cutTitle, labelOf, labelOfFigure, type Ask } from "./ask.ts";

/** From this on nobody is accused: chance accuses somebody in one report of twenty, over all people together. */
const SIGNIFICANT = 0.05;

const share = ({ hits, of }: Dose): number | null => (of === 0 ? null : hits / of);

export const CHERRY_COLUMNS = [
  column("due", "Leads due", "count", "own_due"),
  column("rate", "In time", "share"),
  column("lowRate", "In time, less valuable half", "share"),
  column("highRate", "In time, more valuable half", "share"),
  column("z", "Trend (z)", "number"),
  column("p", "p, corrected", "number"),
  column("flagged", "Picks the better ones", "flag"),
];

interface Looked {
  person: string;
  doses: Dose[];
  /** Null while there is too little to judge by. */
  trend: Trend | null;
  /** Of `trend`, corrected over everybody who is judged. */
  p: number | null;
}

/** Everybody, whoever is asked for: a p that isn't corrected over all who are judged accuses by chance. */
const lookAtAll = async (ask: Ask): Promise<Looked[]> => {
  const scores = await readPersonScores(ask.deps.db, ask.range);
  const people = [...Map.groupBy(scores, ({ person }) => person)].map(([person, list]) => {
    const doses = list.map(({ score, of, hits }) => ({ value: score, of, hits }));
    return { person, doses, trend: isEnough(doses) ? trendTest(doses) : null };
  });
  const corrected = holm(people.flatMap(({ trend }) => (trend === null ? [] : [trend.p])));
  return people.map((each) => ({ ...each, p: each.trend === null ? null : (corrected.shift() ?? 1) }));
};

const cherryRow = (ask: Ask, { person, doses, trend, p }: Looked): ReportRow => {
  const { low, high } = halves(doses);
  const both = { value: 0, of: low.of + high.of, hits: low.hits + high.hits };
  return {
    key: person,
    label: labelOf(ask.compiled, "person", person),
    values: {
      due: both.of,
      rate: share(both),
      lowRate: share(low),
      highRate: share(high),
      z: trend === null ? null : Math.round(trend.z * 1000) / 1000,
      p: p === null ? null : Number(p.toPrecision(3)),
      flagged: p !== null && p < SIGNIFICANT,
    },
    counted: countedBy(ask, "person", person),
  };
};

/** Does somebody reach the valuable leads in time and let the others lapse? One row a person. */
export const cherryPicking = async (ask: Ask): Promise<ReportRow[]> => {
  const only = ask.filters.person;
  return (await lookAtAll(ask))
    .filter(({ person }) => only === undefined || person === only)
    .map((looked) => cherryRow(ask, looked))
    .sort((a, b) => Number(a.values["p"] ?? 1) - Number(b.values["p"] ?? 1) || (a.label < b.label ? -1 : 1));
};

export const QA_COLUMNS = [
  column("createdAt", "Captured", "time"),
  column("owner", "Owner", "text"),
  column("segment", "Segment", "text"),
  column("source", "Source", "text"),
  column("status", "Status", "text"),
  column("response", "First touch", "text"),
  column("code", "Disposition", "text"),
];

const SAMPLE = 10;

/** Ten leads of the last whole week that ended by the period's last day, the same ten for everybody who asks. */
export const qaSample = async (
  ask: Ask,
): Promise<{ rows: ReportRow[]; week: { from: string; to: string } }> => {
  const monday = mondayOf(ask.range.to + 1) - 7;
  const range = { from: monday, to: monday + 6 };
  const week = { from: dateOfDay(range.from), to: dateOfDay(range.to) };
  const ids = sample(await leadIdsOf(ask.deps.db, range, ask.filters), week.from, SAMPLE);
  const leads = ids.length === 0 ? [] : await readSampled(ask.deps.db, ids);
  const rows = leads.map((lead, nth): ReportRow => ({
    key: lead.id,
    label: `Lead ${nth + 1}`,
    values: {
      createdAt: iso(lead.createdAt),
      owner: lead.owner === null ? null : labelOf(ask.compiled, "person", lead.owner),
      segment: lead.segment,
      source: labelOf(ask.compiled, "source", lead.source),
      status: lead.status,
      response: labelOf(ask.compiled, "response", lead.response),
      code: lead.code === null ? null : labelOf(ask.compiled, "code", lead.code),
    },
    counted: null,
    leadId: lead.id,
  }));
  return { rows, week };
};

const brokenRow = (ask: Ask, promise: ListedPromise): ReportRow => ({
  key: promise.submissionId,
  label: labelOf(ask.compiled, "person", promise.person),
  values: {
    toldAt: iso(promise.toldAt),
    promiseAt: iso(promise.promiseAt),
    touchedAt: isoOrNull(promise.touchedAt),
    lateSeconds: Math.round((promise.lateMs ?? ask.now - promise.promiseAt) / 1000),
  },
  counted: null,
  leadId: promise.leadId,
});

const LISTED = 200;

/** What was told and wasn't kept, the latest of `all` first. */
export const brokenPromises = async (ask: Ask, all: number): Promise<ReportTable> => {
  const listed = await readBrokenPromises(ask.deps.db, ask.range, ask.filters, ask.now, LISTED);
  const columns = [
    column("toldAt", "Told", "time"),
    column("promiseAt", "Promised by", "time"),
    column("touchedAt", "Reached out", "time"),
    column("lateSeconds", "Late by", "seconds"),
  ];
  return {
    id: "broken",
    title: cutTitle("Broken promises", listed.length, all),
    columns,
    rows: listed.map((promise) => brokenRow(ask, promise)),
  };
};

/** What marketing and sales owe each other, in the order of a lead's life. */
const SCORECARD: readonly (readonly [string, "marketing" | "sales"])[] = [
  ["leads", "marketing"],
  ["leadsPerWeek", "marketing"],
  ["mqlsPerWeek", "marketing"],
  ["requiredFieldsShare", "marketing"],
  ["routingSeconds", "sales"],
  ["acceptedShare", "sales"],
  ["acceptSeconds", "sales"],
  ["firstTouchSeconds", "sales"],
  ["medianSeconds", "sales"],
  ["compliance", "sales"],
  ["contactRate", "sales"],
  ["attemptsPerLead", "sales"],
  ["codedShare", "sales"],
  ["recycledShare", "sales"],
  ["recycleMedianSeconds", "sales"],
  ["mqlToSql", "sales"],
  ["pipelines", "sales"],
  ["pipelineAmount", "sales"],
];

export const SCORECARD_KEYS = SCORECARD.map(([key]) => key);

export const SCORECARD_COLUMNS = [
  column("side", "Owed by", "text"),
  column("value", "Figure", "number"),
  column("unit", "Unit", "text"),
  column("target", "Commitment", "number"),
  column("met", "Met", "flag"),
  column("baseline", "Baseline", "number"),
];

export const scorecard = (
  ask: Ask,
  basis: Basis,
  commitments: Report["commitments"],
  baseline: Record<string, number | null> | undefined,
): ReportRow[] =>
  SCORECARD.map(([key, side]): ReportRow => {
    const [figure] = figures(key);
    const committed = commitments.find(({ id }) => id === key);
    return {
      key,
      label: figure ? labelOfFigure(figure, ask.currency) : key,
      values: {
        side,
        value: figure?.of(basis) ?? null,
        unit: figure?.kind ?? "number",
        target: committed?.target ?? null,
        met: committed?.met ?? null,
        baseline: baseline?.[key] ?? null,
      },
      counted: figure?.measure ? countedBy(ask, null, "") : null,
    };
  });
