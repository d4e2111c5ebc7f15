/**
 * Digests: what a manager should know before the day begins, and the week's scorecard. Each is one message with an id made
 * of its reader and their date, so that however often this runs it goes out once. They hold figures and names of people at
 * work, never a lead's person: those stand on the pages they lead to.
 */
import { addDays, epochDay, startOfDate } from "../domain/calendar/local.ts";
import type { Compiled } from "../domain/config/compiled.ts";
import { digestsFor, dueDigests, scopeOf, type DueDigest } from "../domain/reports/digests.ts";
import { loadCurrentConfig } from "../store/config.ts";
import { deactivatedPeople, notYetOwed, owe, waitingByOwner } from "../store/digests.ts";
import { readNetHistory } from "../store/nets.ts";
import { countIncidents } from "../store/report-incidents.ts";
import { NET_LABELS } from "../../schema/reports.ts";
import type { ReportRow } from "../../schema/wire/reports.ts";
import { eachApart } from "./apart.ts";
import { hasRoom } from "./budget.ts";
import type { Deps } from "./deps.ts";
import { cherryPicking, qaSample, SCORECARD_KEYS, scorecard } from "./reports/audits.ts";
import { countedBy, labelOf, type Ask } from "./reports/ask.ts";
import { cohort } from "./reports/cohort.ts";
import { commitmentsFor } from "./reports/commitments.ts";
import { gaming } from "./reports/incidents.ts";

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

const askFor = (deps: Deps, compiled: Compiled, due: DueDigest, now: number): Ask => ({
  deps,
  compiled,
  range: { from: epochDay(due.from) ?? 0, to: epochDay(due.to) ?? 0 },
  group: null,
  filters: {},
  now,
});

const within = ({ from, to }: DueDigest): string => `from=${from}&to=${to}`;

/** "3 (2 theirs, 1 coverage)". */
const missedSection = async (ask: Ask, due: DueDigest): Promise<DigestSection> => {
  const scope = scopeOf(ask.compiled, due.person);
  const counts = await countIncidents(ask.deps.db, "missed", ask.range, ["person", "code"], {});
  const people = Map.groupBy(
    counts.filter(({ keys }) => scope === null || scope.has(keys[0] ?? "")),
    ({ keys }) => keys[0] ?? "",
  );
  const lines = [...people].map(([person, list]) => {
    const parts = list.map(({ keys, n }) => `${n} ${keys[1] === "person" ? "theirs" : (keys[1] ?? "")}`);
    const total = list.reduce((sum, { n }) => sum + n, 0);
    const counted = encodeURIComponent(`incident.missed${countedBy(ask, "person", person)}`);
    return {
      total,
      line: {
        label: labelOf(ask.compiled, "person", person),
        value: `${total} (${parts.join(", ")})`,
        path: `/board/leads?counted=${counted}`,
      },
    };
  });
  return {
    title: "Missed first touches",
    none: "None: every first touch came in time.",
    lines: lines.sort((a, b) => b.total - a.total).map(({ line }) => line),
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
        label: labelOf(ask.compiled, "person", person),
        value: String(n),
        path: `/board/leads?status=open&owner=${encodeURIComponent(person)}`,
      })),
  };
};

const FALLBACK_WORDS: Readonly<Record<string, string>> = {
  breach: "after a miss",
  unavailable: "not available",
  away: "away",
  "on time off": "on time off",
};

/** "5 (4 not available, 1 away; Web 3, Paid search 2)", for each person they were meant for. */
const fallbacksSection = async (ask: Ask, due: DueDigest): Promise<DigestSection> => {
  const scope = scopeOf(ask.compiled, due.person);
  const by = ["person", "code", "source", "other"] as const;
  const counts = await countIncidents(ask.deps.db, "fallback", ask.range, by, {});
  // Where a target wasn't there at the start, it is whoever took it that the manager answers for.
  const within = counts.filter(({ keys }) => scope === null || scope.has(keys[0] || (keys[3] ?? "")));
  const parts = (list: typeof counts, key: 1 | 2, words: (key: string) => string): string =>
    [...Map.groupBy(list, ({ keys }) => keys[key] ?? "")]
      .map(([name, some]) => ({ name, n: some.reduce((sum, { n }) => sum + n, 0) }))
      .sort((a, b) => b.n - a.n || (a.name < b.name ? -1 : 1))
      .map(({ name, n }) => (key === 1 ? `${n} ${words(name)}` : `${words(name)} ${n}`))
      .join(", ");
  const lines = [...Map.groupBy(within, ({ keys }) => keys[0] ?? "")].map(([person, list]) => {
    const total = list.reduce((sum, { n }) => sum + n, 0);
    const why = parts(list, 1, (code) => FALLBACK_WORDS[code] ?? code);
    const whence = parts(list, 2, (source) => labelOf(ask.compiled, "source", source));
    const path = `/board/leads?counted=${encodeURIComponent(`incident.fallback${countedBy(ask, "person", person)}`)}`;
    const label = person === "" ? "The target wasn't there" : labelOf(ask.compiled, "person", person);
    return { total, line: { label, value: `${total} (${why}; ${whence})`, path } };
  });
  return {
    title: "Fallbacks: leads that went to somebody else than meant",
    none: "None: every lead went where it was meant to.",
    lines: lines.sort((a, b) => b.total - a.total).map(({ line }) => line),
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
    ...(unit === "count" && counted !== null && Number(value) > 0
      ? { path: `/board/leads?counted=${encodeURIComponent(`${key}${counted}`)}` }
      : {}),
  };
};

