/**
 * Roll-ups in the database: what leads come to (`report_leads` and its kin) and the sums of that. One batch takes the old
 * figures of some leads out of the sums, replaces them, and puts the new ones in: whatever is read twice changes nothing.
 */
import { LEAD_DIMENSIONS, MEASURES, SKETCHES } from "../../schema/reports.ts";
import type { LeadFact } from "../domain/reports/raw.ts";
import type { Db } from "./db.ts";
import { sumsSql } from "./rollup-sql.ts";

/** Where the roll-ups stand. */
export interface RollupState {
  turn: number;
  seq: number;
  timezone: string;
  rules: number;
  currency: string;
  rebuildAfter: string | null;
  updatedAt: number;
}

/** What is to be read next, and how far that brings them. */
export interface RollupStep {
  state: RollupState;
  leads: string[];
  next: { seq: number; dirty: number; rebuildAfter: string | null };
  /** The last event there is. */
  newest: number;
  /** Of the opportunities, the first and the last by their letters: one where there is only one. */
  currencies: string[];
  /** Nothing is left after this. */
  last: boolean;
}

/** A fact with its days. */
export interface DatedFact {
  fact: LeadFact;
  day: number;
  month: number;
  incidentDays: number[];
  promiseDays: number[];
}

const STATE =
  "SELECT turn, seq, timezone, rules, currency, rebuild_after, updated_at FROM report_state WHERE id = 1";

type Row = Record<string, unknown>;

const toState = (row: Row | undefined): RollupState => ({
  turn: Number(row?.["turn"] ?? 0),
  seq: Number(row?.["seq"] ?? 0),
  timezone: (row?.["timezone"] as string | undefined) ?? "",
  rules: Number(row?.["rules"] ?? 0),
  currency: (row?.["currency"] as string | undefined) ?? "",
  rebuildAfter: (row?.["rebuild_after"] as string | null | undefined) ?? null,
  updatedAt: Number(row?.["updated_at"] ?? 0),
});

export const readRollupState = async (db: Db): Promise<RollupState> =>
  toState((await db.prepare(STATE).first<Row>()) ?? undefined);

/** Up to `limit` events, dirty marks and (while everything is read again) leads that come next. One round trip. */
export const readRollupStep = async (db: Db, limit: number): Promise<RollupStep> => {
  const [states, events, dirty, rebuild, newest, currencies] = await db.batch<Row>([
    db.prepare(STATE),
    db
      .prepare(
        "SELECT seq, lead_id FROM events WHERE seq > (SELECT seq FROM report_state WHERE id = 1) ORDER BY seq LIMIT ?1",
      )
      .bind(limit),
    db.prepare("SELECT seq, lead_id FROM report_dirty ORDER BY seq LIMIT ?1").bind(limit),
    db
      .prepare(
        `SELECT id AS lead_id FROM leads
         WHERE id > (SELECT rebuild_after FROM report_state WHERE id = 1) ORDER BY id LIMIT ?1`,
      )
      .bind(limit),
    db.prepare("SELECT max(seq) AS seq FROM events"),
    db.prepare(
      `SELECT upper(min(currency)) AS one FROM opportunities WHERE currency IS NOT NULL
       UNION SELECT upper(max(currency)) FROM opportunities WHERE currency IS NOT NULL`,
    ),
  ]);
  const state = toState(states?.results[0]);
  const lists = [events, dirty, rebuild].map((result) => result?.results ?? []);
  const ids = lists.flat().flatMap((row) => (typeof row["lead_id"] === "string" ? [row["lead_id"]] : []));
  const lastOf = (list: Row[] | undefined, name: string): unknown => list?.at(-1)?.[name];
  const rebuilt = lists[2]?.length === limit ? String(lastOf(lists[2], "lead_id")) : null;
  return {
    state,
    leads: [...new Set(ids)],
    next: {
      seq: Number(lastOf(lists[0], "seq") ?? state.seq),
      dirty: Number(lastOf(lists[1], "seq") ?? 0),
      rebuildAfter: state.rebuildAfter === null ? null : rebuilt,
    },
    newest: Number(newest?.results[0]?.["seq"] ?? 0),
    currencies: (currencies?.results ?? []).flatMap(({ one }) => (typeof one === "string" ? [one] : [])),
    last: lists.every((list) => list.length < limit),
  };
};

const ASKED = "SELECT value FROM json_each(?1)";

const sums = (db: Db, ids: string, sign: 1 | -1): D1PreparedStatement[] =>
  sumsSql(sign, `f.lead_id IN (${ASKED})`).map((sql) => db.prepare(sql).bind(ids));

const LEAD_COLUMNS = [
  "lead_id",
  "account",
  "day",
  "month",
  "created_at",
  "open",
  "last_activity_at",
  ...LEAD_DIMENSIONS,
  "score",
  ...SKETCHES,
  ...MEASURES,
];
const INCIDENT_COLUMNS = "lead_id n kind at day person code other team source segment form ms".split(" ");
const PROMISE_COLUMNS = "submission_id lead_id told_at day person promise_at touched_at open late_ms".split(
  " ",
);

