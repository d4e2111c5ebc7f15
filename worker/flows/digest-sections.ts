/** What digests say: sections of lines, each with the way to what it counts. They name people at work, never a lead's person. */
import { NET_LABELS, WAITING } from "../../schema/reports.ts";
import { FALLBACK_WORDS, type FallbackCode } from "../../schema/wire/report-words.ts";
import type { ReportRow } from "../../schema/wire/reports.ts";
import { addDays, dateOfDay, startOfDate } from "../domain/calendar/local.ts";
import { scopeOf, type DueDigest } from "../domain/reports/digests.ts";
import { waitingByOwner } from "../store/digests.ts";
import { readNetHistory } from "../store/nets.ts";
import { countIncidents, type IncidentCount } from "../store/report-incidents.ts";
import { cherryPicking, qaSample, SCORECARD_KEYS, scorecard } from "./reports/audits.ts";
import { countedBy, labelOf, type Ask } from "./reports/ask.ts";
import { cohort } from "./reports/cohort.ts";
import { commitmentsFor } from "./reports/commitments.ts";
import { gaming, total } from "./reports/incidents.ts";

/** As the mail shows it: `path` begins with a slash and is of this deployment. */
export interface DigestLine {
  label: string;
  value: string;
  path?: string;
}

export interface DigestSection {
  title: string;
  /** Said where there are no lines. */
  none: string;
  lines: DigestLine[];
}

const periodOf = ({ from, to }: DueDigest): string => `from=${from}&to=${to}`;

/** The leads that a figure counts. */
const leadsOf = (measure: string, counted: string): string =>
  `/board/leads?counted=${encodeURIComponent(`${measure}${counted}`)}`;

/** A line for each person whose incidents they are, whoever has most first: "3 (2 theirs, 1 coverage)". */
const personLines = (
  ask: Ask,
  kind: "missed" | "fallback",
  counts: readonly IncidentCount[],
  inDetail: (theirs: IncidentCount[]) => string,
  nobody?: string,
): DigestLine[] =>
  [...Map.groupBy(counts, ({ keys }) => keys[0] ?? "")]
    .map(([person, theirs]) => ({ person, theirs, n: total(theirs) }))
    .sort((a, b) => b.n - a.n)
    .map(({ person, theirs, n }) => ({
      label: (person === "" ? nobody : undefined) ?? labelOf(ask.compiled, "person", person),
      value: `${n} (${inDetail(theirs)})`,
      path: leadsOf(`incident.${kind}`, countedBy(ask, "person", person)),
    }));

const missedSection = async (ask: Ask, due: DueDigest): Promise<DigestSection> => {
  const scope = scopeOf(ask.compiled, due.person);
  const counts = await countIncidents(ask.deps.db, "missed", ask.range, ["person", "code"], {});
  // What nobody held when it was missed every manager hears of.
  const within = counts.filter(
    ({ keys: [person = ""] }) => scope === null || person === "" || scope.has(person),
  );
  return {
    title: "Deadlines missed",
    none: "None: every first touch came in time.",
    lines: personLines(ask, "missed", within, (theirs) =>
      theirs.map(({ keys, n }) => `${n} ${keys[1] === "person" ? "theirs" : (keys[1] ?? "")}`).join(", "),
    ),
  };
};

const netsSection = async (ask: Ask, due: DueDigest): Promise<DigestSection> => {
  const zone = ask.compiled.document.workspace.timezone;
  const history = await readNetHistory(
    ask.deps.db,
    startOfDate(due.from, zone),
    startOfDate(addDays(due.to, 1), zone),
  );
  return {
    title: "Safety nets",
    none: "Empty: nothing was caught.",
    lines: history.nets
      .filter(({ held, caught }) => held + caught > 0)
      .map(({ net, held, caught }) => ({
        label: NET_LABELS[net],
        value: `${held} now, ${caught} caught`,
        path: net === "undelivered" ? "/board/deliveries" : `/board/leads?net=${net}`,
      })),
  };
};

const waitingSection = async (ask: Ask, due: DueDigest): Promise<DigestSection> => {
  const scope = scopeOf(ask.compiled, due.person);
  const waiting = [...(await waitingByOwner(ask.deps.db))].filter(
    ([person]) => scope === null || scope.has(person),
  );
  return {
    title: "Waiting for a first touch",
    none: "Nobody waits.",
    lines: waiting
      .sort((a, b) => b[1] - a[1])
      .map(([person, n]) => ({
        label: person === "" ? "In queues" : labelOf(ask.compiled, "person", person),
        value: String(n),
        path: leadsOf(WAITING, countedBy(ask, "person", person)),
      })),
  };
};

const fallbackInWords = (code: string): string =>
  code in FALLBACK_WORDS ? FALLBACK_WORDS[code as FallbackCode].toLowerCase() : code;

