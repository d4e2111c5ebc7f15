/** What capture reads for one submission, read for many at once and with the loads that the pick would count. */
import type { Loads } from "../domain/routing/plan-types.ts";
import { readCandidates, type Asked } from "./candidates.ts";
import { OPEN_LEAD, toOpenLead, type Known } from "./known.ts";
import { parseJson, type Db } from "./db.ts";
import { companyColumn, type KnownCompany } from "./companies.ts";
import { loadStatements, toLoads } from "./loads.ts";
import { QUEUED_COLUMN } from "./openings.ts";
import { CURRENT, toCurrent } from "./people.ts";

export interface DryQuestion extends Asked {
  corporateDomain: string | null;
}

type Row = Record<string, unknown>;

/** The newest, as capture finds it by walking the index backwards: of one millisecond the last that came. */
const LAST_OWNERS = `
SELECT l.email_norm, l.owner_id, l.updated_at AS at FROM json_each(?1) e JOIN leads l ON l.rowid =
  (SELECT rowid FROM leads WHERE email_norm = e.value AND owner_id IS NOT NULL ORDER BY created_at DESC, rowid DESC LIMIT 1)`;

const COMPANY_OWNERS = `
SELECT l.corporate_domain, l.owner_id, l.id FROM json_each(?1) e JOIN leads l ON l.rowid =
  (SELECT rowid FROM leads WHERE corporate_domain = e.value AND open = 1 AND provisional = 0 AND owner_id IS NOT NULL
   ORDER BY created_at DESC, rowid DESC LIMIT 1)`;

const COMPANIES = `
SELECT e.value AS domain, ${companyColumn("e.value", "?2")} AS company FROM json_each(?1) e`;

const unique = (items: readonly (string | null)[]): string =>
  JSON.stringify([...new Set(items.filter((item) => item !== null))]);

const by = (rows: readonly Row[], column: string): Map<string, Row> =>
  new Map(rows.map((row) => [String(row[column]), row]));

/** One `Known` for each question, in order. `now` is the moment to decide for. */
export const readForDryRun = async (
  db: Db,
  questions: readonly DryQuestion[],
  now: number,
): Promise<{ known: Known[]; loads: Loads }> => {
  const emails = unique(questions.map(({ emailNorm }) => emailNorm));
  const domains = unique(questions.map(({ corporateDomain }) => corporateDomain));
  const [results, candidates] = await Promise.all([
    db.batch<Row>([
      db.prepare(CURRENT).bind(now),
      db
        .prepare(
          `SELECT ${OPEN_LEAD} FROM leads open_lead WHERE open = 1 AND email_norm IN (SELECT value FROM json_each(?1))`,
        )
        .bind(emails),
      db.prepare(LAST_OWNERS).bind(emails),
      db.prepare(COMPANY_OWNERS).bind(domains),
      ...loadStatements(db),
      db.prepare(COMPANIES).bind(domains, now),
      db.prepare(`SELECT ${QUEUED_COLUMN} AS queued`),
    ]),
    readCandidates(db, questions),
  ]);
  const rows = (at: number): Row[] => results[at]?.results ?? [];
  const current = toCurrent(rows(0)[0]);
  const open = by(rows(1), "email_norm");
  const last = by(rows(2), "email_norm");
  const company = by(rows(3), "corporate_domain");
  const companies = new Map(
    rows(7).map((row) => [String(row["domain"]), parseJson<KnownCompany | null>(String(row["company"]))]),
  );
  const queued = parseJson<Record<string, number>>(String(rows(8)[0]?.["queued"]));
  const known = questions.map(({ emailNorm, corporateDomain }, at): Known => {
    const lead = open.get(emailNorm ?? "");
    const owner = last.get(emailNorm ?? "");
    const colleague = company.get(corporateDomain ?? "");
    return {
      current,
      repeat: null,
      openLead: lead ? toOpenLead(lead) : null,
      lastOwner: owner ? { personId: String(owner["owner_id"]), at: Number(owner["at"]) } : null,
      companyOwner: colleague
        ? { personId: String(colleague["owner_id"]), leadId: String(colleague["id"]) }
        : null,
      company: companies.get(corporateDomain ?? "") ?? null,
      contact: candidates[at]?.contact ?? null,
      accounts: candidates[at]?.accounts ?? [],
      queued,
    };
  });
  return { known, loads: toLoads(rows(4), rows(5), rows(6)) };
};
