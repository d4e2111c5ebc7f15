/** What became of a lead that was compared with the accounts, in words. Pure. */
import type { MatchAnswer } from "../../schema/wire/match.ts";
import { plural } from "./words.ts";

export type Matched = MatchAnswer["results"][number];

/** "suggested": which account is meant is known, and by free mail no lead is routed there until a person says so. */
export type Fate = "matched" | "suggested" | "not";

export const fateOf = ({ account, suggestionOnly }: Matched): Fate =>
  account === null ? "not" : suggestionOnly ? "suggested" : "matched";

/** One lead's, as a heading. */
export const fateWords = (result: Matched): string => {
  const name = result.account?.name ?? "";
  return { matched: `Matched: ${name}`, suggested: `Suggested: ${name}`, not: "No match" }[fateOf(result)];
};

/** All of them, counted: "250 leads: 180 matched, 20 suggested, 50 not." */
export const countWords = (results: readonly Matched[]): string => {
  const count = (fate: Fate): number => results.filter((each) => fateOf(each) === fate).length;
  const suggested = count("suggested");
  const parts = [
    `${count("matched")} matched`,
    ...(suggested > 0 ? [`${suggested} suggested`] : []),
    `${count("not")} not`,
  ];
  return `${plural(results.length, "lead")}: ${parts.join(", ")}.`;
};
