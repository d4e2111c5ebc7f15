// Thai in Latin letters, roughly as the Royal Institute's system does without tones: vowels written before their consonant are
// spoken after it, unwritten ones are supplied, silenced letters go. Syllables aren't marked, so some are cut wrongly.

const ANY = /[\u0e01-\u0e4e]+/g;
/** By place from U+0E01 on: at the beginning of a syllable, and at its end. */
const INITIALS =
  "k kh kh kh kh kh ng ch ch ch s ch y d t th th th n d t th th th n b p ph f ph f ph m y r rue l lue w s s s h l  h".split(
    " ",
  );
const FINALS =
  "k k k k k k ng t t t t t n t t t t t n t t t t t n p p p p p p p m i n  n  o t t t  n  ".split(" ");

/** After the consonant; the longest first. `-` is where the consonant stands. */
const VOWELS: readonly (readonly [RegExp, string])[] = [
  [/^เ-ียะ?/, "ia"],
  [/^เ-ือะ?/, "uea"],
  [/^เ-าะ/, "o"],
  [/^เ-า/, "ao"],
  [/^เ-อะ?/, "oe"],
  [/^เ-ิ/, "oe"],
  [/^เ-ะ?/, "e"],
  [/^แ-ะ?/, "ae"],
  [/^โ-ะ?/, "o"],
  [/^[ใไ]-ย?/, "ai"],
  [/^-ัวะ?/, "ua"],
  [/^-ัย/, "ai"],
  [/^-ั/, "a"],
  [/^-ํา/, "am"],
  [/^-[าะ]/, "a"],
  [/^-[ิี]/, "i"],
  [/^-[ึ]/, "ue"],
  [/^-ือ?/, "ue"],
  [/^-[ุู]/, "u"],
  [/^-อ/, "o"],
];

const CONSONANT = /[\u0e01-\u0e2e]/;
const LEADING = /[\u0e40-\u0e44]/;

/** Null where nothing is Thai. */
export function thaiInLatin(plain: string): string | null {
  return plain.search(ANY) < 0 ? null : plain.replace(ANY, word);
}

function word(letters: string): string {
  // A silenced letter with its vowel, then marks of tone and shortness.
  const spoken = letters
    .replace(/[\u0e01-\u0e2e][\u0e34-\u0e39]?\u0e4c/g, "")
    .replace(/[\u0e47-\u0e4c\u0e4e]/g, "");
  let latin = "";
  for (let at = 0; at < spoken.length;) {
    const syllable = read(spoken.slice(at, at + 12));
    latin += syllable.latin;
    at += syllable.length;
  }
  return latin;
}

const sound = (table: readonly string[], letter: string): string => table[letter.charCodeAt(0) - 0xe01] ?? "";

function read(text: string): { latin: string; length: number } {
  const lead = LEADING.test(text[0] ?? "") ? (text[0] ?? "") : "";
  const initial = text[lead.length] ?? "";
  if (!CONSONANT.test(initial)) return { latin: "", length: 1 };
  const after = text.slice(lead.length + 1);
  for (const [pattern, vowel] of VOWELS) {
    const found = pattern.exec(`${lead}-${after}`);
    if (found === null) continue;
    const length = found[0].length;
    return closed(text, length, sound(INITIALS, initial) + vowel);
  }
  return unwritten(text, initial);
}

/** With the consonant that ends the syllable, if one does: another consonant, a leading vowel or nothing follows it. */
function closed(text: string, length: number, latin: string): { latin: string; length: number } {
  const next = text[length] ?? "";
  const beyond = text[length + 1] ?? "";
  const isFollowed = beyond === "" || (CONSONANT.test(beyond) && beyond !== "อ") || LEADING.test(beyond);
  const ends = CONSONANT.test(next) && next !== "อ" && next !== "ห" && isFollowed;
  const isOpening =
    CONSONANT.test(beyond) && /[รลว]/.test(beyond) && /[\u0e30-\u0e39]/.test(text[length + 2] ?? "");
  return ends && !isOpening ? { latin: latin + sound(FINALS, next), length: length + 1 } : { latin, length };
}

/** Two consonants alone have an o between them, one an a; before r, l, w it may begin a cluster. */
function unwritten(text: string, initial: string): { latin: string; length: number } {
  const next = text[1] ?? "";
  if (!CONSONANT.test(next))
    return { latin: `${sound(INITIALS, initial)}${next === "" ? "" : "a"}`, length: 1 };
  const beyond = text[2] ?? "";
  if (/[\u0e30-\u0e39\u0e4d]/.test(beyond) || beyond === "อ")
    return { latin: sound(INITIALS, initial) + (/[รลว]/.test(next) ? "" : "a"), length: 1 };
  return { latin: `${sound(INITIALS, initial)}o${sound(FINALS, next)}`, length: 2 };
}
