/** Addresses that a closing said not to contact any more: who said so, why, and what follows from it. */
import { OWN_CONTACT } from "./capture.ts";
import type { Db } from "./db.ts";

export const ownContactId = (hash: string): string => `${OWN_CONTACT}${hash.slice(0, 16)}`;

/** A contact of ours that carries the mark, where the address has none. */
export const ownContact = (
  db: Db,
  { id, email, emailNorm }: { id: string; email: string; emailNorm: string },
  now: number,
): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO contacts (id, email, email_norm, do_not_contact, updated_at) SELECT ?1, ?2, ?3, 1, ?4
       WHERE NOT EXISTS (SELECT 1 FROM contacts WHERE email_norm = ?3) ON CONFLICT DO NOTHING`,
    )
    .bind(id, email, emailNorm, now);

/**
 * Part of the closing's batch. The mark is privacy's own (`hash`: no sync takes it back, and it outlives the person); conditions see
 * it on the contact, so somebody whom the CRM doesn't know gets one of ours.
 */
export const suppressStatements = (
  db: Db,
  address: { emailNorm: string; hash: string },
  about: { by: string; reason: string | null; leadId: string },
  now: number,
): D1PreparedStatement[] => [
  db
    .prepare(
      "INSERT INTO suppressed (email_norm, at, by, reason, lead_id) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
    )
    .bind(address.emailNorm, now, about.by, about.reason, about.leadId),
  db
    .prepare(
      `INSERT INTO privacy_marks (hash, do_not_contact_at, by) VALUES (?1, ?2, ?3)
       ON CONFLICT (hash) DO UPDATE SET do_not_contact_at = coalesce(do_not_contact_at, excluded.do_not_contact_at)`,
    )
    .bind(address.hash, now, about.by),
  db
    .prepare("UPDATE contacts SET do_not_contact = 1, updated_at = ?2 WHERE email_norm = ?1")
    .bind(address.emailNorm, now),
  ownContact(
    db,
    { id: ownContactId(address.hash), email: address.emailNorm, emailNorm: address.emailNorm },
    now,
  ),
];

/** Whoever said so: a closing, the person, or the CRM. The person's word (`hash`) outlives every contact. */
export const mustNotContact = async (db: Db, emailNorm: string, hash: string): Promise<boolean> =>
  (await db
    .prepare(
      `SELECT 1 FROM contacts WHERE email_norm = ?1 AND do_not_contact = 1
       UNION ALL SELECT 1 FROM privacy_marks WHERE hash = ?2 AND do_not_contact_at IS NOT NULL LIMIT 1`,
    )
    .bind(emailNorm, hash)
    .first()) !== null;
