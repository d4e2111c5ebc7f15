/** Answers of data providers, kept by domain. */
import type { CompanyFacts } from "../domain/enrichment/company.ts";
import { parseJson, type Db } from "./db.ts";

/** `facts` null: the provider was asked and doesn't know the company. */
export interface KnownCompany {
  facts: CompanyFacts | null;
}

/** As a JSON column; `domain` and `now` are bound parameters of the statement it stands in. */
export const companyColumn = (domain: string, now: string): string =>
  `(SELECT json_object('facts', json(c.facts)) FROM companies c WHERE c.domain = ${domain} AND c.expires_at > ${now})`;

/** Null when nobody was asked, or so long ago that it no longer counts. */
export const readCompany = async (db: Db, domain: string, now: number): Promise<KnownCompany | null> => {
  const row = await db
    .prepare(`SELECT ${companyColumn("?1", "?2")} AS company`)
    .bind(domain, now)
    .first<{ company: string | null }>();
  return parseJson<KnownCompany | null>(row?.company ?? "null");
};

/** Rows looked at in one go. */
const A_STRETCH = 5000;

/**
 * Deletes what no longer counts among a stretch of rows, another stretch with each `turn`: no index serves the time, and
 * in as many turns as there are stretches every row has been looked at. Answers how many went.
 */
export const dropExpired = async (db: Db, now: number, turn: number): Promise<number> => {
  const { meta } = await db
    .prepare(
      // Numbers are bound as floating point, and these must divide as whole ones.
      `WITH stretch AS (
         SELECT CAST(?2 AS INTEGER) % (coalesce(max(rowid), 0) / ${A_STRETCH} + 1) * ${A_STRETCH} AS first FROM companies)
       DELETE FROM companies WHERE expires_at <= ?1
         AND rowid BETWEEN (SELECT first FROM stretch) AND (SELECT first FROM stretch) + ${A_STRETCH - 1}`,
    )
    .bind(now, turn)
    .run();
  return meta.changes;
};

export const keepCompany = async (
  db: Db,
  company: { domain: string; provider: string; facts: CompanyFacts | null; at: number; until: number },
): Promise<void> => {
  const { domain, provider, facts, at, until } = company;
  await db
    .prepare(
      `INSERT INTO companies (domain, provider, facts, fetched_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)
       ON CONFLICT (domain) DO UPDATE SET provider = ?2, facts = ?3, fetched_at = ?4, expires_at = ?5`,
    )
    .bind(domain, provider, facts === null ? null : JSON.stringify(facts), at, until)
    .run();
};
