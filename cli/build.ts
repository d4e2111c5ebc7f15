/**
 * Builds everything that is served or run: widget, board, the module of static files, the Worker, the local receivers.
 * A part whose inputs are unchanged since its last build is left alone. `node cli/build.ts` builds by hand.
 */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { writeWhole } from "./build/files.ts";
import { hashInputs } from "./build/inputs.ts";
import { waitForLock } from "./host/lock.ts";

export interface BuildReport {
  /** The parts that had to be built, in order. */
  readonly parts: readonly string[];
  readonly tookMs: number;
}

interface Part {
  readonly name: string;
  /** Files and folders, relative to the repository, that its output depends on. */
  readonly inputs: readonly string[];
  /** What must exist for the last build to count. */
  readonly outputs: readonly string[];
  build(): Promise<void>;
}

const root = join(fileURLToPath(new URL("..", import.meta.url)));
const dist = join(root, "dist");
const publicDir = join(dist, "public");
/** Whatever is built depends on its builder and on the packages. */
const COMMON = ["package-lock.json", "cli/build.ts", "cli/build"];

/** The front ends build themselves; `cli` may not import them (the fence), so they are found by path. */
async function frontEnd(folder: string, name: string, stale: readonly string[]): Promise<void> {
  const script = join(root, folder, "build.ts");
  if (!existsSync(script)) return;
  for (const path of stale) rmSync(join(publicDir, path), { recursive: true, force: true });
  const module = (await import(pathToFileURL(script).href)) as Record<
    string,
    (outDir: string) => Promise<unknown>
  >;
  await module[name]?.(publicDir);
}

async function bundle(entry: string, outFile: string): Promise<void> {
  // esbuild is only loaded when there is something to bundle: that keeps a start without changes short.
  const { bundleWorker } = await import("./build/bundle.ts");
  await bundleWorker(join(root, entry), join(dist, outFile));
}

const parts: readonly Part[] = [
  {
    name: "widget",
    inputs: [...COMMON, "widget", "schema"],
    outputs: [],
    build: () => frontEnd("widget", "buildWidget", ["w.js", "w"]),
  },
  {
    name: "board",
    inputs: [...COMMON, "board", "schema"],
    outputs: [],
    build: () => frontEnd("board", "buildBoard", ["board", "app"]),
  },
  {
    name: "static files",
    inputs: [...COMMON, "dist/public"],
    outputs: ["assets.js", "assets.d.ts"],
    build: async () => (await import("./build/assets.ts")).packAssets(publicDir, join(dist, "assets.js")),
  },
  {
    name: "worker",
    inputs: [...COMMON, "worker", "schema", "dist/assets.js"],
    outputs: ["worker/index.js"],
    build: () => bundle("worker/index.ts", "worker/index.js"),
  },
  {
    name: "demo player",
    inputs: [...COMMON, "cli/player", "cli/demo", "worker", "schema"],
    outputs: ["player/index.js"],
    build: () => bundle("cli/player/index.ts", "player/index.js"),
  },
  {
    name: "local receivers",
    inputs: [...COMMON, "cli/local"],
    outputs: ["local/index.js"],
    build: () => bundle("cli/local/index.ts", "local/index.js"),
  },
];

async function buildPart(part: Part): Promise<boolean> {
  const stampFile = join(dist, ".stamp", part.name.replaceAll(" ", "-"));
  const stamp = hashInputs(root, part.inputs);
  const built = part.outputs.every((path) => existsSync(join(dist, path)));
  if (built && existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return false;
  await part.build();
  writeWhole(stampFile, stamp);
  return true;
}

/** Throws with the tool's own message when a part doesn't build. Two builds at a time wait for each other. */
export async function build({ quiet }: { quiet: boolean }): Promise<BuildReport> {
  const startedAt = performance.now();
  const lock = await waitForLock(join(dist, ".lock"), 120_000);
  if (lock === null) throw new Error(`another build holds ${join(dist, ".lock")}`);
  const done: string[] = [];
  try {
    for (const part of parts) {
      const partAt = performance.now();
      if (!(await buildPart(part))) continue;
      done.push(part.name);
      if (!quiet) console.log(`built ${part.name} in ${Math.round(performance.now() - partAt)} ms`);
    }
  } finally {
    lock.release();
  }
  return { parts: done, tookMs: performance.now() - startedAt };
}

if (import.meta.main) await build({ quiet: false });
