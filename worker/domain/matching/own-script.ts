// One spelling for what a script writes in several ways: Arabic alef and ya, Hebrew final letters, vowel points, digits. It is
// what a reader takes for the same word, so two names in one script meet whatever keyboard or data entry made of them.

/** Hebrew to Sinhala and the digits of Thai, where all of it happens. */
const CONCERNED = /[\u0591-\u0dff\u0e50-\u0e59\u200c-\u200f]/;
/** Kana's voiced marks as characters of their own. */
const VOICED = /[\u309b\u309c\uff9e\uff9f]/;

const LETTERS: Readonly<Record<string, string>> = Object.fromEntries(
  "أا إا آا ٱا ىي یي ئي ېي ؤو ةه ۀه ہه کك ڪك ךכ םמ ןנ ףפ ץצ"
    .split(" ")
    .map((pair) => [pair.charAt(0), pair.charAt(1)]),
);
const VARIANTS = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
/** Vowel points, the stroke that only lengthens a word, joiners and marks of direction. */
const POINTS =
  /[\u0591-\u05bd\u05bf]|[\u05c1-\u05c7]|[\u0610-\u061a]|\u0640|[\u064b-\u065f]|\u0670|[\u06d6-\u06ed]|[\u200c-\u200f]/g;
/** Before the last letter of a Hebrew abbreviation, in its own sign or as a quotation mark. */
const GERSHAYIM = /(?<=[\u05d0-\u05ea])["\u201d\u05f4](?=[\u05d0-\u05ea])/g;

/** Where the ten digits of a script begin. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50];
const DIGITS = new RegExp(
  `[${ZEROS.map((zero) => `${String.fromCharCode(zero)}-${String.fromCharCode(zero + 9)}`).join("")}]`,
  "g",
);

const digit = (letter: string): string => {
  const code = letter.charCodeAt(0);
  return String(code - (ZEROS.findLast((zero) => zero <= code) ?? code));
};

/** Kana whose voiced mark stands alone, as old keyboards and exports write it: before compatibility forms are unified. */
export const joinVoiced = (text: string): string =>
  VOICED.test(text) ? text.replace(/[\u309b\uff9e]/g, "\u3099").replace(/[\u309c\uff9f]/g, "\u309a") : text;

/** Takes composed text, case folded. */
export function inOwnScript(text: string): string {
  if (!CONCERNED.test(text)) return text;
  return text
    .replace(POINTS, "")
    .replace(VARIANTS, (letter) => LETTERS[letter] ?? letter)
    .replace(GERSHAYIM, "")
    .replace(DIGITS, digit);
}
