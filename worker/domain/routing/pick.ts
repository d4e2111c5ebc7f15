/**
 * The pick, as the database makes it (store/pick.ts): the lowest tier with room, and in it the quota method of
 * docs/routing.md. Each pick credits every available member with weight ÷ sum of weights and costs the picked one 1;
 * among members with positive credit (if none, all) the least (1 − credit) ÷ weight wins, ties by id.
 *
 * Credits are doubles, and both twins compare them to a billionth of a lead: what is mathematically zero or equal must
 * not be told apart by rounding, or somebody could be a whole lead ahead.
 */
import type { Candidate, Considered, Loads } from "./plan-types.ts";

/** A billionth of a lead: below it credits are equal. */
export const GRAIN = 1e-9;

export interface Pick {
  candidate: Candidate;
  /** Whether who won holds as many leads awaiting first touch as they may: at a step that no capacity binds. */
  beyondCapacity: boolean;
  considered: Considered[];
  /** Change of credit by person, for `candidate.rotation`. */
  moves: { person: string; delta: number }[];
}

export const creditKey = (team: string, person: string): string => `${team}\u0000${person}`;

interface Member {
  person: string | null;
  weight: number;
  credit: number;
}

/** The quota method among members of one tier that have room: whose turn it is, and everybody's share of this lead. */
export const turn = (members: readonly Member[]): { index: number; shares: number[] } => {
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  const shares = members.map(({ weight }) => weight / total);
  const after = members.map(({ credit }, index) => credit + (shares[index] ?? 0));
  const anyPositive = after.some((credit) => credit > GRAIN);
  let best = -1;
  for (const [index, member] of members.entries()) {
    if (anyPositive && !((after[index] ?? 0) > GRAIN)) continue;
    const leader = members[best];
    if (!leader || comesBefore(member, after[index] ?? 0, leader, after[best] ?? 0)) best = index;
  }
  return { index: best, shares };
};

/** What everybody who took part is owed once one of them was picked. */
export const creditsAfter = (
  members: readonly Member[],
  picked: string | null,
): { person: string | null; credit: number }[] => {
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  return members.map(({ person, weight, credit }) => ({
    person,
    credit: credit + weight / total - Number(person === picked),
  }));
};

/** In grains, rounded: the lesser is served first. */
export const urgency = (weight: number, after: number): number =>
  Math.trunc(((1 - after) / weight) * 1e9 + 0.5);

const comesBefore = (a: Member, afterA: number, b: Member, afterB: number): boolean => {
  const difference = urgency(a.weight, afterA) - urgency(b.weight, afterB);
  return difference === 0 ? (a.person ?? "") < (b.person ?? "") : difference < 0;
};

/** What the pick sees of a candidate; loads only where a limit is known, as the database counts them. */
const consider = (candidate: Candidate, loads: Loads): Considered => {
  const { tier, person, rotation, weight, capacity, activeLeads, limit } = candidate;
  const awaiting = person === null ? 0 : (loads.awaiting.get(person) ?? 0);
  const open = person === null ? 0 : (loads.open.get(person) ?? 0);
  return {
    tier,
    person,
    rotation,
    weight,
    credit: rotation && person ? (loads.credits.get(creditKey(rotation, person)) ?? 0) : 0,
    awaiting: capacity === null && limit === null ? null : awaiting,
    open: activeLeads === null ? null : open,
    capacity,
    activeLeads,
    room: (capacity === null || awaiting < capacity) && (activeLeads === null || open < activeLeads),
  };
};

/** Picks one candidate, or null when none has room. `candidates` keep the plan's order; ties go to the lesser id. */
export const pick = (candidates: readonly Candidate[], loads: Loads): Pick | null => {
  const weighed = candidates.map((candidate) => ({ candidate, seen: consider(candidate, loads) }));
  const room = weighed.filter(({ seen }) => seen.room);
  const tier = room.reduce((least, { seen }) => Math.min(least, seen.tier), Number.POSITIVE_INFINITY);
  const members = room.filter(({ seen }) => seen.tier === tier);
  const { index, shares } = turn(members.map(({ seen }) => seen));
  const won = members[index];
  if (!won) return null;
  const { candidate, seen } = won;
  return {
    candidate,
    beyondCapacity: candidate.limit !== null && (seen.awaiting ?? 0) >= candidate.limit,
    considered: weighed.filter((item) => item.seen.tier <= tier).map((item) => item.seen),
    moves:
      candidate.rotation === null
        ? []
        : members.map((item, at) => ({
            person: item.seen.person ?? "",
            delta: (shares[at] ?? 0) - (at === index ? 1 : 0),
          })),
  };
};
