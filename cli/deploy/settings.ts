/** What wrangler.toml says about a deployment, and the two lines of it that a first deployment fills in. */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { parse } from "smol-toml";
import * as z from "zod";
import { DeployProblem } from "./problem.ts";

const PLACEHOLDER = "00000000-0000-0000-0000-000000000000";

const File = z.object({
  name: z.string().min(1),
  account_id: z.string().optional(),
  vars: z.record(z.string(), z.unknown()).default({}),
  d1_databases: z.array(
    z.object({ binding: z.string(), database_name: z.string(), database_id: z.string().optional() }),
  ),
});

export interface Settings {
  /** The Worker's name on Cloudflare. */
  readonly worker: string;
  readonly account: string | null;
  readonly database: string;
  /** Null until the database has been made. */
  readonly databaseId: string | null;
  readonly vars: Readonly<Record<string, unknown>>;
}

/** Throws DeployProblem where the file can't be read or lacks the database. */
export function readSettings(path: string): Settings {
  try {
    const file = File.parse(parse(readFileSync(path, "utf8")));
    const database = file.d1_databases.find(({ binding }) => binding === "DB");
    if (database === undefined) throw new Error('no [[d1_databases]] has binding = "DB"');
    const id = database.database_id ?? PLACEHOLDER;
    return {
      worker: file.name,
      account: file.account_id ?? null,
      database: database.database_name,
      databaseId: id === PLACEHOLDER ? null : id,
      vars: file.vars,
    };
  } catch (error) {
    const why =
      error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : "";
    throw new DeployProblem(`${path} can't be used: ${why.replaceAll("\n", " ")}`, { cause: error });
  }
}

/** Changes the text, so that comments and order stay, and only if what comes out says what it should. */
function edit(path: string, change: (text: string) => string, holds: (settings: Settings) => boolean): void {
  const before = readFileSync(path, "utf8");
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, change(before));
  if (!holds(readSettings(draft))) {
    throw new DeployProblem(`${path} has a form this command can't edit (the result is in ${draft})`);
  }
  renameSync(draft, path);
}

export function writeDatabaseId(path: string, id: string): void {
  const line = new RegExp(`^(\\s*database_id\\s*=\\s*)(["'])${PLACEHOLDER}\\2`, "m");
  const binding = /^(\s*database_name\s*=.*)$/m;
  edit(
    path,
    (text) =>
      line.test(text) ? text.replace(line, `$1"${id}"`) : text.replace(binding, `$1\ndatabase_id = "${id}"`),
    ({ databaseId }) => databaseId === id,
  );
}

export function writeAccount(path: string, account: string): void {
  edit(
    path,
    (text) => text.replace(/^(name\s*=.*)$/m, `$1\naccount_id = "${account}"`),
    (settings) => settings.account === account,
  );
}
