/** Calls to the API: same origin, with the session's cookie; failures become one error that says what happened. */
import { signal } from "@preact/signals";
import type { Problem } from "../../schema/wire/common.ts";
import { observe } from "./clock.ts";

export type FailureKind =
  "offline" | "signed_out" | "forbidden" | "missing" | "conflict" | "invalid" | "limited" | "server";

export class ApiError extends Error {
  readonly kind: FailureKind;
  readonly status: number;
  readonly problem: Problem | null;
  /** The answer's body where it isn't a problem document (a refused publication answers with its verification). */
  readonly body: unknown;

  constructor(kind: FailureKind, status: number, message: string, problem: Problem | null, body: unknown) {
    super(message);
    this.kind = kind;
    this.status = status;
    this.problem = problem;
    this.body = body;
  }

  /** The words for one field of what was sent, by its pointer. */
  field(name: string): string | null {
    const found = this.problem?.errors?.find(
      ({ pointer }) => pointer === `/${name}` || pointer.startsWith(`/${name}/`),
    );
    return found?.detail ?? null;
  }
}

/** Turned on by any 401; the app then asks to sign in and comes back here. */
export const signedOut = signal(false);
/** False after a call that got no answer, true again with the next that does. */
export const reachable = signal(true);

const TIMEOUT_MS = 15_000;

export interface CallOptions {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  body?: unknown;
  signal?: AbortSignal;
  /** A 401 is an answer here (the session itself), not a reason to leave. */
  quiet401?: boolean;
  headers?: Record<string, string>;
  /** For what an answer says beside its body. */
  onHeaders?: (headers: Headers) => void;
}

export async function call<T>(path: string, options: CallOptions = {}): Promise<T> {
  const { method = "GET" } = options;
  const sentAt = Date.now();
  const response = await send(path, method, options);
  options.onHeaders?.(response.headers);
  const date = response.headers.get("date");
  if (date) observe(Date.parse(date), sentAt, Date.now(), 1000);
  reachable.value = response.status < 500 || response.headers.get("content-type")?.includes("json") === true;
  const answer = await parse(response);
  if (response.ok) return answer as T;
  throw failure(response.status, answer, options.quiet401 === true);
}

async function send(
  path: string,
  method: string,
  { body, signal: outer, headers: more }: CallOptions,
): Promise<Response> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const headers: Record<string, string> = { accept: "application/json", ...more };
  const init: RequestInit = {
    method,
    headers,
    credentials: "same-origin",
    signal: outer ? AbortSignal.any([outer, timeout]) : timeout,
  };
  if (body !== undefined) {
    headers["content-type"] = "application/json";
    init.body = typeof body === "string" ? body : JSON.stringify(body);
  }
  try {
    return await fetch(path, init);
  } catch (error) {
    if (outer?.aborted) throw error;
    reachable.value = false;
    const words = "Leadclock can’t be reached. Check your connection; nothing was changed.";
    throw new ApiError("offline", 0, words, null, null);
  }
}

async function parse(response: Response): Promise<unknown> {
  if (response.status === 204) return null;
  const text = await response.text().catch(() => "");
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function failure(status: number, answer: unknown, quiet401: boolean): ApiError {
  const problem = isProblem(answer) ? answer : null;
  if (status === 401 && !quiet401) signedOut.value = true;
  const kind = kindOf(status);
  return new ApiError(kind, status, problem?.detail || problem?.title || WORDS[kind], problem, answer);
}

const isProblem = (answer: unknown): answer is Problem =>
  typeof answer === "object" &&
  answer !== null &&
  typeof (answer as Problem).title === "string" &&
  "status" in answer;

function kindOf(status: number): FailureKind {
  if (status === 401) return "signed_out";
  if (status === 403) return "forbidden";
  if (status === 404 || status === 410) return "missing";
  if (status === 409 || status === 412) return "conflict";
  if (status === 429) return "limited";
  return status >= 500 ? "server" : "invalid";
}

const WORDS: Record<FailureKind, string> = {
  offline: "Leadclock can’t be reached.",
  signed_out: "You have been signed out.",
  forbidden: "Your role may not do this.",
  missing: "This doesn’t exist, or not any more.",
  conflict: "Somebody else was faster.",
  invalid: "Something in what you sent can’t be used.",
  limited: "Too many requests. Wait a moment and try again.",
  server: "Something went wrong on our side. Nothing was changed; try again in a moment.",
};

export const asApiError = (error: unknown): ApiError =>
  error instanceof ApiError
    ? error
    : new ApiError("server", 0, error instanceof Error ? error.message : String(error), null, null);
