/** Who was there when: the states of people as they were kept, walked through in order of time. */
import type { People, PersonState } from "../routing/people.ts";

export interface StateChange {
  personId: string;
  at: number;
  state: PersonState;
}

export interface PastTimeOff {
  personId: string;
  startAt: number;
  endAt: number;
  reason: string | null;
  /** From when it was known, and until when it stood. */
  createdAt: number;
  cancelledAt: number | null;
}

/** Somebody stopped being there, so what they hold untouched goes to others. */
export interface Absence {
  at: number;
  personId: string;
  cause: "away" | "on time off" | "deactivated";
}

type Span = ReturnType<People["timeOff"]["get"]> extends readonly (infer S)[] | undefined ? S : never;

const isGone = (state: PersonState | undefined): boolean => state?.away === true;

const byPerson = <T extends { personId: string }>(items: readonly T[]): Map<string, T[]> => {
  const lists = new Map<string, T[]>();
  for (const item of items) {
    const list = lists.get(item.personId);
    if (list) list.push(item);
    else lists.set(item.personId, [item]);
  }
  return lists;
};

const absencesOf = (changes: readonly StateChange[], timeOff: readonly PastTimeOff[]): Absence[] => {
  const found: Absence[] = [];
  for (const [personId, list] of byPerson(changes)) {
    let before: PersonState | undefined;
    for (const { at, state } of list) {
      if (state.deactivatedAt !== null && (before?.deactivatedAt ?? null) === null)
        found.push({ at, personId, cause: "deactivated" });
      else if (isGone(state) && !isGone(before)) found.push({ at, personId, cause: "away" });
      before = state;
    }
  }
  for (const { personId, startAt, createdAt, endAt, cancelledAt } of timeOff) {
    const at = Math.max(startAt, createdAt);
    if (at < endAt && (cancelledAt === null || at < cancelledAt))
      found.push({ at, personId, cause: "on time off" });
  }
  return found.sort((a, b) => a.at - b.at || (a.personId < b.personId ? -1 : 1));
};

interface Turn {
  at: number;
  personId: string;
}

/**
 * Time only goes forward: ask `at` in order. The answer is one object that changes with the next question, so nobody may
 * keep it.
 */
export class Availability {
  readonly #changes: readonly StateChange[];
  readonly #timeOff: Map<string, PastTimeOff[]>;
  readonly #turns: Turn[];
  readonly #absences: Absence[];
  readonly #states = new Map<string, PersonState>();
  readonly #spans = new Map<string, Span[]>();
  #change = 0;
  #turn = 0;

  /** `changes` and `timeOff` in any order. */
  constructor(changes: readonly StateChange[], timeOff: readonly PastTimeOff[]) {
    this.#changes = changes.toSorted((a, b) => a.at - b.at);
    this.#timeOff = byPerson(timeOff);
    this.#turns = timeOff
      .flatMap(({ personId, createdAt, cancelledAt }) => [
        { at: createdAt, personId },
        ...(cancelledAt === null ? [] : [{ at: cancelledAt, personId }]),
      ])
      .sort((a, b) => a.at - b.at);
    this.#absences = absencesOf(this.#changes, timeOff);
  }

  at(now: number): People {
    for (let next = this.#changes[this.#change]; next && next.at <= now; next = this.#changes[++this.#change])
      this.#states.set(next.personId, next.state);
    const turned = new Set<string>();
    for (let next = this.#turns[this.#turn]; next && next.at <= now; next = this.#turns[++this.#turn])
      turned.add(next.personId);
    for (const personId of turned) this.#spans.set(personId, this.#standing(personId, now));
    return { states: this.#states, timeOff: this.#spans };
  }

  #standing(personId: string, now: number): Span[] {
    return (this.#timeOff.get(personId) ?? [])
      .filter(({ createdAt, cancelledAt }) => createdAt <= now && (cancelledAt === null || cancelledAt > now))
      .map(({ startAt, endAt, reason }) => ({ startAt, endAt, reason }));
  }

  /** Those that begin after `from` and up to `to`, in order. */
  absences(from: number, to: number): Absence[] {
    return this.#absences.filter(({ at }) => at > from && at <= to);
  }
}
