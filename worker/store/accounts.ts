/** Accounts that go: removed, or merged into another. What referred to them follows in the same batch. */
import { changeStatements, guard, type Change, type Stored } from "./crm.ts";
import type { Db } from "./db.ts";

/** Old leads follow their account; each says so in its own history. `into` is null for a removal. */
const leadStatements = (
  db: Db,
  from: string,
  into: string | null,
  actor: string,
  now: number,
): D1PreparedStatement[] => [
  db
    .prepare(
      `INSERT INTO events (lead_id, at, type, actor, data)
       SELECT id, ?3, 'lead.matched', ?4, json_object('accountId', ?2, 'from', ?1, 'cause', ?5) FROM leads WHERE account_id = ?1`,
    )
    .bind(from, into, now, actor, into === null ? "account removed" : "accounts merged"),
  db
    .prepare(
      `UPDATE leads SET account_id = ?2, match = json_set(match, '$.accountId', ?2), generation = generation + 1, updated_at = ?3
       WHERE account_id = ?1`,
    )
    .bind(from, into, now),
];

const contactStatement = (db: Db, from: string, into: string | null): D1PreparedStatement =>
  db.prepare("UPDATE contacts SET account_id = ?2 WHERE account_id = ?1").bind(from, into);

const childStatement = (db: Db, from: string, into: string | null): D1PreparedStatement =>
  db.prepare("UPDATE accounts SET parent_id = ?2 WHERE parent_id = ?1 AND id IS NOT ?2").bind(from, into);

const removalStatements = (db: Db, id: string): D1PreparedStatement[] => [
  db.prepare("DELETE FROM account_keys WHERE account_id = ?1").bind(id),
  db.prepare("DELETE FROM accounts WHERE id = ?1").bind(id),
];

/** False when there is no such account. */
export const deleteAccount = async (db: Db, id: string, actor: string, now: number): Promise<boolean> => {
  const results = await db.batch([
    ...leadStatements(db, id, null, actor, now),
    contactStatement(db, id, null),
    childStatement(db, id, null),
    db.prepare("DELETE FROM opportunities WHERE account_id = ?1").bind(id),
    ...removalStatements(db, id),
  ]);
  return (results.at(-1)?.meta.changes ?? 0) > 0;
};

export interface Moved {
  contacts: number;
  opportunities: number;
  leads: number;
}

/** Atomic; throws an error that `isMoved` knows when either account isn't as it was read. */
export const mergeInto = async (
  db: Db,
  target: Change,
  source: Stored,
  actor: string,
  now: number,
): Promise<Moved> => {
  const from = String(source.row["id"]);
  const into = String(target.row["id"]);
  const results = await db.batch([
    contactStatement(db, from, into),
    db.prepare("UPDATE opportunities SET account_id = ?2 WHERE account_id = ?1").bind(from, into),
    ...leadStatements(db, from, into, actor, now),
    guard(db, "accounts", [source]),
    ...changeStatements(db, "accounts", [target]),
    childStatement(db, from, into),
    ...removalStatements(db, from),
  ]);
  const changes = (at: number): number => results[at]?.meta.changes ?? 0;
  return { contacts: changes(0), opportunities: changes(1), leads: changes(3) };
};
