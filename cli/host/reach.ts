/** Where a command finds the Leadclock it is for, what named that address, and the key it shows there. */
import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { dataDirOf, isRunning, readInstance, varsFileOf } from "./instance.ts";

export interface Reach {
  /** Without a trailing slash. */
  readonly origin: string;
  /** What said so, to be told where nothing answers there. */
  readonly found: string;
}

/** What usage texts say of `--to`. */
export const WHERE =
  "where Leadclock runs; else LEADCLOCK_URL, PORT, the one running from this folder, PORT in .dev.vars, 8787";

const LOCAL = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

export const isLocal = (origin: string): boolean => LOCAL.test(new URL(origin).hostname);

function localVars(root: string, environment: NodeJS.ProcessEnv): NodeJS.Dict<string> {
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

interface Named {
  readonly text: string;
  readonly found: string;
}

const named = (text: string, by: string): Named => ({ text, found: `${by} says so` });
const atPort = (port: string): string => `http://localhost:${port}`;

/** The Leadclock of this machine: PORT where it is set, as for `npm start`; else the one that runs; else 8787. */
function local(root: string, environment: NodeJS.ProcessEnv, vars: NodeJS.Dict<string>): Named {
  // Told in this very command: whoever says so means it.
  if (environment["PORT"]) return named(atPort(environment["PORT"]), "PORT");
  const running = runningOrigin(dataDirOf(root, environment["LEADCLOCK_DATA"] || vars["LEADCLOCK_DATA"]));
  if (running !== null) return { text: running, found: "the state folder of this repository names it" };
  if (vars["PORT"]) return named(atPort(vars["PORT"]), "PORT in .dev.vars");
  return { text: atPort("8787"), found: "PORT is not set" };
}

/** What names the address: the command itself, else the environment, else this machine. */
function place(told: string | undefined, environment: NodeJS.ProcessEnv, orElse: () => Named): Named {
  if (told !== undefined) return named(told, "--to");
  return environment["LEADCLOCK_URL"] ? named(environment["LEADCLOCK_URL"], "LEADCLOCK_URL") : orElse();
}

/**
 * The key of this machine's own settings is sent nowhere else; null where there is none to show. Throws what `refuse` makes
 * of a message, where the address or the key can't be one.
 */
export function reachFrom(
  told: { to?: string | undefined; key?: string | undefined },
  environment: NodeJS.ProcessEnv,
  root: string,
  refuse: (message: string) => Error,
): Reach & { key: string | null } {
  const vars = localVars(root, environment);
  const { text, found } = place(told.to, environment, () => local(root, environment, vars));
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw refuse(`"${text}" is no address (${found}): use one such as https://leads.acme.example.`);
  const given = told.key ?? (environment["LEADCLOCK_API_KEY"] || environment["ADMIN_API_KEY"]);
  const key = given || (isLocal(url.origin) && vars["ADMIN_API_KEY"]) || null;
  if (key !== null && !/^[\x21-\x7e]+$/.test(key))
    throw refuse("The API key has characters that no key has: copy it again.");
  return { origin: url.origin, found, key };
}
