/** Sends a batch: receivers apart, a few messages at a time to each, and no more to one that is down. */
import type { Owed } from "../domain/owed.ts";
import { waitAfter } from "../outbound/backoff.ts";
import type { Delivery } from "../outbound/channel.ts";
import type { Lane, Outcome } from "../store/outbox.ts";

/** A message isn't begun when its lease has less than this left. */
const MARGIN_MS = 20_000;
/** Messages to one receiver that are under way at once. */
const AT_ONCE: Record<Lane, number> = { email: 12, webhook: 4, lookup: 4 };
/** A receiver that fails this often in a row isn't tried again in this batch. */
const PATIENCE = 3;

/** A message made ready, or the reason why none is sent. */
export type Prepared =
  | { kind: "send"; send: () => Promise<Delivery> }
  | { kind: "obsolete"; reason: string }
  | { kind: "settled"; delivery: Delivery };

export interface Lease {
  lane: Lane;
  /** Epoch milliseconds. */
  until: number;
  now(): number;
}

type Prepare = (row: Owed) => Prepared;

/** Never throws; answers what came of each row. */
export const sendAll = async (lease: Lease, rows: readonly Owed[], prepare: Prepare): Promise<Outcome[]> => {
  const groups = Map.groupBy(rows, (row) => (lease.lane === "webhook" ? row.recipient : "mail"));
  const sent = await Promise.all([...groups.values()].map((group) => sendGroup(lease, group, prepare)));
  return sent.flat();
};

/** How one receiver does, seen over a batch. */
interface Health {
  failing: number;
  /** The longest wait it asked for. */
  askedMs: number;
}

const sendGroup = async (lease: Lease, rows: readonly Owed[], prepare: Prepare): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  const waiting = rows.values();
  const health: Health = { failing: 0, askedMs: 0 };
  const hand = async (): Promise<void> => {
    // One iterator for all hands: each takes the next row.
    for (const row of waiting) outcomes.push(await sendOne(lease, row, prepare, health));
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE[lease.lane], rows.length) }, hand));
  return outcomes;
};

const sendOne = async (lease: Lease, row: Owed, prepare: Prepare, health: Health): Promise<Outcome> => {
  if (lease.now() > lease.until - MARGIN_MS) return putBack(row, lease.now());
  const made = prepare(row);
  if (made.kind === "obsolete") return outcomeOf(row, "obsolete", lease.now(), `obsolete: ${made.reason}`);
  if (made.kind === "settled") return judge(row, made.delivery, lease.now());
  if (health.failing >= PATIENCE) return judge(row, notTried(health.askedMs), lease.now());
  const delivery = await made.send();
  if (delivery.ok) health.failing = 0;
  else if (delivery.down) {
    health.failing++;
    health.askedMs = Math.max(health.askedMs, delivery.retryAfterMs ?? 0);
  }
  return judge(row, delivery, lease.now());
};

/** Counts as an attempt: a receiver that is down for a day loses what was meant for it, tried or not. */
const notTried = (retryAfterMs: number): Delivery => ({
  ok: false,
  retry: true,
  error: "not tried: the receiver had just failed several times in a row",
  retryAfterMs,
});

/** What must not be kept once its message is out or given up. */
const secret = (row: Owed): boolean => row.kind === "signin.link";

const outcomeOf = (
  row: Owed,
  status: Outcome["status"],
  nextAttemptAt: number,
  error: string | null,
): Outcome => ({
  id: row.id,
  attempts: row.attempts,
  status,
  nextAttemptAt,
  error,
  blank: secret(row) && status !== "pending",
  begun: true,
});

/** As if it had never been taken. */
export const putBack = (row: Owed, now: number): Outcome => ({
  ...outcomeOf(row, "pending", now, null),
  begun: false,
});

const judge = (row: Owed, delivery: Delivery, now: number): Outcome => {
  if (delivery.ok) return outcomeOf(row, "sent", now, null);
  const wait = delivery.retry ? waitAfter(row.id, row.attempts, delivery.retryAfterMs) : null;
  return wait === null
    ? outcomeOf(row, "dead", now, delivery.error)
    : outcomeOf(row, "pending", now + wait, delivery.error);
};
