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
  considered: Considered[];
  /** Change of credit by person, for `candidate.rotation`. */
  moves: { person: string; delta: number }[];
}

export const creditKey = (team: string, person: string): string => `${team}\u0000${person}`;

const hasRoom = (candidate: Candidate, loads: Loads): boolean => {
  if (candidate.person === null) return true;
  const awaiting = loads.awaiting.get(candidate.person) ?? 0;
  const open = loads.open.get(candidate.person) ?? 0;
  return (
    (candidate.capacity === null || awaiting < candidate.capacity) &&
    (candidate.activeLeads === null || open < candidate.activeLeads)
  );
};

const lowestTier = (candidates: readonly Candidate[]): Candidate[] => {
  const tier = Math.min(...candidates.map((candidate) => candidate.tier));
  return candidates.filter((candidate) => candidate.tier === tier);
};

/** Picks one candidate, or null when none has room. `candidates` keep the plan's order; ties go to the lesser id. */
export const pick = (candidates: readonly Candidate[], loads: Loads): Pick | null => {
  const room = candidates.filter((candidate) => hasRoom(candidate, loads));
  if (room.length === 0) return null;
  const tier = lowestTier(room);
  const total = tier.reduce((sum, candidate) => sum + candidate.weight, 0);
  const scored = tier.map((candidate) => {
    const credit =
      candidate.rotation && candidate.person
        ? (loads.credits.get(creditKey(candidate.rotation, candidate.person)) ?? 0)
        : 0;
    const share = candidate.weight / total;
    return { candidate, credit, share, after: credit + share };
  });
  const positive = scored.filter((item) => item.after > GRAIN);
  const pool = positive.length > 0 ? positive : scored;
  const best = pool.reduce((winner, item) => (comesBefore(item, winner) ? item : winner));
  return {
    candidate: best.candidate,
    considered: scored.map((item) => ({
      person: item.candidate.person,
      weight: item.candidate.weight,
      credit: item.credit,
      awaiting: loads.awaiting.get(item.candidate.person ?? "") ?? 0,
    })),
    moves: best.candidate.rotation
      ? scored.map((item) => ({
          person: item.candidate.person ?? "",
          delta: item.share - (item === best ? 1 : 0),
        }))
      : [],
  };
};

interface Scored {
  candidate: Candidate;
  after: number;
}

/** In grains, rounded: the lesser is served first. */
const urgency = ({ candidate, after }: Scored): number =>
  Math.trunc(((1 - after) / candidate.weight) * 1e9 + 0.5);

const comesBefore = (a: Scored, b: Scored): boolean => {
  const difference = urgency(a) - urgency(b);
  if (difference !== 0) return difference < 0;
  return (a.candidate.person ?? "") < (b.candidate.person ?? "");
};
