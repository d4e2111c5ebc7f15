/**
 * The pick, as the database makes it (store/pick.ts): the lowest tier with room, and in it the quota method of
 * docs/routing.md. Each pick credits every available member with weight ÷ sum of weights and costs the picked one what
 * was given; among members with positive credit (if none, all) the least (1 − credit) ÷ weight wins, ties by id.
 *
 * Credits are integers in nano-leads and both twins truncate alike, so they can't drift apart.
 */
import type { Candidate, Considered, Loads } from "./plan-types.ts";

export const NANO = 1_000_000_000;

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
    const share = Math.trunc((candidate.weight * NANO) / total);
    return { candidate, credit, share, after: credit + share };
  });
  const positive = scored.filter((item) => item.after > 0);
  const pool = positive.length > 0 ? positive : scored;
  const best = pool.reduce((winner, item) => (comesBefore(item, winner) ? item : winner));
  const given = scored.reduce((sum, item) => sum + item.share, 0);
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
          delta: item.share - (item === best ? given : 0),
        }))
      : [],
  };
};

interface Scored {
  candidate: Candidate;
  after: number;
}

const urgency = ({ candidate, after }: Scored): number => (NANO - after) / candidate.weight;

const comesBefore = (a: Scored, b: Scored): boolean => {
  const difference = urgency(a) - urgency(b);
  if (difference !== 0) return difference < 0;
  return (a.candidate.person ?? "") < (b.candidate.person ?? "");
};
