/** Addresses that a closing said not to contact any more: who said so, why, and what follows from it. */
import { OWN_CONTACT } from "./known.ts";
import type { Db } from "./db.ts";

const ownContactId = (hash: string): string => `${OWN_CONTACT}${hash.slice(0, 16)}`;

/** A mark once made stays. */
export const markStatement = (
  db: Db,
  mark: { hash: string; doNotContactAt: number | null; erasedAt: number | null; by: string },
): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO privacy_marks (hash, do_not_contact_at, erased_at, by) VALUES (?1, ?2, ?3, ?4)
       ON CONFLICT (hash) DO UPDATE SET do_not_contact_at = coalesce(do_not_contact_at, excluded.do_not_contact_at),
         erased_at = coalesce(excluded.erased_at, erased_at)`,
    )
    .bind(mark.hash, mark.doNotContactAt, mark.erasedAt, mark.by);

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

/** Contacts of the address are marked; without one, a contact of our own carries the mark to every later lead. */
export const contactMarks = (
  db: Db,
  { email, emailNorm, hash }: { email: string; emailNorm: string; hash: string },
  now: number,
): D1PreparedStatement[] => [
  db
    .prepare("UPDATE contacts SET do_not_contact = 1, updated_at = ?2 WHERE email_norm = ?1")
    .bind(emailNorm, now),
  ownContact(db, { id: ownContactId(hash), email, emailNorm }, now),
];

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
  markStatement(db, { hash: address.hash, doNotContactAt: now, erasedAt: null, by: about.by }),
  ...contactMarks(db, { ...address, email: address.emailNorm }, now),
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
