/** What the command line, the environment and `.dev.vars` say about an import. */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { CRM_KINDS, type CrmKind } from "../../schema/wire/crm.ts";
import { type Reach, reachFrom, WHERE } from "../host/reach.ts";
import { readMapping, type Mapping } from "./mapping.ts";
import { ImportProblem } from "./problem.ts";

export const USAGE = `usage: npx leadclock import <file> [options]     (or: npm run import -- <file> [options])

  <file>           CSV or NDJSON of accounts, contacts or opportunities, also .gz
  --kind <kind>    accounts, contacts or opportunities; guessed from the header if left out
  --map <a=b>      the file's column a is our field b ("Account Key=id"); as often as needed
  --to <url>       ${WHERE}
  --key <key>      an API key with the scope crm:write; else LEADCLOCK_API_KEY or ADMIN_API_KEY, and for this
                   machine's own .dev.vars
  --errors <file>  where refused lines go; <file>.errors.csv if left out
  --again          send a file that was imported to its end once more
  --help           this

Interrupted, the same command goes on where it was. Exit codes: 0 done, 1 done but lines were refused, 2 wrong usage
or unreadable file, 3 refused by the server, 4 server not reached, 130 interrupted.`;

export interface Options extends Reach {
  /** Absolute. */
  readonly file: string;
  readonly kind: CrmKind | null;
  readonly map: Mapping;
  readonly key: string;
  /** Absolute. */
  readonly errors: string;
  readonly again: boolean;
}

const usage = (message: string): ImportProblem => new ImportProblem("usage", message);

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        kind: { type: "string" },
        map: { type: "string", multiple: true, default: [] },
        to: { type: "string" },
        key: { type: "string" },
        errors: { type: "string" },
        again: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw usage(`${error instanceof Error ? error.message : String(error)} (--help lists all)`);
  }
}

function kindFrom(text: string | undefined): CrmKind | null {
  if (text === undefined) return null;
  const kind = CRM_KINDS.find((each) => each === text.toLowerCase());
  if (kind === undefined) throw usage(`--kind is "${text}": use ${CRM_KINDS.join(", ")}.`);
  return kind;
}

/** `from` is the folder in which the command was given. Null when only help is wanted. */
export function readOptions(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  { from, root }: { from: string; root: string },
): Options | null {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  const [name, ...more] = positionals;
  if (name === undefined) throw usage(`Name a file to import.\n\n${USAGE}`);
  if (more.length > 0) throw usage(`One file at a time: ${more.join(" ")} would be another.`);
  const { key, ...reach } = reachFrom(values, environment, root, usage);
  if (key === null)
    throw usage(
      `No API key for ${reach.origin}: give --key, or set LEADCLOCK_API_KEY. One is made with the key its operator has (ADMIN_API_KEY there): POST /v1/keys {"name": "import", "scopes": ["crm:write"]}.`,
    );
  const file = resolve(from, name);
  return {
    file,
    kind: kindFrom(values.kind),
    map: readMapping(values.map),
    ...reach,
    key,
    errors: resolve(from, values.errors ?? `${name}.errors.csv`),
    again: values.again,
  };
}