const leadValues = ({ fact, day, month }: DatedFact): unknown[] => [
  fact.leadId,
  fact.accountId,
  day,
  month,
  fact.createdAt,
  Number(fact.open),
  fact.lastActivityAt,
  ...LEAD_DIMENSIONS.map((name) => fact.dimensions[name]),
  fact.score,
  ...SKETCHES.map((name) => fact.sketches[name]),
  ...MEASURES.map((name) => fact.measures[name]),
];

const incidentValues = ({ fact, incidentDays }: DatedFact): unknown[][] => {
  const { team, source, segment, form } = fact.dimensions;
  return fact.incidents.map(({ kind, at, person, code, other, ms }, n) => [
    fact.leadId,
    n,
    kind,
    at,
    incidentDays[n],
    person,
    code,
    other,
    team,
    source,
    segment,
    form,
    ms,
  ]);
};

const promiseValues = ({ fact, promiseDays }: DatedFact): unknown[][] =>
  fact.promises.map(({ submissionId, toldAt, promiseAt, touchedAt, lateMs, withdrawn }, n) => [
    submissionId,
    fact.leadId,
    toldAt,
    promiseDays[n],
    fact.dimensions.person,
    promiseAt,
    touchedAt,
    Number(!withdrawn),
    lateMs,
  ]);

const insert = (
  db: Db,
  table: string,
  columns: readonly string[],
  rows: readonly unknown[][],
): D1PreparedStatement[] =>
  rows.length === 0
    ? []
    : [
        db
          .prepare(
            `INSERT INTO ${table} (${columns.join(", ")})
             SELECT ${columns.map((_, at) => `value ->> ${at}`).join(", ")} FROM json_each(?1)`,
          )
          .bind(JSON.stringify(rows)),
      ];

/** Leads of an account share its opportunities: where one's part changed, the others are read again. */
const siblings = (db: Db, ids: string, facts: readonly DatedFact[]): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO report_dirty (lead_id)
       SELECT DISTINCT l.id FROM json_each(?2) n JOIN report_leads f ON f.lead_id = n.value ->> 0
         JOIN leads l ON l.account_id IN (f.account, n.value ->> 1)
       WHERE (f.pipelines <> n.value ->> 2 OR f.account IS NOT (n.value ->> 1)) AND l.id NOT IN (${ASKED})
         AND EXISTS (SELECT 1 FROM opportunities o WHERE o.account_id = l.account_id)`,
    )
    .bind(
      ids,
      JSON.stringify(facts.map(({ fact }) => [fact.leadId, fact.accountId, fact.measures.pipelines])),
    );

/** Replaces the figures of these leads. Throws an error that `isTurned` knows when somebody else has read on meanwhile. */
export const writeRollup = async (
  db: Db,
  { state, leads, next }: RollupStep,
  facts: readonly DatedFact[],
  about: { timezone: string; currency: string; rules: number; now: number },
): Promise<void> => {
  const ids = JSON.stringify(leads);
  await db.batch([
    db
      .prepare(
        `UPDATE report_state SET turn = ?1, seq = ?2, timezone = ?3, rules = ?4, rebuild_after = ?5, updated_at = ?6,
           currency = ?7 WHERE id = 1`,
      )
      .bind(
        state.turn + 1,
        next.seq,
        about.timezone,
        about.rules,
        next.rebuildAfter,
        about.now,
        about.currency,
      ),
    ...(leads.length === 0
      ? []
      : [
          siblings(db, ids, facts),
          ...sums(db, ids, -1),
          ...["report_leads", "report_incidents", "report_promises"].map((table) =>
            db.prepare(`DELETE FROM ${table} WHERE lead_id IN (${ASKED})`).bind(ids),
          ),
          ...insert(db, "report_leads", LEAD_COLUMNS, facts.map(leadValues)),
          ...insert(db, "report_incidents", INCIDENT_COLUMNS, facts.flatMap(incidentValues)),
          ...insert(db, "report_promises", PROMISE_COLUMNS, facts.flatMap(promiseValues)),
          ...sums(db, ids, 1),
        ]),
    db.prepare("DELETE FROM report_dirty WHERE seq <= ?1").bind(next.dirty),
    // In another currency leads with opportunities come to other amounts.
    ...(about.currency === state.currency
      ? []
      : [
          db.prepare(
            "INSERT INTO report_dirty (lead_id) SELECT lead_id FROM report_leads WHERE pipelines > 0",
          ),
        ]),
  ]);
};

export const isTurned = (error: unknown): boolean => String(error).includes("ROLLUP_MOVED_ON");

/** Throws everything away: it is read again from the raw records. */
export const forgetRollups = async (db: Db, now: number): Promise<void> => {
  await db.batch([
    db
      .prepare(
        "UPDATE report_state SET turn = turn + 1, seq = 0, rules = 0, rebuild_after = '', updated_at = ?1 WHERE id = 1",
      )
      .bind(now),
    ...["report_cells", "report_buckets", "report_leads", "report_incidents", "report_promises"].map(
      (table) => db.prepare(`DELETE FROM ${table}`),
    ),
  ]);
};
