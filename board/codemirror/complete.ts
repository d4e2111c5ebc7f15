/** Completion of the policy's text: names and values that its schema allows where the caret stands, and its own ids. */
import type { CompletionContext, CompletionResult, CompletionSource } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import type { SyntaxNode } from "@lezer/common";
import { idsAt, namesAt, valuesAt, type JsonSchema } from "../logic/schemaWalk.ts";

export interface Sources {
  schema: () => JsonSchema | null;
  /** The document as last understood: its ids are offered where something refers to them. */
  document: () => unknown;
  /** Fields of conditions. */
  fields: () => readonly string[];
}

type Path = (string | number)[];

const VALUES = new Set(["Object", "Array", "String", "Number", "True", "False", "Null"]);

/** The path to a value's node; an array's items by their places. */
function pathOf(node: SyntaxNode, read: (node: SyntaxNode) => string): Path {
  const path: Path = [];
  for (let here: SyntaxNode | null = node; here?.parent; here = here.parent) {
    const { parent } = here;
    if (parent.name === "Property") {
      const name = parent.getChild("PropertyName");
      if (name) path.unshift(read(name));
    } else if (parent.name === "Array") path.unshift(placeIn(parent, here.from));
  }
  return path;
}

function placeIn(array: SyntaxNode, before: number): number {
  let index = 0;
  for (let item = array.firstChild; item && item.from < before; item = item.nextSibling)
    if (VALUES.has(item.name)) index++;
  return index;
}

/** Where the caret stands: a name of an object, or a value at a path. `from`–`to` is what a choice replaces. */
interface Spot {
  kind: "name" | "value";
  path: Path;
  from: number;
  to: number;
  /** Names the object has already. */
  present: Set<string>;
}

function spotAt({ state, pos }: CompletionContext): Spot | null {
  const read = (node: SyntaxNode) => state.sliceDoc(node.from, node.to).replace(/^"|"$/g, "");
  const node = syntaxTree(state).resolveInner(pos, -1);
  const object = (at: SyntaxNode): Pick<Spot, "path" | "present"> => ({
    path: pathOf(at, read),
    present: new Set(
      at.getChildren("Property").flatMap((each) => {
        const name = each.getChild("PropertyName");
        return name && !(name.from <= pos && pos <= name.to) ? [read(name)] : [];
      }),
    ),
  });
  if (node.name === "PropertyName" && node.parent?.parent)
    return { kind: "name", from: node.from, to: node.to, ...object(node.parent.parent) };
  if (VALUES.has(node.name) && node.name !== "Object" && node.name !== "Array")
    return { kind: "value", path: pathOf(node, read), from: node.from, to: node.to, present: new Set() };
  if (node.name === "Object") return { kind: "name", from: pos, to: pos, ...object(node) };
  if (node.name === "Property") {
    const name = node.getChild("PropertyName");
    const path = node.parent ? pathOf(node.parent, read) : [];
    return name
      ? { kind: "value", path: [...path, read(name)], from: pos, to: pos, present: new Set() }
      : null;
  }
  if (node.name === "Array")
    return {
      kind: "value",
      path: [...pathOf(node, read), placeIn(node, pos)],
      from: pos,
      to: pos,
      present: new Set(),
    };
  return null;
}

function names(spot: Spot, schema: JsonSchema): CompletionResult | null {
  const offered = namesAt(schema, spot.path, spot.present);
  if (offered.length === 0) return null;
  return {
    from: spot.from,
    to: spot.to,
    options: offered.map(({ name, begins, detail }) => ({
      label: JSON.stringify(name),
      detail: detail.slice(0, 60),
      type: "property",
      apply: (view, _completion, from, to) => {
        // Where a value stands already only the name is replaced.
        const follows = /^\s*:/.test(view.state.sliceDoc(to, to + 20));
        const insert = JSON.stringify(name) + (follows ? "" : `: ${begins}`);
        const caret = from + insert.length - (follows || begins === "" ? 0 : 1);
        view.dispatch({
          changes: { from, to, insert },
          selection: { anchor: caret },
          userEvent: "input.complete",
        });
      },
    })),
  };
}

function values(spot: Spot, schema: JsonSchema, sources: Sources): CompletionResult | null {
  const isField = spot.path.at(-1) === "field";
  const offered: unknown[] = isField
    ? [...sources.fields()]
    : [...idsAt(sources.document(), spot.path), ...valuesAt(schema, spot.path)];
  if (offered.length === 0) return null;
  return {
    from: spot.from,
    to: spot.to,
    options: offered.map((value) => ({ label: JSON.stringify(value), type: isField ? "variable" : "enum" })),
  };
}

export const completeFrom =
  (sources: Sources): CompletionSource =>
  (context) => {
    const schema = sources.schema();
    const spot = schema && spotAt(context);
    if (!schema || !spot) return null;
    // Unasked only inside quotes: anywhere else it would come with every blank.
    if (!context.explicit && spot.from === spot.to) return null;
    return spot.kind === "name" ? names(spot, schema) : values(spot, schema, sources);
  };
