/**
 * One object for a lead that the database couldn't take: it keeps the submission verbatim, finishes the capture when the
 * database is back, and deletes itself. Until then it is the lead's holder.
 */
import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";
import { capture } from "../flows/capture.ts";
import type { Deps, PendingReceipt, PendingSubmission } from "../flows/deps.ts";
import { contentHashOf } from "../flows/identity.ts";
import { erasedSince } from "../flows/marks.ts";
import { depsFor } from "../ports.ts";

interface Pending extends PendingSubmission, PendingReceipt {
  tries: number;
}

/** How long to wait after a failure: 1 s, 2 s, 4 s … at most a minute. */
const backOff = (tries: number): number => Math.min(1000 * 2 ** tries, 60_000);

export class LeadHolder extends DurableObject<Env> {
  /** A repeat gets the first receipt; the same id with other content is told by the hash. */
  async hold(pendingJson: string): Promise<PendingReceipt> {
    const earlier = await this.ctx.storage.get<Pending>("pending");
    if (earlier) return { receipt: earlier.receipt, contentHash: earlier.contentHash };
    const { request, heldAt, receipt } = JSON.parse(pendingJson) as PendingSubmission;
    const contentHash = await contentHashOf(request);
    const pending: Pending = { request, heldAt, receipt, contentHash, tries: 0 };
    await Promise.all([
      this.ctx.storage.put("pending", pending),
      this.ctx.storage.setAlarm(Date.now() + backOff(0)),
    ]);
    return { receipt, contentHash };
  }

  /** Never throws: the platform would retry six times and then forget. */
  override async alarm(): Promise<void> {
    const pending = await this.ctx.storage.get<Pending>("pending");
    if (!pending) return this.ctx.storage.deleteAll();
    try {
      await this.#finish(pending);
      await this.ctx.storage.deleteAll();
    } catch (error) {
      const reason = error instanceof Error ? error.name : "failed";
      console.error(JSON.stringify({ at: "held submission", tries: pending.tries, reason }));
      const tries = pending.tries + 1;
      // At a minute a try: after a few minutes, then hourly.
      if (tries % 60 === 10) this.#deps().alert("A held submission still can't become a lead.", error);
      await this.ctx.storage.put("pending", { ...pending, tries });
      await this.ctx.storage.setAlarm(Date.now() + backOff(tries));
    }
  }

  async #finish(pending: Pending): Promise<void> {
    const deps = this.#deps();
    // Forgotten before it ever became a lead.
    if (await erasedSince(deps, pending.request.fields["email"], pending.heldAt)) return;
    const request = { ...pending.request, receivedAt: pending.heldAt };
    const result = await capture(deps, request, pending.receipt);
    if (result.kind === "unconfigured") throw new Error("Nothing is published yet");
    if (result.kind !== "conflict") return;
    // Somebody else's content got into the database under this id first; what we acknowledged is a lead of its own.
    await capture(deps, { ...request, submissionId: `${request.submissionId}:held` }, pending.receipt);
  }

  #deps(): Deps {
    return depsFor(this.env, (work) => {
      this.ctx.waitUntil(work);
    });
  }
}
