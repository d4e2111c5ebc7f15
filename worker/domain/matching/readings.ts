// One name can be read in several ways: "Acme Robotics Lyon branch" as written, or as Acme Robotics; "Acme (Foo Group)" as Acme,
// with Foo Group behind it. Every reading is compared; what a reading leaves out is remembered and counts against it.
import { remembered } from "./remembered.ts";
import { GLUED_PLACES } from "./glued-words.ts";
import { isJunkName } from "./junk.ts";
import { ENDING_FORMS, LONGEST_ENDING } from "./legal-forms.ts";
import { plainLetters } from "./letters.ts";
import { companySpellings, normalizeCompany, withAdditions, type CompanyName } from "./normalize.ts";
import { ownerIn, UNIT_WORDS } from "./noise.ts";
import { longForm, PLACE_BEGINNINGS, weightOf } from "./words.ts";

export interface Reading {
  tokens: readonly string[];
  /** What each of them says, and their long forms ("intl" → "international"). */
  weights: readonly number[];
  long: readonly string[];
  solid: string;
  /** All words as written, legal form and all. */
  words: readonly string[];
  /** "owner": the firm said to stand behind ("a Foo company", "(Foo)"), never the sender's own name. */
  role: "whole" | "part" | "alias" | "owner";
  /** Words of the whole that this reading leaves out. */
  dropped: readonly string[];
}

const MOST = 8;
const TOWNS: ReadonlySet<string> = new Set(GLUED_PLACES);
const UNITS: ReadonlySet<string> = new Set(UNIT_WORDS.split("|"));
const SEPARATOR = /\s[-–—:]\s|[,;|(/]|\s-|-\s/u;
const SET_OFF = /[-–—,(|]/u;
const INSIDE = /[([]([^()[\]]{2,80})[)\]]?/u;
/** Between two names of one firm. */
const ALSO = new RegExp(
  `\\b(?:d/?b/?a|t/a|trading as|doing business as|(?:(?:also|now|formerly|previously) known as|formerly|previously)|a\\.?k\\.?a\\.?` +
    `|f/?k/?a|f\\.k\\.a\\.?|vormals|ehemals|anciennement|voorheen|tidigare)\\b[ :.]*|(?<=\\()(?:now|ex)[ -]`,
  "iu",
);

/** Marks as wide as Chinese characters, and what stands for a bracket there, mean what the narrow ones mean. */
const narrow = (text: string): string =>
  text
    .replace(/[\uff08\uff09\uff0c\uff0d\uff0f\uff1b\uff1a\uff3b\uff3d\uff5c]/g, (mark) =>
      mark.normalize("NFKC"),
    )
    .replace(/【/g, "(")
    .replace(/】/g, ")");

/** First as written, in up to three spellings; never junk. */
export const readingsOf = remembered((name: string): Reading[] => {
  const text = narrow(name.slice(0, 200));
  const found: Reading[] = [];
  const wholes = companySpellings(text).filter(({ junk }) => !junk);
  for (const whole of wholes) add(found, whole, "whole", wholes[0]);
  const [whole] = wholes;
  if (whole === undefined) return found;
  const plain = plainLetters(text);
  const owner = ownerIn(plain);
  if (owner === null && SET_OFF.test(text)) add(found, withAdditions(whole), "whole", whole);
  const before = owner === null ? text : plain.slice(0, owner.at);
  const also = before.split(ALSO);
  // A firm may be called AKA.
  const isAlso = also.length > 1 && /[\p{L}\p{N}]/u.test(also[0] ?? "");
  for (const part of isAlso ? also : []) add(found, normalizeCompany(part), "alias", whole);
  const first = before.split(SEPARATOR, 1)[0] ?? "";
  if (first.length < text.length) add(found, normalizeCompany(first), "part", whole);
  const inside = INSIDE.exec(before)?.[1];
  if (inside !== undefined) {
    add(found, normalizeCompany(before.replace(INSIDE, " ")), "part", whole);
    add(found, normalizeCompany(inside), "alias", whole);
  }
  for (const shorter of [...withoutUnit(whole), ...withoutTown(whole)]) add(found, shorter, "part", whole);
  // What stands behind a legal form was never part of the name: leaving it out costs nothing.
  for (const named of beforeForm(whole)) add(found, named, "part", named);
  for (const employer of behindAt(plain)) add(found, employer, "part", employer);
  if (owner !== null) add(found, normalizeCompany(owner.name), "owner", whole);
  return found.slice(0, MOST);
});

/** As readingsOf, of an account. */
export const knownReadings = remembered((name) => readingsOf(name).filter(({ role }) => role !== "owner"));

function add(
  found: Reading[],
  name: CompanyName,
  role: Reading["role"],
  whole: CompanyName | undefined,
): void {
  const solid = name.tokens.join("");
  if (name.junk || solid.length < 2 || found.some((each) => each.solid === solid)) return;
  const kept = new Set(name.tokens);
  const dropped = role === "whole" ? [] : (whole?.tokens ?? []).filter((token) => !kept.has(token));
  const { tokens, words } = name;
  found.push({
    tokens,
    words,
    weights: tokens.map(weightOf),
    long: tokens.map(longForm),
    solid,
    role,
    dropped,
  });
}

/** "北京 阿克米 科技": firms there are registered under their town's name, and called without it. */
function withoutTown({ tokens }: CompanyName): CompanyName[] {
  const [town = "", ...rest] = tokens;
  return TOWNS.has(town) && rest.some((word) => weightOf(word) === 1) ? [nameOf(rest)] : [];
}

/** "acme d.o.o. beograd", "acme s.n.c. di rossi e c.": what follows a legal form is a town, an owner or a trade. */
function beforeForm({ words }: CompanyName): CompanyName[] {
  for (let at = 1; at < words.length - 1; at++) {
    let form = "";
    for (const word of words.slice(at, Math.min(at + LONGEST_ENDING, words.length - 1))) {
      form += word;
      if (ENDING_FORMS.has(form)) return [normalizeCompany(words.slice(0, at).join(" "))];
    }
  }
  return [];
}

/** "IT @ Acme": whose people they are. */
const behindAt = (plain: string): CompanyName[] => {
  const at = plain.lastIndexOf(" @ ");
  return at < 1 ? [] : [normalizeCompany(plain.slice(at + 3))];
};

const nameOf = (tokens: string[]): CompanyName => {
  const key = tokens.join(" ");
  return { key, tokens, words: tokens, junk: isJunkName(key) };
};

/** "acme robotics new york branch": the unit goes, and up to two words before it that may be its place. */
function withoutUnit({ tokens }: CompanyName): CompanyName[] {
  if (!UNITS.has(tokens.at(-1) ?? "")) return [];
  const found: CompanyName[] = [];
  for (let kept = tokens.length - 1; kept >= 1 && kept >= tokens.length - 3; kept--) {
    const shorter = tokens.slice(0, kept);
    found.push(nameOf(shorter));
    if (!mayBePlace(shorter.at(-1) ?? "")) break;
  }
  return found;
}

const mayBePlace = (word: string): boolean =>
  (weightOf(word) >= 0.5 || PLACE_BEGINNINGS.has(word)) && !/\d/.test(word);
