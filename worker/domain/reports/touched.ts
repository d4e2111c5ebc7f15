/** When a lead was first touched, by evidence, and who held it then. Pure; used by the roll-ups (docs/reports.md). */
import { NOT_HELD, REACHED } from "../../../schema/outcomes.ts";
import type { RawAssignment, RawEvent, RawLead, RawTouch } from "./raw.ts";

export const isCounted = (touch: RawTouch): boolean => touch.owned || touch.covered;

/** One meaning for closing, reports and erasure: a meeting that took place, or an outcome of schema/outcomes.ts. */
export const reached = ({ channel, outcome }: Pick<RawTouch, "channel" | "outcome">): boolean => {
  const said = (outcome ?? "").toLowerCase();
  return !NOT_HELD.test(said) && (channel === "meeting" || REACHED.test(said));
};

/** A booking is a touch too: who has a meeting doesn't wait for a first word. */
export const isBooking = ({ type, data }: RawEvent): boolean =>
  type === "lead.closed" && data["open"] === true;

/** Instants at which the person heard from us, earliest first. */
export const touchTimes = ({ touches, events }: RawLead): number[] =>
  [...touches.filter(isCounted).map(({ at }) => at), ...events.filter(isBooking).map(({ at }) => at)].sort(
    (a, b) => a - b,
  );

/** A first-touch deadline that passed. */
export interface Miss {
  at: number;
  dueAt: number;
  person: string;
  attribution: string;
}

const textOf = (value: unknown, otherwise: string): string => (typeof value === "string" ? value : otherwise);

const idOf = (value: unknown): string => {
  if (typeof value === "string") return value;
  const id = (value as { id?: unknown } | null | undefined)?.id;
  return typeof id === "string" ? id : "";
};

/** Misses that stand: a touch that turns out to have been made before the deadline takes them back. */
export const misses = (events: readonly RawEvent[], firstTouchAt: number | null): Miss[] =>
  events.flatMap(({ type, at, data }) => {
    if (type !== "sla.breached" || (data["target"] ?? "firstTouch") !== "firstTouch") return [];
    // While the brake is on nobody is held to it, and the clock begins anew.
    if (data["observed"] === true) return [];
    const dueAt = typeof data["dueAt"] === "string" ? Date.parse(data["dueAt"]) : at;
    if (firstTouchAt !== null && firstTouchAt <= dueAt) return [];
    return [{ at, dueAt, person: idOf(data["owner"]), attribution: textOf(data["attribution"], "system") }];
  });

/** Who had it at an instant; an assignment made in that very instant counts as later. */
export const holderAt = (assignments: readonly RawAssignment[], at: number): RawAssignment | null =>
  assignments.findLast((assignment) => assignment.at < at) ?? assignments[0] ?? null;

/** Who answers for it: whoever held it when it was first touched or first missed; before that, whoever has it. */
export const heldBy = (
  lead: RawLead,
  firstTouchAt: number | null,
  missed: readonly Miss[],
): { person: string; team: string } => {
  const miss = missed[0];
  const at = Math.min(firstTouchAt ?? Number.POSITIVE_INFINITY, miss?.at ?? Number.POSITIVE_INFINITY);
  if (at === Number.POSITIVE_INFINITY) return { person: lead.ownerId ?? "", team: lead.teamId ?? "" };
  const holder = holderAt(lead.assignments, at);
  const person = miss && miss.at <= at && miss.person !== "" ? miss.person : (holder?.personId ?? "");
  return { person, team: holder?.teamId ?? lead.teamId ?? "" };
};
