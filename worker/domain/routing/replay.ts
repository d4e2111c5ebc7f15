/**
 * A stored pick made again by the twin: from what it considered, the same person must win, and every credit must be the one
 * that the picks before it leave. Whatever differs is our own fault.
 */
import { creditsAfter, turn, urgency } from "./pick.ts";
import type { Considered } from "./plan-types.ts";

export interface StoredPick {
  /** In the order of writing. */
  id: number;
  leadId: string;
  seq: number;
  person: string | null;
  /** Tier and rotation of the candidate that won. */
  tier: number;
  rotation: string | null;
  considered: readonly Partial<Considered>[];
}

/** A named credit, and the pick after which it was given. */
export interface Entry {
  afterPick: number;
  team: string;
  person: string;
  amount: number;
}

/** Credits by team and person; who isn't in it has none. */
export type Book = Record<string, Record<string, number>>;

export interface Mismatch {
  leadId: string;
  seq: number;
  kind: "room" | "step" | "winner" | "credit";
  detail: string;
}

/** What sums of some hundred thousand doubles may differ by. */
const CREDIT_TOLERANCE = 1e-6;

type Member = Pick<Considered, "tier" | "person" | "weight" | "credit" | "room"> & { sound: boolean };

const below = (held: number | null | undefined, bound: number | null | undefined): boolean =>
  bound === null || bound === undefined || (held ?? 0) < bound;

/** Picks from before steps were stored have only the members that had room. */
const toMember = (stored: StoredPick, seen: Partial<Considered>): Member => {
  const room = seen.room ?? true;
  return {
    tier: seen.tier ?? stored.tier,
    person: seen.person ?? null,
    weight: seen.weight ?? 1,
    credit: seen.credit ?? 0,
    room,
    sound: room === (below(seen.awaiting, seen.capacity) && below(seen.open, seen.activeLeads)),
  };
};

/** Rounding may tell two apart that are equal to a grain; either may have it. */
const isLevel = (members: readonly Member[], shares: readonly number[], a: number, b: number): boolean => {
  const at = (index: number): number =>
    urgency(members[index]?.weight ?? 1, (members[index]?.credit ?? 0) + (shares[index] ?? 0));
  return b >= 0 && Math.abs(at(a) - at(b)) <= 1;
};

const check = (stored: StoredPick, all: readonly Member[], book: Book): Mismatch[] => {
  const found: Mismatch[] = [];
  const note = (kind: Mismatch["kind"], detail: string): void => {
    found.push({ leadId: stored.leadId, seq: stored.seq, kind, detail });
  };
  for (const { person, sound } of all)
    if (!sound) note("room", `${person ?? "a queue"} had room or not against their own bounds`);
  const open = all.filter(({ room }) => room);
  const tier = open.reduce((least, member) => Math.min(least, member.tier), Number.POSITIVE_INFINITY);
  if (tier !== stored.tier) note("step", `step ${tier} had room, and step ${stored.tier} was taken`);
  const members = open.filter((member) => member.tier === stored.tier);
  const { index, shares } = turn(members);
  const taken = members.findIndex(({ person }) => person === stored.person);
  if (index !== taken && !isLevel(members, shares, index, taken))
    note(
      "winner",
      `${members[index]?.person ?? "nobody"} was next, and ${stored.person ?? "a queue"} got it`,
    );
  const { rotation } = stored;
  if (rotation === null) return found;
  for (const { person, credit } of members) {
    const owed = book[rotation]?.[person ?? ""] ?? 0;
    if (Math.abs(owed - credit) > CREDIT_TOLERANCE)
      note(
        "credit",
        `${person ?? ""} had ${credit.toFixed(6)} in ${rotation}, and ${owed.toFixed(6)} follows`,
      );
  }
  return found;
};

/** The books after this pick, starting from what it saw: one error is told once, not for ever. */
const enter = ({ rotation, tier, person }: StoredPick, all: readonly Member[], book: Book): void => {
  if (rotation === null) return;
  const members = all.filter((member) => member.room && member.tier === tier);
  const team = (book[rotation] ??= {});
  for (const after of creditsAfter(members, person)) team[after.person ?? ""] = after.credit;
};

/** Makes picks again in order; `book` is brought up to the last of them. */
export const replay = (picks: readonly StoredPick[], entries: readonly Entry[], book: Book): Mismatch[] => {
  const waiting = entries.toSorted((a, b) => a.afterPick - b.afterPick);
  let next = 0;
  return picks.flatMap((stored) => {
    for (; (waiting[next]?.afterPick ?? Number.POSITIVE_INFINITY) < stored.id; next++) {
      const { team, person, amount } = waiting[next] as Entry;
      const credits = (book[team] ??= {});
      credits[person] = (credits[person] ?? 0) + amount;
    }
    // Nothing was weighed where a person was named by hand in SQL.
    if (stored.considered.length === 0) return [];
    const members = stored.considered.map((seen) => toMember(stored, seen));
    const found = check(stored, members, book);
    enter(stored, members, book);
    return found;
  });
};
