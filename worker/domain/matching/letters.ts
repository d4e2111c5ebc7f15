// Company names in plain letters: case folded, diacritics gone, letters that Unicode does not decompose spelt out.
import { foldText } from "../enrichment/text.ts";
import { inOwnScript, joinVoiced } from "./own-script.ts";

/** Letters without a decomposition. Both sides of a comparison pass through here, so one spelling each is enough. */
const SPELT_OUT: Readonly<Record<string, string>> = {
  ß: "ss",
  ø: "o",
  æ: "ae",
  œ: "oe",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ħ: "h",
  ı: "i",
  ŋ: "n",
  ŧ: "t",
  ĸ: "k",
  ə: "e",
  ƒ: "f",
  ʻ: "",
  ʼ: "",
};
/** Most names: nothing to fold but case. */
const ASCII = /^[\x20-\x7e]*$/;
const NEEDS_SPELLING = new RegExp(`[${Object.keys(SPELT_OUT).join("")}]`, "gu");

/** "Łódź Bäckerei" → "lodz backerei". Scripts other than Latin keep their letters. */
export function plainLetters(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  const bare = foldText(joinVoiced(text))
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC");
  return inOwnScript(bare).replace(NEEDS_SPELLING, (letter) => SPELT_OUT[letter] ?? letter);
}

/** The other way to write German and Scandinavian vowels in ASCII: "Müller" → "mueller". Null if the name has none. */
export function digraphLetters(text: string): string | null {
  if (ASCII.test(text)) return null;
  const digraphs: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue", å: "aa", ø: "oe" };
  const composed = foldText(text).normalize("NFC");
  return /[äöüåø]/.test(composed)
    ? plainLetters(composed.replace(/[äöüåø]/g, (letter) => digraphs[letter] ?? letter))
    : null;
}
