// Arabic and Hebrew in Latin letters. Short vowels aren't written, so this gives the consonants and the long vowels: near
// enough to be compared with what people write in Latin letters, never enough to be taken for the same by itself.
import { letterTable } from "./letter-table.ts";

const ARABIC = letterTable(
  "ا:a ب:b ت:t ث:th ج:j ح:h خ:kh د:d ذ:dh ر:r ز:z س:s ش:sh ص:s ض:d ط:t ظ:z ع: غ:gh ف:f ق:q ك:k ل:l م:m ن:n ه:h ء: پ:p چ:ch ژ:zh گ:g ڤ:v ٹ:t ڈ:d ڑ:r",
);
const HEBREW = letterTable(
  "א:a ב:b ג:g ד:d ה:h ז:z ח:h ט:t כ:k ל:l מ:m נ:n ס:s ע:a פ:p צ:ts ק:k ר:r ש:sh ת:t",
);

const WORDS = /[\u05d0-\u05ea\u0621-\u06d3]+/g;

/** Takes plain letters (letters.ts); null where nothing is of these scripts. */
export function abjadsInLatin(plain: string): string | null {
  return plain.search(WORDS) < 0
    ? null
    : plain.replace(WORDS, (word) => (/[\u05d0-\u05ea]/.test(word) ? hebrew(word) : arabic(word)));
}

/** The article is read apart from the word, as it is mostly written in Latin letters ("Al Rajhi", "Alrajhi"). */
function arabic(word: string): string {
  const rest = word.length > 4 && word.startsWith("ال") ? word.slice(2) : word;
  const article = rest === word ? "" : "al";
  return article + Array.from(rest, (letter, at) => arabicLetter(letter, rest, at)).join("");
}

const LONG = "اوي";

function arabicLetter(letter: string, word: string, at: number): string {
  const isNextTo = (near: string | undefined): boolean => near !== undefined && LONG.includes(near);
  const isConsonant = at === 0 || isNextTo(word[at - 1]) || word[at + 1] === "ا";
  if (letter === "و") return isConsonant ? "w" : "o";
  if (letter === "ي") return isConsonant && at < word.length - 1 ? "y" : "i";
  if (letter === "ه" && at > 0 && at === word.length - 1) return "a";
  if (letter === "ع" && at === 0) return word[1] === "ا" ? "" : "a";
  return ARABIC[letter] ?? letter;
}

function hebrew(word: string): string {
  const doubled = word.replaceAll("וו", "w").replaceAll("יי", "y");
  return Array.from(doubled, (letter, at) => hebrewLetter(letter, doubled, at)).join("");
}

function hebrewLetter(letter: string, word: string, at: number): string {
  const isLast = at > 0 && at === word.length - 1;
  if (letter === "ו") return at === 0 ? "v" : "o";
  if (letter === "י") return at === 0 || word[at + 1] === "ו" ? "y" : "i";
  if (letter === "א" && "וי".includes(word[at + 1] ?? "-")) return "";
  if (isLast && letter === "ה") return "a";
  if (isLast && letter === "פ") return "f";
  return HEBREW[letter] ?? letter;
}
