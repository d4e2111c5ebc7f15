/** Whom activities of other systems are about, and which of them are known already. One round trip for all. */
import { parseJson, type Db } from "./db.ts";

export interface Wanted {
  /** Place in the list; comes back with the answer. */
  n: number;
  /** The id of the touch it becomes. */
  key: string;
  leadId: string | null;
  emailNorm: string | null;
  externalId: string | null;
  /** When it took place, epoch ms. */
  at: number;
}

export interface Found {
  n: number;
  /** The lead it was recorded of before; null: it is new. */
  recordedOf: string | null;
  leadId: string | null;
}

/** Clocks of two systems may differ by so much. */
const SKEW_MS = 30_000;

/** Of the leads of an address that had come by then the open one, else the last; where none had, any. */
const BY_EMAIL = (email: string): string =>
  `(SELECT id FROM leads WHERE email_norm = ${email}
    ORDER BY created_at <= (value ->> 'at') + ${SKEW_MS} DESC, open DESC, created_at DESC LIMIT 1)`;

export const findActivities = async (db: Db, wanted: readonly Wanted[]): Promise<Found[]> => {
  const row = await db
    .prepare(
      `SELECT json_group_array(json_object('n', value ->> 'n',
         'recordedOf', (SELECT lead_id FROM touches WHERE id = value ->> 'key'),
         'leadId', coalesce(
           (SELECT id FROM leads WHERE id = value ->> 'leadId'),
           (SELECT lead_id FROM submissions WHERE id = value ->> 'leadId'),
           CASE WHEN value ->> 'leadId' IS NULL THEN coalesce(
             CASE WHEN value ->> 'emailNorm' IS NOT NULL THEN ${BY_EMAIL("value ->> 'emailNorm'")} END,
             CASE WHEN value ->> 'externalId' IS NOT NULL
               THEN ${BY_EMAIL("(SELECT email_norm FROM contacts WHERE id = value ->> 'externalId')")} END) END)))
         AS found FROM json_each(?1)`,
    )
    .bind(JSON.stringify(wanted))
    .first<{ found: string }>();
  return parseJson<Found[]>(row?.found ?? "[]");
};
