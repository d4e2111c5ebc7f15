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
