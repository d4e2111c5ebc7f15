/** Fills a fresh workspace with the demo, once. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { D1Database } from "@cloudflare/workers-types/experimental";
import { oneLine, StartProblem } from "./problem.ts";

export interface SeedContext {
  readonly db: D1Database;
  /** Where the product answers while it is prepared; nobody else knows this address. */
  readonly origin: string;
  readonly apiKey: string;
  readonly now: number;
  log(line: string): void;
}

type SeedDemo = (context: SeedContext) => Promise<void>;

export async function seedDemo(root: string, context: SeedContext): Promise<void> {
  const path = join(root, "cli/demo/seed.ts");
  if (!existsSync(path)) return;
  const { seedDemo: seed } = (await import(pathToFileURL(path).href)) as { seedDemo: SeedDemo };
  try {
    await seed(context);
  } catch (error) {
    throw new StartProblem(
      `The demo workspace could not be made (${oneLine(error)}). Start again to retry, or set LEADCLOCK_SEED=none for an empty one.`,
    );
  }
}
