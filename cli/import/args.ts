/** What the command line, the environment and `.dev.vars` say about an import. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs, parseEnv } from "node:util";
import { CRM_KINDS, type CrmKind } from "../../schema/wire/crm.ts";
import { dataDirOf, isRunning, readInstance, varsFileOf } from "../host/instance.ts";
import { readMapping, type Mapping } from "./mapping.ts";
import { ImportProblem } from "./problem.ts";

export const USAGE = `usage: npx leadclock import <file> [options]     (or: npm run import -- <file> [options])

  <file>           CSV or NDJSON of accounts, contacts or opportunities, also .gz
  --kind <kind>    accounts, contacts or opportunities; guessed from the header if left out
  --map <a=b>      the file's column a is our field b ("Account Key=id"); as often as needed
  --to <url>       where Leadclock runs; else LEADCLOCK_URL, else the one on this machine (running from this folder, PORT, 8787)
  --key <key>      an API key with the scope crm:write; else LEADCLOCK_API_KEY or ADMIN_API_KEY, and for this
                   machine's own .dev.vars
  --errors <file>  where refused lines go; <file>.errors.csv if left out
  --again          send a file that was imported to its end once more
  --help           this

Interrupted, the same command goes on where it was. Exit codes: 0 done, 1 done but lines were refused, 2 wrong usage
or unreadable file, 3 refused by the server, 4 server not reached, 130 interrupted.`;

export interface Options {
  /** Absolute. */
  readonly file: string;
  readonly kind: CrmKind | null;
  readonly map: Mapping;
  /** Without a trailing slash. */
  readonly origin: string;
  /** What said so, to be told where nothing answers there. */
  readonly found: string;
  readonly key: string;
  /** Absolute. */
  readonly errors: string;
  readonly again: boolean;
}

const LOCAL = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

export const isLocal = (origin: string): boolean => LOCAL.test(new URL(origin).hostname);

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
    throw new ImportProblem(
      "usage",
      `${error instanceof Error ? error.message : String(error)} (--help lists all)`,
    );
  }
}

function kindFrom(text: string | undefined): CrmKind | null {
  if (text === undefined) return null;
  const kind = CRM_KINDS.find((each) => each === text.toLowerCase());
  if (kind === undefined) throw usage(`--kind is "${text}": use ${CRM_KINDS.join(", ")}.`);
  return kind;
}

export function originFrom(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw usage(`--to is "${text}": use an address such as https://leads.acme.example.`);
  return url.origin;
}

/** The local one's generated key. It is sent nowhere else. */
export function localVars(root: string, environment: NodeJS.ProcessEnv): NodeJS.Dict<string> {
  try {
    return parseEnv(readFileSync(varsFileOf(root, environment), "utf8"));
  } catch {
    return {};
  }
}

/** Of what runs on this state folder; null where nothing does, or what it is reached by is no address of this machine. */
function runningOrigin(dataDir: string): string | null {
  const noted = readInstance(dataDir);
  if (noted === null || !isRunning(noted) || !URL.canParse(noted.origin)) return null;
  return isLocal(noted.origin) ? new URL(noted.origin).origin : null;
}

/** The Leadclock of this machine, and what tells where it is: PORT where it is set, as for `npm start`; else the one that runs; else 8787. */
export function localOrigin(
  root: string,
  environment: NodeJS.ProcessEnv,
  vars: NodeJS.Dict<string>,
): { origin: string; found: string } {
  // Told in this very command: whoever says so means it.
  if (environment["PORT"])
    return { origin: `http://localhost:${environment["PORT"]}`, found: "PORT says so" };
  const running = runningOrigin(dataDirOf(root, environment["LEADCLOCK_DATA"] || vars["LEADCLOCK_DATA"]));
  if (running !== null) return { origin: running, found: "the state folder of this repository names it" };
  const port = vars["PORT"];
  return port
    ? { origin: `http://localhost:${port}`, found: "PORT in .dev.vars says so" }
    : { origin: "http://localhost:8787", found: "PORT is not set" };
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
  const vars = localVars(root, environment);
  const told = values.to ?? (environment["LEADCLOCK_URL"] || undefined);
  const local = told === undefined ? localOrigin(root, environment, vars) : null;
  const origin = originFrom(told ?? local?.origin ?? "");
  const found = local?.found ?? (values.to === undefined ? "LEADCLOCK_URL says so" : "--to says so");
  const given = values.key ?? (environment["LEADCLOCK_API_KEY"] || environment["ADMIN_API_KEY"]);
  const key = given || (isLocal(origin) ? vars["ADMIN_API_KEY"] : undefined);
  if (!key)
    throw usage(
      `No API key for ${origin}: give --key, or set LEADCLOCK_API_KEY. One is made with the key its operator has (ADMIN_API_KEY there): POST /v1/keys {"name": "import", "scopes": ["crm:write"]}.`,
    );
  if (!/^[\x21-\x7e]+$/.test(key)) throw usage("The API key has characters that no key has: copy it again.");
  const file = resolve(from, name);
  return {
    file,
    kind: kindFrom(values.kind),
    map: readMapping(values.map),
    origin,
    found,
    key,
    errors: resolve(from, values.errors ?? `${name}.errors.csv`),
    again: values.again,
  };
}
