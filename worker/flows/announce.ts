/** What follows every write: the clock is armed, and whoever subscribed is owed the events. */
import type { EventType } from "../../schema/events.ts";
import { subscriptions, channelOf, nudgeOf } from "../domain/routing/subscriptions.ts";
import type { Compiled } from "../domain/config/compiled.ts";
import type { NewEvent, OutboxInput } from "../store/happened.ts";
import { ARM_FIRST_WITHIN_MS, type Deps } from "./deps.ts";

/** Deadlines within two minutes are armed before answering; the rest off the visitor's path, the sweeper behind them. */
export const armClock = async (
  deps: Deps,
  leadId: string,
  nextDueAt: number | null,
  now: number,
): Promise<void> => {
  if (nextDueAt === null) return;
  const armed = deps.clock.arm(leadId, nextDueAt).catch(() => undefined);
  if (nextDueAt - now <= ARM_FIRST_WITHIN_MS) await armed;
  else deps.defer(armed);
};

/** Effects for everybody who subscribed to these events. `mark` makes their ids unique for the lead. */
export const subscribedEffects = (
  compiled: Compiled,
  leadId: string,
  mark: string,
  events: readonly NewEvent[],
  now: number,
): OutboxInput[] =>
  events.flatMap((event, index) =>
    subscriptions(compiled, event.type as Parameters<typeof subscriptions>[1]).map((id) => ({
      id: `${leadId}.${mark}.${event.type}.${index}.${id}`,
      kind: "event",
      channel: channelOf(compiled, id),
      seq: null,
      recipient: `notification:${id}`,
      data: { type: event.type, at: now, data: event.data },
    })),
  );

/** What an owner hears by another way than mail too, where they have one; each with the event that tells the same. */
const NUDGES: Readonly<Record<string, EventType>> = {
  "sla.warning": "sla.warned",
  "sla.second_touch": "sla.second_touch_due",
  "sla.escalated": "sla.escalated",
};

/** Copies of such effects for the owner's own way (`people[].nudge`). */
export const nudged = (
  compiled: Compiled,
  ownerId: string | null,
  effects: readonly OutboxInput[],
): OutboxInput[] =>
  effects.flatMap((effect) => {
    const type = NUDGES[effect.kind];
    const id = type && effect.recipient === "owner" ? nudgeOf(compiled, ownerId, type) : null;
    if (id === null) return [];
    return [
      {
        ...effect,
        id: `${effect.id}.${id}`,
        channel: channelOf(compiled, id),
        recipient: `notification:${id}`,
        data: { ...effect.data, person: ownerId },
      },
    ];
  });
