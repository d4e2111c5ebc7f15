/** Reports about what went wrong or came to an end in a period: misses, fallbacks, dispositions, recycling. */
import { ERASURE } from "../../../schema/outcomes.ts";
import { ATTRIBUTIONS, type IncidentKind } from "../../../schema/reports.ts";
import { ATTRIBUTION_WORDS, FALLBACK_WORDS } from "../../../schema/wire/report-words.ts";
import type { ReportRow, ReportTable } from "../../../schema/wire/reports.ts";
import { chartStep, stepsIn } from "../../domain/reports/period.ts";
import {
  countIncidents,
  listIncidents,
  type IncidentColumn,
  type IncidentCount,
  type ListedIncident,
} from "../../store/report-incidents.ts";
import { iso } from "../view.ts";
import { column, countedBy, cutTitle, dispositionOf, inOrder, keyOf, labelOf, type Ask } from "./ask.ts";

const LISTED = 200;

export const total = (counts: readonly IncidentCount[]): number => counts.reduce((sum, { n }) => sum + n, 0);

/** Rows by the first key, a column for each second one. */
export const pivot = (
  ask: Ask,
  counts: readonly IncidentCount[],
  by: IncidentColumn,
  codes: readonly string[],
): ReportRow[] => {
  const groups = Map.groupBy(counts, ({ keys }) => keys[0] ?? "");
  const rows = [...groups].map(([key, list]) => ({
    key: keyOf(by, key),
    label: labelOf(ask.compiled, by, key),
    values: {
      count: total(list),
      ...Object.fromEntries(codes.map((code) => [code, total(list.filter(({ keys }) => keys[1] === code))])),
    },
    counted: countedBy(ask, by, key),
  }));
  return inOrder(by, rows, "count");
};

const incidentColumns = (
  kind: IncidentKind,
  label: string,
  codes: readonly (readonly [string, string])[],
) => [
  column("count", label, "count", `incident.${kind}`),
  ...codes.map(([key, words]) => column(key, words, "count")),
];

const asRow = (ask: Ask, incident: ListedIncident, nth: number): ReportRow => ({
  key: `${incident.leadId}.${nth}`,
  label: labelOf(ask.compiled, "person", incident.person),
  values: {
    at: iso(incident.at),
    code: incident.code,
    to: incident.other === "" ? null : labelOf(ask.compiled, "other", incident.other),
    source: labelOf(ask.compiled, "source", incident.source),
    seconds: incident.ms === null ? null : Math.round(incident.ms / 1000),
  },
  counted: null,
  leadId: incident.leadId,
});

/** The latest of `all`. */
export const latest = async (
  ask: Ask,
  kind: IncidentKind,
  all: number,
  words: { code: string; seconds: string },
): Promise<ReportTable> => {
  const listed = await listIncidents(ask.deps.db, kind, ask.range, ask.filters, LISTED);
  return {
    id: "latest",
    title: cutTitle("The latest", listed.length, all),
    columns: [
      column("at", "When", "time"),
      column("code", words.code, "text"),
      ...(kind === "fallback" ? [column("to", "To", "text")] : [column("seconds", words.seconds, "seconds")]),
      column("source", "Source", "text"),
    ],
    rows: listed.map((incident, nth) => asRow(ask, incident, nth)),
  };
};

export interface IncidentReport {
  columns: ReturnType<typeof incidentColumns>;
  rows: ReportRow[];
  totals: Record<string, number>;
  series: ReportTable | null;
}

const byTime = (ask: Ask): "day" | "week" => (chartStep(ask.range) === "day" ? "day" : "week");

/** So that a chart has its quiet days too. */
const quiet = (ask: Ask, step: "day" | "week"): IncidentCount[] =>
  stepsIn(ask.range, step).map((day) => ({ keys: [String(day), ""], n: 0, ms: null }));

/** Counted by group, with a column for each code. */
const report = async (
  ask: Ask,
  kind: IncidentKind,
  label: string,
  codes: readonly (readonly [string, string])[],
): Promise<IncidentReport> => {
  const by = (ask.group ?? "person") as IncidentColumn;
  const time = byTime(ask);
  const names = codes.map(([key]) => key);
  const count = (which: IncidentColumn): Promise<IncidentCount[]> =>
    countIncidents(ask.deps.db, kind, ask.range, [which, "code"], ask.filters);
  const [grouped, timed] = await Promise.all([count(by), count(time)]);
  const columns = incidentColumns(kind, label, codes);
  return {
    columns,
    rows: pivot(ask, grouped, by, names),
    totals: {
      count: total(grouped),
      ...Object.fromEntries(
        names.map((code) => [code, total(grouped.filter(({ keys }) => keys[1] === code))]),
      ),
    },
    series: {
      id: time,
      title: `By ${time}`,
      columns,
      rows: pivot(ask, [...timed, ...quiet(ask, time)], time, names),
    },
  };
};

