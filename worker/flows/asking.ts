/** Who may change a lead, and what most changes refuse alike. */
import type { Stage } from "../../schema/life.ts";
import { answersFor, refuse, type Hand, type Outcome, type Refusal } from "./hand.ts";

export const DONE: Outcome<null> = { ok: true, value: null };

export const closed = (): Refusal => refuse(409, "The lead is closed.");

/** Who asks: their name for the record, and (for who may only work their own leads) their id. */
export interface Asker {
  actor: string;
  onlyOwn: string | null;
  /** The person that a key or a manager speaks for. */
  by?: string | null;
}

export const unknownPerson = (
  { compiled }: Pick<Hand, "compiled">,
  by: string | null = null,
): Refusal | null =>
  by === null || compiled.people.has(by) ? null : refuse(422, `There is nobody called ${by}.`, "/by");

/** The rep for whom it is asked: speaking for one a key may do no more than they could themselves. */
export const repOf = ({ compiled }: Pick<Hand, "compiled">, { onlyOwn, by = null }: Asker): string | null =>
  onlyOwn ?? (by !== null && compiled.people.get(by)?.role === "rep" ? by : null);

/** For an event's data: whom the asker spoke for. */
export const spokenFor = ({ by }: Asker): { by?: string } => (by ? { by } : {});

/** Null where they may change this lead. */
export const notTheirs = (hand: Hand, asker: Asker): Refusal | null => {
  const unknown = unknownPerson(hand, asker.by);
  if (unknown) return unknown;
  const rep = repOf(hand, asker);
  return rep === null || answersFor(hand, rep)
    ? null
    : refuse(
        403,
        "The lead is somebody else's: ask its owner or a manager. A touch you made can be recorded.",
      );
};

const SKEW_MS = 5 * 60_000;
const YEAR_MS = 366 * 86_400_000;

/** What comes next lies ahead, and within a year: a clock waits for it. */
export const refusedNextAction = (at: number | null, now: number): Refusal | null => {
  if (at !== null && at < now - SKEW_MS)
    return refuse(422, "The time of the next action has passed.", "/nextActionAt");
  return at !== null && at > now + YEAR_MS
    ? refuse(422, "The next action is more than a year away: name a time within the year.", "/nextActionAt")
    : null;
};

/** Stages that only a disposition leads to. */
export const CLOSING_STAGES: readonly Stage[] = ["rejected", "recycled"];

/** What the database keeps of a text: no half characters, and nothing behind a NUL. */
const asKept = (text: string): string => text.toWellFormed().replace(/\0[^]*$/, "");

/** Whether a text that comes again is the one that was stored. */
export const sameText = (said: string | null, stored: string | null): boolean =>
  said === stored || (said !== null && stored !== null && asKept(said) === asKept(stored));
