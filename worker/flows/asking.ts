/** Who may change a lead, and what most changes refuse alike. */
import type { Stage } from "../../schema/life.ts";
import { answersFor, refuse, type Hand, type Outcome, type Refusal } from "./hand.ts";

export const DONE: Outcome<null> = { ok: true, value: null };

export const closed = (): Refusal => refuse(409, "The lead is closed.");

/** Who asks: their name for the record, and (for who may only work their own leads) their id. */
export interface Asker {
  actor: string;
  onlyOwn: string | null;
}

export const notTheirs = (hand: Hand, { onlyOwn }: Asker): Refusal | null =>
  onlyOwn === null || answersFor(hand, onlyOwn)
    ? null
    : refuse(
        403,
        "The lead is somebody else's: ask its owner or a manager. A touch you made can be recorded.",
      );

/** Stages that only a disposition leads to. */
export const CLOSING_STAGES: readonly Stage[] = ["rejected", "recycled"];
