// A company's name in the one form in which two spellings of it are equal.
import {
  DOTTED_FORM,
  GLUED_FORMS,
  LEGAL_PREFIXES,
  LEGAL_SUFFIXES,
  LONG_FORMS,
  LONGEST_PREFIX,
} from "./legal-forms.ts";
import { unglued } from "./glued-words.ts";
import { isJunkName } from "./junk.ts";
import { digraphLetters, plainLetters } from "./letters.ts";
import { remembered } from "./remembered.ts";
import { slipsBetween } from "./slips.ts";
import { withoutNoise } from "./noise.ts";
import { inLatin } from "./transliterate.ts";

export interface CompanyName {
  /** Words that count, joined by spaces: "muller sohne" for "Müller & Söhne GmbH – Berlin office". Never empty for a name with a letter. */
  key: string;
  tokens: string[];
  /** All words as written, legal form and additions too. */
  words: string[];
  /** A placeholder ("n/a", "test", "self employed"): it must never match. */
  junk: boolean;
}

const MAX_LENGTH = 200;
const CONJUNCTIONS = new Set("and und et y e i og och en ve & + и і".split(" "));
const ARTICLES = new Set("the der die das le la les el los las il lo gli het de".split(" "));
/** "Amazon.com" and "Amazon" are one name; a country's suffix may be part of it. */
const WEB_SUFFIX = /([\p{L}\p{N}]{2})\.(?:com|net|org|io|ai)(?=$|[\s,()])/gu;

/** Idempotent on its own key; bounded by the first 200 characters. */
export function normalizeCompany(name: string): CompanyName {
  return normalizePlain(plainLetters(bounded(name)));
}

/** Also with "ü" read as "ue", and other scripts in Latin letters, as people and systems write them; mostly one entry. */
export const companySpellings = remembered((name: string): CompanyName[] => {
  const text = bounded(name);
  const plain = plainLetters(text);
  const own = normalizePlain(plain);
  const spellings = [own];
  if (own.junk) return spellings;
  const add = (other: string | null): void => {
    if (other === null) return;
    const spelling = normalizePlain(plainLetters(other));
    if (spelling.key !== "" && spellings.every(({ key }) => key !== spelling.key)) spellings.push(spelling);
  };
  add(digraphLetters(text));
  // Of what is left of it: its legal form is known in its own script.
  add(inLatin(own.key));
  return spellings;
});

/** With its place or office, which the usual form leaves out: "acme india" for "Acme (India) Ltd". */
export function withAdditions({ words, junk }: CompanyName): CompanyName {
  const tokens = significant(words);
  return { key: tokens.join(" "), tokens, words, junk };
}

/** Signs of a trade mark, and letters that nobody sees. */
const SIGNS = /[\u2120\u2122\u00ae\u00a9]|\((?:tm|sm|r)\)/giu;
const UNSEEN = /[\u00ad\u200b\u2060\ufeff]/g;

function bounded(name: string): string {
  const seen = name.slice(0, MAX_LENGTH).toWellFormed().replace(UNSEEN, "");
  return seen.replace(SIGNS, " ").trim();
}

function normalizePlain(plain: string): CompanyName {
  const words = wordsOf(plain);
  const junk = isJunkName(words.join(" "));
  let tokens = onceNormalized(plain);
  // Taking one thing off can bring another to the end ("Acme K.K. (EMEA)"): go on until nothing changes. It only ever shortens.
  const first = PLAIN_WORDS.test(plain) ? words.join(" ") : plain;
  for (let before = first; tokens.join(" ") !== before; tokens = onceNormalized(before))
    before = tokens.join(" ");
  return { key: tokens.join(" "), tokens, words, junk };
}

function onceNormalized(plain: string): string[] {
  const named = significant(wordsOf(withoutNoise(withoutDotted(withoutGluedForms(plain)))));
  if (named.length > 0) return named;
  const all = wordsOf(plain);
  const bare = plain.trim();
  return all.length > 0 ? significant(all) : bare === "" ? [] : [bare];
}

