/**
 * Four kinds of tests: `domain` (pure, plain Node), `worker` (inside workerd, a fresh database per file),
 * `browser` (Chromium against a server the test starts), `faults` (processes killed and restarted).
 */
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

/** What only a failing test waits for: seconds become tens of them on a busy machine. */
const patient = { testTimeout: 60_000, hookTimeout: 120_000, expect: { poll: { timeout: 20_000 } } };

/**
 * Where real processes and a real browser share the machine with others, one more try tells a fault from bad luck; a test
 * that fails twice has failed. Reports name every retried test.
 */
const retry = process.env["CI"] ? 1 : 0;

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        // Nothing there has a side effect: the files may share their modules.
        test: {
          ...patient,
          name: "domain",
          include: ["test/domain/**/*.test.ts"],
          environment: "node",
          isolate: false,
        },
      },
      {
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              bindings: {
                MIGRATIONS: await readD1Migrations("schema/migrations"),
                // How many random days, and how long: test/worker/model.test.ts.
                MODEL_SEEDS: process.env["MODEL_SEEDS"] ?? "2",
                MODEL_STEPS: process.env["MODEL_STEPS"] ?? "60",
              },
            },
          })),
        ],
        test: {
          ...patient,
          name: "worker",
          // test/worker/setup.ts gives each file its own state.
          isolate: false,
          include: ["test/worker/**/*.test.ts"],
          setupFiles: ["./test/worker/setup.ts"],
        },
      },
      {
        test: {
          ...patient,
          retry,
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          environment: "node",
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...patient,
          retry,
          name: "faults",
          include: ["test/faults/**/*.test.ts"],
          environment: "node",
          testTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
