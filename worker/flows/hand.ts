/** A lead taken in hand for a change: read, decided on, written under its generation; the loser of a race starts over. */
import { ERASED } from "../domain/privacy/erase.ts";
import { assembleFacts, type Scored } from "../domain/routing/facts.ts";
import { isActive, NO_STATE, type People } from "../domain/routing/people.ts";
import { slaNamed, type Compiled, type Sla } from "../domain/config/compiled.ts";
import { carryOver, leavers } from "../domain/config/standing.ts";
import type { EventType } from "../../schema/events.ts";
import type { Candidate, TraceStep } from "../domain/routing/plan-types.ts";
import { nextDue, type Timers } from "../domain/sla/timers.ts";
import type { OutboxInput, NewEvent } from "../store/happened.ts";
import { writeChange, type Change } from "../store/change.ts";
import { loadConfig } from "../store/config.ts";
import { isMoved } from "../store/crm.ts";
import { isStale } from "../store/db.ts";
import { leadJoinedBy, readLeadInHand, type LeadInHand } from "../store/leads.ts";
import { armClock, nudged, subscribedEffects } from "./announce.ts";
import { MAX_TRIES, type Deps } from "./deps.ts";

export interface Hand extends LeadInHand {
  deps: Deps;
  now: number;
  /** The policy the lead started under, carried out by today's people. */
  compiled: Compiled;
  sla: Sla;
}

export type Refusal = { ok: false; status: 404 | 409 | 422 | 403; detail: string; pointer?: string };
export type Outcome<T> = { ok: true; value: T } | Refusal;

export const refuse = (status: Refusal["status"], detail: string, pointer?: string): Refusal => ({
  ok: false,
  status,
  detail,
  ...(pointer === undefined ? {} : { pointer }),
});

/** Whether this person answers for the lead now: its owner, or who keeps the queue it waits in. */
export const answersFor = ({ lead, compiled }: Hand, personId: string): boolean => {
  if (lead.ownerId === personId || lead.stewardId === personId) return true;
  const queue = lead.queueId === null ? undefined : compiled.queues.get(lead.queueId);
  return queue?.backupSteward === personId;
};

/** Everybody who has left the document since is taken for deactivated. */
const withoutLeavers = (left: readonly string[], people: People, now: number): People => {
  if (left.length === 0) return people;
  const states = new Map(people.states);
  for (const id of left) states.set(id, { ...NO_STATE, ...states.get(id), deactivatedAt: now });
  return { ...people, states };
};

/** A policy all of whose people have left decides nothing any more; then today's does. */
const anybodyLeft = (compiled: Compiled, people: People): boolean =>
  compiled.document.routing.default.some((id) => isActive(compiled, people, id));

/** Its person was erased: it stays as it is, whatever still comes in about it. */
export const isErased = ({ emailNorm }: Pick<LeadInHand["lead"], "emailNorm">): boolean =>
  emailNorm.startsWith(ERASED);

const take = async (deps: Deps, leadId: string): Promise<Hand | null> => {
  const now = deps.now();
  const inHand = await readLeadInHand(deps.db, leadId, now);
  if (!inHand) return null;
  const started = await loadConfig(deps.db, inHand.lead.policyVersion);
  const today = await loadConfig(deps.db, inHand.current.config);
  if (!started || !today) return null;
  const people = withoutLeavers(leavers(started, today), inHand.current.people, now);
  const current = { ...inHand.current, people };
  const standing = carryOver(started, today);
  const compiled = anybodyLeft(standing, people) ? standing : today;
  const sla = slaNamed(compiled, inHand.lead.slaId);
  return sla ? { ...inHand, current, deps, now, compiled, sla } : null;
};

/** The same lead under today's policy instead of the one it started under; null when none is in force. */
export const underToday = async (hand: Hand): Promise<Hand | null> => {
  const compiled = await loadConfig(hand.deps.db, hand.current.config);
  const sla = compiled && slaNamed(compiled, hand.lead.slaId);
  return compiled && sla ? { ...hand, compiled, sla } : null;
};

/** Runs a change; when somebody else was faster it reads the lead again and decides again. */
export const withLead = async <T>(
  deps: Deps,
  leadId: string,
  change: (hand: Hand) => Promise<Outcome<T>>,
): Promise<Outcome<T>> => {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const hand = await take(deps, leadId);
    if (!hand) {
      const joined = await leadJoinedBy(deps.db, leadId);
      return joined === null ? refuse(404, "There is no such lead.") : withLead(deps, joined, change);
    }
    try {
      return await change(hand);
    } catch (error) {
      if (!isStale(error) && !isMoved(error)) throw error;
    }
  }
  return refuse(409, "The lead is changing too fast; try again.");
};

