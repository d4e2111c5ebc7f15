/**
 * Which answers a set of comparisons can give together for one text, each with a text that gives them. Every comparison
 * is a regular language, so the automata are walked side by side, breadth first: a combination of answers that some text
 * gives is met, with the shortest such text; one that isn't met can't be given. Texts are folded (conditions.ts).
 */
import type { Operator } from "../../../../schema/config/condition.ts";
import { foldText } from "../../enrichment/text.ts";

export interface TextTest {
  op: Operator;
  /** Folded. */
  part: string;
}

/** A pattern's letter: itself, any one (1) or any run of letters (0). */
type Token = string | 0 | 1;

const RUN: Token = 0;
const ANY: Token = 1;

const tokensOf = ({ op, part }: TextTest): Token[] | null => {
  const letters: Token[] = part.split("");
  if (op === "startsWith") return [...letters, RUN];
  if (op === "endsWith") return [RUN, ...letters];
  if (op === "contains") return [RUN, ...letters, RUN];
  if (op === "glob") return letters.map((letter) => (letter === "*" ? RUN : letter === "?" ? ANY : letter));
  return op === "eq" ? letters : null;
};

/** One comparison, read letter by letter. States are small numbers; they are made as they are met. */
interface Reader {
  step(state: number, letter: string): number;
  accepts(state: number): boolean;
}

/** A set of places in the pattern is a state (subset construction, as far as it is needed). */
const patternReader = (tokens: readonly Token[]): Reader => {
  const sets: number[][] = [];
  const ids = new Map<string, number>();
  const moves: Map<string, number>[] = [];
  const closed = (places: Iterable<number>): number[] => {
    const set = new Set<number>();
    for (const place of places)
      for (let at = place; !set.has(at); at++) {
        set.add(at);
        if (tokens[at] !== RUN) break;
      }
    return [...set].sort((a, b) => a - b);
  };
  const idOf = (set: number[]): number => {
    const key = set.join();
    let id = ids.get(key);
    if (id === undefined) {
      id = sets.push(set) - 1;
      moves.push(new Map());
      ids.set(key, id);
    }
    return id;
  };
  idOf(closed([0]));
  return {
    step: (state, letter) => {
      const known = moves[state]?.get(letter);
      if (known !== undefined) return known;
      const next = (sets[state] ?? []).flatMap((place) => {
        const token = tokens[place];
        if (token === RUN) return [place];
        return token === ANY || token === letter ? [place + 1] : [];
      });
      const id = idOf(closed(next));
      moves[state]?.set(letter, id);
      return id;
    },
    accepts: (state) => sets[state]?.includes(tokens.length) ?? false,
  };
};

const LESS = -1;
const GREATER = -2;

/** Order is decided at the first letter that differs; a text that ends before is the lesser. */
const orderReader = ({ op, part }: TextTest): Reader => ({
  step: (state, letter) => {
    if (state < 0) return state;
    const wanted = part[state];
    if (wanted === undefined || letter > wanted) return GREATER;
    return letter < wanted ? LESS : state + 1;
  },
  accepts: (state) => {
    const way = state === GREATER ? 1 : state === LESS || state < part.length ? -1 : 0;
    return op === "gt" ? way > 0 : op === "gte" ? way >= 0 : op === "lt" ? way < 0 : way <= 0;
  },
});

const OTHERS = "xqzjkvw7093!-_a~";

/** The letters of the tests, one that none of them has, and where order counts one beside each. */
const alphabetOf = (tests: readonly TextTest[], ordered: boolean): string[] => {
  const letters = new Set(tests.flatMap(({ part }) => part.split("")));
  const other = OTHERS.split("").find((letter) => !letters.has(letter));
  const beside = ordered
    ? [...letters].flatMap((letter) =>
        [-1, 1].map((by) => String.fromCharCode(Math.max(33, letter.charCodeAt(0) + by))),
      )
    : [];
  return [...new Set([...letters, ...(other === undefined ? [] : [other]), ...beside, "!", "~"])].filter(
    (letter) => foldText(letter) === letter,
  );
};

const MOST_STATES = 1500;
const MOST_ANSWERS = 128;

/** Tests for equality that take part as automata, so that texts beside them are told apart. */
const MOST_NAMED = 40;

const unnamed = (named: readonly string[]): string => {
  const taken = new Set(named);
  let text = "something-else";
  while (taken.has(text)) text += "-else";
  return text;
};

/**
 * One text for each combination of answers to `tests` that texts other than `named` can give; null where there are too
 * many to try. The empty text is none: fields that hold it are absent.
 */
export const tellingTexts = (tests: readonly TextTest[], named: readonly string[]): string[] | null => {
  if (tests.length === 0) return [unnamed(named)];
  const ordered = tests.some(({ op }) => op === "gt" || op === "gte" || op === "lt" || op === "lte");
  const literal = named.length <= MOST_NAMED ? named.map((part): TextTest => ({ op: "eq", part })) : [];
  const all = [...tests, ...literal];
  const readers = all.map((test) => {
    const tokens = tokensOf(test);
    return tokens ? patternReader(tokens) : orderReader(test);
  });
  const alphabet = alphabetOf(all, ordered);
  const avoid = new Set(named);
  const seen = new Set<string>();
  const found = new Map<string, string>();
  let wave: { text: string; states: number[] }[] = [{ text: "", states: readers.map(() => 0) }];
  while (wave.length > 0) {
    const next: typeof wave = [];
    for (const { text, states } of wave)
      for (const letter of alphabet) {
        const moved = states.map((state, at) => readers[at]?.step(state, letter) ?? 0);
        const key = moved.join();
        if (seen.has(key)) continue;
        if (seen.size >= MOST_STATES) return null;
        seen.add(key);
        const longer = text + letter;
        next.push({ text: longer, states: moved });
        // Too many names to tell apart: what only a named text may give is taken as possible.
        if (literal.length > 0 && avoid.has(longer)) continue;
        const answers = tests.map((_, at) => (readers[at]?.accepts(moved[at] ?? 0) ? 1 : 0)).join("");
        if (!found.has(answers)) found.set(answers, longer);
        if (found.size > MOST_ANSWERS) return null;
      }
    wave = next;
  }
  return [...found.values()];
};
