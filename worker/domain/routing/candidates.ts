/** Options become candidates: each carries everything that follows from winning, so the database can pick and write at once. */
import type { Person } from "../../../schema/config/document.ts";
import type { EventType } from "../../../schema/events.ts";
import type { Calendar } from "../calendar/types.ts";
import { clockCalendar, queueCalendar, type Compiled, type Sla } from "../config/compiled.ts";
import { serves } from "../config/purposes.ts";
import { dueAt } from "../sla/targets.ts";
import { nextActionOf } from "../sla/cadence.ts";
import { arm, cancel, nextDue, type Timers } from "../sla/timers.ts";
import { parseDuration } from "../duration.ts";
import { channelOf, subscriptions } from "./subscriptions.ts";
import type { Acknowledgement } from "../../../schema/wire/capture.ts";
import { acknowledge, type Told } from "./acknowledge.ts";
import type { Option } from "./options.ts";
import { capacityOf, isAttended, type People } from "./people.ts";
import type { Candidate, Effect } from "./plan-types.ts";
import { termsOf, type Terms } from "./terms.ts";

export interface Touched {
  timers: Timers;
  /** It could not be reached so far: what is owed is due as a first touch would be, and its next step is planned anew. */
  afresh?: boolean;
}

export interface Consequences {
  compiled: Compiled;
  people: People;
  sla: Sla;
  now: number;
  visitorTimezone: string;
  hasPhone: boolean;
  ruleId: string | null;
  /** "assigned" for a first owner, "reassigned" for any later one. */
  event: "lead.assigned" | "lead.reassigned" | "lead.opened" | "lead.rerouted";
  cause: string;
  /** Effects owed whoever wins (the visitor's acknowledgement, the former owner, their manager). */
  effects: readonly Effect[];
  /** Set for a lead that was touched already: its own timers go on, and the new owner owes a touch of their own. */
  touched: Touched | null;
  /** Leads that wait for each team's opening already. */
  queued?: Readonly<Record<string, number>> | undefined;
  /** Timers that stay with a lead whoever has it: how long it may stand in its stage. */
  standing: Timers;
  /** Its owner holds it only because its team was full; whoever else no capacity binds holds it as such. */
  overflowing?: boolean | undefined;
  /** Nobody is told: acknowledgement, event and effects stay empty. */
  untold?: boolean;
}

const SILENCE: Acknowledgement = {
  kind: "received",
  message: "",
  owner: null,
  promiseAt: null,
  timezone: "UTC",
};

const acknowledgementOf = (about: Consequences, told: Omit<Told, "timezone" | "now">): Acknowledgement =>
  about.untold ? SILENCE : acknowledge({ ...told, timezone: about.visitorTimezone, now: about.now });

/** Subscriptions to an event; their data are the event itself, filled in where the winner is known. */
const subscribed = (compiled: Compiled, type: EventType): Effect[] =>
  subscriptions(compiled, type).map((id) => ({
    kind: "event",
    channel: channelOf(compiled, id),
    recipient: `notification:${id}`,
  }));

/** Why an option is reached: its label, and those before it that capacity bound and that must then be full. */
interface Grounds {
  reason: string;
  full: boolean;
}

const groundsOf = (options: readonly Option[], index: number): Grounds => {
  const before = options
    .slice(0, index)
    .filter((option) => option.bound)
    .map((option) => option.label);
  const full = before.length > 0;
  const label = options[index]?.label ?? "";
  return { full, reason: full ? `${label} (${[...new Set(before)].join(", ")} full)` : label };
};

/**
 * What a full team leaves with its manager at its opening is handed out as capacity frees (docs/routing.md); whoever takes the
 * manager's place until then holds it as such, unless somebody chose them by name.
 */
const isOverflow = (
  { event, overflowing }: Consequences,
  { bound, relationship }: Option,
  full: boolean,
): boolean => !bound && ((event === "lead.opened" && full) || (overflowing === true && !relationship));

