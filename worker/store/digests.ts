/** What digests ask of the database: which are owed already, and the figures they tell. */
import { outboxStatement, type OutboxInput } from "./happened.ts";
import type { Db } from "./db.ts";

/** Of these messages, those that are not owed yet. */
export const notYetOwed = async (db: Db, ids: readonly string[]): Promise<Set<string>> => {
  const { results } = await db
    .prepare(
      "SELECT value AS id FROM json_each(?1) w WHERE NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = w.value)",
    )
    .bind(JSON.stringify(ids))
    .all<{ id: string }>();
  return new Set(results.map(({ id }) => id));
};

/** Owes a message that speaks of no lead; one that is owed already isn't owed twice. */
export const owe = async (db: Db, now: number, effect: OutboxInput): Promise<void> => {
  await outboxStatement(db, null, now, [effect]).run();
};

export const deactivatedPeople = async (db: Db): Promise<Set<string>> => {
  const { results } = await db
    .prepare("SELECT person_id AS id FROM people_state WHERE deactivated_at IS NOT NULL")
    .all<{ id: string }>();
  return new Set(results.map(({ id }) => id));
};

/** Open leads that wait for a first touch, by owner. */
export const waitingByOwner = async (db: Db): Promise<Map<string, number>> => {
  const { results } = await db
    .prepare("SELECT person, count(*) AS n FROM report_leads WHERE open = 1 AND touched = 0 GROUP BY person")
    .all<{ person: string; n: number }>();
  return new Map(results.map(({ person, n }) => [person, n]));
};
