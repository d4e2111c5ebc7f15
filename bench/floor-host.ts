/** Hosts the floor as the product is hosted: same runtime, same persistence, a socket straight to the Worker. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleWorker } from "../cli/build/bundle.ts";
import { type WorkerOptions, readWranglerConfig } from "../cli/host/config.ts";
import { watchRuntimes } from "../cli/host/leash.ts";
import { reservePort } from "../cli/host/port.ts";
import { Runtime } from "../cli/host/runtime.ts";
import { rootPath } from "../scripts/run.ts";
import { client } from "../test/support/load.ts";

export interface Floor {
  readonly origin: string;
  /** Of its runtime. */
  readonly pid: number;
  stop(): Promise<void>;
}

function floorWorker(script: string, port: number): WorkerOptions {
  const { compatibility_date, compatibility_flags } = readWranglerConfig(join(rootPath, "wrangler.toml"));
  const contents = readFileSync(script, "utf8");
  return {
    config: {
      name: "floor",
      compatibilityDate: compatibility_date,
      compatibilityFlags: compatibility_flags,
      manifest: {
        mainModule: "floor.js",
        modulesRoot: join(script, ".."),
        modules: { "floor.js": { type: "esm", contents } },
      },
      env: {
        DB: { type: "d1", id: "floor" },
        BELL: { type: "durable-object", worker: "floor", exportName: "Bell" },
      },
      exports: { Bell: { type: "durable-object", storage: "sqlite" } },
    },
    dev: { cacheAPI: false, unsafeDirectSockets: [{ host: "127.0.0.1", port }] },
  };
}

/** Resolves when it serves. */
export async function startFloor(): Promise<Floor> {
  const folder = mkdtempSync(join(tmpdir(), "leadclock-floor-"));
  const script = join(folder, "floor.js");
  await bundleWorker(join(rootPath, "bench/floor.ts"), script);
  const port = await reservePort("127.0.0.1", 0);
  const runtime = new Runtime(join(folder, "v3"), [floorWorker(script, port)], null);
  let pid = 0;
  const unwatch = watchRuntimes(
    (started) => (pid = started),
    () => undefined,
  );
  await runtime.ready();
  unwatch();
  const origin = `http://localhost:${port}`;
  const setup = client(origin, 1);
  await setup.post("/setup", {});
  setup.close();
  return {
    origin,
    pid,
    async stop() {
      await runtime.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
