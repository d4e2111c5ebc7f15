// Two company names side by side: which words of one are which of the other, by what slips, and what is left over on each
// side, weighed by how much the words say.
import { slipsBetween } from "./slips.ts";
import { COMMON_WORDS, FUNCTION_WORDS, longForm, PLACE_WORDS } from "./words.ts";

export interface NameFit {
  /** Letter for letter, spaces aside. */
  same: boolean;
  /** All words agree but not their order. */
  reordered: boolean;
  /** Weight of words that agree, and of those left over, as shares of their name. */
  agreed: number;
  extraSaid: number;
  extraKnown: number;
  /** A name-like word is left over on that side, and its length in letters. */
  strangeSaid: number;
  strangeKnown: number;
  /** The first word that counts is among those left over. */
  headLost: boolean;
  edits: number;
  odd: number;
  /** Words of which only a shortened form agrees. */
  shortened: number;
  /** Letters of name-like words that agree: how much the agreement says. */
  letters: number;
}

export function weightOf(word: string): number {
  if (FUNCTION_WORDS.has(word)) return 0.05;
  const long = longForm(word);
  if (COMMON_WORDS.has(word) || COMMON_WORDS.has(long)) return 0.3;
  if (PLACE_WORDS.has(word)) return 0.6;
  return word.length === 1 ? 0.5 : 1;
}

interface Link {
  said: number;
  known: number;
  /** More than one word on a side ("air" + "line" and "airline"). */
  saidTo: number;
  knownTo: number;
  edits: number;
  odd: number;
  short: boolean;
}

export function compareNames(said: readonly string[], known: readonly string[]): NameFit {
  const solidSaid = said.join("");
  const solidKnown = known.join("");
  const links =
    solidSaid === solidKnown ? wholeLink(said, known, 0, 0) : align(said, known, solidSaid, solidKnown);
  return measure(said, known, links, solidSaid === solidKnown);
}

function wholeLink(said: readonly string[], known: readonly string[], edits: number, odd: number): Link[] {
  return [{ said: 0, known: 0, saidTo: said.length, knownTo: known.length, edits, odd, short: false }];
}

function align(
  said: readonly string[],
  known: readonly string[],
  solidSaid: string,
  solidKnown: string,
): Link[] {
  const links: Link[] = [];
  const freeSaid = new Set(said.keys());
  const freeKnown = new Set(known.keys());
  const link = (s: number, k: number, more: Partial<Link> = {}): void => {
    const made = {
      said: s,
      known: k,
      saidTo: s + 1,
      knownTo: k + 1,
      edits: 0,
      odd: 0,
      short: false,
      ...more,
    };
    for (let i = made.said; i < made.saidTo; i++) freeSaid.delete(i);
    for (let i = made.known; i < made.knownTo; i++) freeKnown.delete(i);
    links.push(made);
  };
  linkEqual(said, known, freeSaid, freeKnown, link);
  if (freeSaid.size > 0 && freeKnown.size > 0) linkJoined(said, known, freeSaid, freeKnown, link);
  if (freeSaid.size > 0 && freeKnown.size > 0) linkSlips(said, known, freeSaid, freeKnown, link);
  if (freeSaid.size > 0 && freeKnown.size > 0) linkShortened(said, known, freeSaid, freeKnown, link);
  const left = weightLeft(said, freeSaid) + weightLeft(known, freeKnown);
  if (left < 0.5) return links;
  const slips = slipsBetween(
    solidSaid,
    solidKnown,
    solidSaid.length >= 14 ? 3 : solidSaid.length >= 8 ? 2 : 1,
  );
  return slips === null || !/^[a-z0-9]+$/.test(solidSaid)
    ? links
    : wholeLink(said, known, slips.edits, slips.odd);
}

type Free = Set<number>;
type AddLink = (said: number, known: number, more?: Partial<Link>) => void;

const weightLeft = (words: readonly string[], free: Free): number =>
  [...free].reduce((sum, i) => sum + weightOf(words[i] ?? ""), 0);

function linkEqual(
  said: readonly string[],
  known: readonly string[],
  freeSaid: Free,
  freeKnown: Free,
  link: AddLink,
): void {
  for (const s of freeSaid) {
    for (const k of freeKnown) {
      if (said[s] !== known[k] && longForm(said[s] ?? "") !== longForm(known[k] ?? "")) continue;
      link(s, k);
      break;
    }
  }
}

