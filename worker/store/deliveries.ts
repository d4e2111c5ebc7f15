/** The outbox as people look at it: lists, and starting over. */
import type { Db } from "./db.ts";

type Row = Record<string, unknown>;

export interface DeliveryRow {
  id: string;
  kind: string;
  channel: string;
  recipient: string;
  leadId: string | null;
  status: string;
  attempts: number;
  lastError: string | null;
  createdAt: number;
  nextAttemptAt: number;
  sentAt: number | null;
  /** Cursor. */
  position: number;
}

/** Conditions and indexes: what needs attention is found by a partial index, however much was sent since. Waiting includes what is being sent. */
const BY_STATUS: Record<string, { from: string; where: string }> = {
  pending: { from: "outbox INDEXED BY outbox_due", where: "status IN ('pending', 'leased')" },
  leased: {
    from: "outbox INDEXED BY outbox_due",
    where: "status IN ('pending', 'leased') AND status = 'leased'",
  },
  dead: { from: "outbox INDEXED BY outbox_dead", where: "status = 'dead'" },
  sent: { from: "outbox", where: "status = 'sent'" },
  obsolete: { from: "outbox", where: "status = 'obsolete'" },
};

const COLUMNS = `rowid AS position, id, kind, channel, recipient, lead_id, status, attempts, last_error, created_at,
  next_attempt_at, sent_at`;

const toDelivery = (row: Row): DeliveryRow => ({
  id: row["id"] as string,
  kind: row["kind"] as string,
  channel: row["channel"] as string,
  recipient: row["recipient"] as string,
  leadId: row["lead_id"] as string | null,
  status: row["status"] as string,
  attempts: row["attempts"] as number,
  lastError: row["last_error"] as string | null,
  createdAt: row["created_at"] as number,
  nextAttemptAt: row["next_attempt_at"] as number,
  sentAt: row["sent_at"] as number | null,
  position: row["position"] as number,
});

export interface DeliveryFilter {
  status?: string | undefined;
  leadId?: string | undefined;
  /** `position` of the last one seen. */
  after?: number | undefined;
  limit: number;
}

/** Newest first. Of one lead, its own index is the short way whatever the status. */
export const listDeliveries = async (db: Db, filter: DeliveryFilter): Promise<DeliveryRow[]> => {
  const { status, leadId, after, limit } = filter;
  const chosen = status ? BY_STATUS[status] : undefined;
  const where = ["rowid < ?1", ...(chosen ? [chosen.where] : []), ...(leadId ? ["lead_id = ?3"] : [])];
  const from = leadId ? "outbox" : (chosen?.from ?? "outbox");
  const { results } = await db
    .prepare(`SELECT ${COLUMNS} FROM ${from} WHERE ${where.join(" AND ")} ORDER BY rowid DESC LIMIT ?2`)
    .bind(after ?? Number.MAX_SAFE_INTEGER, limit, ...(leadId ? [leadId] : []))
    .all<Row>();
  return results.map(toDelivery);
};

export const readDelivery = async (db: Db, id: string): Promise<DeliveryRow | null> => {
  const row = await db.prepare(`SELECT ${COLUMNS} FROM outbox WHERE id = ?1`).bind(id).first<Row>();
  return row ? toDelivery(row) : null;
};

/** Starts over with what was given up or waits; the id stays, so whoever did get it knows it again. Null when it can't be. */
export const restartDelivery = async (db: Db, id: string, now: number): Promise<DeliveryRow | null> => {
  const [, row] = await db.batch<Row>([
    db
      .prepare(
        `UPDATE outbox SET status = 'pending', attempts = 0, next_attempt_at = ?2
         WHERE id = ?1 AND status IN ('dead', 'pending') AND kind <> 'signin.link'`,
      )
      .bind(id, now),
    db
      .prepare(`SELECT ${COLUMNS} FROM outbox WHERE id = ?1 AND status = 'pending' AND attempts = 0`)
      .bind(id),
  ]);
  const found = row?.results[0];
  return found ? toDelivery(found) : null;
};
