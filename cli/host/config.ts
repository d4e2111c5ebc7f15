/** wrangler.toml turned into what Miniflare runs: two Workers in one runtime, the product and the local receivers. */
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { MiniflareOptions } from "miniflare";
import { parse } from "smol-toml";
import * as z from "zod";
import { oneLine, StartProblem } from "./problem.ts";

const Wrangler = z.object({
  name: z.string(),
  compatibility_date: z.string(),
  compatibility_flags: z.array(z.string()).default([]),
  d1_databases: z.array(
    z.object({ binding: z.string(), database_id: z.string(), preview_database_id: z.string().optional() }),
  ),
  durable_objects: z.object({ bindings: z.array(z.object({ name: z.string(), class_name: z.string() })) }),
  migrations: z.array(z.object({ new_sqlite_classes: z.array(z.string()).default([]) })),
  send_email: z.array(z.object({ name: z.string() })).default([]),
  ratelimits: z
    .array(
      z.object({
        name: z.string(),
        namespace_id: z.string(),
        simple: z.object({ limit: z.number(), period: z.union([z.literal(10), z.literal(60)]) }),
      }),
    )
    .default([]),
  vars: z.record(z.string(), z.string()).default({}),
  triggers: z.object({ crons: z.array(z.string()) }).default({ crons: [] }),
});

export type WranglerConfig = z.infer<typeof Wrangler>;

export type WorkerOptions = MiniflareOptions["workers"][number];
type WorkerConfig = WorkerOptions["config"];

const LOCAL = "leadclock-local";
/** Plays the demo beside the product while its doors are closed; through Miniflare's proxy each statement would be a round trip. */
export const PLAYER = "leadclock-player";

export function readWranglerConfig(path: string): WranglerConfig {
  try {
    return Wrangler.parse(parse(readFileSync(path, "utf8")));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error).replaceAll("\n", " ") : oneLine(error);
    throw new StartProblem(`${path} can't be used: ${why}`);
  }
}

function manifest(path: string): NonNullable<WorkerConfig["manifest"]> {
  const name = basename(path);
  const contents = readFileSync(path, "utf8");
  return { mainModule: name, modulesRoot: dirname(path), modules: { [name]: { type: "esm", contents } } };
}

function texts(vars: Readonly<Record<string, string>>): NonNullable<WorkerConfig["env"]> {
  return Object.fromEntries(Object.entries(vars).map(([name, value]) => [name, { type: "text", value }]));
}

/** The product's bindings. Mail goes to the local receiver instead of Miniflare's, which would write each one to a file. */
function productBindings(config: WranglerConfig, vars: Readonly<Record<string, string>>) {
  const env: NonNullable<WorkerConfig["env"]> = { ...texts(config.vars), ...texts(vars) };
  for (const { binding, database_id, preview_database_id } of config.d1_databases) {
    env[binding] = { type: "d1", id: preview_database_id ?? database_id };
  }
  for (const { name, class_name } of config.durable_objects.bindings) {
    env[name] = { type: "durable-object", worker: config.name, exportName: class_name };
  }
  for (const { name, namespace_id, simple } of config.ratelimits) {
    env[name] = { type: "rate-limit", namespace: namespace_id, simple };
  }
  for (const { name } of config.send_email)
    env[name] = { type: "worker", worker: LOCAL, exportName: "MailReceiver" };
  env["LOCAL"] = { type: "worker", worker: LOCAL };
  return env;
}

function objects(names: readonly string[]): NonNullable<WorkerConfig["exports"]> {
  return Object.fromEntries(names.map((name) => [name, { type: "durable-object", storage: "sqlite" }]));
}

/** The demo's player: the product's database and nothing else. */
export function player(config: WranglerConfig, dist: string): WorkerOptions {
  const env: NonNullable<WorkerConfig["env"]> = {};
  for (const { binding, database_id, preview_database_id } of config.d1_databases) {
    env[binding] = { type: "d1", id: preview_database_id ?? database_id };
  }
  return {
    config: {
      compatibilityDate: config.compatibility_date,
      compatibilityFlags: config.compatibility_flags,
      name: PLAYER,
      manifest: manifest(join(dist, "player/index.js")),
      env,
    },
    dev: { cacheAPI: false },
  };
}

/** The data provider and the calendar that stand in on this machine; the demo's document names the calendar's secret. */
const standIns = (socket: { port: number } | null): Record<string, string> => {
  if (socket === null) return {};
  const local = `http://127.0.0.1:${socket.port}/local`;
  return {
    COMPANY_DATA_URL: `${local}/company-data`,
    MEILING_CALENDAR_URL: `${local}/calendars/meiling.ics`,
  };
};

/** `socket`: where the product listens; null keeps it off the network while its state is being prepared. */
export function workers(
  config: WranglerConfig,
  dist: string,
  vars: Readonly<Record<string, string>>,
  socket: { host: string; port: number } | null,
): WorkerOptions[] {
  const platform = {
    compatibilityDate: config.compatibility_date,
    compatibilityFlags: config.compatibility_flags,
  };
  return [
    {
      config: {
        ...platform,
        name: config.name,
        manifest: manifest(join(dist, "worker/index.js")),
        env: productBindings(config, { ...standIns(socket), ...vars }),
        exports: objects(config.migrations.flatMap((migration) => migration.new_sqlite_classes)),
      },
      // Straight to the Worker: Miniflare's entry in front halves the requests a second, answers paths of its own
      // and prints stack traces to visitors.
      dev: { cacheAPI: false, ...(socket === null ? {} : { unsafeDirectSockets: [socket] }) },
    },
    {
      config: {
        ...platform,
        name: LOCAL,
        manifest: manifest(join(dist, "local/index.js")),
        env: {
          ...texts({
            OPS_WEBHOOK_SECRET: vars["OPS_WEBHOOK_SECRET"] ?? "",
            PDL_API_KEY: vars["PDL_API_KEY"] ?? "",
          }),
          BOX: { type: "durable-object", worker: LOCAL, exportName: "Box" },
        },
        exports: objects(["Box"]),
      },
      dev: { cacheAPI: false },
    },
  ];
}
