/**
 * Company names as people and machines get them wrong, by a seeded generator: slips of hand, scanners, word order, short forms,
 * legal forms, additions. Invented names for tests that need a CRM of their own.
 */
import { oneOf, type Random } from "./random.ts";

const KEYS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
const SCANNED: readonly (readonly [string, string])[] = [
  ["rn", "m"],
  ["m", "rn"],
  ["o", "0"],
  ["l", "1"],
  ["i", "l"],
  ["s", "5"],
  ["e", "c"],
  ["b", "8"],
  ["cl", "d"],
];
const SHORTER: readonly (readonly [string, string])[] = [
  ["International", "Intl"],
  ["Manufacturing", "Mfg"],
  ["University", "Univ"],
  ["National", "Natl"],
  ["Association", "Assn"],
  ["Technologies", "Tech"],
  ["Technology", "Tech"],
  ["Engineering", "Eng"],
  ["Management", "Mgmt"],
  ["Services", "Svcs"],
  ["Department", "Dept"],
  ["Brothers", "Bros"],
  ["Company", "Co"],
  ["Corporation", "Corp"],
  ["Group", "Grp"],
  ["Systems", "Sys"],
  ["Industries", "Ind"],
  ["Pharmaceuticals", "Pharma"],
  ["Laboratories", "Labs"],
  ["Institute", "Inst"],
  ["Development", "Dev"],
  ["Communications", "Comms"],
  ["Center", "Ctr"],
];
export const LEGAL =
  "Inc|Inc.|LLC|Ltd|Ltd.|Limited|GmbH|AG|S.A.|S.p.A.|B.V.|Pty Ltd|Co., Ltd.|Corp.|plc|Oy|AB|A/S|Sp. z o.o.|S.r.l.|K.K.|Pvt. Ltd.|S.L.|Ltda|Sdn Bhd".split(
    "|",
  );
const LEGAL_END =
  /[,\s]+(?:inc|llc|ltd|limited|gmbh|ag|s\.?a\.?|s\.?p\.?a\.?|b\.?v\.?|pty ltd|co\.?,? ?ltd|corp|corporation|plc|oyj?|ab|a\/s|s\.?r\.?l\.?|k\.?k\.?|incorporated|n\.?v\.?)\.?$/i;
const CITIES = "Berlin|Lyon|Austin|Osaka|Porto|New York|Leeds|Mumbai|Gent|San Jose|Oslo|Sydney".split("|");

type Change = (name: string, random: Random) => string | null;

