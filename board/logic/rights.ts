/** What a role sees and may do. The server enforces; this only hides what it would refuse. Pure. */
import type { Lead } from "../../schema/wire/lead.ts";
import type { Role } from "../../schema/config/people.ts";

export type Right =
  | "work" // touch, close, hand off, bounce
  | "reassign"
  | "config.read"
  | "config.write"
  | "brake" // clocks only report, for everybody
  | "deliveries"
  | "imports"
  | "inspect"
  | "people.others"
  | "people.self";

const EVERY_RIGHT: readonly Right[] = [
  "work",
  "reassign",
  "config.read",
  "config.write",
  "brake",
  "deliveries",
  "imports",
  "inspect",
  "people.others",
  "people.self",
];

const RIGHTS: Record<Role, readonly Right[]> = {
  rep: ["work", "people.self"],
  manager: [
    "work",
    "reassign",
    "config.read",
    "brake",
    "deliveries",
    "inspect",
    "people.others",
    "people.self",
  ],
  marketer: [],
  revops: EVERY_RIGHT,
  admin: EVERY_RIGHT,
};

export function may(role: string | null | undefined, right: Right): boolean {
  return (RIGHTS[role as Role] ?? []).includes(right);
}

/** Whose availability somebody may change: their own, or anyone's as a manager. */
export function mayChange(role: string, me: string, person: string): boolean {
  return may(role, "people.others") || (me === person && may(role, "people.self"));
}

/**
 * Accepting is the owner's word, given once, and only before the first touch. Accepting moves a lead on from MQL: beyond
 * it, only a clock that waits for the word still asks for it.
 */
export function mayAccept(
  lead: Pick<
    Lead,
    "owner" | "firstTouchAt" | "disposition" | "stage" | "timers" | "timeline" | "assignments"
  >,
  me: string,
): boolean {
  if (lead.owner?.id !== me || lead.firstTouchAt !== null || lead.disposition !== null) return false;
  if (lead.timers.some(({ kind }) => kind === "accept")) return true;
  return (lead.stage === "inquiry" || lead.stage === "mql") && !isAccepted(lead);
}

/** By whom it is with now: what an earlier owner accepted doesn't count. */
function isAccepted({ timeline, assignments }: Pick<Lead, "timeline" | "assignments">): boolean {
  const since = assignments.at(-1)?.at ?? "";
  return timeline.some(({ type, at }) => type === "lead.accepted" && at >= since);
}
