/** Fills a fresh workspace with the demo, once, through the product's own API. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { oneLine, StartProblem } from "./problem.ts";

export interface SeedContext {
  /** Hands a script to the player beside the product; answers what came of it. */
  readonly play: (script: unknown) => Promise<unknown>;
  /** The product's public origin, which the demo's configuration names; nothing listens there yet. */
  readonly origin: string;
  readonly apiKey: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly log: (line: string) => void;
  /** Reaches the product behind its closed door under its public addresses. */
  readonly send: typeof fetch;
}

type SeedDemo = (context: SeedContext) => Promise<unknown>;

/** A `fetch` that takes the public origin's requests to where the product answers while it is being prepared. */
export function sendingTo(origin: string, privateOrigin: string): typeof fetch {
  return (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const inner = url.startsWith(`${origin}/`) ? privateOrigin + url.slice(origin.length) : url;
    return fetch(input instanceof Request ? new Request(inner, input) : inner, init);
  };
}

/** Throws StartProblem with what the API refused. */
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
