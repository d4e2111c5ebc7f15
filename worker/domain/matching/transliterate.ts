// Names in other scripts as they are usually written in Latin letters. One common reading each, which is enough to meet what
// people type; the name in its own script stays the first spelling. Han has none: docs/matching.md says why.
import { abjadsInLatin } from "./abjads.ts";
import { indicInLatin } from "./indic.ts";
import { letterTable } from "./letter-table.ts";
import { thaiInLatin } from "./thai.ts";

const CYRILLIC = letterTable(
  "а:a б:b в:v г:g д:d е:e ё:e ж:zh з:z и:i й:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:shch ъ: ы:y ь: э:e ю:yu я:ya " +
    "є:ye і:i ї:i ґ:g ў:u ј:j љ:lj њ:nj ћ:c ђ:dj џ:dz ѓ:gj ќ:kj ѕ:dz қ:k ң:n ғ:g ү:u ұ:u һ:h ө:o ә:a",
);

const GREEK = letterTable(
  "α:a β:v γ:g δ:d ε:e ζ:z η:i θ:th ι:i κ:k λ:l μ:m ν:n ξ:x ο:o π:p ρ:r σ:s ς:s τ:t υ:y φ:f χ:ch ψ:ps ω:o",
);
const ARMENIAN = letterTable(
  "ա:a բ:b գ:g դ:d ե:e զ:z է:e ը:y թ:t ժ:zh ի:i լ:l խ:kh ծ:ts կ:k հ:h ձ:dz ղ:gh ճ:ch մ:m յ:y ն:n շ:sh ո:o չ:ch պ:p ջ:j ռ:r ս:s վ:v տ:t ր:r ց:ts ւ:v փ:p ք:k օ:o ֆ:f և:ev",
);
const GEORGIAN = letterTable(
  "ა:a ბ:b გ:g დ:d ე:e ვ:v ზ:z თ:t ი:i კ:k ლ:l მ:m ნ:n ო:o პ:p ჟ:zh რ:r ს:s ტ:t უ:u ფ:p ქ:k ღ:gh ყ:q შ:sh ჩ:ch ც:ts ძ:dz წ:ts ჭ:ch ხ:kh ჯ:j ჰ:h",
);
const LETTERS = { ...CYRILLIC, ...GREEK, ...ARMENIAN, ...GEORGIAN };
const GREEK_PAIRS: readonly (readonly [RegExp, string])[] = [
  [/ου/g, "ou"],
  [/α[υ]/g, "av"],
  [/ε[υ]/g, "ev"],
  [/γγ/g, "ng"],
  [/γκ/g, "gk"],
  [/^μπ| μπ/g, " b"],
];

/** Hepburn, rows of five from U+30A2 on; long vowels and small tsu are handled apart. */
const KANA = letterTable(
  "ア:a イ:i ウ:u エ:e オ:o カ:ka キ:ki ク:ku ケ:ke コ:ko ガ:ga ギ:gi グ:gu ゲ:ge ゴ:go サ:sa シ:shi ス:su セ:se ソ:so ザ:za ジ:ji ズ:zu ゼ:ze ゾ:zo " +
    "タ:ta チ:chi ツ:tsu テ:te ト:to ダ:da ヂ:ji ヅ:zu デ:de ド:do ナ:na ニ:ni ヌ:nu ネ:ne ノ:no ハ:ha ヒ:hi フ:fu ヘ:he ホ:ho バ:ba ビ:bi ブ:bu ベ:be ボ:bo " +
    "パ:pa ピ:pi プ:pu ペ:pe ポ:po マ:ma ミ:mi ム:mu メ:me モ:mo ヤ:ya ユ:yu ヨ:yo ラ:ra リ:ri ル:ru レ:re ロ:ro ワ:wa ヲ:o ン:n ヴ:vu ー:",
);
const SMALL_KANA = letterTable("ャ:ya ュ:yu ョ:yo ァ:a ィ:i ゥ:u ェ:e ォ:o");

const LEADS = "g kk n d tt r m b pp s ss  j jj ch k t p h".split(" ");
const VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split(" ");
const TAILS = " k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" ");

const READ =
  /[\u0370-\u058f\u05d0-\u05f4\u0621-\u06d3\u0904-\u0d7f\u0e01-\u0e4e\u10d0-\u10f0\u3040-\u30ff\uac00-\ud7a3]/;
/** Readings of scripts that leave vowels out say too little of a short name. */
const LEAST_ROUGH = 5;

/** Plain letters in; null if nothing in it has a reading here. */
export function inLatin(plain: string): string | null {
  if (!READ.test(plain)) return null;
  const rough = [abjadsInLatin, indicInLatin, thaiInLatin].reduce((text, read) => read(text) ?? text, plain);
  if (rough !== plain && rough.replaceAll(/[^a-z]/g, "").length < LEAST_ROUGH) return null;
  const greek = GREEK_PAIRS.reduce((text, [pair, latin]) => text.replace(pair, latin), rough);
  const armenian = greek.replaceAll("ու", "u").replace(/(?<=^| )ո(?!վ)/g, "vo");
  const kana = kanaInLatin(armenian.replace(/[\u3041-\u3096]/g, katakana));
  // "ый", "ий", "ій" end as people write them: "novy", not "novyi" (plain letters have lost the breve).
  const adjectives = kana.replace(/[ыиі]и(?= |$)/g, "ы");
  return Array.from(adjectives, (letter) => LETTERS[letter] ?? hangul(letter)).join("");
}

const katakana = (hiragana: string): string => String.fromCharCode(hiragana.charCodeAt(0) + 0x60);

function kanaInLatin(text: string): string {
  return text
    .replace(
      /([\u30a1-\u30f4])([ャュョァィゥェォ])/g,
      (both, first: string, small: string) => contracted(first, small) ?? both,
    )
    .replace(/ッ([\u30a1-\u30f4])/g, (_, next: string) => `${(KANA[next] ?? "")[0] ?? ""}${next}`)
    .replace(/[\u30a1-\u30fc]/g, (letter) => KANA[letter] ?? SMALL_KANA[letter] ?? letter);
}

/** "キャ" → kya, "シャ" → sha, "ファ" → fa */
function contracted(first: string, small: string): string | null {
  const [head, tail] = [KANA[first], SMALL_KANA[small]];
  if (head === undefined || tail === undefined) return null;
  const stem = head.slice(0, -1);
  return tail.startsWith("y") && /(?:sh|ch|j)$/.test(stem) ? stem + tail.slice(1) : stem + tail;
}

function hangul(letter: string): string {
  const code = letter.charCodeAt(0) - 0xac00;
  if (letter.length !== 1 || code < 0 || code > 11171) return letter;
  const [lead, vowel, tail] = [Math.floor(code / 588), Math.floor((code % 588) / 28), code % 28];
  return (LEADS[lead] ?? "") + (VOWELS[vowel] ?? "") + (TAILS[tail] ?? "");
}
