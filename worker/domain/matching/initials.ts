// Initials of a name in the ways people take them, and how well a domain's label spells a name ("knrcl" for KNR Constructions
// Limited, "getacme" for Acme).
import { DOMAIN_PREFIXES, DOMAIN_SUFFIXES, FUNCTION_WORDS, longForm } from "./words.ts";
import { weightOf } from "./compare.ts";

const MIN_INITIALS = 3;

/** With and without the words that bind; none for names of fewer than three words. */
export function initialsOf(tokens: readonly string[]): string[] {
  const of = (words: readonly string[]) => words.map((word) => word[0] ?? "").join("");
  const all = of(tokens);
  const named = of(tokens.filter((word) => !FUNCTION_WORDS.has(word)));
  return [...new Set([named, all])].filter((each) => each.length >= MIN_INITIALS && /^[a-z0-9]+$/.test(each));
}

/** 0 to 1: how much of a domain's label the words of a name spell, in their order. */
export function spells(label: string, tokens: readonly string[]): number {
  const solid = label.replaceAll("-", "");
  if (solid === "" || tokens.length === 0 || solid.startsWith("xn")) return 0;
  const name = tokens.join("");
  if (solid === name) return 1;
  return Math.max(...bareLabels(solid).map((bare) => (bare === name ? 0.97 : covered(bare, tokens))));
}

/** The label, and without what is added to make a domain free; never to fewer than three letters. */
export function bareLabels(solid: string): string[] {
  const ends = [
    solid,
    ...DOMAIN_SUFFIXES.filter((end) => solid.endsWith(end)).map((end) => solid.slice(0, -end.length)),
  ];
  const bare = ends.flatMap((each) => [
    each,
    ...DOMAIN_PREFIXES.filter((head) => each.startsWith(head)).map((head) => each.slice(head.length)),
  ]);
  return [solid, ...new Set(bare.filter((each) => each.length >= 3 && each !== solid))].slice(0, 8);
}

/** The best way to write the label with beginnings of the words in order: whole words count most, lone initials least. */
function covered(label: string, tokens: readonly string[]): number {
  const words = tokens.slice(0, 10);
  let best: number[] = Array.from({ length: label.length + 1 }, (_, at) => (at === 0 ? 0 : -1));
  for (const word of words) {
    const skip = FUNCTION_WORDS.has(word) ? 0 : 0.6 * weightOf(word);
    const next = best.map((value) => (value < 0 ? value : Math.max(0, value - skip)));
    for (let at = 0; at < label.length; at++) {
      const value = best[at] ?? -1;
      if (value < 0) continue;
      const most = Math.max(shared(label, at, word), shared(label, at, longForm(word)));
      for (let length = 1; length <= most; length++) {
        const gain = length === word.length ? length : length >= 3 ? length * 0.85 : length * 0.6;
        next[at + length] = Math.max(next[at + length] ?? -1, value + gain);
      }
    }
    best = next;
  }
  const end = Math.max(0, ...best.map((value, at) => (value < 0 ? -1 : value - (label.length - at) * 0.7)));
  return Math.min(0.95, end / label.length);
}

function shared(label: string, at: number, word: string): number {
  let length = 0;
  while (length < word.length && label[at + length] === word[length]) length++;
  return length;
}