const cardSection = async (ask: Ask, due: DueDigest): Promise<DigestSection> => {
  const { totals, basis } = await cohort(ask, null, SCORECARD_KEYS);
  const rows = scorecard(ask, basis, commitmentsFor(ask.compiled, totals), undefined);
  return {
    title: `Scorecard, ${due.from} to ${due.to}`,
    none: "",
    lines: rows.filter(({ values }) => values["value"] !== null).map(cardLine),
  };
};

const lookSection = async (ask: Ask, due: DueDigest): Promise<DigestSection> => {
  const flagged = ({ values }: ReportRow): boolean => values["flagged"] === true;
  const [picky, games] = await Promise.all([cherryPicking(ask), gaming(ask)]);
  return {
    title: "Worth a look",
    none: "Nobody picks the better leads, and nobody gives one code to nearly all.",
    lines: [
      ...picky.filter(flagged).map(({ label }) => ({
        label,
        value: "reaches the valuable leads in time more often than the others",
        path: `/board/reports/cherry-picking?${within(due)}`,
      })),
      ...games.rows.filter(flagged).map(({ label, values }) => ({
        label,
        value: `gives “${String(values["topCode"])}” to ${inWords(values["topShare"], "share")}`,
        path: `/board/reports/dispositions?${within(due)}`,
      })),
    ],
  };
};

/** Who isn't a manager doesn't hear whom to look after. */
const sectionsOf = async (ask: Ask, due: DueDigest): Promise<DigestSection[]> => {
  if (due.kind === "morning")
    return Promise.all([missedSection(ask, due), waitingSection(ask, due), netsSection(ask, due)]);
  const role = ask.compiled.people.get(due.person)?.role;
  const card = await cardSection(ask, due);
  if (role === "marketer") return [card];
  return [card, await fallbacksSection(ask, due), await lookSection(ask, due), await qaSection(ask)];
};

const idOf = ({ kind, person, date }: DueDigest): string => `digest.${kind}.${person}.${date}`;

const send = async (deps: Deps, compiled: Compiled, due: DueDigest, now: number): Promise<void> => {
  const sections = await sectionsOf(askFor(deps, compiled, due, now), due);
  await owe(deps.db, now, {
    id: idOf(due),
    kind: `digest.${due.kind}`,
    channel: "email",
    seq: null,
    recipient: `person:${due.person}`,
    data: { date: due.date, from: due.from, to: due.to, sections },
  });
};

/** Some at a time: the next minute goes on. */
const AT_ONCE = 20;
/** Questions that the figures of one may take. */
const A_DIGEST = 40;

/** Every minute; answers how many were put on their way. */
export const sendDigests = async (deps: Deps): Promise<number> => {
  const now = deps.now();
  const compiled = await loadCurrentConfig(deps.db);
  if (!compiled?.document.people.some((person) => digestsFor(person).length > 0)) return 0;
  // Most of the day nobody's is due, and nobody has to be asked for.
  if (dueDigests(compiled, new Set(), now).length === 0) return 0;
  const due = dueDigests(compiled, await deactivatedPeople(deps.db), now);
  const open = await notYetOwed(deps.db, due.map(idOf));
  const missing = due.filter((each) => open.has(idOf(each))).slice(0, AT_ONCE);
  let sent = 0;
  const one = async (each: DueDigest): Promise<void> => {
    if (!hasRoom(deps, A_DIGEST)) return;
    await send(deps, compiled, each, now);
    sent++;
  };
  await eachApart("digest", missing, one, idOf);
  if (sent > 0) deps.announce();
  return sent;
};
