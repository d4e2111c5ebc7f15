/**
 * One object for each lead: it keeps the time of its next wake and, if the database couldn't take it, a pending
 * submission. Deadlines and state live in D1; this object only sees to it that somebody looks in time. It deletes itself
 * when the lead is closed or has no row.
 */
import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";
import { capture } from "../flows/capture.ts";
import type { Deps, PendingReceipt, PendingSubmission } from "../flows/deps.ts";
import { contentHashOf } from "../flows/identity.ts";
import { wake } from "../flows/wake.ts";
import { depsFor } from "../ports.ts";

interface Kept {
  leadId: string;
}

interface Pending extends PendingSubmission, PendingReceipt {
  tries: number;
}

/** How long to wait after a failure: 1 s, 2 s, 4 s … at most a minute. */
const backOff = (tries: number): number => Math.min(1000 * 2 ** tries, 60_000);

export class LeadClock extends DurableObject<Env> {
  /** Wakes at the earlier of what is set and what is asked; asking again changes nothing. Answers whether it was unarmed. */
  async arm(leadId: string, at: number): Promise<boolean> {
    const set = await this.ctx.storage.getAlarm();
    if (set !== null && set <= at) return false;
    // Not awaited one after the other, so that both reach the disk in one transaction.
    await Promise.all([
      set === null ? this.ctx.storage.put<Kept>("kept", { leadId }) : undefined,
      this.ctx.storage.setAlarm(at),
    ]);
    return set === null;
  }

  /**
   * Keeps a submission verbatim until the database takes it. A repeat gets the first receipt; the same id with other
   * content is told by the hash.
   */
  async hold(leadId: string, pendingJson: string): Promise<PendingReceipt> {
    const earlier = await this.ctx.storage.get<Pending>("pending");
    if (earlier) return { receipt: earlier.receipt, contentHash: earlier.contentHash };
    const { request, heldAt, receipt } = JSON.parse(pendingJson) as PendingSubmission;
    const contentHash = await contentHashOf(request);
    const pending: Pending = { request, heldAt, receipt, contentHash, tries: 0 };
    await this.ctx.storage.put({ pending, kept: { leadId } satisfies Kept });
    await this.ctx.storage.setAlarm(Date.now() + backOff(0));
    return { receipt: pending.receipt, contentHash };
  }

  /** Never throws: the platform would retry six times and then forget. */
  override async alarm(): Promise<void> {
    const kept = await this.ctx.storage.get<Kept>("kept");
    if (!kept) return this.ctx.storage.deleteAll();
    let next: number | null = Date.now() + 30_000;
    try {
      next = (await this.#finishPending()) ?? (await this.#wake(kept.leadId));
    } catch {
      next = Date.now() + 5_000;
    } finally {
      await this.#sleepUntil(next);
    }
  }

  /** Answers when to try again, or null when nothing is pending (any more). */
  async #finishPending(): Promise<number | null> {
    const pending = await this.ctx.storage.get<Pending>("pending");
    if (!pending) return null;
    try {
      const request = { ...pending.request, receivedAt: pending.heldAt };
      const result = await capture(this.#deps(), request, pending.receipt);
      if (result.kind === "unconfigured") throw new Error("Nothing is published yet");
      // Somebody else's content got into the database under this id first; what we acknowledged is a lead of its own.
      if (result.kind === "conflict")
        await capture(
          this.#deps(),
          { ...request, submissionId: `${request.submissionId}:held` },
          pending.receipt,
        );
      await this.ctx.storage.delete("pending");
      return null;
    } catch (error) {
      const reason = error instanceof Error ? error.name : "failed";
      console.error(JSON.stringify({ at: "held submission", tries: pending.tries, reason }));
      await this.ctx.storage.put("pending", { ...pending, tries: pending.tries + 1 });
      return Date.now() + backOff(pending.tries + 1);
    }
  }

  async #wake(leadId: string): Promise<number | null> {
    const { nextDueAt, alive, errors } = await wake(this.#deps(), leadId);
    if (errors.length > 0) {
      console.error(JSON.stringify({ at: "lead-clock", leadId, errors }));
      return Date.now() + 5_000;
    }
    return alive ? nextDueAt : null;
  }

  async #sleepUntil(next: number | null): Promise<void> {
    if (next === null) {
      await this.ctx.storage.deleteAlarm();
      await this.ctx.storage.deleteAll();
      return;
    }
    await this.ctx.storage.setAlarm(next);
  }

  /** This object arms itself when its alarm ends, so flows that run here needn't ask it to. */
  #deps(): Deps {
    const deps = depsFor(this.env, (work) => {
      this.ctx.waitUntil(work);
    });
    return { ...deps, clock: { ...deps.clock, arm: () => Promise.resolve() } };
  }
}
