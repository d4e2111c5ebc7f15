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

const SCANNED = /rn|cl|vv|[0158]/;

/** Letters that a scanner takes for one another, each written as one of them. */
const seen = (word: string): string =>
  word
    .replaceAll("rn", "m")
    .replaceAll("cl", "d")
    .replaceAll("vv", "w")
    .replaceAll("0", "o")
    .replaceAll("1", "l")
    .replaceAll("5", "s")
    .replaceAll("8", "b");

const looksSame = (a: string, b: string): boolean =>
  (SCANNED.test(a) || SCANNED.test(b)) && seen(a) === seen(b);

/** Null if more than `most` edits apart. */
export function slipsBetween(a: string, b: string, most: number): Slips | null {
  if (a === b) return { edits: 0, odd: 0 };
  if (most === 0 || Math.abs(a.length - b.length) > most) return null;
  const slips = lettersApart(a, b) > 2 * most ? null : withinBand(a, b, most);
  if ((slips === null || slips.edits > 1 || slips.odd > 0) && looksSame(a, b)) return { edits: 1, odd: 0 };
  return slips !== null && isOtherNumber(a, b) ? null : slips;
}

/** "Channel 7" is no slip of Channel 8. Where only one has digits, or more of them, a scanner may have read letters so. */
function isOtherNumber(a: string, b: string): boolean {
  const [one, other] = [a.replace(/\D/g, ""), b.replace(/\D/g, "")];
  return one !== other && one.length === other.length;
}

/** How many letters only one of them has: an edit changes two at most, so most pairs end here. */
function lettersApart(a: string, b: string): number {
  let differ = lettersIn(a) ^ lettersIn(b);
  let count = 0;
  for (; differ !== 0; differ &= differ - 1) count++;
  return count;
}

function lettersIn(word: string): number {
  let letters = 0;
  for (let i = 0; i < word.length; i++) letters |= 1 << (word.charCodeAt(i) & 31);
  return letters;
}

const FAR = 1e9;
const MOST_LETTERS = 210;
/** Rows of the table, kept between calls: this is the innermost loop of a match. */
let before = new Float64Array(MOST_LETTERS);
let previous = new Float64Array(MOST_LETTERS);
let row = new Float64Array(MOST_LETTERS);

/** Only cells within `most` of the diagonal can be part of so short a path. */
function withinBand(a: string, b: string, most: number): Slips | null {
  if (b.length + 2 > MOST_LETTERS) return null;
  for (let j = 0; j <= b.length; j++) previous[j] = j <= most ? j * EDIT : FAR;
  for (let i = 1; i <= a.length; i++) {
    const [from, to] = [Math.max(1, i - most), Math.min(b.length, i + most)];
    row[from - 1] = from === 1 && i <= most ? i * EDIT : FAR;
    let least = row[from - 1] ?? FAR;
    for (let j = from; j <= to; j++) least = Math.min(least, fillCell(a, b, i, j));
    if (to < b.length) row[to + 1] = FAR;
    if (least >= (most + 1) * EDIT) return null;
    [before, previous, row] = [previous, row, before];
  }
  const cost = previous[b.length] ?? FAR;
  const edits = Math.floor(cost / EDIT);
  return edits > most ? null : { edits, odd: cost % EDIT };
}

function fillCell(a: string, b: string, i: number, j: number): number {
  const x = a[i - 1] ?? "";
  const y = b[j - 1] ?? "";
  let least = previous[j - 1] ?? FAR;
  if (x !== y) {
    least += NEAR.has(x + y) ? EDIT : ODD;
    least = Math.min(least, (previous[j] ?? FAR) + EDIT, (row[j - 1] ?? FAR) + EDIT);
    if (i > 1 && j > 1 && x === b[j - 2] && a[i - 2] === y)
      least = Math.min(least, (before[j - 2] ?? FAR) + EDIT);
  }
  row[j] = least;
  return least;
}
