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
