/** What people's corrections taught of an account: further domains and names. The CRM's own records never touch it. */
import type { LESSON_KINDS } from "../../../schema/wire/common.ts";
import type { Row } from "./merge.ts";

export type LessonKind = (typeof LESSON_KINDS)[number];

export interface Lesson {
  kind: LessonKind;
  /** A registrable domain, or a name as it was typed. */
  value: string;
  /** Epoch milliseconds. */
  at: number;
  /** Who taught it, as events name them: `person:mia`. */
  by: string;
  /** The lead that was corrected. */
  leadId: string;
}

/** More would say that the account stands for something else than one company. */
export const MAX_LESSONS = 50;

/** Of a row as stored, or of one that has no such column. */
export const learnedIn = (row: Row | Readonly<Record<string, unknown>>): Lesson[] =>
  JSON.parse(typeof row["learned"] === "string" ? row["learned"] : "[]") as Lesson[];

const sameLesson = (a: Pick<Lesson, "kind" | "value">, b: Pick<Lesson, "kind" | "value">): boolean =>
  a.kind === b.kind && a.value.toLowerCase() === b.value.toLowerCase();

/** Each once; what was known first stays. */
export const joinLearned = (known: readonly Lesson[], more: readonly Lesson[]): Lesson[] => {
  const all = [...known];
  for (const lesson of more) if (!all.some((each) => sameLesson(each, lesson))) all.push(lesson);
  return all.slice(0, MAX_LESSONS);
};

/** Without what has this value, whatever its kind and case. */
export const unlearn = (known: readonly Lesson[], value: string): { kept: Lesson[]; dropped: Lesson[] } => {
  const isMeant = (lesson: Lesson): boolean => lesson.value.toLowerCase() === value.trim().toLowerCase();
  return { kept: known.filter((each) => !isMeant(each)), dropped: known.filter(isMeant) };
};

/** Domains and names an account goes by: learned ones first, so that no limit cuts off what somebody said on purpose. */
export const knownAs = (
  row: Row | Readonly<Record<string, unknown>>,
): { domains: string[]; otherNames: string[] } => {
  const learned = learnedIn(row);
  const of = (kind: LessonKind): string[] =>
    learned.filter((each) => each.kind === kind).map(({ value }) => value);
  const list = (column: string): string[] => {
    const json = row[column];
    return JSON.parse(typeof json === "string" ? json : "[]") as string[];
  };
  return {
    domains: [...new Set([...of("domain"), ...list("domains")])],
    otherNames: [...new Set([...of("name"), ...list("other_names")])],
  };
};
