/**
 * Getting one submission to the server: attempts with a time limit, back-off with jitter, Retry-After, and a last one as
 * the page goes. Ends only with an acknowledgement, a definite refusal, or `stop()`.
 */
import type { CaptureAnswer, Problem } from "../types.ts";

/** After this an attempt counts as failed; the server may still have taken it, hence the same id on the next. */
const PATIENCE_MS = 12_000;
const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 30_000;
/** Browsers refuse keepalive requests of more than 64 KiB in flight. */
const KEEPALIVE_LIMIT = 60_000;

export type Result =
  | { kind: "answered"; answer: CaptureAnswer }
  | { kind: "refused"; status: number; problem: Partial<Problem> }
  | { kind: "again"; reason: Reason; afterMs: number };

/** Why an attempt failed: no answer at all, an answer that says the server is in trouble, or one that asks us to wait. */
export type Reason = "offline" | "trouble" | "busy";

export interface Listener {
  sending: () => void;
  waiting: (reason: Reason, untilMs: number) => void;
  ended: (result: Exclude<Result, { kind: "again" }>) => void;
}

export interface Delivery {
  /** Try at once instead of waiting any longer. */
  now: () => void;
  stop: () => void;
}

async function readResult(response: Response): Promise<Result> {
  const { status } = response;
  const isBusy = status === 429;
  if (isBusy || status === 408 || status === 425 || status >= 500) {
    return {
      kind: "again",
      reason: isBusy ? "busy" : "trouble",
      // In seconds, as Leadclock says it; whatever else stands there leaves it to the back-off.
      afterMs: Number(response.headers.get("Retry-After")) * 1000 || 0,
    };
  }
  if (response.ok) return { kind: "answered", answer: (await response.json()) as CaptureAnswer };
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  return { kind: "refused", status, problem };
}

function post(url: string, body: string, signal: AbortSignal | null): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    credentials: "omit",
    keepalive: new Blob([body]).size < KEEPALIVE_LIMIT,
    body,
    signal,
  });
}

async function attempt(url: string, body: string): Promise<Result> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE_MS);
  try {
    return await readResult(await post(url, body, abort.signal));
  } catch {
    // No connection, no answer in time, or half an answer: whether it arrived is unknown.
    return { kind: "again", reason: "offline", afterMs: 0 };
  } finally {
    clearTimeout(timer);
  }
}

/** Half fixed, half random, doubling: many visitors of one outage don't come back in step. */
function backOffMs(failures: number): number {
  const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
  return longest * (0.5 + Math.random() / 2);
}

export function deliver(url: string, body: string, listener: Listener): Delivery {
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The server asked not to be tried before this. */
  let notBefore = 0;
  let state: "sending" | "waiting" | "over" = "waiting";
  const isOver = (): boolean => state === "over";

  const run = async (): Promise<void> => {
    if (state !== "waiting") return;
    clearTimeout(timer);
    state = "sending";
    listener.sending();
    const result = await attempt(url, body);
    if (isOver()) return;
    if (result.kind !== "again") {
      stop();
      listener.ended(result);
      return;
    }
    state = "waiting";
    failures += 1;
    notBefore = Date.now() + result.afterMs;
    const delay = Math.max(result.afterMs, backOffMs(failures));
    timer = setTimeout(() => void run(), delay);
    listener.waiting(result.reason, Date.now() + delay);
  };
  const now = (): void => {
    if (Date.now() >= notBefore) void run();
  };
  const whenBack = (): void => {
    if (!document.hidden) now();
  };
  /** The page goes while we wait for the next attempt: one that outlives it. While sending, the one in flight does. */
  const whenLeaving = (): void => {
    if (state === "waiting") post(url, body, null).catch(() => undefined);
  };
  const listen = (change: "addEventListener" | "removeEventListener"): void => {
    window[change]("online", now);
    window[change]("pagehide", whenLeaving);
    document[change]("visibilitychange", whenBack);
  };
  const stop = (): void => {
    state = "over";
    clearTimeout(timer);
    listen("removeEventListener");
  };
  listen("addEventListener");
  now();
  return { now, stop };
}
