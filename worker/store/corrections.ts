/** What a correction of contact data goes by: what the visitor sent at first, and who had the lead before. */
import { parseJson, type Db } from "./db.ts";

export interface Founding {
  page: Record<string, unknown>;
  attribution: Record<string, unknown>;
}

/** The founding submission, verbatim; null only for a lead that has none. */
export const foundingOf = async (db: Db, leadId: string): Promise<Founding | null> => {
  const row = await db
    .prepare("SELECT body FROM submissions WHERE lead_id = ?1 AND joined = 0")
    .bind(leadId)
    .first<{ body: string }>();
  return row ? parseJson<Founding>(row.body) : null;
};

/** The last person who owned it before it went where it is. */
export const lastPersonOf = async (db: Db, leadId: string): Promise<string | null> =>
  (
    await db
      .prepare(
        "SELECT person_id FROM assignments WHERE lead_id = ?1 AND person_id IS NOT NULL ORDER BY seq DESC LIMIT 1",
      )
      .bind(leadId)
      .first<{ person_id: string }>()
  )?.person_id ?? null;
