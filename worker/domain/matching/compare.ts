// Two company names side by side: which words of one are which of the other, by what slips, and what is left over on each
// side, weighed by how much the words say.
import { lettersIn } from "./glued-words.ts";
import type { Reading } from "./readings.ts";
import { slipsBetween } from "./slips.ts";

export interface NameFit {
  /** Letter for letter, spaces aside. */
  same: boolean;
  /** All words that agree, but not in the same order. */
  reordered: boolean;
  /** Weight of words that agree, and of those left over, as shares of their name. */
  agreed: number;
  extraSaid: number;
  extraKnown: number;
  /** Weight of the heaviest word left over on that side. */
  heavySaid: number;
  heavyKnown: number;
  /** The first word that counts is among those left over. */
  headLost: boolean;
  /** Slips in words that count, and in those that hardly do. */
  edits: number;
  commonEdits: number;
  odd: number;
  /** Slips for each letter of the whole name. */
  slipShare: number;
  /** Words of which only a shortened form agrees. */
  shortened: number;
  /** Letters of name-like words that agree: how much the agreement says. */
  letters: number;
}

/** Words of one side that are words of the other; `to` is the first that isn't. */
interface Link {
  said: number;
  saidTo: number;
  known: number;
  knownTo: number;
  edits: number;
  odd: number;
  short: boolean;
}

export type Named = Pick<Reading, "tokens" | "weights" | "long" | "solid">;

/** Some function words have no weight to speak of: leftovers below this are none. */
const NOTHING = 0.12;
const LATIN = /^[a-z0-9]+$/;

export function compareNames(said: Named, known: Named): NameFit {
  const same = said.solid === known.solid;
  return measure(said, known, same ? [wholeLink(said, known, 0, 0)] : new Alignment(said, known).links());
}

const wholeLink = (said: Named, known: Named, edits: number, odd: number): Link => ({
  said: 0,
  saidTo: said.tokens.length,
  known: 0,
  knownTo: known.tokens.length,
  edits,
  odd,
  short: false,
});

/** Pairs words, the surest way first: equal, joined or split, a slip apart, shortened. */
class Alignment {
  readonly #said: Named;
  readonly #known: Named;
  readonly #links: Link[] = [];
  readonly #freeSaid: Set<number>;
  readonly #freeKnown: Set<number>;

  constructor(said: Named, known: Named) {
    this.#said = said;
    this.#known = known;
    this.#freeSaid = new Set(said.tokens.keys());
    this.#freeKnown = new Set(known.tokens.keys());
  }

  links(): Link[] {
    this.#equal();
    if (this.#isOpen()) this.#joined();
    if (this.#isOpen()) this.#slipped();
    if (this.#isOpen()) this.#shortened();
    if (this.#left(this.#said, this.#freeSaid) + this.#left(this.#known, this.#freeKnown) < NOTHING)
      return this.#links;
    const { solid } = this.#said;
    const most = solid.length >= 14 ? 3 : solid.length >= 8 ? 2 : 1;
    const slips = LATIN.test(solid) ? slipsBetween(solid, this.#known.solid, most) : null;
    return slips === null ? this.#links : [wholeLink(this.#said, this.#known, slips.edits, slips.odd)];
  }

  #isOpen(): boolean {
    return this.#freeSaid.size > 0 && this.#freeKnown.size > 0;
  }

  #left(side: Named, free: ReadonlySet<number>): number {
    let sum = 0;
    for (const i of free) sum += side.weights[i] ?? 0;
    return sum;
  }

  #link(said: number, known: number, more: Partial<Link> = {}): void {
    const made = {
      said,
      saidTo: said + 1,
      known,
      knownTo: known + 1,
      edits: 0,
      odd: 0,
      short: false,
      ...more,
    };
    for (let i = made.said; i < made.saidTo; i++) this.#freeSaid.delete(i);
    for (let i = made.known; i < made.knownTo; i++) this.#freeKnown.delete(i);
    this.#links.push(made);
  }

  /** The first pair that `fits` for each word said. */
  #pair(fits: (s: number, k: number) => Partial<Link> | null): void {
    for (const s of this.#freeSaid)
      for (const k of this.#freeKnown) {
        const more = fits(s, k);
        if (more === null) continue;
        this.#link(s, k, more);
        break;
      }
  }

  #equal(): void {
    const { long: said } = this.#said;
    const { long: known } = this.#known;
    this.#pair((s, k) =>
      said[s] === known[k] || this.#said.tokens[s] === this.#known.tokens[k] ? {} : null,
    );
  }

