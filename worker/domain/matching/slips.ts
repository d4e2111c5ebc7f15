// How far two words are apart, counted in slips of hand or eye: a neighbouring key, letters a scanner confuses, two letters
// swapped, one left out or doubled. Such slips cost less than a letter that nobody takes for the other.

const KEY_ROWS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
/** QWERTZ and AZERTY neighbours that the rows above don't show, and letters that look or sound alike. */
const ALIKE =
  "zt zu zh aw qs wx yx mn rn ln il lj 1l 1i l7 0o oq 0q 5s s5 8b b8 2z z2 6g g6 uv vv cq ce ec ck sz iy ei ae oa ou fv dt bp gk gj cs";

const NEAR = new Set<string>();
const near = (a: string | undefined, b: string | undefined): void => {
  if (a === undefined || b === undefined) return;
  NEAR.add(a + b).add(b + a);
};
for (const [r, row] of KEY_ROWS.entries())
  for (const [i, key] of Array.from(row).entries()) {
    near(key, row[i + 1]);
    near(key, KEY_ROWS[r + 1]?.[i]);
    near(key, KEY_ROWS[r + 1]?.[i - 1]);
  }
for (const pair of ALIKE.split(" ")) near(pair[0], pair[1]);

export interface Slips {
  /** Edits: substitution, insertion, deletion, swap of neighbours. */
  edits: number;
  /** Substitutions of letters that are neither neighbours nor alike. */
  odd: number;
}

/** Two numbers in one: edits in the thousands, odd substitutions below, so that the least of both is found in one pass. */
const EDIT = 1000;
const ODD = 1001;

/** Null if more than `most` edits apart. Words are cut at 64 letters by the caller's normalisation. */
export function slipsBetween(a: string, b: string, most: number): Slips | null {
  if (a === b) return { edits: 0, odd: 0 };
  if (Math.abs(a.length - b.length) > most) return null;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j * EDIT);
  for (let i = 1; i <= a.length; i++) {
    const row = [i * EDIT];
    let least = row[0] ?? 0;
    for (let j = 1; j <= b.length; j++) {
      const cost = cell(a, b, i, j, previous, row, before);
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least >= (most + 1) * EDIT) return null;
    before = previous;
    previous = row;
  }
  const cost = previous[b.length] ?? 0;
  const edits = Math.floor(cost / EDIT);
  return edits > most ? null : { edits, odd: cost % EDIT };
}

function cell(
  a: string,
  b: string,
  i: number,
  j: number,
  previous: readonly number[],
  row: readonly number[],
  before: readonly number[],
): number {
  const x = a[i - 1] ?? "";
  const y = b[j - 1] ?? "";
  if (x === y) return previous[j - 1] ?? 0;
  const substituted = (previous[j - 1] ?? 0) + (NEAR.has(x + y) ? EDIT : ODD);
  let least = Math.min(substituted, (previous[j] ?? 0) + EDIT, (row[j - 1] ?? 0) + EDIT);
  if (i > 1 && j > 1 && x === b[j - 2] && a[i - 2] === y)
    least = Math.min(least, (before[j - 2] ?? 0) + EDIT);
  return least;
}
