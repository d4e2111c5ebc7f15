/** The ports by which flows reach the objects, made from bindings. Flows never import the objects: the objects call flows. */
import { secretOf, type Env } from "./env.ts";
import type { FeedPort } from "./outbound/feed.ts";
import { ARM_FIRST_WITHIN_MS, type ClockPort, type Deps } from "./flows/deps.ts";
import { receiptOf } from "./flows/identity.ts";
import { shardOf } from "./store/clocks.ts";

/** When each shard's object is known to wake next: who is due no sooner needn't ask it. */
const armed = new Map<string, number>();

export const clockPort = (env: Env): ClockPort => ({
  arm: async (leadId, at) => {
    const shard = shardOf(leadId);
    const known = armed.get(shard) ?? 0;
    // An alarm still to come will find this lead too: it was written before this was asked. What is due soon asks all the
    // same: the alarm may have moved since.
    if (at - Date.now() > ARM_FIRST_WITHIN_MS && known > Date.now() && known <= at) return;
    const wakesAt = await env.LEAD_CLOCK.getByName(shard).arm(shard, at);
    if (wakesAt === null) armed.delete(shard);
    else armed.set(shard, wakesAt);
  },
  hold: (leadId, pending) => env.LEAD_HOLDER.getByName(leadId).hold(JSON.stringify(pending)),
});

/**
 * Announcements of an isolate share one pass; those that come meanwhile share the next one. A single lead's messages leave
 * after `ms`; a busy hour's wait until the last pass is `apartMs` ago, so that they are delivered many at a time: a batch of
 * one costs the database nearly as much as a batch of thirty, and visitors wait behind it. Too short for a rep to notice.
 */
export const gathering = { ms: 250, apartMs: 1_000 };
/**
 * How long one request may go on announcing for others. Its context ends some time after its answer, and a promise of
 * an ended context never settles: whoever comes after that long takes over.
 */
const LEAD_MS = 5_000;
const announcing = { leadUntil: 0, again: false, toldAt: 0 };

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const tell = async (env: Env, origin: string | undefined): Promise<void> => {
  announcing.again = false;
  announcing.toldAt = Date.now();
  await Promise.allSettled([
    env.DISPATCHER.getByName("main").kick(origin),
    env.LIVE_BOARD.getByName("main").poke(),
  ]);
};

/**
 * Tells dispatcher and live board that something is there for them; `origin` is where this deployment was reached.
 * Lost with the isolate: the cron announces too.
 */
export const announce = async (env: Env, origin?: string): Promise<void> => {
  announcing.again = true;
  if (Date.now() < announcing.leadUntil) return;
  announcing.leadUntil = Date.now() + LEAD_MS;
  while (announcing.again && Date.now() < announcing.leadUntil) {
    // A clock that was put back must not keep anybody waiting.
    const apart = Math.min(announcing.toldAt + gathering.apartMs - Date.now(), gathering.apartMs);
    await pause(Math.max(gathering.ms, apart));
    await tell(env, origin);
  }
  announcing.leadUntil = 0;
  // What came after the last pass ran out of time.
  if (announcing.again) await tell(env, origin);
};

export const feedPort = (env: Env): FeedPort => ({
  get: (url, init) => fetch(url, init),
  secret: (name) => secretOf(env, name),
});

/** Each back-test has an object of its own. */
export const kickBacktest = (env: Env, id: string): Promise<void> =>
  env.BACKTEST_RUNNER.getByName(id).kick(id);

/** At most one alarm a minute and isolate: a database that is down would ring for every visitor. */
const ALERT_EVERY_MS = 60_000;
let lastAlert = 0;

const alertOperators = async (env: Env, what: string, error: unknown): Promise<void> => {
  const reason = error instanceof Error ? error.name : "unknown";
  console.error(JSON.stringify({ at: "alert", what, reason }));
  if (Date.now() - lastAlert < ALERT_EVERY_MS || !env.ALERT_EMAIL) return;
  lastAlert = Date.now();
  await env.EMAIL.send({
    from: env.MAIL_FROM ?? "leadclock@localhost.example",
    to: env.ALERT_EMAIL,
    subject: "Leadclock: the database can't be written",
    text: `${what}\n\nReason: ${reason}\n\nNothing acknowledged is lost: such leads are finished as soon as the database is back.`,
  }).catch(() => undefined);
};

/** Without a secret receipts couldn't be unguessable; then they are random, and a retry may get another. */
const receiptSecret = (env: Env): string => env.AUTH_SECRET ?? env.ADMIN_API_KEY ?? crypto.randomUUID();

export const depsFor = (env: Env, defer: (work: Promise<unknown>) => void, origin?: string): Deps => ({
  db: env.DB,
  clock: clockPort(env),
  now: () => Date.now(),
  uuid: () => crypto.randomUUID(),
  receiptFor: (key) => receiptOf(receiptSecret(env), key),
  alert: (what, error) => {
    defer(alertOperators(env, what, error));
  },
  announce: () => {
    defer(announce(env, origin));
  },
  defer,
});
