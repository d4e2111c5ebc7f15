/** How a run ends: on a signal gently, on a second one or after a while by force; on a problem with one line and code 1. */
import type { Runtime } from "./runtime.ts";
import type { StateFolder } from "./state.ts";

/** After this, a stop is forced. */
const STOP_MS = 1_500;

export interface Ending {
  stopping: boolean;
  state?: StateFolder;
  runtime?: Runtime;
  ticker?: { stop(): void };
  unwatch?: () => void;
  stop(code: number, line?: string): Promise<void>;
}

/** Ends the run: once gently, on a second signal or after a while by force. */
export function endings(): Ending {
  const ending: Ending = {
    stopping: false,
    async stop(code, line) {
      if (line !== undefined) console.error(line);
      process.exitCode = code;
      if (ending.stopping) return;
      ending.stopping = true;
      setTimeout(() => process.exit(), STOP_MS).unref();
      ending.ticker?.stop();
      await ending.runtime?.stop().catch(() => undefined);
      ending.state?.release();
      process.exit();
    },
  };
  const obey = () => {
    if (ending.stopping) process.exit();
    console.log("\nLeadclock has stopped; everything is kept.");
    void ending.stop(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, obey);
  return ending;
}