const queueCandidate = (
  tier: number,
  option: Option,
  person: Person,
  about: Consequences,
  reason: string,
): Candidate => {
  const queue = option.queue;
  if (!queue) throw new TypeError("not a queue option");
  const parsed = parseDuration(queue.target);
  const target = parsed.ok ? parsed.ms : 3_600_000;
  const aged = dueAt(queueCalendar(about.compiled, queue), about.now, target);
  const attended = isAttended(about.compiled, about.people, queue, about.now);
  const timers = arm(
    cancel(about.standing, "takeoverTouch"),
    { kind: "queueAge", dueAt: aged },
    ...(attended ? [] : [{ kind: "assign", dueAt: about.now + about.sla.assignMs } as const]),
  );
  return {
    tier,
    person: null,
    personName: null,
    backup: null,
    team: null,
    queue: queue.id,
    steward: person.id,
    rotation: null,
    weight: 1,
    capacity: null,
    activeLeads: null,
    limit: null,
    overflow: false,
    quarantined: serves(queue, "quarantine"),
    provisional: false,
    target: `queue:${queue.id}`,
    reason,
    way: option.way,
    clockStartsAt: null,
    firstTouchDueAt: null,
    promiseAt: null,
    nextActionAt: aged,
    timers,
    nextDueAt: nextDue(timers),
    acknowledgement: acknowledgementOf(about, { ownerName: null, promiseAt: null, clockStartsAt: null }),
    event: {
      type: "lead.queued",
      data: { queue: queue.id, steward: person.id, ruleId: about.ruleId, reason, cause: about.cause },
    },
    effects: [
      ...about.effects,
      { kind: "lead.queued", channel: "email", recipient: "steward" },
      ...subscribed(about.compiled, "lead.queued"),
    ],
  };
};

/** Effects of whoever of an option wins. */
const effectsOf = (about: Consequences, provisional: boolean): Effect[] =>
  about.untold
    ? []
    : [
        ...about.effects,
        ...(provisional
          ? []
          : [{ kind: about.event, channel: "email", recipient: "owner" } satisfies Effect]),
        ...subscribed(about.compiled, about.event),
      ];

/** Colleagues on one calendar share their terms and effects: the same objects, worked out and written once. */
interface Shared {
  terms: Terms;
  effects: Effect[];
}

const sharing = (option: Option, about: Consequences): ((calendar: Calendar) => Shared) => {
  const known = new Map<Calendar, Shared>();
  return (calendar) => {
    const found = known.get(calendar);
    if (found) return found;
    const terms = termsOf(option, calendar, about);
    const shared = { terms, effects: effectsOf(about, terms.provisional) };
    known.set(calendar, shared);
    return shared;
  };
};

const personCandidate = (
  tier: number,
  option: Option,
  { person, weight }: Option["people"][number],
  about: Consequences,
  { reason, full }: Grounds,
  sharedOf: (calendar: Calendar) => Shared,
): Candidate => {
  const { compiled, now } = about;
  const teamId = option.team?.id ?? null;
  const { terms, effects } = sharedOf(clockCalendar(compiled, person, teamId));
  const { clock, provisional, promiseAt, dayPart, timers, nextDueAt } = terms;
  const told = !provisional || option.relationship;
  return {
    tier,
    person: person.id,
    personName: person.name,
    backup: person.backup ?? null,
    team: teamId ?? compiled.teamsOf.get(person.id)?.[0]?.id ?? null,
    queue: null,
    steward: null,
    rotation: option.rotates ? teamId : null,
    weight,
    capacity: option.bound ? capacityOf(person, about.people, now) : null,
    activeLeads: option.bound ? (person.activeLeads ?? null) : null,
    // What is provisional doesn't count yet.
    limit: provisional ? null : capacityOf(person, about.people, now),
    overflow: isOverflow(about, option, full),
    provisional,
    target: teamId && option.rotates ? `team:${teamId}` : `person:${person.id}`,
    reason,
    way: option.way,
    clockStartsAt: clock.clockStartsAt,
    firstTouchDueAt: clock.firstTouchDueAt,
    promiseAt,
    nextActionAt: nextActionOf(timers) ?? clock.firstTouchDueAt,
    timers,
    nextDueAt,
    acknowledgement: acknowledgementOf(about, {
      ownerName: told ? person.name : null,
      promiseAt,
      dayPart,
      clockStartsAt: clock.clockStartsAt,
      busy: full,
    }),
    event: {
      type: about.event,
      data: about.untold
        ? {}
        : {
            owner: { id: person.id, name: person.name },
            ruleId: about.ruleId,
            target: teamId ? `team:${teamId}` : `person:${person.id}`,
            reason,
            cause: about.cause,
            provisional,
            firstTouchDueAt: new Date(clock.firstTouchDueAt).toISOString(),
          },
    },
    effects,
  };
};

/** One candidate for each person of each option; the option's place in the list is its tier. */
export const toCandidates = (options: readonly Option[], about: Consequences): Candidate[] =>
  options.flatMap((option, tier) => {
    const grounds = groundsOf(options, tier);
    const shared = sharing(option, about);
    return option.people.map((member) =>
      option.queue
        ? queueCandidate(tier, option, member.person, about, grounds.reason)
        : personCandidate(tier, option, member, about, grounds, shared),
    );
  });
