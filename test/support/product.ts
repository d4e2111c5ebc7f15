/** The real thing, started as a person starts it, for tests and benches: a child in a process group of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const TEST_KEY = "lc_test0000000000000000000000000000";
/** The first start may have to build everything. */
const START_MS = 120_000;

export interface ProductOptions {
  /** 0, the default, takes a free port and keeps it over restarts. */
  readonly port?: number;
  readonly seed?: "demo" | "none";
  /** Added to a bare environment: nothing of the tester's own gets in. */
  readonly env?: Readonly<Record<string, string>>;
  /** A fresh temporary folder if left out. */
  readonly dataDir?: string;
}

export interface Product {
  readonly origin: string;
  readonly apiKey: string;
  readonly dataDir: string;
  /** Process id of `cli/start.ts`, and of its process group. */
  readonly pid: number;
  /** Everything printed since the last start. */
  output(): string;
  /** Ctrl-C, as a terminal sends it to the whole group; resolves to the exit code. */
  stop(): Promise<number | null>;
  /** Kills the whole group at once. */
  kill9(): Promise<void>;
  /** Starts again on the same port and state, after a stop or kill (if still running, stops it first). */
  restart(): Promise<void>;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  output(): string;
}

const groups = new Set<number>();
/** What we made ourselves and nobody asked to keep. */
const folders = new Set<string>();
process.on("exit", () => {
  for (const pid of groups) killGroup(pid, "SIGKILL");
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** An empty folder that goes when this process does. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "leadclock-"));
  folders.add(folder);
  return folder;
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended.
  }
}

function environment(options: ProductOptions, dataDir: string, port: number): Record<string, string> {
  return {
    PATH: `${join(root, "node_modules/.bin")}:${process.env["PATH"] ?? ""}`,
    HOME: process.env["HOME"] ?? "/",
    PORT: String(port),
    LEADCLOCK_DATA: dataDir,
    LEADCLOCK_VARS: `${dataDir}.vars`,
    LEADCLOCK_SEED: options.seed ?? "none",
    ADMIN_API_KEY: TEST_KEY,
    ...options.env,
  };
}

function launch(env: Record<string, string>): Run {
  const child = spawn(join(root, "node_modules/.bin/node"), ["cli/start.ts"], {
    cwd: root,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  if (child.pid !== undefined) groups.add(child.pid);
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, stdout, stderr }));
  return { child, ended, output: () => stdout + stderr };
}

async function whenUp(run: Run): Promise<string> {
  const up = new Promise<string>((resolve) => {
    const look = () => {
      const found = /Leadclock is up at (\S+)[^]*Ctrl-C/.exec(run.output());
      if (found?.[1] !== undefined) resolve(found[1]);
    };
    run.child.stdout?.on("data", look);
  });
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`not up after ${START_MS} ms:\n${run.output()}`)), START_MS).unref();
  });
  const failed = run.ended.then(({ code }) =>
    Promise.reject(new Error(`ended with ${code}:\n${run.output()}`)),
  );
  return Promise.race([up, late, failed]);
}

/** Runs `cli/start.ts` to its end, for starts that are to fail. */
export async function runStart(options: ProductOptions & { readonly dataDir: string }): Promise<Ended> {
  return launch(environment(options, options.dataDir, options.port ?? 0)).ended;
}

/** Resolves when the product serves. Throws with all it printed if it doesn't come up. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const dataDir = options.dataDir ?? join(temporaryFolder(), "state");
  let port = options.port ?? 0;
  let run = launch(environment(options, dataDir, port));
  const origin = await whenUp(run);
  port = Number(new URL(origin).port);

  const end = async (signal: NodeJS.Signals) => {
    const { pid } = run.child;
    if (pid !== undefined && run.child.exitCode === null) killGroup(pid, signal);
    const { code } = await run.ended;
    if (pid !== undefined) groups.delete(pid);
    return code;
  };
  return {
    origin,
    apiKey: options.env?.["ADMIN_API_KEY"] ?? TEST_KEY,
    dataDir,
    get pid() {
      return run.child.pid ?? 0;
    },
    output: () => run.output(),
    stop: () => end("SIGINT"),
    kill9: async () => void (await end("SIGKILL")),
    async restart() {
      await end("SIGINT");
      run = launch(environment(options, dataDir, port));
      await whenUp(run);
    },
  };
}
