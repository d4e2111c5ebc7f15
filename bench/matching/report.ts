/** What a decision was worth: precision, recall, F1 and false matches, as a whole and for each kind of case. */
import { compareAll, decideOn } from "../../worker/domain/matching/decide.ts";
import type { Features } from "../../worker/domain/matching/features.ts";
import type { Match, MatchOptions } from "../../worker/domain/matching/types.ts";
import type { Question } from "./data.ts";

export interface Answer {
  question: Question;
  match: Match;
}

export interface Figures {
  cases: number;
  precision: number;
  recall: number;
  f1: number;
  /** Matches on cases that have none, as a share of those. */
  falseMatches: number;
  accuracy: number;
}

const compared = new WeakMap<Question, Features[]>();

/** Facts are compared once for each question; only the weighing is repeated. */
export function featuresFor(question: Question): Features[] {
  const features = compared.get(question) ?? compareAll(question.enriched, question.candidates);
  compared.set(question, features);
  return features;
}

export const answer = (questions: readonly Question[], options: Partial<MatchOptions>): Answer[] =>
  questions.map((question) => ({
    question,
    match: decideOn(question.enriched, { candidates: question.candidates }, featuresFor(question), {
      freeMailNames: "accept",
      ...options,
    }),
  }));

export const isJudgement = ({ question }: Answer): boolean => question.flags.includes("judgement");

export const isRight = ({ question, match }: Answer): boolean =>
  question.expected === null
    ? match.accountId === null
    : match.accountId !== null && [question.expected, ...question.acceptable].includes(match.accountId);

export function figures(answers: readonly Answer[]): Figures {
  const positives = answers.filter(({ question }) => question.expected !== null);
  const negatives = answers.filter(({ question }) => question.expected === null);
  const right = positives.filter(isRight).length;
  const matched = answers.filter(({ match }) => match.accountId !== null).length;
  const precision = matched === 0 ? 1 : right / matched;
  const recall = positives.length === 0 ? Number.NaN : right / positives.length;
  return {
    cases: answers.length,
    precision,
    recall,
    f1: (2 * precision * recall) / (precision + recall),
    falseMatches:
      negatives.length === 0
        ? Number.NaN
        : negatives.filter((each) => !isRight(each)).length / negatives.length,
    accuracy: answers.filter(isRight).length / answers.length,
  };
}

const number = (value: number): string => (Number.isNaN(value) ? "–" : value.toFixed(3)).padStart(9);

export function row(title: string, answers: readonly Answer[]): string {
  const { cases, precision, recall, f1, falseMatches, accuracy } = figures(answers);
  return (
    title.padEnd(34) +
    String(cases).padStart(6) +
    [precision, recall, f1, falseMatches, accuracy].map(number).join("")
  );
}

export function table(title: string, answers: readonly Answer[]): string {
  const groups = Object.entries(Object.groupBy(answers, ({ question }) => question.kind)).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const headline = answers.filter((each) => !isJudgement(each));
  const judgement = answers.filter(isJudgement);
  return [
    `${title.padEnd(34)} cases precision   recall       F1  false m. accuracy`,
    row("headline", headline),
    ...(judgement.length > 0 ? [row("judgement", judgement)] : []),
    ...groups.map(([kind, of]) => row(kind, of ?? [])),
  ].join("\n");
}
