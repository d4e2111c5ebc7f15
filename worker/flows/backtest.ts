/** Back-tests: begun, looked at, cancelled. A short period is answered at once; a long one goes on by itself. */
import type { Backtest, BacktestBody, BacktestLead, BacktestSummary } from "../../schema/wire/backtests.ts";
import type { Condition } from "../../schema/config/condition.ts";
import type { ConfigDocument } from "../../schema/config/document.ts";
import { EMPTY_WORLD } from "../domain/backtest/world.ts";
import { instantAsked } from "../domain/reports/period.ts";
import { expandHolidays } from "../domain/verification/calendars.ts";
import { conditionErrors } from "../domain/verification/conditions.ts";
import type { Finding } from "../domain/verification/findings.ts";
import {
  pruneBacktests,
  readDiff,
  type DiffFilter,
  type DiffRow,
  type Side,
} from "../store/backtest-summary.ts";
import {
  endBacktest,
  insertBacktest,
  listBacktests,
  readBacktest,
  runningBacktests,
  type ListedBacktest,
} from "../store/backtests.ts";
import { currentVersion, readVersion } from "../store/config.ts";
import { parseJson } from "../store/db.ts";
import { countPast } from "../store/past.ts";
import { BEGINNING, runBacktest } from "./backtest-run.ts";
import type { Deps } from "./deps.ts";
import { compileDraft } from "./draft.ts";
import { refuse, type Outcome } from "./hand.ts";
import { iso, isoOrNull } from "./view.ts";

/** What a request waits for before it leaves the rest to the runner. */
const AT_ONCE = { ms: 1_500, slices: 12 };
/** At a time: each takes the database for itself for a while. */
const MOST_RUNNING = 3;
const KEPT_PAGE = 100;

export type Begun =
  | { ok: true; id: string; ended: boolean }
  | {
      ok: false;
      status: 404 | 409 | 422 | 503;
      detail: string;
      errors: { pointer: string; detail: string }[];
    };

type Refused = Extract<Begun, { ok: false }>;

const no = (status: Refused["status"], detail: string, pointer?: string): Refused => ({
  ok: false,
  status,
  detail: pointer === undefined ? detail : `${pointer}: ${detail}`,
  errors: pointer === undefined ? [] : [{ pointer, detail }],
});

const found = (what: string, base: string, errors: readonly Finding[]): Refused => ({
  ok: false,
  status: 422,
  detail: what,
  errors: errors.map(({ pointer, message }) => ({ pointer: `${base}${pointer}`, detail: message })),
});

interface Subject {
  ok: true;
  version: number | null;
  document: ConfigDocument;
  holidays: Record<string, readonly string[]>;
}

const subjectOf = async (deps: Deps, body: BacktestBody): Promise<Subject | Refused> => {
  if (body.document !== undefined) {
    if (body.version !== undefined) return no(422, "Give a document or a version, not both.", "/version");
    const draft = compileDraft(body.document, deps.now());
    if (!draft.ok) return found("The document to try has errors.", "/document", draft.errors);
    return { ok: true, version: null, document: draft.compiled.document, holidays: {} };
  }
  const version = body.version ?? (await currentVersion(deps.db));
  const published = version === 0 ? null : await readVersion(deps.db, version);
  if (published) return { ok: true, ...published };
  return body.version === undefined
    ? no(503, "No configuration is published yet: give a document.")
    : no(422, `There is no version ${version}.`, "/version");
};

interface Span {
  ok: true;
  from: number;
  to: number;
}

const spanOf = (body: BacktestBody, timezone: string, now: number): Span | Refused => {
  const from = instantAsked(body.from, timezone, "begin");
  const to = body.to ? instantAsked(body.to, timezone, "end") : now;
  if (from >= now) return no(422, "The period hasn't begun: take one that lies in the past.", "/from");
  if (to <= from) return no(422, "The period ends before it begins.", "/to");
  return { ok: true, from, to: Math.min(to, now) };
};

/** Both years of the period and of the document, so that past holidays are holidays. */
const holidaysFor = ({ document, holidays }: Subject, { from, to }: Span): Record<string, string[]> => {
  const [first, last] = [expandHolidays(document.calendars, from), expandHolidays(document.calendars, to)];
  return Object.fromEntries(
    document.calendars.map(({ id }) => [
      id,
      [...new Set([...(holidays[id] ?? []), ...(first[id] ?? []), ...(last[id] ?? [])])].sort(),
    ]),
  );
};

/** Begins it and goes on for a moment; `ended` says whether that was enough. */
export const beginBacktest = async (deps: Deps, body: BacktestBody, by: string): Promise<Begun> => {
  const subject = await subjectOf(deps, body);
  if (!subject.ok) return subject;
  const now = deps.now();
  const span = spanOf(body, subject.document.workspace.timezone, now);
  if (!span.ok) return span;
  const where = body.where ?? null;
  const wrong = where === null ? [] : conditionErrors(where, "");
  if (wrong.length > 0) return found("The condition can't be asked.", "/where", wrong);
  if ((await runningBacktests(deps.db)).length >= MOST_RUNNING)
    return no(409, `${MOST_RUNNING} back-tests are running: wait for one to end, or cancel one.`);
  const id = deps.uuid();
  await insertBacktest(deps.db, {
    id,
    version: subject.version,
    document: JSON.stringify(subject.document),
    holidays: JSON.stringify(holidaysFor(subject, span)),
    fromAt: span.from,
    toAt: span.to,
    condition: where === null ? null : JSON.stringify(where),
    startedBy: by,
    startedAt: now,
    updatedAt: now,
    total: await countPast(deps.db, span.from, span.to),
    progress: JSON.stringify(BEGINNING(span.from)),
    world: JSON.stringify(EMPTY_WORLD),
  });
  return { ok: true, id, ended: (await runBacktest(deps, id, AT_ONCE)) === "ended" };
};

