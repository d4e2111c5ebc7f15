// What does a job title say of rank and function? Read from tables (title-terms.ts), English first, with the common German,
// French, Spanish, Portuguese, Italian and Dutch terms.
import { plainText } from "./text.ts";
import * as words from "./title-terms.ts";
import type { JobFunction, Seniority } from "./title-terms.ts";

export type { JobFunction, Seniority } from "./title-terms.ts";

export interface TitleFacts {
  seniority: Seniority | null;
  function: JobFunction | null;
}

const MAX_LENGTH = 200;

/**
 * Null where the title doesn't say. Where it names several ranks the highest counts ("CEO & Co-Founder" is owner), but
 * not one that belongs to somebody else ("Assistant to the CEO" is individual, "Product Owner" owns no firm).
 */
export function readTitle(title: string): TitleFacts {
  const words = plainText(title.slice(0, MAX_LENGTH))
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(/\be commerce\b/g, "ecommerce")
    .trim();
  if (words === "") return { seniority: null, function: null };
  return classify(new Title(words));
}

/** Words of a title, asked for terms. */
class Title {
  #padded: string;
  #tokens: readonly string[];
  constructor(text: string) {
    this.#padded = ` ${text} `;
    this.#tokens = text.split(" ");
  }
  has(terms: readonly string[]): boolean {
    return terms.some((term) => this.#hasTerm(term));
  }
  #hasTerm(term: string): boolean {
    if (!term.startsWith("~")) return this.#padded.includes(` ${term} `);
    const ending = term.slice(1);
    return this.#tokens.some((token) => token.endsWith(ending));
  }
  is(text: string): boolean {
    return this.#padded === ` ${text} `;
  }
  without(terms: readonly string[]): Title {
    const cut = terms.reduce((text, term) => text.replaceAll(` ${term} `, " "), this.#padded);
    return new Title(cut.trim());
  }
  /** "Lead Engineer": the word qualifies what follows; "Marketing Lead": it is the rank. */
  endsWith(word: string): boolean {
    return this.#tokens.at(-1) === word && this.#tokens.length > 1;
  }
  get isChiefOfficer(): boolean {
    return /\bchief (?:[\p{L}\p{N}]+ ){0,4}officer\b/u.test(this.#padded);
  }
}

function classify(title: Title): TitleFacts {
  if (title.has(words.INTERNS) || title.is("student"))
    return { seniority: "intern", function: functionOf(title) };
  if (title.has(words.ASSISTANTS)) return { seniority: "individual", function: "administration" };
  const seniority = rankOf(title);
  const named = functionOf(title);
  const isHead = seniority !== null && words.EXECUTIVE_RANKS.has(seniority);
  return {
    seniority: seniority ?? (named === null ? null : "individual"),
    function: named ?? (isHead ? "executive" : null),
  };
}

function rankOf(whole: Title): Seniority | null {
  const title = whole.without(words.NOT_THAT_RANK);
  // "Vice President" holds the word "President": without it, what is left may still be a chief.
  const withoutVice = title.without(words.VICE_PRESIDENTS);
  const isVice = title.has(words.VICE_PRESIDENTS);
  if (title.has(words.OWNERS)) return "owner";
  if (withoutVice.isChiefOfficer || withoutVice.has(words.CHIEFS)) return "c_level";
  if (isVice) return "vp";
  if (title.without(words.SMALL_LEADERS).has(words.DIRECTORS)) return "director";
  if (title.has(words.SMALL_LEADERS) || title.has(words.MANAGERS) || title.endsWith("lead")) return "manager";
  if (title.has(words.SENIORS)) return "senior";
  return title.has(words.INDIVIDUALS) || whole.has(words.NOT_THAT_RANK) ? "individual" : null;
}

function functionOf(title: Title): JobFunction | null {
  return words.FUNCTIONS.find(([, terms]) => title.has(terms))?.[0] ?? null;
}
