/** Calls to a Leadclock, local or deployed, tried again while that may help. */
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type { UpsertAnswer } from "../../schema/wire/crm.ts";
import type { ImportOnWire } from "../../schema/wire/imports.ts";
import { isLocal } from "./args.ts";
import { errorCode, ImportProblem } from "./problem.ts";

export interface Server {
  open(id: string, body: object): Promise<ImportOnWire>;
  find(id: string): Promise<ImportOnWire | null>;
  part(path: string, type: string, body: string): Promise<UpsertAnswer>;
  finish(id: string, parts: number): Promise<ImportOnWire>;
  errors(id: string): Promise<ReadableStream<Uint8Array>>;
}

export interface ServerOptions {
  origin: string;
  key: string;
  stop: AbortSignal;
  /** Told before each wait. */
  onRetry: (why: string, waitMs: number) => void;
  /** What said that it is there. */
  found: string;
}

interface Request {
  method: string;
  path: string;
  body?: string;
  type?: string;
  /** How often it is tried. */
  tries: number;
}

/** Half a second, one, two … at most half a minute: some two and a half minutes in all. */
const PATIENT = 10;
/** Nothing has been sent yet: who mistyped an address wants to know at once. */
const QUICK = 3;
const MAX_WAIT_MS = 30_000;
const ANSWER_MS = 300_000;

const isPassing = (status: number): boolean => status === 408 || status === 429 || status >= 500;

const waitFor = (attempt: number, retryAfter: string | null): number => {
  const told = Number(retryAfter) * 1000;
  const usual = Math.min(MAX_WAIT_MS, 500 * 2 ** attempt);
  return Math.max(told > 0 ? Math.min(told, 5 * 60_000) : 0, usual * (0.75 + Math.random() / 2));
};

async function detailOf(response: Response): Promise<string> {
  const text = await response.text().catch(() => "");
  try {
    const { detail, title } = JSON.parse(text) as { detail?: string; title?: string };
    return detail ?? title ?? "";
  } catch {
    return "";
  }
}

const causeOf = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Error ? error.cause : error;

const isRefused = (error: unknown): boolean => errorCode(causeOf(error)) === "ECONNREFUSED";

/** What went wrong on the way, in words. */
const why = (error: unknown): string => {
  const cause = causeOf(error);
  const code = errorCode(cause);
  const known: Record<string, string> = {
    ECONNREFUSED: "nothing answers there",
    ENOTFOUND: "there is no such host",
    EAI_AGAIN: "the name can't be looked up",
    ECONNRESET: "the connection broke",
    UND_ERR_SOCKET: "the connection broke",
    ETIMEDOUT: "it doesn't answer",
  };
  return known[code] ?? (cause instanceof Error ? cause.message : String(cause));
};

function refusal(origin: string, path: string, status: number, detail: string): ImportProblem {
  const said = detail === "" ? "" : ` ${detail}`;
  if (status === 401)
    return new ImportProblem("refused", `${origin} doesn't know this key.${said} Give another with --key.`);
  if (status === 403)
    return new ImportProblem("refused", `This key may not import.${said} Use one with the scope crm:write.`);
  if (status === 404 && path.startsWith("/v1/imports"))
    return new ImportProblem(
      "refused",
      `There are no imports at ${origin}: is it a Leadclock, and up to date?${said}`,
    );
  return new ImportProblem("refused", `${origin} refused it (${status}).${said}`);
}

/** Nothing listens at that address: no waiting mends a wrong port, so it is said at once, with the way out. */
const nobody = (origin: string, found: string): ImportProblem =>
  new ImportProblem(
    "nobody",
    `Nothing answers at ${origin} (${found}), so nothing was sent. Start Leadclock there (npm start), or say where it runs: --to ${isLocal(origin) ? "http://localhost:PORT" : "https://leads.acme.example"}.`,
  );

export function serverAt({ origin, key, stop, onRetry, found }: ServerOptions): Server {
  const far = !isLocal(origin);
  const once = ({ method, path, body, type }: Request): Promise<Response> =>
    fetch(`${origin}${path}`, {
      method,
      redirect: "error",
      headers: {
        authorization: `Bearer ${key}`,
        ...(type === undefined ? {} : { "content-type": type }),
        ...(far && body !== undefined && type !== "application/json" ? { "content-encoding": "gzip" } : {}),
      },
      ...(body === undefined ? {} : { body: far && type !== "application/json" ? gzipSync(body) : body }),
      signal: AbortSignal.any([stop, AbortSignal.timeout(ANSWER_MS)]),
    });
  let answered = false;
  const ask = async (request: Request): Promise<Response> => {
    for (let attempt = 0; ; attempt++) {
      let problem: string;
      let retryAfter: string | null = null;
      try {
        const response = await once(request);
        answered = true;
        if (!isPassing(response.status)) return response;
        retryAfter = response.headers.get("retry-after");
        problem = `it answered ${response.status} ${await detailOf(response)}`.trim();
      } catch (error) {
        stop.throwIfAborted();
        if (!answered && isRefused(error)) throw nobody(origin, found);
        problem = why(error);
      }
      if (attempt + 1 >= request.tries)
        throw new ImportProblem("unreachable", `${origin} can't be reached: ${problem}.`);
      const wait = waitFor(attempt, retryAfter);
      onRetry(problem, wait);
      await sleep(wait, undefined, { signal: stop });
    }
  };
  const json = async <T>(request: Request): Promise<T> => {
    const response = await ask(request);
    if (!response.ok) throw refusal(origin, request.path, response.status, await detailOf(response));
    return (await response.json()) as T;
  };
  const at = (id: string): string => `/v1/imports/${id}`;
  return {
    open: (id, body) =>
      json({
        method: "PUT",
        path: at(id),
        body: JSON.stringify(body),
        type: "application/json",
        tries: QUICK,
      }),
    async find(id) {
      const response = await ask({ method: "GET", path: at(id), tries: QUICK });
      if (response.status === 404) return null;
      if (!response.ok) throw refusal(origin, at(id), response.status, await detailOf(response));
      return (await response.json()) as ImportOnWire;
    },
    part: (path, type, body) => json({ method: "PUT", path, body, type, tries: PATIENT }),
    finish: (id, parts) =>
      json({
        method: "POST",
        path: `${at(id)}/finish`,
        body: JSON.stringify({ parts }),
        type: "application/json",
        tries: PATIENT,
      }),
    async errors(id) {
      const response = await ask({ method: "GET", path: `${at(id)}/errors`, tries: QUICK });
      if (!response.ok || response.body === null)
        throw refusal(origin, at(id), response.status, await detailOf(response));
      return response.body;
    },
  };
}
