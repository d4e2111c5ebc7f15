/** When a lead was first touched, by evidence, and who held it then. Pure; used by the roll-ups (docs/reports.md). */
import { NOT_HELD, REACHED } from "../../../schema/outcomes.ts";
import type { RawAssignment, RawEvent, RawLead, RawTouch } from "./raw.ts";

export const isCounted = (touch: RawTouch): boolean => touch.owned || touch.covered;

/** One meaning for closing, reports and erasure: a meeting that took place, or an outcome of schema/outcomes.ts. */
export const reached = ({ channel, outcome }: Pick<RawTouch, "channel" | "outcome">): boolean => {
  const said = (outcome ?? "").toLowerCase();
  return !NOT_HELD.test(said) && (channel === "meeting" || REACHED.test(said));
};

/** A booking is a touch too: who has a meeting doesn't wait for a first word. Until 0.1 it was a close that leaves open. */
export const isBooking = ({ type, data }: RawEvent): boolean =>
  type === "lead.booked" || (type === "lead.closed" && data["open"] === true);

/** Who has a meeting stays open. */
export const isClosing = ({ type, data }: RawEvent): boolean =>
  type === "lead.closed" && data["open"] !== true;

/** The person heard from us. */
export interface Heard {
  at: number;
  /** From when on nobody can doubt it: a verified record proves its own time, what somebody says proves that it was said. */
  provenAt: number;
}

/** Earliest first. */
export const timesHeard = ({ touches, events }: RawLead): Heard[] =>
  [
    ...touches
      .filter(isCounted)
      .map(({ at, verified, recordedAt }) => ({ at, provenAt: verified ? at : Math.max(at, recordedAt) })),
    ...events.filter(isBooking).map(({ at }) => ({ at, provenAt: at })),
  ].sort((a, b) => a.at - b.at || a.provenAt - b.provenAt);

/** As a deadline judges it: what is first said after it was at the earliest when it was said. */
export const judgedBy = (deadline: number, { at, provenAt }: Heard): number =>
  at > deadline || provenAt <= deadline ? at : provenAt;

/** The first as a deadline judges them. */
export const firstBy = (deadline: number, heard: readonly Heard[]): number | null =>
  heard.length === 0 ? null : Math.min(...heard.map((each) => judgedBy(deadline, each)));

/** A first-touch deadline that passed. */
export interface Miss {
  at: number;
  dueAt: number;
  /** While the brake was on: nobody is held to it, and the clock begins anew. */
  observed: boolean;
  person: string;
  attribution: string;
}

const textOf = (value: unknown, otherwise: string): string => (typeof value === "string" ? value : otherwise);

const idOf = (value: unknown): string => {
  if (typeof value === "string") return value;
  const id = (value as { id?: unknown } | null | undefined)?.id;
  return typeof id === "string" ? id : "";
};

/**
 * Deadlines that passed for good. A touch from before one takes it back, if it is verified or was known before the breach: to
 * say afterwards that it was in time doesn't.
 */
export const lapses = (events: readonly RawEvent[], heard: readonly Heard[]): Miss[] =>
  events.flatMap(({ type, at, data }) => {
    if (type !== "sla.breached" || (data["target"] ?? "firstTouch") !== "firstTouch") return [];
    const dueAt = typeof data["dueAt"] === "string" ? Date.parse(data["dueAt"]) : at;
    if (heard.some((each) => each.at <= dueAt && each.provenAt <= at)) return [];
    const [person, attribution] = [idOf(data["owner"]), textOf(data["attribution"], "system")];
    return [{ at, dueAt, observed: data["observed"] === true, person, attribution }];
  });

/** Those that somebody is held to. */
export const misses = (events: readonly RawEvent[], heard: readonly Heard[]): Miss[] =>
  lapses(events, heard).filter(({ observed }) => !observed);

/** Who had it at an instant; an assignment made in that very instant counts as later. */
export const holderAt = (assignments: readonly RawAssignment[], at: number): RawAssignment | null =>
  assignments.findLast((assignment) => assignment.at < at) ?? assignments[0] ?? null;

/** Who answers for it: whoever held it when it was first touched or first missed; before that, whoever has it. */
export const heldBy = (
  lead: RawLead,
  heard: readonly Heard[],
  missed: readonly Miss[],
): { person: string; team: string } => {
  const miss = missed[0];
  const first = (miss ? firstBy(miss.dueAt, heard) : heard[0]?.at) ?? Number.POSITIVE_INFINITY;
  const at = Math.min(first, miss?.at ?? Number.POSITIVE_INFINITY);
  if (at === Number.POSITIVE_INFINITY) return { person: lead.ownerId ?? "", team: lead.teamId ?? "" };
  const holder = holderAt(lead.assignments, at);
  const person = miss && miss.at <= at && miss.person !== "" ? miss.person : (holder?.personId ?? "");
  return { person, team: holder?.teamId ?? lead.teamId ?? "" };
};