  #joined(): void {
    const { tokens: said } = this.#said;
    const { tokens: known } = this.#known;
    this.#pair((s, k) => {
      const [one = "", other = ""] = [said[s], known[k]];
      if (this.#freeSaid.has(s + 1) && isNear(one + (said[s + 1] ?? ""), other)) return { saidTo: s + 2 };
      return this.#freeKnown.has(k + 1) && isNear(one, other + (known[k + 1] ?? ""))
        ? { knownTo: k + 2 }
        : null;
    });
  }

  #slipped(): void {
    for (const s of this.#freeSaid) {
      const word = this.#said.tokens[s] ?? "";
      if (word.length < 3 || !LATIN.test(word) || /^\d+$/.test(word)) continue;
      let best: { k: number; edits: number; odd: number } | null = null;
      for (const k of this.#freeKnown) {
        const other = this.#known.tokens[k] ?? "";
        const slips = slipsBetween(word, other, bearable(Math.max(word.length, other.length)));
        if (slips === null || /^\d+$/.test(other)) continue;
        if (best === null || slips.edits * 2 + slips.odd < best.edits * 2 + best.odd) best = { k, ...slips };
      }
      if (best !== null) this.#link(s, best.k, { edits: best.edits, odd: best.odd });
    }
  }

  #shortened(): void {
    const { tokens: said } = this.#said;
    const { tokens: known } = this.#known;
    this.#pair((s, k) => {
      const [one = "", other = ""] = [said[s], known[k]];
      return (one.length < other.length ? isShortened(one, other) : isShortened(other, one))
        ? { short: true }
        : null;
    });
  }
}

const isNear = (one: string, other: string): boolean =>
  one === other || (one.length >= 8 && slipsBetween(one, other, 1) !== null);

/** Slips that a word of this length may bear before it is another word. */
const bearable = (length: number): number => (length <= 3 ? 0 : length <= 6 ? 1 : 2);

/** "tech" for "technologies", "mfg" for "manufacturing": it begins the word, or keeps its consonants. */
function isShortened(short: string, long: string): boolean {
  if (short.length < 3 || short[0] !== long[0] || long.length - short.length < 2) return false;
  if (long.startsWith(short)) return true;
  if (short.length > 5 || /[aeiou]/.test(short.slice(1))) return false;
  let at = 0;
  for (const letter of short) {
    at = long.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);

function measure(said: Named, known: Named, links: readonly Link[]): NameFit {
  const usedSaid = new Set<number>();
  const usedKnown = new Set<number>();
  const tally = { agreed: 0, letters: 0, edits: 0, commonEdits: 0, odd: 0, shortened: 0 };
  for (const link of links) {
    for (let i = link.said; i < link.saidTo; i++) usedSaid.add(i);
    for (let i = link.known; i < link.knownTo; i++) usedKnown.add(i);
    count(tally, link, known);
  }
  const left = (side: Named, used: ReadonlySet<number>) => side.weights.filter((_, i) => !used.has(i));
  const [leftSaid, leftKnown] = [left(said, usedSaid), left(known, usedKnown)];
  return {
    ...tally,
    same: said.solid === known.solid,
    reordered: isReordered(links),
    agreed: tally.agreed / (sumOf(known.weights) || 1),
    extraSaid: sumOf(leftSaid) / (sumOf(said.weights) || 1),
    extraKnown: sumOf(leftKnown) / (sumOf(known.weights) || 1),
    heavySaid: Math.max(0, ...leftSaid),
    heavyKnown: Math.max(0, ...leftKnown),
    headLost: isHeadLost(said, usedSaid) || isHeadLost(known, usedKnown),
    slipShare: (tally.edits + tally.commonEdits) / Math.max(4, known.solid.length),
  };
}

type Tally = Record<"agreed" | "letters" | "edits" | "commonEdits" | "odd" | "shortened", number>;

function count(tally: Tally, link: Link, known: Named): void {
  let heaviest = 0;
  for (let i = link.known; i < link.knownTo; i++) {
    const weight = known.weights[i] ?? 0;
    heaviest = Math.max(heaviest, weight);
    tally.agreed += link.short ? weight * 0.8 : weight;
    tally.letters += lettersIn(known.tokens[i] ?? "") * Math.max(0, weight - 0.25);
  }
  if (heaviest >= 0.5) tally.edits += link.edits;
  else tally.commonEdits += link.edits;
  tally.odd += heaviest >= 0.5 ? link.odd : 0;
  tally.shortened += link.short ? heaviest : 0;
}

function isReordered(links: readonly Link[]): boolean {
  const inOrder = [...links].sort((a, b) => a.said - b.said);
  return inOrder.some(({ known }, i) => i > 0 && known < (inOrder[i - 1]?.known ?? 0));
}

function isHeadLost({ weights }: Named, used: ReadonlySet<number>): boolean {
  const head = weights.findIndex((weight) => weight >= 0.5);
  return head >= 0 && !used.has(head);
}
