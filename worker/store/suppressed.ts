/** Addresses that mustn't be contacted. The CRM's own mark counts as well; neither takes the other back. */
import type { Db } from "./db.ts";

/**
 * Puts an address on the list; once. Conditions see it as `contact.doNotContact`, so somebody whom the CRM doesn't know
 * gets a contact of ours: without one a policy couldn't tell.
 */
export const suppressStatement = (
  db: Db,
  emailNorm: string,
  about: { by: string; reason: string | null; leadId: string | null },
  now: number,
): D1PreparedStatement[] => [
  db
    .prepare(
      "INSERT INTO suppressed (email_norm, at, by, reason, lead_id) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
    )
    .bind(emailNorm, now, about.by, about.reason, about.leadId),
  db
    .prepare(
      `INSERT INTO contacts (id, email, email_norm, do_not_contact, updated_at)
       SELECT 'suppressed:' || ?1, ?1, ?1, 1, ?2 WHERE NOT EXISTS (SELECT 1 FROM contacts WHERE email_norm = ?1)`,
    )
    .bind(emailNorm, now),
];

export const isSuppressed = async (db: Db, emailNorm: string): Promise<boolean> =>
  (await db.prepare("SELECT 1 FROM suppressed WHERE email_norm = ?1").bind(emailNorm).first()) !== null;
