/** `.dev.vars`: local secrets and settings, in the format wrangler reads, generated where absent. */
import { randomBytes, randomInt } from "node:crypto";
import { chmodSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { errorCode, oneLine, StartProblem } from "./problem.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** What the product cannot run without, and how it is made up when nobody has chosen it. */
const GENERATED: Readonly<Record<string, () => string>> = {
  ADMIN_API_KEY: () =>
    `lc_${Array.from({ length: 32 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("")}`,
  AUTH_SECRET: () => randomBytes(32).toString("base64url"),
  // For the data provider that stands in on this machine.
  PDL_API_KEY: () => randomBytes(24).toString("hex"),
  // Standard Webhooks: 24 to 64 random bytes, base64 with this prefix.
  OPS_WEBHOOK_SECRET: () => `whsec_${randomBytes(32).toString("base64")}`,
};

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return "";
    throw new StartProblem(
      `Can't read ${path} (${oneLine(error)}). Give this user access to it, or remove it.`,
    );
  }
}

function write(path: string, text: string): void {
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, text, { mode: 0o600 });
    chmodSync(draft, 0o600);
    renameSync(draft, path);
  } catch (error) {
    throw new StartProblem(
      `Can't write ${path} (${oneLine(error)}). Give this user access to the folder, or set ${Object.keys(GENERATED).join(", ")} in the environment.`,
    );
  }
}

/**
 * Reads the file and adds each generated value that neither it nor the environment has; its other lines stay as they are.
 * Throws StartProblem where the file can't be read or written.
 */
export function loadVars(path: string, environment: NodeJS.ProcessEnv): Record<string, string> {
  const text = read(path);
  const vars: Record<string, string> = {};
  for (const [name, value] of Object.entries(parseEnv(text))) if (value !== undefined) vars[name] = value;
  const added: string[] = [];
  for (const [name, make] of Object.entries(GENERATED)) {
    if (vars[name] || environment[name]) continue;
    vars[name] = make();
    added.push(`${name}=${vars[name]}\n`);
  }
  if (added.length > 0) write(path, text + (text === "" || text.endsWith("\n") ? "" : "\n") + added.join(""));
  return vars;
}