/** What its dots give away: "Acme.com", "Acme e.U." */
const withoutDotted = (plain: string): string =>
  plain.includes(".") ? plain.trim().replace(DOTTED_FORM, "").replace(WEB_SUFFIX, "$1") : plain;

/** The dot in "j.r." */
const DOTTED = /(?<=(?:^|[^\p{L}\p{N}])\p{L})\.(?=\p{L}(?:\.|[^\p{L}\p{N}]|$))/gu;
const PLAIN_WORDS = /^[a-z0-9 ]*$/;

/** Letters and digits; apostrophes join ("mcdonalds"), dotted initials too ("j.r. acme" → "jr acme"). */
function wordsOf(plain: string): string[] {
  if (PLAIN_WORDS.test(plain)) return split(joined(plain));
  const linked = plain.replace(/['’`´׳״]/g, "").replace(/[&+]/g, " and ");
  const undotted = linked.includes(".") ? linked.replace(DOTTED, "") : linked;
  return ASCII.test(undotted)
    ? split(joined(undotted.replace(/[^a-z0-9]+/g, " ")))
    : split(undotted.replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")).flatMap(unglued);
}

/** "a c m e", three letters or more: what is spelt out for the eye. */
const SPACED = /(?<=^| )[a-z](?: [a-z]){2,}(?= |$)/g;
const joined = (words: string): string => words.replace(SPACED, (letters) => letters.replaceAll(" ", ""));

const ASCII = /^[\x20-\x7e]*$/;
/** Scripts whose legal forms stand without a space: Thai, kana, Han, Hangul. */
const GLUES = /[\u0e01-\u0e5b\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;
const split = (spaced: string): string[] => spaced.split(" ").filter((word) => word !== "");

function significant(words: readonly string[]): string[] {
  const linked = words.filter((word, i) => i === 0 || i === words.length - 1 || !CONJUNCTIONS.has(word));
  let rest = withoutSuffixForms(linked);
  if (rest.length > 1 && ARTICLES.has(rest[0] ?? "")) rest = rest.slice(1);
  for (let cut = prefixLength(rest); cut > 0; cut = prefixLength(rest)) rest = rest.slice(cut);
  return rest;
}

/** Words of the longest legal form at the beginning, never all of the name. */
function prefixLength(words: readonly string[]): number {
  let [beginning, longest] = ["", 0];
  for (let length = 1; length <= LONGEST_PREFIX && length < words.length; length++) {
    beginning += words[length - 1] ?? "";
    if (LEGAL_PREFIXES.has(beginning)) longest = length;
  }
  return longest;
}

/** Takes the longest legal form off the end, again and again, but never the last word left. */
function withoutSuffixForms(words: readonly string[]): string[] {
  let rest = [...words];
  for (let cut = 1; cut > 0 && rest.length > 1; rest = rest.slice(0, rest.length - cut)) {
    cut = 0;
    let ending = "";
    for (let length = 1; length <= 7 && length < rest.length; length++) {
      ending = (rest.at(-length) ?? "") + ending;
      if (LEGAL_SUFFIXES.has(ending)) cut = length;
    }
    if (cut === 0 && isMistypedForm(rest.at(-1) ?? "")) cut = 1;
    if (cut > 0 || !CONJUNCTIONS.has(rest.at(-1) ?? "")) continue;
    cut = 1; // "Becker & Co." has lost its "Co."
  }
  return rest;
}

/** "limted", "corportaion" */
function isMistypedForm(word: string): boolean {
  return word.length >= 6 && LONG_FORMS.some((form) => slipsBetween(word, form, 1) !== null);
}

function withoutGluedForms(plain: string): string {
  if (!GLUES.test(plain)) return plain;
  const form = GLUED_FORMS.find((each) => plain.startsWith(each) || plain.endsWith(each));
  if (form === undefined) return plain;
  const rest = plain.startsWith(form) ? plain.slice(form.length) : plain.slice(0, -form.length);
  return /[\p{L}\p{N}]/u.test(rest) ? rest.trim() : plain;
}
