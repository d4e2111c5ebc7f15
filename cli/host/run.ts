/** One run of the product on this machine, from settings to the last signal. */
import { join } from "node:path";
import { type BuildReport, build } from "../build.ts";
import { player, PLAYER, readWranglerConfig, workers, type WorkerOptions } from "./config.ts";
import { type Ending, endings } from "./ending.ts";
import { watchRuntimes } from "./leash.ts";
import { migrate, pendingMigrations, readMigrations } from "./migrations.ts";
import { oneLine, StartProblem } from "./problem.ts";
import { reservePort } from "./port.ts";
import { Runtime } from "./runtime.ts";
import { seedDemo, sendingTo } from "./seed.ts";
import { loadSettings, type Settings } from "./settings.ts";
import { StateFolder } from "./state.ts";
import { startTicker } from "./ticker.ts";

/** A runtime that keeps dying is a fault to report, not one to restart for ever. */
const CRASHES = { most: 5, withinMs: 60_000 };

interface Plan {
  readonly settings: Settings;
  readonly state: StateFolder;
  readonly origin: string;
  readonly vars: Readonly<Record<string, string>>;
  readonly offline: WorkerOptions[];
  readonly online: WorkerOptions[];
  readonly extra: { host: string; port: number } | null;
  readonly cron: string;
  readonly built: BuildReport;
}

export async function run(root: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const startedAt = performance.now();
  const ending = endings();
  try {
    const plan = await prepare(root, environment);
    ending.state = plan.state;
    const unwatch = watchCrashes(plan, ending);
    ending.unwatch = unwatch;
    await serve(plan, ending);
    announce(plan, performance.now() - startedAt);
  } catch (error) {
    if (ending.stopping) return;
    const line =
      error instanceof StartProblem ? error.message : `Leadclock could not start: ${oneLine(error)}`;
    await ending.stop(1, line);
  }
}

async function prepare(root: string, environment: NodeJS.ProcessEnv): Promise<Plan> {
  const settings = loadSettings(root, environment);
  const state = new StateFolder(settings.dataDir);
  state.claim();
  state.checkHeaders();
  const direct = listenAddress(settings);
  const port = await reservePort(direct, settings.port);
  const extra = settings.host === null || direct === settings.host ? null : { host: settings.host, port };
  if (extra !== null) await reservePort(extra.host, port);
  const built = await build({ quiet: false });
  const config = readWranglerConfig(join(root, "wrangler.toml"));
  const origin = settings.vars["PUBLIC_ORIGIN"] ?? `http://localhost:${port}`;
  const vars = { ...settings.vars, PUBLIC_ORIGIN: origin };
  const dist = join(root, "dist");
  return {
    settings,
    state,
    origin,
    vars,
    offline: [...workers(config, dist, vars, null), player(config, dist)],
    online: workers(config, dist, vars, { host: direct, port }),
    extra,
    cron: config.triggers.crons[0] ?? "* * * * *",
    built,
  };
}

/** The product listens here. Another single address is served through Miniflare's door beside it. */
function listenAddress(settings: Settings): string {
  return settings.host === "0.0.0.0" || settings.host === "::" ? settings.host : "127.0.0.1";
}

/** Brings the state up to date behind closed doors if need be, then opens. */
async function serve(plan: Plan, ending: Ending): Promise<void> {
  const { settings, state } = plan;
  const migrations = readMigrations(join(settings.root, "schema/migrations"));
  if (state.seedState() === "begun") state.clear();
  const applied = state.appliedMigrations();
  const seed = state.seedState() === "absent" || state.seedState() === "begun";
  const fresh = seed || applied === null || pendingMigrations(migrations, applied).length > 0;
  const runtime = new Runtime(state.storage, fresh ? plan.offline : plan.online, plan.extra);
  ending.runtime = runtime;
  const privateOrigin = await runtime.ready();
  if (fresh) {
    const db = await runtime.database();
    await migrate(db, migrations);
    if (seed) await fill(plan, runtime, privateOrigin);
    await runtime.reconfigure(plan.online);
  }
  ending.ticker = startTicker((at) => runtime.tick(plan.cron, at));
}

async function fill(plan: Plan, runtime: Runtime, privateOrigin: string): Promise<void> {
  if (plan.settings.seed === "none") return plan.state.setSeedState("none");
  plan.state.setSeedState("begun");
  await seedDemo(plan.settings.root, {
    play: (script) => runtime.ask(PLAYER, script),
    origin: plan.origin,
    apiKey: plan.vars["ADMIN_API_KEY"] ?? "",
    now: Date.now(),
    log: (line) => console.log(`  ${line}`),
    send: sendingTo(plan.origin, privateOrigin),
  });
  plan.state.setSeedState("done");
}

/** Miniflare brings a crashed runtime back; we say so, and give up when it doesn't stay up. */
function watchCrashes(plan: Plan, ending: Ending): () => void {
  let exits: number[] = [];
  let expected = 0;
  const onStart = (pid: number) => {
    expected += 1;
    plan.state.note({ pid: process.pid, origin: plan.origin, runtimePid: pid });
  };
  const onExit = () => {
    if (ending.stopping || ending.runtime?.restarting) return;
    const now = performance.now();
    exits = [...exits.filter((at) => now - at < CRASHES.withinMs), now];
    const before = expected;
    if (exits.length > CRASHES.most) {
      void ending.stop(
        1,
        "The Workers runtime keeps crashing. Its last lines above say why; the state is kept.",
      );
      return;
    }
    console.error(
      "The Workers runtime ended unexpectedly and is being restarted; nothing acknowledged is lost.",
    );
    setTimeout(() => {
      if (expected === before && !ending.stopping)
        void ending.stop(1, "The Workers runtime could not be restarted.");
    }, 5_000).unref();
  };
  return watchRuntimes(onStart, onExit);
}

function announce(plan: Plan, tookMs: number): void {
  const { origin, vars, settings } = plan;
  const empty = plan.state.seedState() === "none";
  const rows = [
    ...(empty ? [] : [["demo site", `${origin}/demo`]]),
    ["board", `${origin}/board`],
    ["inbox", `${origin}/inbox`],
    ["API docs", `${origin}/docs`],
    ["API key", vars["ADMIN_API_KEY"] ?? ""],
    ["state", settings.dataDir],
  ];
  const detail =
    plan.built.parts.length === 0
      ? ""
      : ` (${Math.round(plan.built.tookMs)} ms of it building ${plan.built.parts.join(", ")})`;
  const lines = rows.map(([name, value]) => `  ${name?.padEnd(10)} ${value}`);
  const took = `${Math.round(tookMs)} ms${detail}`;
  const first = empty
    ? [
        "",
        `The workspace began empty. Where nothing is published yet: npx leadclock policy publish your-policy.json --to ${origin}`,
      ]
    : [];
  console.log(
    ["", `Leadclock is up at ${origin} after ${took}`, "", ...lines, ...first, "", "Ctrl-C stops it."].join(
      "\n",
    ),
  );
}
