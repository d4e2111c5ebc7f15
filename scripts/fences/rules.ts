/** The decision behind each fence, on plain paths and names: no linter in sight. */
import { fences, openParts } from "./table.ts";

/** Imports one statement makes: a path relative to the root for local files, else the bare specifier. */
export interface Import {
  readonly from: string;
  readonly to: string;
  readonly local: boolean;
  readonly typeOnly: boolean;
}

const byLength = [...Object.keys(fences), ...openParts].sort((a, b) => b.length - a.length);

function within(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`);
}

export function partOf(path: string): string | undefined {
  return byLength.find((part) => within(path, part));
}

function packageName(specifier: string): string {
  const [first = "", second = ""] = specifier.split("/");
  return first.startsWith("@") ? `${first}/${second}` : first;
}

/** `schema` covers schema/wire, but `worker` means the files directly under it: its folders have fences of their own. */
function covers(prefix: string, path: string): boolean {
  return within(path, prefix) && within(prefix, partOf(path) ?? "");
}

function forbiddenPackage(packages: readonly string[] | undefined, specifier: string): boolean {
  if (packages === undefined) return false;
  return (
    specifier.startsWith("cloudflare:") ||
    specifier.startsWith("node:") ||
    !packages.includes(packageName(specifier))
  );
}

/** Says why the import breaks a fence, or nothing. */
export function broken(entry: Import): string | undefined {
  const part = partOf(entry.from);
  const fence = part === undefined ? undefined : fences[part];
  if (part === undefined || fence === undefined) return undefined;
  if (!entry.local) {
    return forbiddenPackage(fence.packages, entry.to)
      ? `${part} may import only the packages ${fence.packages?.join(", ")}, not ${entry.to}.`
      : undefined;
  }
  if (covers(part, entry.to) || fence.values.some((prefix) => covers(prefix, entry.to))) return undefined;
  const typesAllowed = (fence.types ?? []).some((prefix) => covers(prefix, entry.to));
  if (typesAllowed) return entry.typeOnly ? undefined : `${part} may import only types from ${entry.to}.`;
  const allowed = [...fence.values, ...(fence.types ?? []).map((prefix) => `types of ${prefix}`)];
  return `${part} must not import ${entry.to}; it may import ${allowed.join(", ") || "nothing but itself"}.`;
}
