/** The Workers runtime under our care: Miniflare with its logs, its crashes and its end in our hands. */
import type { D1Database } from "@cloudflare/workers-types/experimental";
import { Log, LogLevel, Miniflare, type MiniflareOptions } from "miniflare";
import type { WorkerOptions } from "./config.ts";
import { oneLine, StartProblem } from "./problem.ts";

/** Miniflare's own lines, kept to one each and to what went wrong. */
class QuietLog extends Log {
  constructor() {
    super(LogLevel.ERROR);
  }

  override error(error: Error): void {
    console.error(`runtime: ${oneLine(error)}`);
  }
}

export class Runtime {
  readonly #miniflare: Miniflare;
  readonly #options: Omit<MiniflareOptions, "workers">;
  /** While true, a runtime that ends was told to. */
  restarting = false;

  constructor(storage: string, workers: WorkerOptions[], host: { host: string; port: number } | null) {
    this.#options = {
      // Miniflare's own door, for us alone, unless an extra address was asked for.
      host: host?.host ?? "127.0.0.1",
      port: host?.port ?? 0,
      resourcePersistencePath: storage,
      // An empty object: anything else is either fetched from the network or an invented place.
      cf: {},
      log: new QuietLog(),
      logRequests: false,
      enableDevRegistry: false,
      handleStructuredLogs: ({ level, message }) => {
        if (level === "error" || level === "warn") console.error(message);
        else console.log(message);
      },
    };
    this.#miniflare = new Miniflare({ ...this.#options, workers });
    // Miniflare would exit at once with 130 on a signal; ending is for start.ts to order.
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      for (const listener of process.listeners(signal)) {
        if (listener.name.startsWith("onSignal")) process.removeListener(signal, listener);
      }
    }
  }

  /** The private door's address once the Workers answer. Throws StartProblem if they don't come up. */
  async ready(): Promise<string> {
    try {
      return (await this.#miniflare.ready).origin;
    } catch (error) {
      throw startFailure(error);
    }
  }

  /** Restarts the Workers with other options on the same state. */
  async reconfigure(workers: WorkerOptions[]): Promise<void> {
    this.restarting = true;
    try {
      await this.#miniflare.setOptions({ ...this.#options, workers });
    } catch (error) {
      throw startFailure(error);
    } finally {
      this.restarting = false;
    }
  }

  database(): Promise<D1Database> {
    return this.#miniflare.getD1Database("DB");
  }

  /** Asks one of the Workers by name; answers what it says, as JSON. */
  async ask(worker: string, question: unknown): Promise<unknown> {
    const target = await this.#miniflare.getWorker(worker);
    const answer = await target.fetch("http://player/", { method: "POST", body: JSON.stringify(question) });
    if (!answer.ok)
      throw new Error(`${worker} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
    return answer.json();
  }

  /** Fires the Worker's cron, which never happens by itself on one machine. */
  async tick(cron: string, scheduledTime: Date): Promise<void> {
    const worker = await this.#miniflare.getWorker();
    const { outcome } = await worker.scheduled({ cron, scheduledTime });
    if (outcome !== "ok") throw new Error(`the scheduled handler ended with "${outcome}"`);
  }

  stop(): Promise<void> {
    return this.#miniflare.dispose();
  }
}

function startFailure(error: unknown): StartProblem {
  const code = error instanceof Error && "code" in error ? error.code : "";
  if (code === "ERR_ADDRESS_IN_USE") {
    return new StartProblem(
      "The port was taken by another program while starting. Stop it, or set PORT to a free one.",
    );
  }
  const message = error instanceof Error ? error.message : String(error);
  const cause = message
    .split("\n")
    .find((line) => /error|failed|exception/i.test(line) && !line.startsWith("The Workers runtime"));
  return new StartProblem(`The Workers runtime did not start: ${cause?.trim() ?? oneLine(error)}`);
}
