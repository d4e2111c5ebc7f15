/**
 * The variables of the proof: each field, or group of fields that decide one another, with its values sorted into cells
 * on which every comparison of the document has one answer. What holds on a cell's first value holds on all of it.
 */
import { holds } from "../../conditions.ts";
import { foldScalar, type Atom } from "./atoms.ts";
import type { Candidate, Value } from "./candidates.ts";

export interface Variable {
  name: string;
  fields: readonly string[];
  /** The candidates of each cell; the first is what a lead of this cell is made with. */
  cells: readonly (readonly Candidate[])[];
  /** For `truthKey(field, atom key)`: the answer on each cell. */
  truths: ReadonlyMap<string, readonly boolean[]>;
}

export const truthKey = (field: string, atomKey: string): string => `${field} ${atomKey}`;

const isList = (value: Value): value is Exclude<Value, null | string | number | boolean> =>
  Array.isArray(value);

/** As `holds` answers; sets are looked up, because lists of thousands of values are compared with hundreds of candidates. */
export const answers = (atom: Atom, value: Value, open: boolean): boolean => {
  if (atom.op === "exists") return value !== null;
  if (value === null) return false;
  if (atom.op === "in")
    return isList(value)
      ? value.some((item) => atom.members.has(foldScalar(item)))
      : (!open || typeof value === "boolean") && atom.members.has(foldScalar(value));
  return holds({ field: "x", op: atom.op, value: atom.value }, { x: value });
};

/** Sorts candidates into cells by their answers, their absence and their marks. */
export const variableOf = (
  name: string,
  fields: readonly string[],
  candidates: readonly Candidate[],
  atoms: ReadonlyMap<string, readonly Atom[]>,
): Variable => {
  const asked = fields.flatMap((field) => (atoms.get(field) ?? []).map((atom) => ({ field, atom })));
  const cells = new Map<string, { members: Candidate[]; truths: boolean[] }>();
  for (const candidate of candidates) {
    const truths = asked.map(({ field, atom }) =>
      answers(atom, candidate.values[field] ?? null, candidate.open.includes(field)),
    );
    const absent = fields.map((field) => ((candidate.values[field] ?? null) === null ? "-" : "+")).join("");
    const key = `${truths.map((truth) => (truth ? "1" : "0")).join("")}${absent}${candidate.mark ?? ""}`;
    const cell = cells.get(key);
    if (cell) cell.members.push(candidate);
    else cells.set(key, { members: [candidate], truths });
  }
  const list = [...cells.values()];
  return {
    name,
    fields,
    cells: list.map(({ members }) => members),
    truths: new Map(
      asked.map(({ field, atom }, at) => [
        truthKey(field, atom.key),
        list.map(({ truths }) => truths[at] ?? false),
      ]),
    ),
  };
};

/** A comparison that is taken to hold or not whatever else does: the world it allows is at least the real one. */
export const freeVariable = (field: string, atom: Atom): Variable => ({
  name: truthKey(field, atom.key),
  fields: [],
  cells: [[{ values: {}, open: [] }], [{ values: {}, open: [] }]],
  truths: new Map([[truthKey(field, atom.key), [false, true]]]),
});