/** Null where the name has nothing to change that way. */
export const CHANGES: Readonly<Record<string, Change>> = {
  slip: oneSlip,
  twoSlips: (name, random) =>
    bare(name).length < 9 ? null : then(oneSlip(name, random), (once) => oneSlip(once, random)),
  scanned: (name, random) => {
    const fits = SCANNED.filter(([from]) => name.slice(1).toLowerCase().includes(from));
    if (fits.length === 0 || bare(name).length < 6) return null;
    const [from, to] = oneOf(random, fits);
    const at = name.toLowerCase().indexOf(from, 1);
    return name.slice(0, at) + to + name.slice(at + from.length);
  },
  swapped: (name, random) => {
    const words = withoutLegal(name).split(" ");
    if (words.length < 2) return null;
    const at = Math.floor(random() * (words.length - 1));
    return words
      .with(at, words[at + 1] ?? "")
      .with(at + 1, words[at] ?? "")
      .join(" ");
  },
  joined: (name, random) => atSpace(withoutLegal(name), random, ""),
  hyphened: (name, random) => atSpace(withoutLegal(name), random, "-"),
  split: (name, random) => {
    const words = withoutLegal(name).split(" ");
    const long = words.findIndex((word) => /^[\p{L}]{8,}$/u.test(word));
    if (long < 0) return null;
    const word = words[long] ?? "";
    const at = 3 + Math.floor(random() * (word.length - 6));
    return words.with(long, `${word.slice(0, at)} ${word.slice(at)}`).join(" ");
  },
  short: (name) => {
    const fit = SHORTER.find(([long]) => new RegExp(`\\b${long}\\b`).test(name));
    return fit === undefined ? null : name.replace(fit[0], fit[1]);
  },
  legalDropped: (name) => (LEGAL_END.test(name) ? withoutLegal(name) : null),
  legalAdded: (name, random) => `${withoutLegal(name)} ${oneOf(random, LEGAL)}`,
  upper: (name) => name.toUpperCase(),
  lower: (name) => name.toLowerCase(),
  unmarked: (name) =>
    then(name.normalize("NFD").replace(/\p{M}/gu, ""), (plain) => (plain === name ? null : plain)),
  unpunctuated: (name) =>
    then(name.replace(/[.,&'’-]/g, " ").replace(/ +/g, " "), (plain) => (plain === name ? null : plain)),
  ampersand: (name) =>
    name.includes("&")
      ? name.replace("&", "and")
      : name.includes(" and ")
        ? name.replace(" and ", " & ")
        : null,
  office: (name, random) =>
    `${withoutLegal(name)} ${oneOf(random, ["-", "–", "|"])} ${oneOf(random, CITIES)} office`,
  branch: (name, random) =>
    `${withoutLegal(name)} ${oneOf(random, CITIES)} ${oneOf(random, ["branch", "office", "campus"])}`,
  city: (name, random) => `${withoutLegal(name)}, ${oneOf(random, CITIES)}`,
  region: (name, random) =>
    `${withoutLegal(name)} (${oneOf(random, ["EMEA", "APAC", "UK", "North America", "DACH"])})`,
  department: (name, random) =>
    `${withoutLegal(name)} ${oneOf(random, ["HR department", "IT dept", "Marketing team", "Sales", "R&D"])}`,
  the: (name) => (/^the /i.test(name) ? name.slice(4) : `The ${name}`),
  common: (name, random) =>
    `${withoutLegal(name)} ${oneOf(random, ["Group", "Holdings", "International", "Solutions", "Worldwide"])}`,
  commonDropped: (name) =>
    then(withoutLegal(name), (plain) => {
      const shorter = plain.replace(
        / (?:Group|Holdings?|International|Technologies|Solutions|Systems|Services|Industries)$/,
        "",
      );
      return shorter === plain || bare(shorter).length < 6 ? null : shorter;
    }),
};

const then = <T>(value: T | null, next: (value: T) => T | null): T | null =>
  value === null ? null : next(value);
const bare = (name: string): string => withoutLegal(name).replace(/[^\p{L}\p{N}]/gu, "");
export const withoutLegal = (name: string): string => {
  const shorter = name.replace(LEGAL_END, "").replace(LEGAL_END, "").trim();
  return shorter === "" ? name : shorter;
};

function atSpace(name: string, random: Random, by: string): string | null {
  const words = name.split(" ");
  if (words.length < 2) return null;
  const at = 1 + Math.floor(random() * (words.length - 1));
  return [...words.slice(0, at - 1), `${words[at - 1]}${by}${words[at]}`, ...words.slice(at + 1)].join(" ");
}

/** A neighbouring key, a letter left out, doubled or typed in between, two letters swapped; in names of five letters or more. */
export function oneSlip(name: string, random: Random): string | null {
  const plain = withoutLegal(name);
  if (bare(plain).length < 5) return null;
  const places = [...Array(plain.length).keys()].filter((i) => /[a-z]/i.test(plain[i] ?? ""));
  if (places.length === 0) return null;
  const at = oneOf(random, places);
  const letter = plain[at] ?? "";
  const kind = Math.floor(random() * 5);
  const put = (text: string, width: number) => plain.slice(0, at) + text + plain.slice(at + width);
  if (kind === 1) return put("", 1);
  if (kind === 2) return put(letter + letter.toLowerCase(), 1);
  if (
    kind === 3 &&
    /[a-z]/i.test(plain[at + 1] ?? "") &&
    letter.toLowerCase() !== plain[at + 1]?.toLowerCase()
  )
    return put((plain[at + 1] ?? "") + letter, 2);
  if (kind === 4) return put(letter + neighbour(letter, random), 1);
  return put(neighbour(letter, random), 1);
}

function neighbour(letter: string, random: Random): string {
  const low = letter.toLowerCase();
  const row = KEYS.findIndex((keys) => keys.includes(low));
  if (row < 0) return "e";
  const at = KEYS[row]?.indexOf(low) ?? 0;
  const near = [KEYS[row]?.[at - 1], KEYS[row]?.[at + 1], KEYS[row - 1]?.[at], KEYS[row + 1]?.[at]].filter(
    (key) => key !== undefined,
  );
  const other = oneOf(random, near);
  return letter === low ? other : other.toUpperCase();
}

const HEADS =
  "bra kel vor tal mer sin dro fal gri lun nor pex qua rel sto tri ulm wes yor zan cad del fer gol hax jul kri lom mag nim".split(
    " ",
  );
const TAILS = "ton dex vik lora mund reka sta via nox dale bert ica umo pier gard fen lis tor win mar".split(
  " ",
);
const TRADES =
  "Robotics|Foods|Software|Logistics|Pharmaceuticals|Mining|Bank|Insurance|Energy|Media|Textiles|Engineering|Consulting|Hotels|Chemicals|Semiconductor|University|Construction".split(
    "|",
  );
const FORMS = "Group|Holdings|International|Technologies|Systems|Solutions|Industries".split("|");

export const inventWord = (random: Random): string => {
  const word = oneOf(random, HEADS) + (random() < 0.4 ? oneOf(random, HEADS) : "") + oneOf(random, TAILS);
  return word.slice(0, 1).toUpperCase() + word.slice(1);
};

/** "Kelnox Robotics GmbH": one or two invented words, a trade, a common word, a legal form, each or not. */
export function inventName(random: Random): string {
  const parts = [inventWord(random)];
  if (random() < 0.25) parts.push(inventWord(random));
  if (random() < 0.15) parts.push(oneOf(random, ["& Söhne", "and Sons", "& Fälth", "y Peñalva"]));
  if (random() < 0.8) parts.push(oneOf(random, TRADES));
  if (random() < 0.35) parts.push(oneOf(random, FORMS));
  if (random() < 0.6) parts.push(oneOf(random, LEGAL));
  return parts.join(" ");
}
