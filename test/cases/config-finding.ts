/** One case of verification: the example document changed in one way, and the finding that must name it. */

/** By RFC 6901 pointer: the new value; undefined removes, `/-` at the end of a list adds. */
export type Edits = Readonly<Record<string, unknown>>;

export interface FindingCase {
  what: string;
  edits: Edits;
  kind: "errors" | "warnings";
  code: string;
  pointer: string;
  /** Part of the message. */
  says: string;
  deactivated: readonly string[];
  holdings: readonly [string, number][];
}

export type Cases = Readonly<Record<string, readonly FindingCase[]>>;

const finding =
  (kind: FindingCase["kind"]) =>
  (what: string, edits: Edits, code: string, pointer: string, says = ""): FindingCase => ({
    what,
    edits,
    kind,
    code,
    pointer,
    says,
    deactivated: [],
    holdings: [],
  });

export const error = finding("errors");
export const warning = finding("warnings");

/** The case with these people deactivated. */
export const deactivated = (people: readonly string[], one: FindingCase): FindingCase => ({
  ...one,
  deactivated: people,
});

/** The case with open leads held, by person. */
export const holding = (holdings: readonly [string, number][], one: FindingCase): FindingCase => ({
  ...one,
  holdings,
});

type Holder = Record<string, unknown>;

/** Changes a document in place. */
export const applyEdits = (document: unknown, edits: Edits): void => {
  for (const [pointer, value] of Object.entries(edits)) {
    const path = pointer
      .split("/")
      .slice(1)
      .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
    const key = path.pop() ?? "";
    const holder = path.reduce<unknown>((at, part) => (at as Holder)[part], document) as Holder;
    if (Array.isArray(holder) && key === "-") holder.push(value);
    else if (value === undefined) Reflect.deleteProperty(holder, key);
    else holder[key] = value;
  }
};
