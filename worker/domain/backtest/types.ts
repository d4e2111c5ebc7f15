/** What a back-test works on: leads as they really went, and the same leads as they go under the document that is tried. */
import type { KnownAbout } from "../routing/facts.ts";

/** How a lead really went. Times in epoch milliseconds. */
export interface Happened {
  /** Its first owner who wasn't provisional; null where it only ever was in a queue. */
  owner: string | null;
  team: string | null;
  /** The queue it went to before it had an owner. */
  queue: string | null;
  ruleId: string | null;
  /** When the clock of its first owner began, and what the visitor was told. */
  clockStartsAt: number | null;
  promiseAt: number | null;
  firstTouchAt: number | null;
  closedAt: number | null;
  /** When its queue let it go. */
  releasedAt: number | null;
  /** Whose first-touch targets passed, in order. */
  breachedBy: string[];
  lastOwner: string | null;
  /** It was closed as invalid, which gives back what the rotation charged for it. */
  invalid: boolean;
  /** Somebody moved it by hand: no policy decides that, so it isn't simulated. */
  intervened: boolean;
}

/** What was known of a lead when it came, beside what it says of itself. */
export type Basis = Pick<KnownAbout, "match" | "account" | "opportunity" | "contact" | "company">;

export interface PastLead {
  id: string;
  /** When it came. */
  at: number;
  email: string;
  domain: string | null;
  known: KnownAbout;
  hasPhone: boolean;
  timezone: string | null;
  happened: Happened;
}

/** A lead in the simulated world, as far as it got. */
export interface Simulated {
  leadId: string;
  /** Its place among those of the back-test; leads from before the period have negative ones. */
  n: number;
  at: number;
  /** Counts in the result; those from before the period only hold capacity, and filtered ones are decided and not told. */
  counts: boolean;
  /** From before the period: goes on as it really did. */
  earlier: boolean;
  open: boolean;
  touched: boolean;
  provisional: boolean;
  owner: string | null;
  team: string | null;
  queue: string | null;
  /** What decided last. */
  ruleId: string | null;
  target: string;
  reason: string;
  slaId: string;
  priority: number;
  score: number;
  /** The rotation that gave it to its owner; null where none did. */
  rotation: string | null;
  /** How often it was assigned. */
  assigned: number;
  clockStartsAt: number | null;
  dueAt: number | null;
  /** What the visitor would have been told. */
  promiseAt: number | null;
  /** The first owner who wasn't provisional. */
  firstOwner: string | null;
  firstTeam: string | null;
  firstQueue: string | null;
  /** What decided when it came. */
  firstRule: string | null;
  breachedBy: string[];
  /** Nobody else is left, or it moved often enough: it breaches no more. */
  settled: boolean;
  touchAt: number | null;
  closeAt: number | null;
  releaseAt: number | null;
  /** When it is next tried to hand out what a full team left with its manager. */
  handOutAt: number | null;
  invalid: boolean;
  /** When it last changed. */
  lastAt: number;
}

export type EventKind = "touch" | "close" | "release" | "opening" | "handOut" | "breach";

export interface Next {
  at: number;
  kind: EventKind;
}
