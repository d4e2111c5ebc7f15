/**
 * Pays what the outbox owes: take a batch, see what each message speaks of now, send, and record all that came of it.
 * At least once, with one stable id for each message: a repeat is possible only if we die between the receiver's
 * acceptance and our record, and the receiver can tell.
 */
import type { Compiled } from "../domain/config/compiled.ts";
import type { Owed } from "../domain/owed.ts";
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
  type OwedAbout,
  type Surroundings,
} from "../store/outbox.ts";
import { alertsFor } from "./alerts.ts";
import { putBack, sendAll, type Prepared } from "./send.ts";
import type { Deps } from "./deps.ts";

/** What this deployment delivers with. */
export interface Post {
  channels: Channels;
  /** Asks a data provider and takes in what it says; absent where nobody is asked. */
  lookUp?: (row: Owed) => Promise<Delivery>;
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

type Clocked = Pick<Deps, "db" | "now">;

/** Longer than a batch takes even if most of its receivers hang. */
export const LEASE_MS = 120_000;

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
  const { around, configs } = await readAbout(deps, rows);
  const lease = { lane, until: leaseUntil, now: () => deps.now() };
  const outcomes = await sendAll(lease, rows, (row) =>
    row.channel === "lookup"
      ? prepareLookup(row, around, post)
      : prepare(sceneOf(row, around, configs, post, now), post),
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

/** What a batch needs to know. Rows that can't be looked up are put back: no attempt of theirs was made. */
const readAbout = async (
  deps: Clocked,
  rows: readonly Owed[],
): Promise<{ around: Surroundings; configs: Configs }> => {
  try {
    const around = await readSurroundings(deps.db, rows);
    return { around, configs: await configsFor(deps, rows, around) };
  } catch (error) {
    const back = rows.map((row) => putBack(row, deps.now()));
    await recordOutcomes(deps.db, back, [], deps.now()).catch(() => undefined);
    throw error;
  }
};

type Configs = ReadonlyMap<number, Compiled | null>;

/** The live configuration, and those under which the leads run; all but new ones are in memory. */
const configsFor = async (deps: Clocked, rows: readonly Owed[], around: Surroundings): Promise<Configs> => {
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

const sceneOf = (row: Owed, around: Surroundings, configs: Configs, post: Post, now: number): Scene => {
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

/** Facts about a lead that is closed or gone are of no use to it. */
const prepareLookup = (row: Owed, around: Surroundings, { lookUp }: Post): Prepared => {
  const lead = row.leadId === null ? null : around.leads.get(row.leadId);
  if (lead?.open !== true) return { kind: "obsolete", reason: "the lead is closed" };
  return lookUp ? { kind: "send", send: () => lookUp(row) } : never("no data provider is asked here");
};

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
