/**
 * The house rules as an oxlint plugin: `leadclock/fences` (who may import what) and
 * `leadclock/pure-domain` (no clock, no randomness in worker/domain). Paths are taken relative to
 * the directory oxlint runs in.
 */
import { dirname, relative, resolve, sep } from "node:path";
import { purity, type Node } from "./purity.ts";
import { broken } from "./rules.ts";

/** oxlint publishes no types for plugins within its own package; this is the part used here. */
interface Context {
  readonly filename: string;
  readonly cwd: string;
  report(problem: { node: object; message: string }): void;
}

interface Source {
  readonly value?: unknown;
}

interface Importing {
  readonly source?: Source | null;
  readonly importKind?: string;
  readonly exportKind?: string;
}

function pathFromRoot(context: Context, file: string): string {
  return relative(context.cwd, file).split(sep).join("/");
}

function checkImport(context: Context, source: Source | null | undefined, typeOnly: boolean): void {
  if (source === null || source === undefined || typeof source.value !== "string") return;
  const local = source.value.startsWith(".");
  const message = broken({
    from: pathFromRoot(context, context.filename),
    to: local ? pathFromRoot(context, resolve(dirname(context.filename), source.value)) : source.value,
    local,
    typeOnly,
  });
  if (message !== undefined) context.report({ node: source, message });
}

const fencesRule = {
  create(context: Context) {
    return {
      ImportDeclaration: (node: Importing) => checkImport(context, node.source, node.importKind === "type"),
      ExportNamedDeclaration: (node: Importing) =>
        checkImport(context, node.source, node.exportKind === "type"),
      ExportAllDeclaration: (node: Importing) =>
        checkImport(context, node.source, node.exportKind === "type"),
      ImportExpression: (node: Importing) => checkImport(context, node.source, false),
      TSImportType: (node: Importing) => checkImport(context, node.source, true),
    };
  },
};

const pureDomainRule = {
  create(context: Context) {
    if (!pathFromRoot(context, context.filename).startsWith("worker/domain/")) return {};
    return {
      Identifier(node: Node) {
        const message = purity(node);
        if (message !== undefined) context.report({ node, message });
      },
    };
  },
};

// oxlint loads a plugin's default export, hence the one default export in the house.
export default { meta: { name: "leadclock" }, rules: { fences: fencesRule, "pure-domain": pureDomainRule } };
