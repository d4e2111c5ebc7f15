/** The leads that can come, as cells: variables in a good order, the relations between them, conditions as functions. */
import type { Comparison, Condition } from "../../../../schema/config/condition.ts";
import type { ConfigDocument } from "../../../../schema/config/document.ts";
import { atomOf, atomsOf, type Atom } from "./atoms.ts";
import { candidatesOf, type Candidate, type Value } from "./candidates.ts";
import { DAY_FIELDS, dayCandidates } from "./days.ts";
import { Diagrams, NO, YES, type Ref } from "./diagram.ts";
import { MAIL_FIELDS, mailCandidates } from "./mail.ts";
import { worldOf } from "./relations.ts";
import { freeVariable, truthKey, variableOf, type Variable } from "./variables.ts";

/** Worked out from the others, in this order. */
export const SCORES = ["score", "fit", "intent", "segment"] as const;
export const TERRITORY = "territory.id";
const DERIVED = new Set<string>([...SCORES, TERRITORY]);

/** How the answers to comparisons with derived fields follow from the lead; absent ones are not known yet. */
export type Derived = ReadonlyMap<string, (atom: Atom) => Ref>;

export interface World {
  diagrams: Diagrams;
  variables: readonly Variable[];
  atoms: ReadonlyMap<string, readonly Atom[]>;
  /** Which points are leads. */
  possible: Ref;
  /** Comparisons with texts that were too many to work out together and are taken as free. */
  free: readonly Atom[];
  encode: (condition: Condition, derived: Derived) => Ref;
  /** Nodes that one question may add before it is undecided. */
  limit: number;
}

/** Fields that relations hang on stand first in their group; a variable is asked near those that depend on it. */
const HUBS = ["match.method", "account.id", "opportunity.open", "contact.id"];
const SPACES = ["match.", "account.", "opportunity.", "contact.", "lead.", "form.", "source"];

const rankOf = (field: string): number => {
  const space = SPACES.findIndex((name) => field.startsWith(name));
  return (space < 0 ? SPACES.length : space) * 2 + (HUBS.includes(field) ? 0 : 1);
};

const equalities = (atoms: readonly Atom[]): Atom[] =>
  atoms.filter(({ op }) => op === "in" || op === "exists");

/** A group's variable, and a free one for each comparison that had to be left out of it. */
const grouped = (
  name: string,
  fields: readonly string[],
  make: (atoms: ReadonlyMap<string, readonly Atom[]>) => readonly Candidate[] | null,
  atoms: ReadonlyMap<string, readonly Atom[]>,
): { variables: Variable[]; free: Atom[] } => {
  const all = make(atoms);
  if (all !== null) return { variables: [variableOf(name, fields, all, atoms)], free: [] };
  const kept = new Map(fields.map((field) => [field, equalities(atoms.get(field) ?? [])]));
  const free = fields.flatMap((field) =>
    (atoms.get(field) ?? []).filter((atom) => !kept.get(field)?.includes(atom)),
  );
  const own = make(kept);
  if (own === null) {
    const every = fields.flatMap((field) => atoms.get(field) ?? []);
    return { variables: every.map((atom) => freeVariable(atom.field, atom)), free: every };
  }
  return {
    variables: [variableOf(name, fields, own, kept), ...free.map((atom) => freeVariable(atom.field, atom))],
    free,
  };
};

const variablesOf = (
  atoms: ReadonlyMap<string, readonly Atom[]>,
  keys: readonly string[],
  now: number,
  timezone: string,
): { variables: Variable[]; free: Atom[] } => {
  const apart = new Set<string>([...MAIL_FIELDS, ...DAY_FIELDS, ...DERIVED]);
  const fields = [...new Set([...HUBS, ...atoms.keys()])]
    .filter((field) => !apart.has(field))
    .sort((a, b) => rankOf(a) - rankOf(b));
  const groups = [
    grouped(
      "mail",
      MAIL_FIELDS,
      (own) => mailCandidates(own.get(MAIL_FIELDS[0]) ?? [], own.get(MAIL_FIELDS[1]) ?? []),
      atoms,
    ),
    ...fields.map((field) =>
      grouped(field, [field], (own) => candidatesOf(field, own.get(field) ?? [], keys), atoms),
    ),
    ...(DAY_FIELDS.some((field) => atoms.has(field))
      ? [
          grouped(
            "day",
            DAY_FIELDS,
            (own) => dayCandidates(own.get(DAY_FIELDS[0]) ?? [], now, timezone),
            atoms,
          ),
        ]
      : []),
  ];
  return { variables: groups.flatMap((one) => one.variables), free: groups.flatMap((one) => one.free) };
};

/** Comparisons as functions of the lead; `all`, `any` and `not` put them together. */
const encoder = (diagrams: Diagrams, variables: readonly Variable[]): World["encode"] => {
  const levels = new Map(
    variables.flatMap(({ truths }, level) => [...truths.keys()].map((key) => [key, level])),
  );
  const known = new Map<Comparison, { atom: Atom; negated: boolean }>();
  const literal = (field: string, atom: Atom): Ref => {
    const key = truthKey(field, atom.key);
    const level = levels.get(key);
    const truths = level === undefined ? undefined : variables[level]?.truths.get(key);
    return level === undefined || !truths
      ? NO
      : diagrams.node(
          level,
          truths.map((truth) => (truth ? YES : NO)),
        );
  };
  const compare = (comparison: Comparison, derived: Derived): Ref => {
    const asked = known.get(comparison) ?? atomOf(comparison);
    known.set(comparison, asked);
    const { atom, negated } = asked;
    const follows = derived.get(atom.field);
    const holds = follows ? follows(atom) : DERIVED.has(atom.field) ? NO : literal(atom.field, atom);
    return negated ? diagrams.minus(YES, holds) : holds;
  };
  const encode = (condition: Condition, derived: Derived): Ref => {
    if ("all" in condition)
      return condition.all.reduce<Ref>((all, part) => diagrams.and(all, encode(part, derived)), YES);
    if ("any" in condition)
      return condition.any.reduce<Ref>((any, part) => diagrams.or(any, encode(part, derived)), NO);
    if ("not" in condition) return diagrams.minus(YES, encode(condition.not, derived));
    return "field" in condition ? compare(condition as Comparison, derived) : YES;
  };
  return encode;
};

/** `limit`: nodes that all questions together may build. */
export const makeWorld = (document: ConfigDocument, now: number, limit: number): World => {
  const atoms = atomsOf(document);
  const keys = document.forms.map(({ key }) => key);
  const { variables, free } = variablesOf(atoms, keys, now, document.workspace.timezone);
  const diagrams = new Diagrams(
    variables.map(({ cells }) => cells.length),
    limit,
  );
  return {
    diagrams,
    variables,
    atoms,
    possible: worldOf(diagrams, variables),
    free,
    encode: encoder(diagrams, variables),
    limit,
  };
};

/** What each field is at a point, worked out fields aside. */
export const valuesAt = (world: World, point: readonly number[]): Map<string, Value> =>
  new Map(
    world.variables.flatMap(({ cells }, level) =>
      Object.entries(cells[point[level] ?? 0]?.[0]?.values ?? {}),
    ),
  );