const shown = (row: ListedBacktest): Backtest => ({
  id: row.id,
  status: row.status as Backtest["status"],
  version: row.version,
  from: iso(row.fromAt),
  to: iso(row.toAt),
  where: row.condition === null ? null : parseJson<Condition>(row.condition),
  progress: { decided: row.decided, total: row.total },
  startedBy: row.startedBy,
  startedAt: iso(row.startedAt),
  updatedAt: iso(row.updatedAt),
  finishedAt: isoOrNull(row.finishedAt),
  error: row.error,
  summary: row.summary === null ? null : parseJson<BacktestSummary>(row.summary),
});

const sideOf = ({ promiseAt, firstTouchAt, ...side }: Side): BacktestLead["was"] => ({
  ...side,
  promiseAt: isoOrNull(promiseAt),
  firstTouchAt: isoOrNull(firstTouchAt),
});

const leadOf = (row: DiffRow): BacktestLead => ({
  leadId: row.leadId,
  at: iso(row.at),
  was: sideOf(row.was),
  would: sideOf(row.would),
  changes: [
    ...(row.otherOwner ? ["owner" as const] : []),
    ...(row.otherPromise ? ["promise" as const] : []),
    ...(row.breachChange > 0 ? ["breach_added" as const] : []),
    ...(row.breachChange < 0 ? ["breach_avoided" as const] : []),
  ],
  intervened: row.intervened,
});

export interface LeadPage {
  leads: BacktestLead[];
  next: string | null;
}

export const pageOf = async (
  deps: Deps,
  id: string,
  filter: DiffFilter,
  after: number,
  limit: number,
): Promise<LeadPage> => {
  const rows = await readDiff(deps.db, id, filter, after, limit + 1);
  const page = rows.slice(0, limit);
  return {
    leads: page.map(leadOf),
    next: rows.length > limit ? String(page.at(-1)?.n ?? 0) : null,
  };
};

const missing = (id: string): Outcome<never> => refuse(404, `There is no back-test ${id}.`);

/** With its first hundred leads once it is done. */
export const showBacktest = async (
  deps: Deps,
  id: string,
): Promise<Outcome<Backtest & { leads: BacktestLead[] | null; next: string | null }>> => {
  const row = await readBacktest(deps.db, id);
  if (!row) return missing(id);
  const page =
    row.status === "done" && row.prunedAt === null
      ? await pageOf(deps, id, {}, 0, KEPT_PAGE)
      : { leads: null, next: null };
  return { ok: true, value: { ...shown(row), ...page } };
};

export const pageOfLeads = async (
  deps: Deps,
  id: string,
  filter: DiffFilter,
  after: number,
  limit: number,
): Promise<Outcome<LeadPage>> => {
  const row = await readBacktest(deps.db, id);
  if (!row) return missing(id);
  if (row.prunedAt !== null)
    return refuse(409, "Its leads were dropped to make room for newer back-tests; the summary stays.");
  return { ok: true, value: await pageOf(deps, id, filter, after, limit) };
};

export const pageOfBacktests = async (
  deps: Deps,
  before: number,
  limit: number,
): Promise<{ backtests: Backtest[]; next: number | null }> => {
  const rows = await listBacktests(deps.db, before, limit + 1);
  const page = rows.slice(0, limit);
  return { backtests: page.map(shown), next: rows.length > limit ? (page.at(-1)?.startedAt ?? null) : null };
};

/** What was decided by then stays to be looked at. Cancelling again changes nothing. */
export const cancelBacktest = async (deps: Deps, id: string): Promise<Outcome<null>> => {
  const cancelled = await endBacktest(deps.db, id, { status: "cancelled", error: null }, deps.now());
  if (cancelled) return { ok: true, value: null };
  const row = await readBacktest(deps.db, id);
  if (!row) return missing(id);
  return row.status === "cancelled"
    ? { ok: true, value: null }
    : refuse(409, "The back-test has ended already.");
};

/** Where slices fail again and again: a person decides whether to begin anew. */
export const failBacktest = (deps: Deps, id: string, reason: string): Promise<boolean> =>
  endBacktest(
    deps.db,
    id,
    { status: "failed", error: `It failed several times, last with ${reason}. Start it again.` },
    deps.now(),
  );

/** Nothing was heard of it for so long: its runner died. */
const QUIET_MS = 60_000;
/** Back-tests whose leads are kept, and how many of an older one's go in one minute. */
const KEPT = 10;
const PRUNED_AT_ONCE = 5_000;

/** Every minute: runners that died are woken, and old back-tests make room. */
export const tendBacktests = async (deps: Deps, kick: (id: string) => Promise<void>): Promise<void> => {
  const now = deps.now();
  for (const { id, updatedAt } of await runningBacktests(deps.db))
    if (now - updatedAt > QUIET_MS) await kick(id);
  await pruneBacktests(deps.db, KEPT, PRUNED_AT_ONCE, now);
};
