/** What `npm start` is told: the environment first, then `.dev.vars`, then defaults. */
import { isIP } from "node:net";
import { dataDirOf, varsFileOf } from "./instance.ts";
import { StartProblem } from "./problem.ts";
import { loadVars } from "./vars.ts";

export interface Settings {
  /** The repository, absolute. */
  readonly root: string;
  /** State folder, absolute. */
  readonly dataDir: string;
  /** 0 means any free port. */
  readonly port: number;
  /** Address asked for with HOST; null serves this machine only. */
  readonly host: string | null;
  readonly seed: "demo" | "none";
  /** Text bindings of the Worker, PUBLIC_ORIGIN excepted when `port` is 0. */
  readonly vars: Readonly<Record<string, string>>;
}

const DEFAULTS: Readonly<Record<string, string>> = {
  LEADCLOCK_RATE_LIMIT: "on",
  MAIL_FROM: "Leadclock <leadclock@leadclock.example>",
  ALERT_EMAIL: "operators@leadclock.example",
};

const BY_NAME = ["MAIL_FROM", "ALERT_EMAIL", "PUBLIC_ORIGIN"];

/** Credentials of the tools around us have no business in the Worker. */
const FOREIGN =
  /^(?:npm_|NPM_|NODE_|CLOUDFLARE_|CF_|GITHUB_|GH_|AWS_|GOOGLE_|AZURE_|CI_|SSH_|ANTHROPIC_|OPENAI_)/;

function belongsToWorker(name: string): boolean {
  if (FOREIGN.test(name)) return false;
  return /_(?:SECRET|KEY|TOKEN)$/.test(name) || name.startsWith("LEADCLOCK_") || BY_NAME.includes(name);
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new StartProblem(`PORT is "${text}", which is not a port. Set it to a number from 1 to 65535.`);
}

function parseSeed(text: string): Settings["seed"] {
  if (text === "demo" || text === "none") return text;
  throw new StartProblem(`LEADCLOCK_SEED is "${text}". Set it to "demo" or "none".`);
}

function parseHost(text: string): string | null {
  if (text === "" || text === "localhost" || text === "127.0.0.1") return null;
  if (isIP(text) !== 0) return text;
  throw new StartProblem(
    `HOST is "${text}". Set it to an address of this machine, or 0.0.0.0 for all of them.`,
  );
}

export function loadSettings(root: string, environment: NodeJS.ProcessEnv): Settings {
  const file = loadVars(varsFileOf(root, environment), environment);
  const vars: Record<string, string> = { ...DEFAULTS, ...file };
  for (const [name, value] of Object.entries(environment)) {
    // An empty variable is one nobody set.
    if (value && (Object.hasOwn(file, name) || belongsToWorker(name))) vars[name] = value;
  }
  const setting = (name: string, standard: string) => environment[name] || file[name] || standard;
  return {
    root,
    dataDir: dataDirOf(root, setting("LEADCLOCK_DATA", "")),
    port: parsePort(setting("PORT", "8787")),
    host: parseHost(setting("HOST", "")),
    seed: parseSeed(setting("LEADCLOCK_SEED", "demo")),
    vars,
  };
}
