/** A lead as people paste it: JSON, "name: value" lines, a mail's From line, or just an address. Pure. Lists: pastedList.ts. */

export const ASKED = ["email", "company", "country", "city", "website"] as const;
export type Asked = Partial<Record<(typeof ASKED)[number], string>>;

const NAMES: Record<string, keyof Asked> = {
  email: "email",
  mail: "email",
  workemail: "email",
  emailaddress: "email",
  from: "email",
  company: "company",
  companyname: "company",
  organization: "company",
  organisation: "company",
  account: "company",
  country: "country",
  countrycode: "country",
  city: "city",
  town: "city",
  website: "website",
  url: "website",
  domain: "website",
};

/** Pieces first: one expression over the whole text would take quadratic time on a hostile one. */
export const addressIn = (text: string): string | undefined =>
  text.split(/[\s<>,;:"'()]+/).find((piece) => /^[^@]{1,64}@[^@.]+\.[^@]+$/.test(piece.slice(0, 255)));
const MOST = 200;
const MOST_TEXT = 20_000;

export const fieldOf = (name: string): keyof Asked | undefined =>
  NAMES[name.toLowerCase().replaceAll(/[^a-z]/g, "")];

/** A value under its name; "" where it has none. */
export type Pair = readonly [name: string, value: string];

export interface Pasted {
  asked: Asked;
  /** What stands there besides and isn't asked about, piece by piece. */
  left: Pair[];
}

/** What of a text that is one lead is understood, and what isn't. */
export function readPasted(pasted: string): Pasted {
  const text = pasted.slice(0, MOST_TEXT);
  return understood(fromJson(text) ?? withCompany(text.split(/\r?\n/).map(linePair)));
}

/** In order and without what is empty: the same question always reads the same. */
export const inOrder = (asked: Asked): Asked =>
  Object.fromEntries(ASKED.flatMap((name) => (asked[name] ? [[name, asked[name]]] : [])));

/** What of named values is asked about, and what is left; of a name that comes twice the second. */
export function understood(pairs: readonly Pair[]): Pasted {
  const asked: Asked = {};
  const left: Pair[] = [];
  for (const [name, value] of pairs) {
    const field = fieldOf(name);
    const plain = value.trim();
    if (plain === "") continue;
    if (field === undefined || asked[field] !== undefined) {
      left.push([name, plain]);
      continue;
    }
    const address = field === "email" ? addressIn(plain) : undefined;
    asked[field] = (address ?? plain).slice(0, MOST);
    if (address !== undefined) left.push(...beside(plain, address));
  }
  return { asked, left };
}

/** "Dana Visit" of "Dana Visit <dana@newco.example>". */
function beside(text: string, address: string): Pair[] {
  const at = text.indexOf(address);
  return [text.slice(0, at), text.slice(at + address.length)].flatMap((part): Pair[] => {
    const words = part.slice(0, MOST).replaceAll(/^[\s<>,;:"'()]+|[\s<>,;:"'()]+$/g, "");
    return words === "" ? [] : [["", words]];
  });
}

/** Objects within ("fields", "person") are looked into; of a list the first. */
function fromJson(text: string): Pair[] | null {
  try {
    return pairsIn(JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}

export function pairsIn(value: unknown, depth = 0): Pair[] {
  if (typeof value !== "object" || value === null || depth > 3) return [];
  if (Array.isArray(value)) return pairsIn(value[0], depth + 1);
  return Object.entries(value).flatMap(([name, inner]): Pair[] =>
    typeof inner === "string" || typeof inner === "number"
      ? [[name, String(inner)]]
      : pairsIn(inner, depth + 1),
  );
}

const bare = (text: string): string => text.trim().replaceAll(/^["']|["'],?$/g, "");

/** A line that is just that: a web address, with or without its scheme. */
const isWebsite = (line: string): boolean =>
  /^(?:https?:\/\/)?[^\s@/:]+\.[a-z]{2,}(?:\/\S*)?$/i.test(line.slice(0, MOST));

/** A line under its name; what stands there without one under "". */
export function linePair(line: string): Pair {
  const at = line.search(/[:=\t]/);
  const [name, value] = at < 1 ? ["", bare(line)] : [bare(line.slice(0, at)), bare(line.slice(at + 1))];
  if (fieldOf(name) !== undefined) return [name, value];
  if (addressIn(line) !== undefined) return ["email", line];
  return isWebsite(line.trim()) ? ["website", line] : [name, value];
}

const GREETING =
  /,$|(?:regards|wishes|thanks|thank you|cheers|sincerely|grü(?:ß|ss)en?|cordialement|saludos|saluti)[.!]?$/iu;
const NUMBER = /^(?:tel|telephone|telefon|phone|mobile|mobil|cell|fax|[mtpf])\b[^\p{L}]*$/iu;

/** Neither a rule nor a number nor a greeting. */
const mayBeCompany = (line: string): boolean =>
  /\p{L}\p{L}/u.test(line) && !NUMBER.test(line) && !GREETING.test(line);

/** As people sign, a name above the address and the company below it; or both above. Never guessed where one is named. */
function withCompany(pairs: readonly Pair[]): readonly Pair[] {
  const email = pairs.findIndex(([name]) => fieldOf(name) === "email");
  if (email < 0 || pairs.some(([name]) => fieldOf(name) === "company")) return pairs;
  const nameless = pairs.flatMap(([name, value], at) => (name === "" && mayBeCompany(value) ? [at] : []));
  const company = nameless.find((at) => at > email) ?? nameless[1];
  return pairs.map((pair, at) => (at === company ? ["company", pair[1]] : pair));
}