function linkJoined(
  said: readonly string[],
  known: readonly string[],
  freeSaid: Free,
  freeKnown: Free,
  link: AddLink,
): void {
  for (const s of freeSaid)
    for (const k of freeKnown) {
      const [one, other] = [said[s] ?? "", known[k] ?? ""];
      if (freeSaid.has(s + 1) && near(one + (said[s + 1] ?? ""), other)) link(s, k, { saidTo: s + 2 });
      else if (freeKnown.has(k + 1) && near(one, other + (known[k + 1] ?? "")))
        link(s, k, { knownTo: k + 2 });
      else continue;
      break;
    }
}

const near = (one: string, other: string): boolean =>
  one === other || (one.length >= 8 && slipsBetween(one, other, 1) !== null);

/** Slips that a word of this length may bear before it is another word. */
const bearable = (length: number): number => (length <= 3 ? 0 : length <= 6 ? 1 : 2);

function linkSlips(
  said: readonly string[],
  known: readonly string[],
  freeSaid: Free,
  freeKnown: Free,
  link: AddLink,
): void {
  for (const s of freeSaid) {
    const word = said[s] ?? "";
    if (!/^[a-z0-9]*$/.test(word) || /^\d+$/.test(word)) continue;
    let best: { k: number; edits: number; odd: number } | null = null;
    for (const k of freeKnown) {
      const other = known[k] ?? "";
      const slips = slipsBetween(word, other, bearable(Math.max(word.length, other.length)));
      if (slips === null || /^\d+$/.test(other)) continue;
      if (best === null || slips.edits * 2 + slips.odd < best.edits * 2 + best.odd) best = { k, ...slips };
    }
    if (best !== null) link(s, best.k, { edits: best.edits, odd: best.odd });
  }
}

/** "tech" for "technologies", "mfg" for "manufacturing": one begins the other, or keeps its consonants. */
function linkShortened(
  said: readonly string[],
  known: readonly string[],
  freeSaid: Free,
  freeKnown: Free,
  link: AddLink,
): void {
  for (const s of freeSaid)
    for (const k of freeKnown) {
      const [one, other] = [said[s] ?? "", known[k] ?? ""];
      const [short, long] = one.length < other.length ? [one, other] : [other, one];
      if (!isShortened(short, long)) continue;
      link(s, k, { short: true });
      break;
    }
}

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

function measure(
  said: readonly string[],
  known: readonly string[],
  links: readonly Link[],
  same: boolean,
): NameFit {
  const usedSaid = new Set<number>();
  const usedKnown = new Set<number>();
  let agreed = 0;
  let letters = 0;
  for (const link of links) {
    for (let i = link.said; i < link.saidTo; i++) usedSaid.add(i);
    let weight = 0;
    for (let i = link.known; i < link.knownTo; i++) {
      usedKnown.add(i);
      const word = known[i] ?? "";
      weight += weightOf(word);
      letters += word.length * Math.max(0, weightOf(word) - 0.25);
    }
    agreed += link.short ? weight * 0.8 : weight;
  }
  const total = (words: readonly string[]) => weightIn(words) || 1;
  const left = (words: readonly string[], used: ReadonlySet<number>) => words.filter((_, i) => !used.has(i));
  const [leftSaid, leftKnown] = [left(said, usedSaid), left(known, usedKnown)];
  const strange = (words: readonly string[]) =>
    Math.max(0, ...words.filter((word) => weightOf(word) >= 0.5).map((word) => word.length));
  const sum = (pick: (link: Link) => number) => links.reduce((all, link) => all + pick(link), 0);
  return {
    same,
    reordered: inverted(links),
    agreed: agreed / total(known),
    extraSaid: weightIn(leftSaid) / total(said),
    extraKnown: weightIn(leftKnown) / total(known),
    strangeSaid: strange(leftSaid),
    strangeKnown: strange(leftKnown),
    headLost: lostHead(said, usedSaid) || lostHead(known, usedKnown),
    edits: sum(({ edits }) => edits),
    odd: sum(({ odd }) => odd),
    shortened: links.filter(({ short }) => short).length,
    letters,
  };
}

const weightIn = (words: readonly string[]): number => words.reduce((sum, word) => sum + weightOf(word), 0);

function inverted(links: readonly Link[]): boolean {
  const inOrder = [...links].sort((a, b) => a.said - b.said);
  return inOrder.some(({ known }, i) => i > 0 && known < (inOrder[i - 1]?.known ?? 0));
}

function lostHead(words: readonly string[], used: ReadonlySet<number>): boolean {
  const head = words.findIndex((word) => weightOf(word) >= 0.5);
  return head >= 0 && !used.has(head);
}
