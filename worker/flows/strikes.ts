/** What a missed first touch costs its owner: a strike, and with the second in seven days no new leads for a while. */
import { managerOf } from "../domain/routing/held.ts";
import { isActive } from "../domain/routing/people.ts";
import { isGrounded, STRIKE_WINDOW_MS, shouldSuspend, wouldEmpty } from "../domain/sla/strikes.ts";
import { outboxStatement, type OutboxInput } from "../store/happened.ts";
import { changeState } from "../store/people.ts";
import {
  strikeTimes,
  suspendedAmong,
  suspendedOver,
  suspendStatements,
  voidedSuspension,
} from "../store/strikes.ts";
import { subscribedEffects } from "./announce.ts";
import type { Deps } from "./deps.ts";
import { nameOf, type Draft, type Hand } from "./hand.ts";

type Consequence = Required<Pick<Draft, "effects" | "also">>;

const NOTHING: Consequence = { effects: [], also: [] };

export const SUSPENDED_BY_STRIKES = "Two missed first touches within seven days";

/** Whoever answers for somebody: by name, else as delivery finds them (somebody active: the team's manager, then the default chain). */
export const managerRecipient = ({ compiled, current, lead }: Hand): string => {
  const manager = managerOf(compiled, lead.ownerId, lead.teamId);
  return manager !== null && isActive(compiled, current.people, manager) ? `person:${manager}` : "manager";
};

const suspendedEvent = (hand: Hand, personId: string): OutboxInput[] =>
  subscribedEffects(
    hand.compiled,
    hand.lead.id,
    `g${hand.lead.generation + 1}`,
    [
      {
        type: "person.suspended",
        actor: "system",
        data: { person: personId, reason: SUSPENDED_BY_STRIKES, lead: hand.lead.id },
      },
    ],
    hand.now,
  );

const suspend = (hand: Hand, personId: string): Consequence => {
  const { deps, lead, now, current } = hand;
  const owed = suspendedEvent(hand, personId);
  const data = { person: personId, reason: `${SUSPENDED_BY_STRIKES}.` };
  return {
    effects: [
      { kind: "person.suspended", recipient: managerRecipient(hand), data },
      { kind: "person.paused", recipient: `person:${personId}`, data },
    ],
    also: [
      ...suspendStatements(
        deps.db,
        personId,
        SUSPENDED_BY_STRIKES,
        { peopleSeen: current.revision, data: { lead: lead.id } },
        now,
      ),
      ...(owed.length > 0 ? [outboxStatement(deps.db, lead.id, now, owed)] : []),
    ],
  };
};

/** What follows from one more breach of its owner's, as part of the write that records it. */
export const afterStrike = (hand: Hand, personId: string): Consequence => {
  const { now, compiled, current, strikes } = hand;
  if (current.people.states.get(personId)?.suspendedAt) return NOTHING;
  if (!shouldSuspend([...strikes, now], now)) return NOTHING;
  const emptied = wouldEmpty(compiled, current.people, personId, now);
  if (emptied === null) return suspend(hand, personId);
  const data = { person: personId, team: emptied.name, name: nameOf(compiled, personId) };
  return { effects: [{ kind: "person.strikes", recipient: managerRecipient(hand), data }], also: [] };
};

const liftIfUngrounded = async (deps: Deps, personId: string): Promise<void> => {
  const suspendedAt = await voidedSuspension(deps.db, personId, STRIKE_WINDOW_MS);
  if (suspendedAt === null) return;
  const now = deps.now();
  if (isGrounded(await strikeTimes(deps.db, personId, suspendedAt - STRIKE_WINDOW_MS), suspendedAt)) return;
  const reason = "A strike turned out to be none";
  await deps.db.batch(
    changeState(
      deps.db,
      personId,
      { suspendedAt: null, suspendedReason: null },
      { type: "person.reinstated", actor: "system", data: { reason } },
      now,
    ),
  );
};

/**
 * A voided strike may take the ground from a suspension: it is lifted then. Safe to repeat; should it never run, a manager
 * reinstates as ever.
 */
export const liftUngrounded = async (deps: Deps, leadIds: readonly string[]): Promise<void> => {
  for (const personId of await suspendedOver(deps.db, leadIds)) await liftIfUngrounded(deps, personId);
};

/** The same for people of whom an absence was told afterwards. */
export const liftExcused = async (deps: Deps, personIds: readonly string[]): Promise<void> => {
  for (const personId of await suspendedAmong(deps.db, personIds)) await liftIfUngrounded(deps, personId);
};