export const missed = (ask: Ask): Promise<IncidentReport> =>
  report(
    ask,
    "missed",
    "Deadlines missed",
    ATTRIBUTIONS.map((code) => [code, ATTRIBUTION_WORDS[code]] as const),
  );

export const fallbacks = (ask: Ask): Promise<IncidentReport> =>
  report(ask, "fallback", "Fallbacks", Object.entries(FALLBACK_WORDS));

const OVERSTAYED = [
  ["queueAge", "Too long in a queue"],
  ["stageAge", "Too long in a stage"],
  ["unaccepted", "Not accepted in time"],
] as const;

/** Times that passed other than that of the first touch, by whoever was to act, and how many of them are put down to them. */
export const overstayed = async (ask: Ask): Promise<ReportTable> => {
  const counts = await Promise.all(
    OVERSTAYED.map(([kind]) => countIncidents(ask.deps.db, kind, ask.range, ["person", "code"], ask.filters)),
  );
  const people = new Set(counts.flat().map(({ keys }) => keys[0] ?? ""));
  const rows = [...people].map((person): ReportRow => {
    const own = counts.map((list) => list.filter(({ keys }) => keys[0] === person));
    return {
      key: person,
      label: labelOf(ask.compiled, "person", person),
      values: {
        count: total(own.flat()),
        ...Object.fromEntries(OVERSTAYED.map(([kind], nth) => [kind, total(own[nth] ?? [])])),
        theirs: total(own.flat().filter(({ keys }) => keys[1] === "person")),
      },
      counted: countedBy(ask, "person", person),
    };
  });
  return {
    id: "overstayed",
    title: "Queues, stages and acceptance",
    columns: [
      column("count", "Times passed", "count"),
      ...OVERSTAYED.map(([kind, label]) => column(kind, label, "count", `incident.${kind}`)),
      column("theirs", ATTRIBUTION_WORDS.person, "count"),
    ],
    rows: inOrder("person", rows, "count"),
  };
};

/** Codes and how often each was given. */
export const codes = async (
  ask: Ask,
  kind: "closed" | "recycled",
): Promise<{ rows: ReportRow[]; total: number }> => {
  const counts = await countIncidents(ask.deps.db, kind, ask.range, ["code"], ask.filters);
  const sum = total(counts);
  const rows = counts.map(({ keys: [code = ""], n }) => ({
    key: code,
    label: labelOf(ask.compiled, "code", code),
    values: {
      count: n,
      share: sum === 0 ? null : n / sum,
      outcome: dispositionOf(ask.compiled, code)?.outcome ?? null,
    },
    counted: countedBy(ask, "code", code),
  }));
  return { rows: inOrder("code", rows, "count"), total: sum };
};

export const CODE_COLUMNS = (kind: "closed" | "recycled") => [
  column("count", kind === "closed" ? "Closed" : "Recycled", "count", `incident.${kind}`),
  column("share", "Share", "share"),
  column("outcome", "Outcome", "text"),
];

/** Fewer closings than this say nothing about anybody. */
const FEWEST = 5;
const GAMING_SHARE = 0.8;

/** Whoever closes nearly everything with one code may be closing without looking; what was erased on request nobody closed. */
export const gaming = async (ask: Ask): Promise<ReportTable> => {
  const counts = await countIncidents(ask.deps.db, "closed", ask.range, ["person", "code"], ask.filters);
  const byPeople = counts.filter(({ keys: [person, code] }) => person !== "" && code !== ERASURE.code);
  const people = Map.groupBy(byPeople, ({ keys }) => keys[0] ?? "");
  const rows = [...people].map(([person, list]): ReportRow => {
    const sum = total(list);
    const top = list.reduce((a, b) => (b.n > a.n ? b : a));
    return {
      key: person,
      label: labelOf(ask.compiled, "person", person),
      values: {
        count: sum,
        topCode: labelOf(ask.compiled, "code", top.keys[1] ?? ""),
        topShare: top.n / sum,
        flagged: sum >= FEWEST && top.n / sum > GAMING_SHARE,
      },
      counted: countedBy(ask, "person", person),
    };
  });
  const columns = [
    column("count", "Closed", "count", "incident.closed"),
    column("topCode", "Most given code", "text"),
    column("topShare", "Its share", "share"),
    column("flagged", "More than 80 %", "flag"),
  ];
  return {
    id: "people",
    title: "One code for nearly everything?",
    columns,
    rows: inOrder("person", rows, "count"),
  };
};
