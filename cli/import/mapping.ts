/** `--map "Their name=id"`: columns of a file under the names by which Leadclock knows them. */
import type { CrmKind } from "../../schema/wire/crm.ts";
import { FIELDS, squash } from "../../worker/domain/crm/fields.ts";
import { ImportProblem } from "./problem.ts";
import type { Format } from "./source.ts";

/** Their name, and ours. */
export type Mapping = readonly (readonly [string, string])[];

const usage = (message: string): ImportProblem => new ImportProblem("usage", message);

/** A name may hold "=" itself; no field does. */
export const readMapping = (given: readonly string[]): Mapping =>
  given.map((text) => {
    const at = text.lastIndexOf("=");
    const [theirs, ours] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
    if (at === -1 || theirs === "" || ours === "")
      throw usage(`--map is "${text}": write the file's name and ours, such as --map "Account Key=id".`);
    return [theirs, ours] as const;
  });

/** Renamed as the mapping says; a column that already has a name which is given to another steps aside. */
const rename = (mapping: Mapping, name: string): string => {
  const ours = mapping.find(([theirs]) => squash(theirs) === squash(name))?.[1];
  if (ours !== undefined) return ours;
  return mapping.some(([, taken]) => taken === name) ? `${name} (in the file)` : name;
};

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The format with its columns renamed. Throws ImportProblem where the file has no such column. */
export const mapped = (format: Format, mapping: Mapping): Format => {
  if (mapping.length === 0) return format;
  const names = format.kind === "csv" ? format.header.names : format.names;
  for (const [theirs] of mapping)
    if (format.kind === "csv" && !names.some((name) => squash(name) === squash(theirs)))
      throw usage(
        `--map names "${theirs}", which is no column of the file; its columns: ${names.join(", ")}.`,
      );
  const renamed = names.map((name) => rename(mapping, name));
  if (format.kind !== "csv") return { ...format, names: renamed };
  const { separator, text, start } = format.header;
  const told = /^sep=/i.test(text) ? `sep=${separator}\n` : "";
  const header = `${told}${renamed.map(quoted).join(separator)}\n`;
  return { kind: "csv", header: { names: renamed, separator, text: header, start } };
};

/** Throws ImportProblem where a record of this kind has no such field. */
export const checkFields = (mapping: Mapping, kind: CrmKind): void => {
  const known = Object.keys(FIELDS[kind]);
  for (const [, ours] of mapping)
    if (!known.includes(ours))
      throw usage(`--map to "${ours}": ${kind} have no such field; use one of ${known.join(", ")}.`);
};

/** Records one a line, their fields renamed; a line that is none goes as it is, and is refused by its number. */
export const mapLines = (text: string, mapping: Mapping): string => {
  if (mapping.length === 0) return text;
  const each = (line: string): string => {
    try {
      const record: unknown = JSON.parse(line);
      if (typeof record !== "object" || record === null || Array.isArray(record)) return line;
      return JSON.stringify(
        Object.fromEntries(Object.entries(record).map(([name, value]) => [rename(mapping, name), value])),
      );
    } catch {
      return line;
    }
  };
  return text.split("\n").map(each).join("\n");
};
