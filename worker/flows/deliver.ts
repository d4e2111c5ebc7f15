/**
 * Pays what the outbox owes: take a batch, see what each message speaks of now, send, and record all that came of it.
 * At least once, with one stable id for each message: a repeat is possible only if we die between the receiver's
 * acceptance and our record, and the receiver can tell.
 */
import type { Compiled } from "../domain/config/compiled.ts";
import { waitAfter } from "../outbound/backoff.ts";
import type { Channels, Delivery } from "../outbound/channel.ts";
import { composeHook, composeMail } from "../outbound/compose.ts";
import { whoHears } from "../outbound/recipients.ts";
import { obsolete } from "../outbound/relevance.ts";
import { notificationOf, type Scene } from "../outbound/scene.ts";
import { errorText } from "../outbound/text.ts";
import { loadConfig } from "../store/config.ts";
import {
  claimDue,
  readSurroundings,
  recordOutcomes,
  submissionOf,
  type Lane,
  type Outcome,
  type OutboxRow,
  type OwedAbout,
  type Surroundings,
} from "../store/outbox.ts";
import { alertsFor } from "./alerts.ts";
import type { Deps } from "./deps.ts";

/** What this deployment delivers with. */
export interface Post {
  channels: Channels;
  /** Where it is reached; null when unknown. */
  origin: string | null;
  mailFrom: string | null;
  alertEmail: string | null;
}

export interface Delivered {
  claimed: number;
  sent: number;
  /** To be tried again. */
  failed: number;
  dead: number;
  obsolete: number;
  /** When anything is due next, epoch milliseconds; null when nothing is owed. */
  nextAttemptAt: number | null;
}

/** Longer than a batch takes even if most of its receivers hang. */
export const LEASE_MS = 120_000;
/** A message isn't begun when its lease has less than this left. */
const MARGIN_MS = 20_000;
/** Messages to one receiver that are under way at once. */
const AT_ONCE: Record<Lane, number> = { email: 12, webhook: 4 };
/** A receiver that fails this often in a row isn't tried again in this batch. */
const PATIENCE = 3;

type Prepared =
  | { kind: "send"; send: () => Promise<Delivery> }
  | { kind: "obsolete"; reason: string }
  | { kind: "settled"; delivery: Delivery };

type Clocked = Pick<Deps, "db" | "now">;

/** Delivers what is due in a lane, at most `limit` messages. Throws only when the database fails; leases then run out. */
export const deliverDue = async (
  deps: Clocked,
  post: Post,
  lane: Lane,
  limit: number,
): Promise<Delivered> => {
  const now = deps.now();
  const leaseUntil = now + LEASE_MS;
  const { rows, nextAttemptAt } = await claimDue(deps.db, { lane, limit, now, leaseUntil });
  if (rows.length === 0) return { claimed: 0, sent: 0, failed: 0, dead: 0, obsolete: 0, nextAttemptAt };
  const around = await readSurroundings(deps.db, rows);
  const configs = await configsFor(deps, rows, around);
  const outcomes = await sendAll(deps, lane, leaseUntil, rows, (row) =>
    prepare(sceneOf(row, around, configs, post, now), post),
  );
  const current = configs.get(around.config) ?? null;
  const next = await record(deps, outcomes, alertsFor(rows, outcomes, current, deps.now()));
  const count = (status: Outcome["status"]): number =>
    outcomes.filter((outcome) => outcome.status === status).length;
  return {
    claimed: rows.length,
    sent: count("sent"),
    failed: count("pending"),
    dead: count("dead"),
    obsolete: count("obsolete"),
    nextAttemptAt: next,
  };
};

type Configs = ReadonlyMap<number, Compiled | null>;

/** The live configuration, and those under which the leads run; all but new ones are in memory. */
const configsFor = async (
  deps: Clocked,
  rows: readonly OutboxRow[],
  around: Surroundings,
): Promise<Configs> => {
  const versions = new Set([around.config]);
  for (const row of rows) {
    const lead = row.leadId === null ? undefined : around.leads.get(row.leadId);
    if (lead) versions.add(lead.policyVersion);
  }
  return new Map(
    await Promise.all(
      [...versions].map(async (version) => [version, await loadConfig(deps.db, version)] as const),
    ),
  );
};

const sceneOf = (row: OutboxRow, around: Surroundings, configs: Configs, post: Post, now: number): Scene => {
  const lead = row.leadId === null ? null : (around.leads.get(row.leadId) ?? null);
  const at = (seq: number) => (row.leadId === null ? null : around.assignment(row.leadId, seq));
  return {
    owed: row,
    lead,
    assignment: row.seq === null ? null : at(row.seq),
    previous: row.seq === null ? null : at(row.seq - 1),
    submission: submissionOf(around, row),
    compiled: configs.get(around.config) ?? null,
    past: lead === null ? null : (configs.get(lead.policyVersion) ?? null),
    deactivated: around.deactivated,
    now,
    origin: post.origin,
    mailFrom: post.mailFrom,
    alertEmail: post.alertEmail,
  };
};

