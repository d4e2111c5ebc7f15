/** Leads and promises that reports list one by one. */
import type { DayRange } from "../domain/reports/period.ts";
import type { Db } from "./db.ts";
import { filtered, type Filters } from "./report-sql.ts";

export interface ListedPromise {
  submissionId: string;
  leadId: string;
  toldAt: number;
  person: string;
  promiseAt: number;
  touchedAt: number | null;
  lateMs: number | null;
}

const PROMISE = `p.submission_id AS submissionId, p.lead_id AS leadId, p.told_at AS toldAt, p.person, p.promise_at AS promiseAt,
  p.touched_at AS touchedAt, p.late_ms AS lateMs`;

/** Broken promises, touched late or past without a touch, of leads of the period: those that its figures count. */
export const readBrokenPromises = async (
  db: Db,
  range: DayRange,
  filters: Filters,
  now: number,
  limit: number,
): Promise<ListedPromise[]> => {
  const { where, values } = filtered(filters, "f.");
  // None was told before its lead came, so that the first day of the leads bounds the promises too.
  const within = [range.from, range.from, range.to, ...values];
  const part = (condition: string, order: string): string =>
    `SELECT * FROM (SELECT ${PROMISE} FROM report_promises p CROSS JOIN report_leads f ON f.lead_id = p.lead_id
     WHERE ${condition} AND p.day >= ? AND f.day BETWEEN ? AND ?${where} ORDER BY ${order} DESC LIMIT ?)`;
  const { results } = await db
    .prepare(
      `SELECT * FROM (${part("p.late_ms > 0", "p.day")} UNION ALL
         ${part("p.touched_at IS NULL AND p.open = 1 AND p.promise_at < ?", "p.promise_at")})
       ORDER BY promiseAt DESC LIMIT ?`,
    )
    .bind(...within, limit, now, ...within, limit, limit)
    .all<ListedPromise>();
  return results;
};

/** Every lead of some days, by id: what a sample is drawn from. */
export const leadIdsOf = async (db: Db, range: DayRange, filters: Filters): Promise<string[]> => {
  const { where, values } = filtered(filters);
  const { results } = await db
    .prepare(`SELECT lead_id FROM report_leads WHERE day BETWEEN ? AND ?${where}`)
    .bind(range.from, range.to, ...values)
    .all<{ lead_id: string }>();
  return results.map(({ lead_id: id }) => id);
};

export interface SampledLead {
  id: string;
  owner: string | null;
  segment: string | null;
  source: string;
  status: string;
  response: string;
  code: string | null;
  createdAt: number;
}

export const readSampled = async (db: Db, ids: readonly string[]): Promise<SampledLead[]> => {
  const { results } = await db
    .prepare(
      `SELECT l.id, l.owner_id AS owner, l.segment, f.source, l.status, f.response, l.disposition ->> '$.code' AS code,
         l.created_at AS createdAt
       FROM json_each(?1) w JOIN leads l ON l.id = w.value JOIN report_leads f ON f.lead_id = l.id ORDER BY w.key`,
    )
    .bind(JSON.stringify(ids))
    .all<SampledLead>();
  return results;
};
