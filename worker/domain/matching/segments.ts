// Keys under which a name is found despite slips. A name cut into n + 1 pieces keeps one of them whole under n slips, so an
// account stands under its pieces and a lead asks for the pieces it would share (the pigeonhole principle; positions as in
// Li, Deng, Wang, Feng: "Pass-Join", VLDB 2012). Exact look-ups only: nothing is scanned.

const MIN_LENGTH = 5;
const MAX_LENGTH = 60;

/**
 * Slips that are survived by construction: one in short names, two in longer. Names in between are cut both ways, since
 * their thirds are so short that many names share them.
 */
const slipsAllowed = (length: number): readonly number[] => (length < 8 ? [1] : length < 12 ? [1, 2] : [2]);

/** Where each piece begins, and at the end the length: pieces differ by one letter at most. */
function cuts(length: number, pieces: number): number[] {
  const short = Math.floor(length / pieces);
  const longer = length - short * pieces;
  return Array.from({ length: pieces + 1 }, (_, i) => i * short + Math.max(0, i - (pieces - longer)));
}

const keyOf = (length: number, pieces: number, piece: number, text: string): string =>
  `s:${length}.${pieces}${piece}.${text}`;

/** Two to five keys of an account; none for very short or long names. */
export function segmentKeys(solid: string): string[] {
  if (solid.length < MIN_LENGTH || solid.length > MAX_LENGTH) return [];
  return slipsAllowed(solid.length).flatMap((slips) => {
    const at = cuts(solid.length, slips + 1);
    return at.slice(0, -1).map((from, i) => keyOf(solid.length, slips + 1, i, solid.slice(from, at[i + 1])));
  });
}

/** At most 19 keys by which a lead finds names up to one letter longer or shorter and one or two slips away. */
export function segmentLookups(solid: string): string[] {
  const keys = new Set<string>();
  for (const length of [solid.length, solid.length - 1, solid.length + 1]) {
    if (length < MIN_LENGTH || length > MAX_LENGTH) continue;
    for (const slips of slipsAllowed(length)) addPieces(keys, solid, length, slips);
  }
  return [...keys];
}

function addPieces(keys: Set<string>, solid: string, length: number, slips: number): void {
  const shift = solid.length - length;
  const at = cuts(length, slips + 1);
  for (let i = 0; i <= slips; i++) {
    const start = at[i] ?? 0;
    const size = (at[i + 1] ?? 0) - start;
    const from = Math.max(0, start - i, start + shift - (slips - i));
    const to = Math.min(solid.length - size, start + i, start + shift + (slips - i));
    for (let p = from; p <= to; p++) keys.add(keyOf(length, slips + 1, i, solid.slice(p, p + size)));
  }
}
