/** What a timer does when something that was owed after the first touch, or by a queue, hasn't come. Tables: docs/sla.md. */
import { isAttended } from "../domain/routing/people.ts";
import { nextActionOf, nextCoverageDay } from "../domain/sla/cadence.ts";
import { dueAt } from "../domain/sla/targets.ts";
import { arm, armEarlier, cancel, type Timer } from "../domain/sla/timers.ts";
import { bouncedChannels } from "../store/leads.ts";
import { hasPhone } from "./decide.ts";
import { save, type Draft, type Hand, type Saved } from "./hand.ts";
import { whose } from "./overstayed.ts";
import { managerRecipient } from "./strikes.ts";
import { hoursOf } from "./touched.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Whoever answers for the lead now: its owner, else its steward. */
const holderOf = ({ lead }: Hand): { id: string | null; recipient: "owner" | "steward" } =>
  lead.ownerId === null
    ? { id: lead.stewardId, recipient: "steward" }
    : { id: lead.ownerId, recipient: "owner" };

const tasksFor = (hand: Hand, kind: string, due: number): Pick<Draft, "tasks"> => {
  const { id } = holderOf(hand);
  return id === null ? {} : { tasks: [{ kind, ownerId: id, dueAt: due }] };
};

/** A channel that hasn't been tried, as far as the lead can be reached on one: the nudge for the next touch. */
const otherChannel = async ({ deps, lead, sla }: Hand): Promise<string | null> => {
  const { results } = await deps.db
    .prepare("SELECT DISTINCT channel FROM touches WHERE lead_id = ?1 AND (owned = 1 OR covered = 1)")
    .bind(lead.id)
    .all<{ channel: string }>();
  const dead = await bouncedChannels(deps.db, lead.id);
  const tried = new Set(results.map(({ channel }) => channel));
  const { email } = lead.facts.lead;
  const reachable = [...sla.acceptedChannels].filter((channel) =>
    channel === "call" || channel === "sms"
      ? hasPhone(lead.facts) && !dead.includes("phone")
      : channel === "email"
        ? email !== null && !dead.includes("email")
        : false,
  );
  return reachable.find((channel) => !tried.has(channel)) ?? null;
};

/** A lead's timers with a watch over the tasks that it gets; one that watches over others already stays when it is. */
export const watched = ({ lead, sla, now }: Hand): Timer[] =>
  armEarlier(lead.timers, { kind: "untouchedTask", dueAt: now + sla.untouchedTaskMs });

interface Owed {
  task: "secondTouch" | "noReply" | "takeoverTouch";
  type: "sla.second_touch_due" | "sla.no_reply";
  mail: string;
}

/** A touch is due that nobody made: a task for who answers for the lead, and a watch on the task. */
const owe =
  ({ task, type, mail }: Owed) =>
  async (hand: Hand, timer: Timer): Promise<Saved> => {
    const { sla, now } = hand;
    const { id, recipient } = holderOf(hand);
    // A touch that was owed is due at once; one after silence belongs to the next day of coverage.
    const due = task === "noReply" ? nextCoverageDay(hoursOf(hand), now, sla.noReplyMs) : timer.dueAt;
    const channel = await otherChannel(hand);
    const timers = cancel(watched(hand), task);
    const next = nextActionOf(timers);
    return save(hand, {
      actor: "system",
      timers,
      set: { next_action_at: next === null ? due : Math.min(due, next) },
      events: [{ type, data: { owner: id, kind: task, channel } }],
      effects: [{ kind: mail, recipient, data: { channel } }],
      ...tasksFor(hand, task, due),
    });
  };

export const secondTouchDue = owe({
  task: "secondTouch",
  type: "sla.second_touch_due",
  mail: "sla.second_touch",
});
export const takeoverTouchDue = owe({
  task: "takeoverTouch",
  type: "sla.second_touch_due",
  mail: "sla.second_touch",
});
export const noReply = owe({ task: "noReply", type: "sla.no_reply", mail: "sla.no_reply" });

/**
 * A task that nobody did for a day: the manager is told, and told again while it lasts. Where what it watched over is done it
 * waits for what is left, and ends with that; it stays where it is all that wakes for the lead.
 */
export const untouchedTask = (hand: Hand): Promise<Saved> => {
  const { lead, sla, now, openTasks } = hand;
  const again = (from: number): Timer[] =>
    arm(lead.timers, { kind: "untouchedTask", dueAt: from + sla.untouchedTaskMs });
  const oldest = Math.min(...openTasks.map(({ askedAt }) => askedAt), now);
  if (openTasks.length === 0 || oldest + sla.untouchedTaskMs > now) {
    const rest = cancel(lead.timers, "untouchedTask");
    const ends = openTasks.length === 0 && rest.length > 0;
    return save(hand, { actor: "system", timers: ends ? rest : again(oldest) });
  }
  return save(hand, {
    actor: "system",
    timers: again(now),
    events: [{ type: "sla.escalated", data: { owner: lead.ownerId, kind: "untouchedTask" } }],
    effects: [{ kind: "sla.untouched", recipient: managerRecipient(hand) }],
  });
};

