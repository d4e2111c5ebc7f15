/** What people hold and what rotations owe them in the simulated world: the counters that the database keeps in the real one. */
import { creditKey, type Pick } from "../routing/pick.ts";
import type { Loads } from "../routing/plan-types.ts";
import type { Simulated } from "./types.ts";

/** As it is kept between two slices. */
export interface WorldState {
  awaiting: [string, number][];
  open: [string, number][];
  credits: [string, number][];
  /** The most leads awaiting first touch that each person held. */
  peaks: [string, number][];
  /** Leads that wait for each team's opening. */
  queued: [string, number][];
}

export const EMPTY_WORLD: WorldState = { awaiting: [], open: [], credits: [], peaks: [], queued: [] };

/** Whose lead it is, and whether it takes up room; provisional ones don't. */
interface Share {
  person: string | null;
  awaiting: number;
  open: number;
  /** The team for whose opening it waits. */
  queued: string | null;
}

export const shareOf = (lead: Simulated): Share => {
  const open = lead.open && lead.owner !== null && !lead.provisional;
  return {
    person: lead.owner,
    open: Number(open),
    awaiting: Number(open && !lead.touched),
    queued: lead.open && lead.provisional ? lead.team : null,
  };
};

const shift = (counts: Map<string, number>, person: string, by: number): void => {
  if (by === 0) return;
  const n = (counts.get(person) ?? 0) + by;
  if (n === 0) counts.delete(person);
  else counts.set(person, n);
};

export class World {
  readonly awaiting: Map<string, number>;
  readonly open: Map<string, number>;
  readonly credits: Map<string, number>;
  readonly #peaks: Map<string, number>;
  readonly #queued: Map<string, number>;

  constructor(state: WorldState) {
    this.awaiting = new Map(state.awaiting);
    this.open = new Map(state.open);
    this.credits = new Map(state.credits);
    this.#peaks = new Map(state.peaks);
    this.#queued = new Map(state.queued);
  }

  loads(): Loads {
    return { awaiting: this.awaiting, open: this.open, credits: this.credits };
  }

  /** A lead takes up room. */
  enter(share: Share): void {
    this.#count(share, 1);
    if (share.person === null) return;
    const held = this.awaiting.get(share.person) ?? 0;
    if (held > (this.#peaks.get(share.person) ?? 0)) this.#peaks.set(share.person, held);
  }

  /** A lead takes up no room any more. */
  leave(share: Share): void {
    this.#count(share, -1);
  }

  #count(share: Share, sign: 1 | -1): void {
    if (share.queued !== null) shift(this.#queued, share.queued, sign);
    if (share.person === null) return;
    shift(this.awaiting, share.person, sign * share.awaiting);
    shift(this.open, share.person, sign * share.open);
  }

  queued(): Record<string, number> {
    return Object.fromEntries(this.#queued);
  }

  /** What was charged for a lead that was none is given back. */
  giveBack(team: string, person: string): void {
    const key = creditKey(team, person);
    this.credits.set(key, (this.credits.get(key) ?? 0) + 1);
  }

  /** Moves the credits of the rotation that picked. */
  charge({ candidate, moves }: Pick): void {
    if (candidate.rotation === null) return;
    for (const { person, delta } of moves) {
      const key = creditKey(candidate.rotation, person);
      this.credits.set(key, (this.credits.get(key) ?? 0) + delta);
    }
  }

  state(): WorldState {
    return {
      awaiting: [...this.awaiting],
      open: [...this.open],
      credits: [...this.credits],
      peaks: [...this.#peaks],
      queued: [...this.#queued],
    };
  }
}
