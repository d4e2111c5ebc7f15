/** What happened and what is owed to the outside for it: statements of the batch that makes it so. */
import type { Db } from "./db.ts";

export interface NewEvent {
  type: string;
  actor: string;
  data: Record<string, unknown>;
}

export interface OutboxInput {
  id: string;
  kind: string;
  channel: string;
  seq: number | null;
  recipient: string;
  data: Record<string, unknown>;
}

/** Events of a lead, in order, in one statement. */
export const eventsStatement = (
  db: Db,
  leadId: string | null,
  at: number,
  events: readonly NewEvent[],
): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO events (lead_id, at, type, actor, data)
       SELECT ?1, ?2, value ->> 'type', value ->> 'actor', value -> 'data' FROM json_each(?3)`,
    )
    .bind(leadId, at, JSON.stringify(events));

/** Effects owed, in one statement; an effect that is owed already is not owed twice. */
export const outboxStatement = (
  db: Db,
  leadId: string | null,
  at: number,
  effects: readonly OutboxInput[],
): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO outbox (id, kind, channel, lead_id, seq, recipient, data, next_attempt_at, created_at)
       SELECT value ->> 'id', value ->> 'kind', value ->> 'channel', ?1, value ->> 'seq', value ->> 'recipient',
         value -> 'data', ?2, ?2 FROM json_each(?3) WHERE true ON CONFLICT DO NOTHING`,
    )
    .bind(leadId, at, JSON.stringify(effects));
