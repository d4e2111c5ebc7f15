/** Whether a touch is one: the definition of an owned touch, and what each touch does to a lead's clock. */
import type { Channel } from "../../../schema/config/routing.ts";

export interface TouchFacts {
  channel: Channel;
  direction: "outbound" | "inbound";
  personal: boolean;
  automated: boolean;
  replyPath: boolean;
  outcome: string | null;
  /** Who reached out; null where nobody can be named. */
  by: string | null;
}

export type TouchVerdict =
  /** By the owner: the clock stops. */
  | { kind: "owned" }
  /** By a colleague: the clock stops, no strike, the owner stays. */
  | { kind: "covered" }
  /** The person answered. */
  | { kind: "reply" }
  /** Recorded, but it stops nothing; `why` says what is missing. */
  | { kind: "not counted"; why: string };

/**
 * An owned touch is outbound, by the owner (or by the system for them with a reply path to them), personal, not
 * automated, on an accepted channel, with an outcome (docs/sla.md).
 */
export const judgeTouch = (
  touch: TouchFacts,
  ownerId: string | null,
  accepted: ReadonlySet<Channel>,
): TouchVerdict => {
  if (touch.direction === "inbound")
    return touch.automated
      ? { kind: "not counted", why: "It is automated: no answer of theirs." }
      : { kind: "reply" };
  if (!touch.personal) return { kind: "not counted", why: "It isn't personal." };
  if (touch.automated && !touch.replyPath)
    return { kind: "not counted", why: "It is automated, and answers don't reach the owner." };
  if (!accepted.has(touch.channel))
    return {
      kind: "not counted",
      why: `The channel ${touch.channel} isn't accepted here (accepted: ${[...accepted].join(", ")}).`,
    };
  if (touch.outcome === null) return { kind: "not counted", why: "It has no outcome: say what came of it." };
  return touch.by === null || touch.by === ownerId ? { kind: "owned" } : { kind: "covered" };
};
