// Initials of a name in the ways people take them, and how well a domain's label spells a name ("acrol" for Acme Robotics
// Limited, "getacme" for Acme).
import { DOMAIN_PREFIXES, DOMAIN_SUFFIXES, FUNCTION_WORDS, longForm, weightOf } from "./words.ts";

const MIN_INITIALS = 3;

/** With and without the words that bind, and with the legal form ("akbc" for Acme Kelnox Bank Corporation); none for fewer than three words. */
export function initialsOf({
  tokens,
  words,
}: {
  tokens: readonly string[];
  words: readonly string[];
}): string[] {
  const found = new Set<string>();
  for (const list of [tokens, words]) {
    found.add(firstLetters(list.filter((word) => !FUNCTION_WORDS.has(word))));
    found.add(firstLetters(list));
  }
  return [...found].filter((each) => each.length >= MIN_INITIALS && /^[a-z0-9]+$/.test(each));
}

const firstLetters = (words: readonly string[]): string => words.map((word) => word[0] ?? "").join("");

/** 0 to 1: how much of a domain's label the words of a name spell, in their order; with its legal form or without. */
export function spells(
  label: string,
  { tokens, words }: { tokens: readonly string[]; words: readonly string[] },
): number {
  const solid = label.replaceAll("-", "");
  if (solid === "" || tokens.length === 0 || solid.startsWith("xn")) return 0;
  const name = tokens.join("");
  if (solid === name || solid === words.join("")) return 1;
  return Math.max(...bareLabels(solid).map((bare) => (bare === name ? 0.97 : covered(bare, tokens))));
}

/** The label, and without what is added to make a domain free; never to fewer than three letters. */
export function bareLabels(solid: string): string[] {
  const found = new Set([solid]);
  const add = (bare: string): void => {
    if (bare.length >= 3) found.add(bare);
  };
  for (const end of DOMAIN_SUFFIXES) if (solid.endsWith(end)) add(solid.slice(0, -end.length));
  for (const each of Array.from(found))
    for (const head of DOMAIN_PREFIXES) if (each.startsWith(head)) add(each.slice(head.length));
  return [...found].slice(0, 8);
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
  return Math.min(0.9, end / label.length);
}

function shared(label: string, at: number, word: string): number {
  let length = 0;
  while (length < word.length && label[at + length] === word[length]) length++;
  return length;
}
