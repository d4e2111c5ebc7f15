/** Folds for cross-validation, such that all cases about one company, or about two that resemble each other, share a fold. */
import type { Question } from "./data.ts";

let groups: Map<string, string> | undefined;

/** 0 to `folds` − 1. */
export function foldOf(question: Question, folds: number, all: readonly Question[]): number {
  groups ??= grouped(all);
  const group = root(groups, question.companies[0] ?? question.id);
  let hash = 2166136261;
  for (const letter of group) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619) >>> 0;
  return hash % folds;
}

function root(parents: Map<string, string>, name: string): string {
  let at = name;
  for (let up = parents.get(at); up !== undefined && up !== at; up = parents.get(at)) at = up;
  return at;
}

function grouped(all: readonly Question[]): Map<string, string> {
  const parents = new Map<string, string>();
  for (const { companies, expected } of all) {
    const [first, ...others] = expected === null ? companies : [...companies, expected];
    for (const other of others) parents.set(root(parents, other), root(parents, first ?? other));
  }
  return parents;
}