/** "5 (4 not available, 1 away; Web 3, Paid search 2)", for each person they were meant for. */
const fallbacksSection = async (ask: Ask, due: DueDigest): Promise<DigestSection> => {
  const scope = scopeOf(ask.compiled, due.person);
  const by = ["person", "code", "source", "other"] as const;
  const counts = await countIncidents(ask.deps.db, "fallback", ask.range, by, {});
  // Where a target wasn't there at the start, it is whoever took it that the manager answers for.
  const within = counts.filter(({ keys }) => scope === null || scope.has(keys[0] || (keys[3] ?? "")));
  const parts = (list: IncidentCount[], key: 1 | 2, words: (name: string, n: number) => string): string =>
    [...Map.groupBy(list, ({ keys }) => keys[key] ?? "")]
      .map(([name, some]) => ({ name, n: total(some) }))
      .sort((a, b) => b.n - a.n || (a.name < b.name ? -1 : 1))
      .map(({ name, n }) => words(name, n))
      .join(", ");
  const inDetail = (theirs: IncidentCount[]): string => {
    const why = parts(theirs, 1, (code, n) => `${n} ${fallbackInWords(code)}`);
    return `${why}; ${parts(theirs, 2, (source, n) => `${labelOf(ask.compiled, "source", source)} ${n}`)}`;
  };
  return {
    title: "Fallbacks: leads that went to somebody else than meant",
    none: "None: every lead went where it was meant to.",
    lines: personLines(ask, "fallback", within, inDetail, "The target wasn't there"),
  };
};

const qaSection = async (ask: Ask): Promise<DigestSection> => {
  const { rows, week } = await qaSample(ask);
  return {
    title: `Leads to look over, week of ${week.from}`,
    none: "There were no leads that week.",
    lines: rows.map(({ label, leadId, values }) => ({
      label,
      value: [values["owner"], values["segment"], values["status"]].filter(Boolean).join(", "),
      path: `/board/leads/${encodeURIComponent(leadId ?? "")}`,
    })),
  };
};

const inWords = (value: unknown, unit: unknown): string => {
  if (typeof value !== "number") return "–";
  if (unit === "share") return `${Math.round(value * 1000) / 10} %`;
  if (unit !== "seconds") return (Math.round(value * 10) / 10).toLocaleString("en");
  if (value < 120) return `${Math.round(value)} s`;
  return value < 7200 ? `${Math.round(value / 60)} min` : `${Math.round(value / 360) / 10} h`;
};

/** The way to the scorecard stands below, once; what counts leads leads to them. */
const cardLine = ({ key, label, values, counted }: ReportRow): DigestLine => {
  const { value, unit, target, met } = values;
  const judged =
    typeof target === "number"
      ? `, committed ${inWords(target, unit)}${met === false ? ": missed" : ""}`
      : "";
  return {
    label,
    value: `${inWords(value, unit)}${judged}`,
    ...(unit === "count" && counted !== null && Number(value) > 0 ? { path: leadsOf(key, counted) } : {}),
  };
};

const cardSection = async (ask: Ask, due: DueDigest): Promise<DigestSection> => {
  const { totals, basis } = await cohort(ask, null, SCORECARD_KEYS);
  const rows = scorecard(ask, basis, commitmentsFor(ask, totals), undefined);
  return {
    title: `Scorecard, ${due.from} to ${due.to}`,
    none: "",
    lines: rows.filter(({ values }) => values["value"] !== null).map(cardLine),
  };
};

/** Days that picking is looked for in: of a week alone there is too little to judge anybody by. */
const QUARTER = 13 * 7;

const lookSection = async (ask: Ask, due: DueDigest): Promise<DigestSection> => {
  const flagged = ({ values }: ReportRow): boolean => values["flagged"] === true;
  const quarter = { from: ask.range.to - QUARTER + 1, to: ask.range.to };
  const [picky, games] = await Promise.all([cherryPicking({ ...ask, range: quarter }), gaming(ask)]);
  return {
    title: "Worth a look",
    none: "Nobody picks the better leads, and nobody gives one code to nearly all.",
    lines: [
      ...picky.filter(flagged).map(({ label }) => ({
        label,
        value: "reached the valuable leads in time more often than the others, in 13 weeks",
        path: `/board/reports/cherry-picking?${periodOf({ ...due, from: dateOfDay(quarter.from) })}`,
      })),
      ...games.rows.filter(flagged).map(({ label, values }) => ({
        label,
        value: `gives “${String(values["topCode"])}” to ${inWords(values["topShare"], "share")}`,
        path: `/board/reports/dispositions?${periodOf(due)}`,
      })),
    ],
  };
};

/** Who isn't a manager doesn't hear whom to look after. */
export const sectionsOf = async (ask: Ask, due: DueDigest): Promise<DigestSection[]> => {
  if (due.kind === "morning")
    return Promise.all([missedSection(ask, due), waitingSection(ask, due), netsSection(ask, due)]);
  const role = ask.compiled.people.get(due.person)?.role;
  const card = await cardSection(ask, due);
  if (role === "marketer") return [card];
  return [card, await fallbacksSection(ask, due), await lookSection(ask, due), await qaSection(ask)];
};
