/** What the command line and the environment say about a policy. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Reach, reachFrom, WHERE } from "../host/reach.ts";
import { CannotRun } from "./server.ts";

export const USAGE = `usage: npx leadclock policy <command> <file> [options]

  verify <file>         says what verification finds; changes nothing
  publish <file>        publishes it, unless it has errors
  diff <file> [other]   what it changes in the document in force, or in another file
  backtest <file>       tries it on the real leads of a period: who would have owned what

  --to <url>      ${WHERE}
  --key <key>     an API key with the scopes config:read and config:write; else LEADCLOCK_API_KEY or ADMIN_API_KEY, and
                  for this machine's own .dev.vars
  --note <text>   publish: why
  --if <version>  publish: only if this version is in force
  --strict        verify: warnings and what is undecided count as findings too
  --from <time>   backtest: the first day, such as 2026-11-01, or a time
  --to <time>     backtest: the last day, or a time; now if left out (--to <url> may stand beside it)
  --csv           backtest: every lead that would have gone otherwise, as CSV
  --json          the answer as it came
  --help          this

Exit codes: 0 fine (no errors, published, no difference), 1 findings or differences, 2 it can't run.`;

const COMMANDS = ["verify", "publish", "diff", "backtest"] as const;
export type PolicyCommand = (typeof COMMANDS)[number];

export interface PolicyOptions extends Reach {
  command: PolicyCommand;
  /** As read; the server says what is wrong with it. */
  document: unknown;
  /** To compare with; null is the document in force. */
  other: { document: unknown } | null;
  key: string;
  note: string | null;
  version: number | null;
  strict: boolean;
  json: boolean;
  /** What a back-test is about; null for other commands. */
  period: { from: string; to: string | null } | null;
  csv: boolean;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        to: { type: "string", multiple: true, default: [] },
        from: { type: "string" },
        csv: { type: "boolean", default: false },
        key: { type: "string" },
        note: { type: "string" },
        if: { type: "string" },
        strict: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new CannotRun(`${error instanceof Error ? error.message : String(error)} (--help lists all)`);
  }
}

function readDocument(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new CannotRun(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const isTime = (text: string): boolean => /^\d{4}-\d\d-\d\d/.test(text);

/** `--to` names a place, and for a back-test also the end of its period. */
function periodFrom(
  command: PolicyCommand,
  from: string | undefined,
  to: readonly string[],
): PolicyOptions["period"] {
  if (command !== "backtest") {
    if (from !== undefined || to.some(isTime)) throw new CannotRun(`Only a backtest has a period (--help).`);
    return null;
  }
  if (from === undefined || !isTime(from))
    throw new CannotRun(`Say from when: --from 2026-11-01 (--help lists all).`);
  return { from, to: to.find(isTime) ?? null };
}

function versionFrom(text: string | undefined): number | null {
  if (text === undefined) return null;
  const version = /^v?(\d{1,9})$/.exec(text)?.[1];
  if (version === undefined) throw new CannotRun(`--if is "${text}": use a version such as 3.`);
  return Number(version);
}

/** `from` is the folder in which the command was given. Null when only help is wanted. */
export function readPolicyOptions(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  { from, root }: { from: string; root: string },
): PolicyOptions | null {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  const [name, file, other, ...more] = positionals;
  const command = COMMANDS.find((each) => each === name);
  if (!command || file === undefined) throw new CannotRun(`Say what to do with which file.\n\n${USAGE}`);
  if (more.length > 0 || (other !== undefined && command !== "diff"))
    throw new CannotRun(`One file at a time (--help lists all).`);
  const period = periodFrom(command, values.from, values.to);
  const to = values.to.find((text) => !isTime(text));
  const refuse = (message: string): Error => new CannotRun(message);
  const { key, ...reach } = reachFrom({ to, key: values.key }, environment, root, refuse);
  if (key === null && other === undefined)
    throw new CannotRun(`No API key for ${reach.origin}: give --key, or set LEADCLOCK_API_KEY.`);
  return {
    command,
    document: readDocument(resolve(from, file)),
    other: other === undefined ? null : { document: readDocument(resolve(from, other)) },
    ...reach,
    key: key ?? "",
    note: values.note ?? null,
    version: versionFrom(values.if),
    strict: values.strict,
    json: values.json,
    period,
    csv: values.csv,
  };
}
