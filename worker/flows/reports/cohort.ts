/** Reports about the leads captured in a period: grouped, summed up, and over time. */
import { MEASURES, RESPONSE_STEPS, type SketchName } from "../../../schema/reports.ts";
import type { ReportGroup, ReportRow, ReportTable } from "../../../schema/wire/reports.ts";
import { noMeasures } from "../../domain/reports/fact.ts";
import { figures, valuesOf, type Basis, type Figure } from "../../domain/reports/figures.ts";
import { chartStep, weeksIn, stepsIn } from "../../domain/reports/period.ts";
import type { BucketCount } from "../../domain/reports/sketch.ts";
import { readGrouped, type Grouped } from "../../store/reports.ts";
import { columnsOf, countedBy, daysOf, inOrder, isTime, keyOf, labelOf, type Ask } from "./ask.ts";

type By = ReportGroup | "response" | null;

const SKETCHES_OF: readonly [RegExp, SketchName][] = [
  [/^(median|p90)Seconds$/, "speed"],
  [/^coverage/, "coverage"],
  [/^recycleMedian/, "recycle"],
];

const sketchesFor = (list: readonly Figure[]): SketchName[] =>
  SKETCHES_OF.filter(([pattern]) => list.some(({ key }) => pattern.test(key))).map(([, name]) => name);

const NOTHING = noMeasures();

const basisOf = (ask: Ask, read: Grouped, by: By, key: string): Basis => ({
  sums: read.sums.get(key) ?? NOTHING,
  speed: read.buckets.speed.get(key) ?? [],
  coverage: read.buckets.coverage.get(key) ?? [],
  recycle: read.buckets.recycle.get(key) ?? [],
  backlog: read.backlog.get(key) ?? 0,
  promisesAhead: read.promisesAhead.get(key) ?? 0,
  weeks: weeksIn(daysOf(ask.range, by, key)),
});

const all = (map: ReadonlyMap<string, BucketCount[]>): BucketCount[] => {
  const counts = new Map<number, number>();
  for (const list of map.values())
    for (const { bucket, n } of list) counts.set(bucket, (counts.get(bucket) ?? 0) + n);
  return [...counts].map(([bucket, n]) => ({ bucket, n }));
};

const sumOf = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, n) => sum + n, 0);

/** Every lead is in exactly one group: the groups together are all of them. */
const together = (ask: Ask, read: Grouped): Basis => {
  const sums = { ...NOTHING };
  for (const one of read.sums.values()) for (const name of MEASURES) sums[name] += one[name];
  return {
    sums,
    speed: all(read.buckets.speed),
    coverage: all(read.buckets.coverage),
    recycle: all(read.buckets.recycle),
    backlog: sumOf(read.backlog),
    promisesAhead: sumOf(read.promisesAhead),
    weeks: weeksIn(ask.range),
  };
};

const rowsOf = (
  ask: Ask,
  read: Grouped,
  { by, list, also }: { by: By; list: readonly Figure[]; also: readonly string[] },
): ReportRow[] => {
  const keys = new Set([...also, ...read.sums.keys(), ...read.backlog.keys()]);
  const rows = [...keys].map((key) => ({
    key: keyOf(by, key),
    label: by === null ? "All leads" : labelOf(ask.compiled, by, key),
    values: valuesOf(list, basisOf(ask, read, by, key)),
    counted: countedBy(ask, by, key),
  }));
  return inOrder(by, rows, list[0]?.key ?? "leads");
};

export interface Cohort {
  columns: ReturnType<typeof columnsOf>;
  rows: ReportRow[];
  totals: Record<string, number | null>;
  basis: Basis;
}

/** Grouped by `by`, with a row for each of `also` too; the totals are of all groups together. */
export const cohort = async (
  ask: Ask,
  by: By,
  keys: readonly string[],
  also: readonly string[] = [],
): Promise<Cohort> => {
  const list = figures(...keys);
  const backlog = !isTime(by) && keys.includes("backlog");
  const shown = isTime(by) ? list.filter(({ key }) => key !== "backlog") : list;
  const read = await readGrouped(
    ask.deps.db,
    { range: ask.range, by, filters: ask.filters },
    sketchesFor(list),
    { backlog, promisesAt: keys.includes("keptShare") ? ask.now : null },
  );
  const basis = together(ask, read);
  return {
    columns: columnsOf(shown, ask.currency),
    rows: rowsOf(ask, read, { by, list: shown, also }),
    totals: valuesOf(shown, basis),
    basis,
  };
};

/** The same figures by day, week or month, whichever leaves a chart to read; null where the rows are that already. */
export const overTime = async (ask: Ask, keys: readonly string[]): Promise<ReportTable | null> => {
  if (isTime(ask.group)) return null;
  const step = chartStep(ask.range);
  // A chart whose quiet days are left out has no time to read.
  const every = stepsIn(ask.range, step).map(String);
  const shown = keys.filter((key) => key !== "backlog");
  const { columns, rows } = await cohort(ask, step, shown, every);
  return { id: step, title: `By ${step}`, columns, rows };
};

const STEP_ORDER: readonly string[] = RESPONSE_STEPS.map(({ id }) => id);

/** What became of leads, by how soon they heard from somebody. */
export const byResponse = async (ask: Ask): Promise<{ table: ReportTable; basis: Basis }> => {
  const keys = [
    "leads",
    "contacted",
    "contactRate",
    "qualified",
    "qualifiedShare",
    "sql",
    "pipelines",
    "pipelineAmount",
  ];
  const { columns, rows, basis } = await cohort(ask, "response", keys);
  rows.sort((a, b) => STEP_ORDER.indexOf(a.key) - STEP_ORDER.indexOf(b.key));
  return { table: { id: "distribution", title: "Conversion by response time", columns, rows }, basis };
};