/** The next step is due: the owner, a day later the manager too, and so on each day until somebody acts. */
export const effortDue = (hand: Hand, timer: Timer): Promise<Saved> => {
  const n = timer.n ?? 0;
  const { id, recipient } = holderOf(hand);
  return save(hand, {
    actor: "system",
    timers: arm(hand.lead.timers, {
      kind: "effort",
      dueAt: dueAt(hoursOf(hand), hand.now + DAY, 0),
      n: n + 1,
    }),
    set: { next_action_at: n === 0 ? timer.dueAt : hand.lead.nextActionAt },
    events: [{ type: "sla.effort_due", data: { owner: id, n } }],
    effects: [
      { kind: "sla.effort", recipient, data: { n } },
      ...(n > 0 ? [{ kind: "sla.untouched", recipient: managerRecipient(hand) }] : []),
    ],
    ...(n === 0 ? tasksFor(hand, "followUp", timer.dueAt) : {}),
  });
};

/** It has stood in its stage for longer than configured: owner and manager hear, and again after as long. */
export const stageTooOld = (hand: Hand, timer: Timer): Promise<Saved> => {
  const { lead, compiled, now } = hand;
  const maxAge = compiled.stages.get(lead.stage)?.maxAgeMs ?? null;
  const { id, recipient } = holderOf(hand);
  return save(hand, {
    actor: "system",
    timers:
      maxAge === null
        ? cancel(lead.timers, "stageAge")
        : arm(lead.timers, { kind: "stageAge", dueAt: now + Math.max(maxAge, HOUR) }),
    events: [
      {
        type: "sla.breached",
        data: {
          target: "stageAge",
          stage: lead.stage,
          owner: id,
          ...whose(hand, id, timer.dueAt, false),
        },
      },
    ],
    effects: [
      { kind: "sla.stage_age", recipient, data: { stage: lead.stage } },
      { kind: "sla.stage_age", recipient: managerRecipient(hand), data: { stage: lead.stage } },
    ],
  });
};

/** A queue kept it too long: steward, backup steward and the queue's alert person hear, then ever rarer, in the queue's hours. */
export const queueAge = (hand: Hand, timer: Timer): Promise<Saved> => {
  const n = timer.n ?? 0;
  return save(hand, {
    actor: "system",
    timers: arm(hand.lead.timers, {
      kind: "queueAge",
      dueAt: dueAt(hoursOf(hand), hand.now + Math.min(HOUR * 2 ** n, DAY), 0),
      n: n + 1,
    }),
    events: [
      {
        type: "sla.breached",
        data: {
          target: "queueAge",
          queue: hand.lead.queueId,
          steward: hand.lead.stewardId,
          ...whose(hand, hand.lead.stewardId, timer.dueAt, false),
        },
      },
    ],
    effects: [
      { kind: "queue.aged", recipient: "steward" },
      { kind: "queue.aged", recipient: "backupSteward" },
      { kind: "queue.aged", recipient: "queueAlert" },
    ],
  });
};

/**
 * No steward was there when it came into the queue, and `assign` is over: unless one is by now, the alert person hears. It isn't
 * routed around its stewards: in a queue the policy wants somebody to look first.
 */
export const unattended = (hand: Hand): Promise<Saved> => {
  const { lead, compiled, current, now } = hand;
  const timers = cancel(lead.timers, "assign");
  const queue = lead.queueId === null ? undefined : compiled.queues.get(lead.queueId);
  if (!queue || isAttended(compiled, current.people, queue, now))
    return save(hand, { actor: "system", timers });
  const data = { queue: queue.id, steward: lead.stewardId };
  return save(hand, {
    actor: "system",
    timers,
    events: [{ type: "sla.escalated", data: { kind: "assign", ...data } }],
    effects: [{ kind: "queue.unattended", recipient: "queueAlert", data }],
  });
};

/** The owner neither accepted nor refused in time: the manager hears. */
export const silentRejection = (hand: Hand, timer: Timer): Promise<Saved> =>
  save(hand, {
    actor: "system",
    timers: cancel(hand.lead.timers, "accept"),
    events: [
      {
        type: "sla.breached",
        data: {
          target: "accept",
          owner: hand.lead.ownerId,
          ...whose(hand, hand.lead.ownerId, timer.dueAt, true),
        },
      },
    ],
    effects: [{ kind: "sla.breached", recipient: "manager", data: { target: "accept" } }],
  });
