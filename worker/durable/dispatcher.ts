/**
 * Drains the outbox. One object ("main") for the deployment, so that one hand delivers; two at once would do no harm
 * (rows are leased), only work. It is kicked after every change that owes something, and by the cron every minute.
 */
import { DurableObject } from "cloudflare:workers";
import { postOf } from "../delivery.ts";
import type { Env } from "../env.ts";
import { depsFor } from "../ports.ts";
import { deliverDue, type Delivered } from "../flows/deliver.ts";
import { reasonOf } from "../flows/wake.ts";

const LANES = ["email", "webhook"] as const;
type Lane = Parameters<typeof deliverDue>[2];

const BATCH = 100;
/** Between batches, so that a flood of messages leaves the database to those who capture. */
const PAUSE_MS = 60;
/** One alarm's work; what is left goes on in the next one, well before the platform's limit of 15 minutes. */
const SHIFT_MS = 60_000;
/** An alarm for at once that hasn't gone off after this long is set again. */
const ARMED_FOR_MS = 5_000;
/** After the database failed. */
const RETRY_MS = [1_000, 5_000, 15_000, 60_000];

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export class Dispatcher extends DurableObject<Env> {
  #draining = false;
  #kicked = false;
  /** When an alarm for at once was set that hasn't gone off yet; 0: none. Further kicks needn't ask the storage. */
  #armedAt = 0;
  #failures = 0;
  /** The database failed: no kick makes us ask it again before this. */
  #retryAt = 0;

  /** Something is owed. Returns at once; any number of kicks before the alarm goes off are one. */
  async kick(origin?: string): Promise<void> {
    this.#kicked = true;
    if (origin !== undefined) await this.#remember(origin);
    const now = Date.now();
    if (this.#draining || now < this.#retryAt || now - this.#armedAt < ARMED_FOR_MS) return;
    this.#armedAt = now;
    await this.ctx.storage.setAlarm(now);
  }

  /** Where this deployment was reached, for links in mail where PUBLIC_ORIGIN doesn't say. */
  async #remember(origin: string): Promise<void> {
    if (this.env.PUBLIC_ORIGIN || origin === (await this.ctx.storage.get<string>("origin"))) return;
    await this.ctx.storage.put("origin", origin);
  }

  /** Throws only if the storage fails to take the next alarm; then the platform's own retry is what is left. */
  override async alarm(): Promise<void> {
    this.#armedAt = 0;
    if (this.#draining) return;
    this.#draining = true;
    try {
      await this.#work();
    } finally {
      this.#draining = false;
    }
  }

  /** Whoever kicks meanwhile may owe what this shift didn't see: it is looked at again at once. */
  async #work(): Promise<void> {
    this.#kicked = false;
    const next = await this.#drain(Date.now() + SHIFT_MS);
    if (next !== null) await this.ctx.storage.setAlarm(next);
    if (this.#kicked && Date.now() >= this.#retryAt) await this.ctx.storage.setAlarm(Date.now());
  }

  /** Answers when to come back; null when nothing is owed. */
  async #drain(until: number): Promise<number | null> {
    try {
      const results = await Promise.all(LANES.map((lane) => this.#drainLane(lane, until)));
      // What is still due then is neither mail nor webhook; most deployments look nothing up and needn't ask.
      if (results.some(({ nextAttemptAt }) => nextAttemptAt !== null && nextAttemptAt <= Date.now()))
        results.push(await this.#drainLane("lookup", until));
      this.#failures = 0;
      this.#retryAt = 0;
      const times = results.map((result) => result.nextAttemptAt).filter((at) => at !== null);
      return times.length === 0 ? null : Math.max(Math.min(...times), Date.now());
    } catch (error) {
      const wait = RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)] ?? 60_000;
      console.error(JSON.stringify({ at: "dispatcher", failed: reasonOf(error), againInMs: wait }));
      this.#retryAt = Date.now() + wait;
      return this.#retryAt;
    }
  }

  async #drainLane(lane: Lane, until: number): Promise<Delivered> {
    const deps = depsFor(this.env, (work) => {
      this.ctx.waitUntil(work);
    });
    const post = postOf(this.env, (await this.ctx.storage.get<string>("origin")) ?? null, deps);
    let result = await deliverDue(deps, post, lane, BATCH);
    while (result.claimed > 0 && Date.now() < until) {
      await pause(PAUSE_MS);
      result = await deliverDue(deps, post, lane, BATCH);
    }
    return result;
  }
}
