/**
 * A deployment, step by step. Each step leaves things so that the next run goes on from there: nothing is made twice.
 * Everything that may be missing is found out before anything is changed, and migrations go before the code: they only
 * add, so the code that runs doesn't mind them, while the new code can't run without them.
 */
import { chooseAccount, signedIn } from "./account.ts";
import { findOrCreateDatabase, migrate, secretsNamed } from "./database.ts";
import { DeployProblem } from "./problem.ts";
import { answers, release, secretsOf } from "./release.ts";
import { type Ask, chooseSecrets, missingSecrets } from "./secrets.ts";
import { readSettings, type Settings, writeAccount, writeDatabaseId } from "./settings.ts";
import type { Wrangler } from "./wrangler.ts";

export interface Deployment {
  readonly wrangler: Wrangler;
  /** Path of wrangler.toml. */
  readonly config: string;
  readonly env: NodeJS.ProcessEnv;
  readonly ask: Ask;
  readonly stop: AbortSignal;
  /** How long a new address may take to answer. */
  readonly waitMs: number;
  readonly build: () => Promise<void>;
}

/** What the steps find out for each other. */
interface Progress {
  settings: Settings;
  /** Of the Worker, before this deployment; null where there is none yet. */
  present: readonly string[] | null;
  secrets: Readonly<Record<string, string>>;
  origin: string | null;
}

interface Step {
  readonly name: string;
  /** For `--dry-run`. */
  readonly does: (settings: Settings) => string;
  readonly run: (deployment: Deployment, progress: Progress) => Promise<string>;
}

async function signIn({ wrangler, config, env, ask }: Deployment, progress: Progress): Promise<string> {
  const accounts = await signedIn(wrangler);
  const named = env["CLOUDFLARE_ACCOUNT_ID"] ?? progress.settings.account;
  if (named !== null && named !== "") return `account ${named}`;
  const account = await chooseAccount(accounts, ask);
  if (accounts.length > 1) {
    writeAccount(config, account.id);
    progress.settings = readSettings(config);
  }
  return `account ${account.name}`;
}

async function settleSecrets({ wrangler, env, ask }: Deployment, progress: Progress): Promise<string> {
  progress.present = await secretsOf(wrangler);
  const missing = missingSecrets(
    new Set([...(progress.present ?? []), ...Object.keys(progress.settings.vars)]),
  );
  const { values, announced } = await chooseSecrets(missing, env, ask);
  progress.secrets = values;
  for (const name of announced) {
    console.log(
      `\n  ${name}=${values[name]}\n  Keep it now: it is shown this once, and works when this deployment is done.\n`,
    );
  }
  return missing.length === 0 ? "all set" : `to be set: ${missing.join(", ")}`;
}

async function settleDatabase({ wrangler, config }: Deployment, progress: Progress): Promise<string> {
  if (progress.settings.databaseId !== null) return progress.settings.databaseId;
  const { id, made } = await findOrCreateDatabase(wrangler, progress.settings.database);
  writeDatabaseId(config, id);
  progress.settings = readSettings(config);
  return `${made ? "made" : "found"} ${id}; written to ${config}: commit it`;
}

async function check({ stop, waitMs }: Deployment, { origin }: Progress): Promise<string> {
  if (origin === null) {
    throw new DeployProblem("the Worker has no address: set workers_dev = true or a route in wrangler.toml");
  }
  await answers(origin, waitMs, stop);
  return `${origin} answers`;
}

const STEPS: readonly Step[] = [
  { name: "sign-in", does: () => "wrangler whoami", run: signIn },
  {
    name: "secrets",
    does: () =>
      `wrangler secret list; asks for whatever is missing of ${missingSecrets(new Set()).join(", ")}`,
    run: settleSecrets,
  },
  {
    name: "build",
    does: () => "node cli/build.ts",
    run: async ({ build }) => build().then(() => "widget, board and Worker"),
  },
  {
    name: "database",
    does: ({ databaseId, database }) =>
      databaseId ??
      `wrangler d1 list; where there is none, wrangler d1 create ${database}; then its id goes to wrangler.toml`,
    run: settleDatabase,
  },
  {
    name: "migrations",
    does: ({ database }) => `wrangler d1 migrations apply ${database} --remote`,
    run: async ({ wrangler }, { settings }) => migrate(wrangler, settings).then(() => "up to date"),
  },
  {
    name: "Worker",
    does: ({ worker }) => `wrangler deploy (${worker}), new secrets with it`,
    run: async ({ wrangler }, progress) => {
      progress.origin = await release(wrangler, progress.secrets);
      return progress.origin ?? progress.settings.worker;
    },
  },
  { name: "check", does: () => "GET /v1/openapi.json of the Worker", run: check },
];

export interface Deployed {
  readonly origin: string;
  readonly first: boolean;
  /** Secrets that the live configuration names and this Worker doesn't have. */
  readonly unsigned: readonly string[];
}

/** What a deployment would do, without asking Cloudflare anything. */
export function describeSteps(config: string): readonly string[] {
  const settings = readSettings(config);
  return STEPS.map(({ name, does }) => `${name.padEnd(11)} ${does(settings)}`);
}

/** What a reason leaves open: how far it came, and that it can go on from there. */
function withProgress(error: unknown, at: number): unknown {
  if (!(error instanceof DeployProblem)) return error;
  const names = STEPS.map(({ name }) => name);
  const done = names.slice(0, at).join(", ") || "nothing";
  return new DeployProblem(
    `${names[at]}: ${error.message}.\n  Done: ${done}. Not done: ${names.slice(at).join(", ")}.\n` +
      "  Once that is put right, run `npm run deploy` again: it goes on from here, and makes nothing twice.",
    { cause: error },
  );
}

/** Throws DeployProblem, which says what was done, what wasn't, and how to go on. */
export async function deploy(deployment: Deployment): Promise<Deployed> {
  const progress: Progress = {
    settings: readSettings(deployment.config),
    present: null,
    secrets: {},
    origin: null,
  };
  for (const [at, { name, run }] of STEPS.entries()) {
    try {
      const outcome = await run(deployment, progress);
      console.log(`leadclock: ${name.padEnd(11)} ${outcome}`);
    } catch (error) {
      throw withProgress(error, at);
    }
  }
  const has = new Set([
    ...(progress.present ?? []),
    ...Object.keys(progress.secrets),
    ...Object.keys(progress.settings.vars),
  ]);
  const named = (await secretsNamed(deployment.wrangler, progress.settings)) ?? [];
  return {
    origin: progress.origin ?? "",
    first: progress.present === null,
    unsigned: named.filter((name) => !has.has(name)),
  };
}