/** The facts conditions see, for a lead that is stored. */
export const factsOf = ({ compiled, lead, contact, account, opportunity, now }: Hand): Scored =>
  assembleFacts(
    compiled,
    {
      lead: { ...lead.facts.lead },
      company: lead.facts.company ?? null,
      contact: contact ? { ...contact } : null,
      match: {
        method: lead.match.method,
        confidence: lead.match.confidence,
        accountId: lead.match.accountId,
      },
      account,
      opportunity,
      page: lead.facts.page,
      attribution: lead.facts.attribution,
      custom: lead.facts.custom,
      formKey: lead.formKey,
      source: lead.source,
    },
    now,
  );

export const nameOf = (compiled: Compiled, personId: string | null): string | null =>
  personId === null ? null : (compiled.people.get(personId)?.name ?? personId);

export interface Draft {
  actor: string;
  set?: Change["set"];
  timers?: Timers;
  events?: { type: EventType; data: Record<string, unknown>; actor?: string }[];
  /** Effects by kind and recipient; ids follow from the generation that owes them. */
  effects?: { kind: string; recipient: string; data?: Record<string, unknown>; seq?: number }[];
  touch?: Change["touch"];
  strike?: Change["strike"];
  tasks?: { kind: string; ownerId: string; dueAt: number; note?: string }[];
  assignment?: {
    cause: string;
    candidates: readonly Candidate[];
    trace: readonly TraceStep[];
    ruleId: string | null;
    restartClock: boolean;
    at?: number;
  };
  also?: readonly D1PreparedStatement[];
}

const effectsOf = (
  { lead, compiled, now }: Hand,
  draft: Draft,
  events: readonly NewEvent[],
): OutboxInput[] => {
  const mark = `g${lead.generation + 1}`;
  const own = (draft.effects ?? []).map((effect) => ({
    id: `${lead.id}.${mark}.${effect.kind}.${effect.recipient}`,
    kind: effect.kind,
    channel: "email",
    seq: effect.seq ?? lead.assignmentSeq,
    recipient: effect.recipient,
    data: effect.data ?? {},
  }));
  return [
    ...own,
    ...nudged(compiled, lead.ownerId, own),
    ...subscribedEffects(compiled, lead.id, mark, events, now),
  ];
};

export interface Saved {
  /** Who was picked, where somebody was. */
  chosen: Candidate | null;
  /** The lead's earliest deadline from now on. */
  nextDueAt: number | null;
}

/** Writes a draft, arms the clock, announces. Throws a stale error when the lead moved on. */
export const save = async (hand: Hand, draft: Draft): Promise<Saved> => {
  const { deps, lead, now, current, compiled } = hand;
  const events = (draft.events ?? []).map((event) => ({ actor: draft.actor, ...event }));
  const timers = draft.timers;
  const { assignment } = draft;
  const chosen = await writeChange(deps.db, {
    lead,
    at: now,
    actor: draft.actor,
    set: {
      ...(timers && !assignment ? { timers: JSON.stringify(timers), next_due_at: nextDue(timers) } : {}),
      ...draft.set,
    },
    events,
    effects: effectsOf(hand, draft, events),
    ...(draft.touch ? { touch: draft.touch } : {}),
    ...(draft.strike ? { strike: draft.strike } : {}),
    ...(draft.tasks
      ? {
          tasks: draft.tasks.map((task) => ({
            ...task,
            id: `${lead.id}.${task.kind}.${lead.generation + 1}`,
          })),
        }
      : {}),
    ...(assignment
      ? {
          assignment: {
            leadId: lead.id,
            seq: lead.assignmentSeq + 1,
            at: assignment.at ?? now,
            cause: assignment.cause,
            ruleId: assignment.ruleId,
            policyVersion: compiled.version,
            configSeen: current.config,
            peopleSeen: current.revision,
            candidates: assignment.candidates,
            trace: assignment.trace,
            restartClock: assignment.restartClock,
          },
        }
      : {}),
    ...(draft.also ? { also: draft.also } : {}),
  });
  const nextDueAt = chosen ? chosen.nextDueAt : timers ? nextDue(timers) : lead.nextDueAt;
  await armClock(deps, lead.id, nextDueAt, now);
  deps.announce();
  return { chosen, nextDueAt };
};
