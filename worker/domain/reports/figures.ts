/** Figures that reports show, each worked out from sums and sketches. Adding up first and dividing last keeps them exact. */
import { WAITING, type Measure, type Measures } from "../../../schema/reports.ts";
import type { ReportColumn } from "../../../schema/wire/reports.ts";
import { quantile, type BucketCount } from "./sketch.ts";

/** What a row's figures are worked out from. */
export interface Basis {
  sums: Measures;
  speed: readonly BucketCount[];
  coverage: readonly BucketCount[];
  recycle: readonly BucketCount[];
  backlog: number;
  /** Promises without a touch that are still to come. */
  promisesAhead: number;
  weeks: number;
}

export interface Figure {
  key: string;
  label: string;
  kind: ReportColumn["kind"];
  /** The leads it counts, where it counts leads. */
  measure?: Measure | typeof WAITING;
  of: (basis: Basis) => number | null;
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const seconds = (ms: number | null): number | null => (ms === null ? null : Math.round(ms) / 1000);
const mean = (sum: number, n: number): number | null => (n === 0 ? null : Math.round(sum / n) / 1000);

const count = (key: string, label: string, measure: Measure): Figure => ({
  key,
  label,
  kind: "count",
  measure,
  of: ({ sums }) => sums[measure],
});

const rate = (key: string, label: string, part: Measure, whole: Measure): Figure => ({
  key,
  label,
  kind: "share",
  of: ({ sums }) => share(sums[part], sums[whole]),
});

const at = (key: string, label: string, of: "speed" | "coverage" | "recycle", which: number): Figure => ({
  key,
  label,
  kind: "seconds",
  of: (basis) => seconds(quantile(basis[of], which)),
});

const average = (key: string, label: string, sum: Measure, n: Measure): Figure => ({
  key,
  label,
  kind: "seconds",
  of: ({ sums }) => mean(sums[sum], sums[n]),
});

const decided = ({ sums }: Basis): number => sums.met + sums.missed;

/** Promises without a touch; what of them isn't still to come has been broken. */
const pending = ({ sums }: Basis): number => sums.promised - sums.kept - sums.late - sums.withdrawn;
const overdue = (basis: Basis): number => Math.max(0, pending(basis) - basis.promisesAhead);

const LIST: readonly Figure[] = [
  count("leads", "Leads", "leads"),
  count("touched", "Touched", "touched"),
  rate("touchedShare", "Touched, share", "touched", "leads"),
  at("medianSeconds", "Median", "speed", 0.5),
  at("p90Seconds", "90th percentile", "speed", 0.9),
  average("averageSeconds", "Average", "speed_ms", "touched"),
  at("coverageMedianSeconds", "Median in coverage time", "coverage", 0.5),
  at("coverageP90Seconds", "90th percentile in coverage time", "coverage", 0.9),
  count("contacted", "Contacted", "contacted"),
  rate("contactRate", "Contact rate", "contacted", "leads"),
  { key: "backlog", label: "Waiting now", kind: "count", measure: WAITING, of: ({ backlog }) => backlog },
  count("met", "Leads in time", "met"),
  count("missed", "Leads missed", "missed"),
  {
    key: "compliance",
    label: "In time, share",
    kind: "share",
    of: (basis) => share(basis.sums.met, decided(basis)),
  },
  {
    key: "undecided",
    label: "Undecided",
    kind: "count",
    of: (basis) => basis.sums.leads - decided(basis),
  },
  count("covered", "Covered by a colleague", "covered"),
  count("attempts", "Attempts", "attempts"),
  {
    key: "attemptsPerLead",
    label: "Attempts per lead",
    kind: "number",
    of: ({ sums }) => share(sums.attempts, sums.leads),
  },
  count("fallbacks", "Fallbacks", "fallbacks"),
  count("mql", "MQL", "mql"),
  count("sal", "SAL", "sal"),
  count("sql", "SQL", "sql"),
  rate("mqlToSql", "MQL to SQL", "sql", "mql"),
  count("opportunity", "Opportunity", "opportunity"),
  count("qualified", "Qualified", "qualified"),
  rate("qualifiedShare", "Qualified, share", "qualified", "leads"),
  count("pipelines", "Opportunities begun", "pipelines"),
  {
    key: "pipelineAmount",
    label: "Pipeline",
    kind: "amount",
    // Where no amount could be added there is none, rather than nothing.
    of: ({ sums }) =>
      sums.pipelines > 0 && sums.pipelines_apart === sums.pipelines ? null : sums.pipeline_amount,
  },
  {
    key: "leadsPerWeek",
    label: "Leads a week",
    kind: "number",
    of: ({ sums, weeks }) => share(sums.leads, weeks),
  },
  {
    key: "mqlsPerWeek",
    label: "MQLs a week",
    kind: "number",
    of: ({ sums, weeks }) => share(sums.mql, weeks),
  },
  rate("requiredFieldsShare", "Required fields given", "complete", "leads"),
  average("routingSeconds", "Time to an owner", "assign_ms", "assigned"),
  rate("acceptedShare", "Accepted", "accepted", "assigned"),
  average("acceptSeconds", "Time to acceptance", "accept_ms", "accepted"),
  average("firstTouchSeconds", "Time to first touch", "speed_ms", "touched"),
  count("closed", "Closed", "closed"),
  count("rejected", "Rejected", "rejected"),
  count("recycled", "Recycled", "recycled"),
  rate("recycledShare", "Recycled, share", "recycled", "closed"),
  at("recycleMedianSeconds", "Median time to recycle", "recycle", 0.5),
  count("uncoded", "Without a code", "uncoded"),
  {
    key: "codedShare",
    label: "Closed with a code",
    kind: "share",
    of: ({ sums }) => share(sums.closed - sums.uncoded, sums.closed),
  },
  count("promised", "Promises", "promised"),
  count("kept", "Kept", "kept"),
  count("late", "Late", "late"),
  { key: "overdue", label: "Passed without a touch", kind: "count", of: overdue },
  { key: "waiting", label: "Still to come", kind: "count", of: (basis) => pending(basis) - overdue(basis) },
  {
    key: "keptShare",
    label: "Kept, share",
    kind: "share",
    of: (basis) => share(basis.sums.kept, basis.sums.kept + basis.sums.late + overdue(basis)),
  },
  count("withdrawn", "Withdrawn", "withdrawn"),
  average("lateSeconds", "Late by, on average", "late_ms", "late"),
];

const BY_KEY = new Map(LIST.map((figure) => [figure.key, figure]));

/** Throws on an unknown key: reports name figures in code. */
export const figures = (...keys: readonly string[]): Figure[] =>
  keys.map((key) => {
    const figure = BY_KEY.get(key);
    if (!figure) throw new RangeError(`There is no figure ${key}`);
    return figure;
  });

/** Whether a figure says the same of a long period as of a short one: a share, a duration, something a week or a lead. */
export const isRate = (key: string): boolean =>
  ["share", "seconds", "number"].includes(BY_KEY.get(key)?.kind ?? "");

export const valuesOf = (list: readonly Figure[], basis: Basis): Record<string, number | null> =>
  Object.fromEntries(list.map(({ key, of }) => [key, of(basis)]));
