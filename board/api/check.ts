/** Checking and publishing the text in the editor: the check is the server's proof, made by itself when typing pauses. */
import { effect, signal } from "@preact/signals";
import type { ConfigChange } from "../../schema/wire/config.ts";
import { syntaxError } from "../logic/jsonPosition.ts";
import { readVerification, type Verification } from "../logic/policy.ts";
import { draft } from "./draft.ts";
import { asApiError, call, type ApiError } from "./http.ts";

interface Found {
  verification: Verification;
  /** The text it is about: findings about an older one say so. */
  text: string;
}

const found = signal<Found | null>(null);
const busy = signal<"checking" | "publishing" | null>(null);
const error = signal<ApiError | null>(null);
/** The version in force and what it changed, where somebody published since this text was begun. */
const conflict = signal<{ version: number; changes: ConfigChange[] } | null>(null);
const published = signal<number | null>(null);

export const verification = { found, busy, error, conflict, published, check, publish, watch };

/** Proofs of large policies take seconds. */
const PAUSE_MS = 700;

/** Checks whenever the text has changed and rests; ends with the page. */
function watch(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    const text = draft.text.value;
    clearTimeout(timer);
    if (text === null || found.peek()?.text === text || syntaxError(text)) return;
    timer = setTimeout(() => void check(), found.peek() ? PAUSE_MS : 0);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

/** The check under way: publishing waits for it. */
let underway: Promise<boolean> | null = null;

async function check(): Promise<boolean> {
  if (busy.peek()) return false;
  busy.value = "checking";
  underway = ask("/v1/config?dryRun=1", {});
  const done = await underway;
  underway = null;
  // Publishing has begun meanwhile: it proves the text itself.
  if (busy.peek() !== "checking") return done;
  busy.value = null;
  // What was typed meanwhile is looked at next.
  if (done && draft.text.peek() !== found.peek()?.text && !syntaxError(draft.text.peek() ?? "")) void check();
  return done;
}

async function publish(note: string): Promise<boolean> {
  if (busy.peek() === "publishing") return false;
  busy.value = "publishing";
  published.value = null;
  await underway;
  const version = draft.version.peek();
  const text = draft.text.peek() ?? "";
  const done = await ask(
    `/v1/config?note=${encodeURIComponent(note)}`,
    version === null ? {} : { "if-match": `"v${version}"` },
    (answer) => {
      const now = (answer as { version?: number } | null)?.version ?? 0;
      draft.published(now, text);
      conflict.value = null;
      published.value = now;
    },
  );
  busy.value = null;
  return done;
}

/** Sends the text and keeps what was found, of a refusal too: that is an answer, not only a failure. */
async function ask(
  path: string,
  headers: Record<string, string>,
  then?: (answer: unknown) => void,
): Promise<boolean> {
  const text = draft.text.peek() ?? "";
  const keep = (answer: unknown) => {
    const read = readVerification(answer);
    if (read) found.value = { verification: read, text };
  };
  error.value = null;
  try {
    const answer = await call<unknown>(path, { method: "PUT", body: text, headers });
    keep(answer);
    then?.(answer);
    return true;
  } catch (failure) {
    const problem = asApiError(failure);
    if (problem.status === 422 || problem.status === 400) keep(problem.body);
    if (problem.kind === "conflict") conflict.value = conflictIn(problem.body);
    else error.value = problem;
    return false;
  }
}

const conflictIn = (body: unknown): { version: number; changes: ConfigChange[] } => {
  const { version = 0, changes = [] } = (body ?? {}) as { version?: number; changes?: ConfigChange[] };
  return { version, changes };
};
