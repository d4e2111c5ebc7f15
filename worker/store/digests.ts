/** What digests ask of the database: which were sent last, and the figures they tell. */
import type { Told } from "../domain/reports/digests.ts";
import { outboxStatement, type OutboxInput } from "./happened.ts";
import type { Db } from "./db.ts";
import { waitingStatement } from "./waiting.ts";

/**
 * The last digest of each of these: what is owed is itself the record of what was told, so that neither is there without the
 * other. `ids` begin messages' ids, which end in their reader's date.
 */
export const lastTold = async (db: Db, ids: readonly string[]): Promise<Map<string, Told>> => {
  const { results } = await db
    .prepare(
      `SELECT w.value AS id, substr(o.id, -10) AS date, coalesce(o.data ->> '$.to', date(substr(o.id, -10), '-1 day')) AS "to"
       FROM json_each(?1) w JOIN outbox o ON o.id = (
         SELECT max(m.id) FROM outbox m
         WHERE m.id > w.value AND m.id < w.value || ':' AND length(m.id) = length(w.value) + 10)`,
    )
    .bind(JSON.stringify(ids))
    .all<Told & { id: string }>();
  return new Map(results.map(({ id, date, to }) => [id, { date, to }]));
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

/** Open leads that wait for a first touch, by who has them now; those without an owner under the empty name. */
export const waitingByOwner = async (db: Db): Promise<Map<string, number>> => {
  const { results } = await waitingStatement(db, "person", []).all<{ value: string; n: number }>();
  return new Map(results.map(({ value, n }) => [value, n]));
};