const never = (error: string): Prepared => ({
  kind: "settled",
  delivery: { ok: false, retry: false, error },
});

/** A message that can't even be written fails by itself, never its batch. */
const prepare = (scene: Scene, post: Post): Prepared => {
  try {
    const reason = obsolete(scene);
    if (reason !== null) return { kind: "obsolete", reason };
    if (scene.owed.channel === "webhook") return prepareHook(scene, post);
    return scene.owed.channel === "email"
      ? prepareMail(scene, post)
      : never(`there is no channel ${scene.owed.channel}`);
  } catch (error) {
    return {
      kind: "settled",
      delivery: { ok: false, retry: true, error: errorText(`compose: ${String(error)}`) },
    };
  }
};

const prepareHook = (scene: Scene, { channels }: Post): Prepared => {
  const notification = notificationOf(scene);
  if (notification?.channel !== "webhook") return never("the webhook is not configured");
  const hook = composeHook(scene, notification);
  return { kind: "send", send: () => channels.webhook.deliver(hook) };
};

const prepareMail = (scene: Scene, { channels }: Post): Prepared => {
  const heard = whoHears(scene);
  if (heard.kind === "obsolete") return heard;
  if (heard.kind === "unreachable") return never(heard.reason);
  const [first, ...others] = heard.readers;
  if (!first) return never("there is nobody to tell");
  const mail = composeMail(scene, [first, ...others]);
  return { kind: "send", send: () => channels.email.deliver(mail) };
};

/** Messages to one receiver, sent a few at a time; receivers don't wait for each other. */
const sendAll = async (
  deps: Clocked,
  lane: Lane,
  leaseUntil: number,
  rows: readonly OutboxRow[],
  prepared: (row: OutboxRow) => Prepared,
): Promise<Outcome[]> => {
  const groups = Map.groupBy(rows, (row) => (lane === "webhook" ? row.recipient : "mail"));
  const sent = await Promise.all(
    [...groups.values()].map((group) => sendGroup(deps, AT_ONCE[lane], leaseUntil, group, prepared)),
  );
  return sent.flat();
};

const sendGroup = async (
  deps: Clocked,
  atOnce: number,
  leaseUntil: number,
  rows: readonly OutboxRow[],
  prepared: (row: OutboxRow) => Prepared,
): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  const waiting = [...rows];
  let failing = 0;
  let asked = 0;
  const worker = async (): Promise<void> => {
    for (let row = waiting.shift(); row; row = waiting.shift()) {
      if (deps.now() > leaseUntil - MARGIN_MS) {
        outcomes.push(putBack(row, deps.now()));
        continue;
      }
      const made = prepared(row);
      if (made.kind === "obsolete") {
        outcomes.push(outcomeOf(row, "obsolete", deps.now(), `obsolete: ${made.reason}`));
        continue;
      }
      const delivery =
        made.kind === "settled" ? made.delivery : failing >= PATIENCE ? notTried(asked) : await made.send();
      if (delivery.ok) failing = 0;
      else if (delivery.down && made.kind === "send") {
        failing++;
        asked = Math.max(asked, delivery.retryAfterMs ?? 0);
      }
      outcomes.push(judge(row, delivery, deps.now()));
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, rows.length) }, worker));
  return outcomes;
};

/** Counts as an attempt: a receiver that is down for a day loses what was meant for it, tried or not. */
const notTried = (retryAfterMs: number): Delivery => ({
  ok: false,
  retry: true,
  error: "not tried: the receiver had just failed several times in a row",
  retryAfterMs,
});

/** What must not be kept once its message is out or given up. */
const secret = (row: OutboxRow): boolean => row.kind === "signin.link";

const outcomeOf = (
  row: OutboxRow,
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

const putBack = (row: OutboxRow, now: number): Outcome => ({
  ...outcomeOf(row, "pending", now, null),
  begun: false,
});

const judge = (row: OutboxRow, delivery: Delivery, now: number): Outcome => {
  if (delivery.ok) return outcomeOf(row, "sent", now, null);
  const wait = delivery.retry ? waitAfter(row.id, row.attempts, delivery.retryAfterMs) : null;
  return wait === null
    ? outcomeOf(row, "dead", now, delivery.error)
    : outcomeOf(row, "pending", now + wait, delivery.error);
};

const RECORD_AGAIN_MS = [100, 500, 2_000];

/** What was sent and isn't recorded is sent again: worth more than one try. */
const record = async (
  deps: Clocked,
  outcomes: readonly Outcome[],
  owed: readonly OwedAbout[],
): Promise<number | null> => {
  for (const wait of RECORD_AGAIN_MS) {
    try {
      return (await recordOutcomes(deps.db, outcomes, owed, deps.now())).nextAttemptAt;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return (await recordOutcomes(deps.db, outcomes, owed, deps.now())).nextAttemptAt;
};
