/** The secrets a deployment needs: which are missing, and where each comes from. */
import { randomBytes, randomInt } from "node:crypto";
import { DeployProblem } from "./problem.ts";

/** Asks one question; null where nobody is there to answer (CI). */
export type Ask = ((question: string) => Promise<string>) | null;

interface Needed {
  readonly name: string;
  readonly what: string;
  /** Why a value won't do; null when it will. */
  refuse(value: string): string | null;
  /** Made up where nobody gave one. `announced`: shown once, as somebody has to use it. */
  readonly make?: { value(): string; readonly announced: boolean };
}

export interface Chosen {
  readonly values: Readonly<Record<string, string>>;
  /** Generated here and needed by a person: shown once. */
  readonly announced: readonly string[];
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const apiKey = () => `lc_${Array.from({ length: 32 }, () => LETTERS[randomInt(LETTERS.length)]).join("")}`;

const tooShort = (value: string) => (value.length < 20 ? "at least 20 characters" : null);
const plainAddress = (value: string) =>
  /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+$/.test(value) ? null : "an address such as ops@acme.example";
const sender = (value: string) =>
  /^[^<>]*<[^\s@<>]+@[^\s@<>]+>$/.test(value) || plainAddress(value) === null
    ? null
    : "an address such as leads@acme.example or Acme <leads@acme.example>";

const NEEDED: readonly Needed[] = [
  {
    name: "ADMIN_API_KEY",
    what: "the first API key, with every right",
    refuse: tooShort,
    make: { value: apiKey, announced: true },
  },
  {
    name: "AUTH_SECRET",
    what: "signs sessions and receipts",
    refuse: tooShort,
    make: { value: () => randomBytes(32).toString("base64url"), announced: false },
  },
  { name: "MAIL_FROM", what: "the sender of all mail, on a domain verified for sending", refuse: sender },
  { name: "ALERT_EMAIL", what: "who hears when the database is down", refuse: plainAddress },
];

/** What a deployment can't do without, given what it has. */
export function missingSecrets(has: ReadonlySet<string>): readonly string[] {
  return NEEDED.map(({ name }) => name).filter((name) => !has.has(name));
}

async function answered(needed: Needed, ask: NonNullable<Ask>): Promise<{ value: string; made: boolean }> {
  const offer = needed.make === undefined ? "" : " [Enter: make one]";
  for (;;) {
    const value = (await ask(`${needed.name}, ${needed.what}${offer}: `)).trim();
    if (value === "" && needed.make !== undefined) return { value: needed.make.value(), made: true };
    const problem = needed.refuse(value);
    if (problem === null) return { value, made: false };
    console.log(`  That won't do: ${problem}.`);
  }
}

/**
 * A value for each missing secret: from the environment, else made up (never one that a person must see, in CI: logs
 * are read by many), else asked for. Throws DeployProblem naming all that nobody gave.
 */
export async function chooseSecrets(
  missing: readonly string[],
  env: NodeJS.ProcessEnv,
  ask: Ask,
): Promise<Chosen> {
  const values: Record<string, string> = {};
  const announced: string[] = [];
  const absent: string[] = [];
  for (const needed of NEEDED.filter(({ name }) => missing.includes(name))) {
    const given = env[needed.name] ?? "";
    if (given !== "") {
      const problem = needed.refuse(given);
      if (problem !== null) throw new DeployProblem(`${needed.name} in the environment must be ${problem}`);
      values[needed.name] = given;
    } else if (needed.make?.announced === false) {
      values[needed.name] = needed.make.value();
    } else if (ask === null) {
      absent.push(`${needed.name} (${needed.what})`);
    } else {
      const { value, made } = await answered(needed, ask);
      values[needed.name] = value;
      if (made) announced.push(needed.name);
    }
  }
  if (absent.length > 0) {
    throw new DeployProblem(
      `not set for this Worker, and nobody is here to ask: ${absent.join(", ")}. Set them in the environment`,
    );
  }
  return { values, announced };
}
