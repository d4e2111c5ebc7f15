// The scripts of India in Latin letters. Unicode lays nine of them out alike (after ISCII), so one table by place in the block
// serves all. Vowels are written without their length, as company names are.

/** Devanagari, Bengali, Gurmukhi, Gujarati, Oriya, Tamil, Telugu, Kannada, Malayalam: 128 places each. */
const FIRST = 0x900;
const LAST = 0xd7f;
const ANY = /[\u0900-\u0d7f]+/g;
/** Scripts of languages that leave out an unwritten vowel at the end ("tata" is ta-ta-a, "bank" ba-n-ka). */
const DROPS_LAST = 0xaff;

const VOWELS = "a a i i u u r l e e e ai o o o au".split(" ");
/** As signs on a consonant: no sign for the first. */
const SIGNS = "a i i u u r r e e e ai o o o au".split(" ");
const CONSONANTS =
  "k kh g gh n ch chh j jh n t th d dh n t th d dh n n p f b bh m y r r l l l v sh sh s h".split(" ");
const WITH_DOT: Readonly<Record<string, string>> = { k: "q", g: "g", j: "z", d: "r", dh: "rh", f: "f" };

const place = (letter: string): number => (letter.charCodeAt(0) - FIRST) % 0x80;

interface Sound {
  consonant: string;
  vowel: string;
  /** The vowel is not written. */
  implied: boolean;
}

/** Null where nothing is of these scripts. */
export function indicInLatin(plain: string): string | null {
  return plain.search(ANY) < 0 ? null : plain.replace(ANY, word);
}

function word(letters: string): string {
  const sounds = soundsOf(letters);
  const first = letters.charCodeAt(0);
  const spoken = first >= FIRST && first <= DROPS_LAST ? withoutImplied(sounds) : sounds;
  return spoken.map(({ consonant, vowel }) => consonant + vowel).join("");
}

function soundsOf(letters: string): Sound[] {
  const sounds: Sound[] = [];
  const last = (): Sound => sounds.at(-1) ?? { consonant: "", vowel: "", implied: false };
  for (const letter of letters) {
    if (letter.charCodeAt(0) > LAST) continue;
    const at = place(letter);
    if (at >= 0x05 && at <= 0x14) sounds.push({ consonant: "", vowel: VOWELS[at - 5] ?? "", implied: false });
    else if (at >= 0x15 && at <= 0x39)
      sounds.push({ consonant: CONSONANTS[at - 0x15] ?? "", vowel: "a", implied: true });
    else if (at >= 0x3e && at <= 0x4c) Object.assign(last(), { vowel: SIGNS[at - 0x3e], implied: false });
    else if (at === 0x4d) Object.assign(last(), { vowel: "", implied: false });
    else if (at === 0x3c) last().consonant = WITH_DOT[last().consonant] ?? last().consonant;
    else if (at === 0x01 || at === 0x02 || at === 0x70)
      sounds.push({ consonant: "n", vowel: "", implied: false });
    else if (at === 0x03) sounds.push({ consonant: "h", vowel: "", implied: false });
  }
  return sounds;
}

/** Unwritten vowels aren't spoken at the end, nor after a vowel with its consonant and before a spoken syllable. */
function withoutImplied(sounds: readonly Sound[]): Sound[] {
  const spoken = sounds.map((sound) => ({ ...sound }));
  for (let at = spoken.length - 1; at > 0; at--) {
    const [sound, before, after] = [spoken[at], spoken[at - 1], spoken[at + 1]];
    if (sound === undefined || !sound.implied) continue;
    const isBetween = before?.vowel !== "" && after?.vowel !== "" && after?.consonant !== "" && at > 1;
    if (after === undefined || isBetween) sound.vowel = "";
  }
  return spoken;
}
