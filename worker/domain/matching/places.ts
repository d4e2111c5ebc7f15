// Where the lead and the account are, side by side: towns by their words, countries only by codes that both sides have.
import { ISO_COUNTRIES } from "../enrichment/geo.ts";
import { plainLetters } from "./letters.ts";
import type { MatchLead } from "./types.ts";
import { FUNCTION_WORDS, longForm, TOWN_WORDS } from "./words.ts";

export type Agreement = "same" | "different" | "unknown";

type Whereabouts = Pick<MatchLead, "city" | "country" | "sources">;

/** The city as the lead says it; where a request seems to come from is nobody's word. */
export function citySaid({ city, sources }: Whereabouts): string | null {
  return sources?.city === "edge" ? null : city;
}

/** As it is written but for case, marks and short forms: "St. Louis" → saint louis. Empty for nothing. */
export function townWords(city: string | null | undefined): string[] {
  return plainLetters(city ?? "")
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== "")
    .map(longForm);
}

/** "City of Salem" → salem, since that is what it is called. */
export function placeWords(words: readonly string[]): readonly string[] {
  const named = words.findIndex((word) => !TOWN_WORDS.has(word) && !FUNCTION_WORDS.has(word));
  return named <= 0 || !words.slice(0, named).some((word) => TOWN_WORDS.has(word))
    ? words
    : words.slice(named);
}

/** Frankfurt is in "Frankfurt am Main" and New York is "New York City", but York isn't in New York. */
export function compareCities(said: readonly string[], known: readonly string[]): Agreement {
  if (said.length === 0 || known.length === 0) return "unknown";
  const [short, long] = said.length <= known.length ? [said, known] : [known, said];
  return short.every((word, at) => word === long[at]) ? "same" : "different";
}

/** As firms write their country behind their name, in long forms (words.ts knows other languages). */
const COUNTRY_NAMES = new Map(
  (
    "DE germany|AT austria|CH switzerland|FR france|IT italy|ES spain|PT portugal|NL netherlands|BE belgium|GB uk|GB united kingdom|GB great britain|" +
    "IE ireland|US us|US usa|US america|CA canada|MX mexico|BR brazil|AR argentina|CL chile|CO colombia|PE peru|IN india|CN china|JP japan|KR korea|" +
    "AU australia|NZ new zealand|SG singapore|MY malaysia|ID indonesia|TH thailand|VN vietnam|PH philippines|TW taiwan|HK hong kong|PL poland|" +
    "CZ czech republic|CZ czechia|SK slovakia|HU hungary|RO romania|GR greece|TR turkey|RU russia|UA ukraine|SE sweden|NO norway|DK denmark|FI finland|" +
    "IL israel|EG egypt|AE uae|SA saudi arabia|ZA south africa|NG nigeria|KE kenya|PK pakistan|BD bangladesh"
  )
    .split("|")
    .map((pair) => [pair.slice(3), pair.slice(0, 2)] as const),
);

const COUNTRY_ENDS = new Set([...COUNTRY_NAMES.keys()].map((name) => name.slice(name.lastIndexOf(" ") + 1)));

/** How many words at the end of a name only say where the account is: "Acme Berlin", "Acme Deutschland". */
export function ownPlace(words: readonly string[], town: readonly string[], country: string | null): number {
  const last = words.at(-1) ?? "";
  const isTown = town.length > 0 && words.slice(-town.length).join(" ") === town.join(" ");
  if (isTown || !COUNTRY_ENDS.has(last)) return isTown ? town.length : 0;
  const isCountry = (length: number) => COUNTRY_NAMES.get(words.slice(-length).join(" ")) === country;
  return [2, 1].find(isCountry) ?? 0;
}

const isoOf = (country: string | null): string | null => {
  const code = country?.trim().toUpperCase() ?? "";
  return ISO_COUNTRIES.has(code) ? code : null;
};

/** The country a request comes from may be a traveller's or a data centre's: it speaks for an account, never against one. */
export function compareCountries(lead: Whereabouts, known: string | null): Agreement {
  const [one, other] = [isoOf(lead.country), isoOf(known)];
  if (one === null || other === null) return "unknown";
  if (one === other) return "same";
  return lead.sources?.country === "edge" ? "unknown" : "different";
}
