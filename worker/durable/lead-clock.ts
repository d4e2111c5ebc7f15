/**
 * The clocks of leads. Each lead's timers stand in D1; an object only sees to it that somebody looks in time. One object
 * looks after the leads of one shard, because making an object for each lead costs more than all the rest of a capture
 * (docs/decisions/0060-shared-clocks.md), while an alarm that is set for something earlier needn't be touched at all.
 */
import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";
import type { Deps } from "../flows/deps.ts";
import { A_SHIFT, budgeted, hasRoom } from "../flows/budget.ts";
import { wakeShard } from "../flows/wake-shard.ts";
import { depsFor } from "../ports.ts";

/** One alarm's work, well below the platform's limit of 15 minutes (and of questions); what is left goes on in the next. */
const SHIFT_MS = 30_000;
/** After the database failed. */
const RETRY_MS = 2_000;

export class LeadClock extends DurableObject<Env> {
  #working = false;
  /** The earliest wake that was asked for while working; the end of the work must not set a later one over it. */
  #asked = Number.POSITIVE_INFINITY;
  /** Leads whose timers failed, and when to try them again: one that throws doesn't hold up the others. */
  readonly #resting = new Map<string, { until: number; tries: number }>();

  /** Wakes at the earlier of what is set and what is asked. Answers when it will wake; null while it is awake. */
  async arm(shard: string, at: number): Promise<number | null> {
    if (this.#working) {
      this.#asked = Math.min(this.#asked, at);
      return null;
    }
    const set = await this.ctx.storage.getAlarm();
    if (set !== null && set <= at) return set;
    // Not awaited one after the other, so that both reach the disk in one transaction.
    await Promise.all([
      set === null ? this.ctx.storage.put("shard", shard) : undefined,
      this.ctx.storage.setAlarm(at),
    ]);
    return at;
  }

  /** Never throws: the platform would retry six times and then forget. */
  override async alarm(): Promise<void> {
    this.#working = true;
    this.#asked = Number.POSITIVE_INFINITY;
    let next: number | null = Date.now() + RETRY_MS;
    try {
      const shard = await this.ctx.storage.get<string>("shard");
      next = shard === undefined ? null : await this.#work(shard);
    } catch (error) {
      const reason = error instanceof Error ? error.name : "failed";
      console.error(JSON.stringify({ at: "lead-clock", reason }));
    } finally {
      this.#working = false;
      const wake = Math.min(next ?? Number.POSITIVE_INFINITY, this.#asked);
      if (Number.isFinite(wake)) await this.ctx.storage.setAlarm(wake);
    }
  }

  async #work(shard: string): Promise<number | null> {
    const until = Date.now() + SHIFT_MS;
    const deps = budgeted(this.#deps());
    for (;;) {
      const shift = await wakeShard(deps, shard, this.#restingNow());
      for (const { leadId, errors } of shift.woken) this.#note(leadId, errors);
      if (!shift.again) return shift.nextDueAt;
      if (Date.now() > until || !hasRoom(deps, A_SHIFT)) return Date.now();
    }
  }

  #note(leadId: string, errors: readonly string[]): void {
    if (errors.length === 0) {
      this.#resting.delete(leadId);
      return;
    }
    const tries = (this.#resting.get(leadId)?.tries ?? 0) + 1;
    this.#resting.set(leadId, { until: Date.now() + Math.min(1000 * 2 ** tries, 60_000), tries });
    console.error(JSON.stringify({ at: "lead-clock", leadId, tries, errors }));
  }

  #restingNow(): Map<string, number> {
    const now = Date.now();
    return new Map(
      [...this.#resting].filter(([, rest]) => rest.until > now).map(([id, rest]) => [id, rest.until]),
    );
  }

  /** What a woken lead waits for next is told by its wake, so flows that run here needn't ask for it. */
  #deps(): Deps {
    const deps = depsFor(this.env, (work) => {
      this.ctx.waitUntil(work);
    });
    return { ...deps, clock: { ...deps.clock, arm: () => Promise.resolve() } };
  }
}
