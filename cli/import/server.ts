/** Calls to a Leadclock, local or deployed, tried again while that may help. */
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type { UpsertAnswer } from "../../schema/wire/crm.ts";
import type { ImportOnWire } from "../../schema/wire/imports.ts";
import { isLocal, type Reach } from "../host/reach.ts";
import { isRefused, nobodyAt, unreached, whyUnanswered } from "../host/unanswered.ts";
import { ImportProblem } from "./problem.ts";

export interface Server {
  open(id: string, body: object): Promise<ImportOnWire>;
  find(id: string): Promise<ImportOnWire | null>;
  part(path: string, type: string, body: string): Promise<UpsertAnswer>;
  finish(id: string, parts: number): Promise<ImportOnWire>;
  errors(id: string): Promise<ReadableStream<Uint8Array>>;
}

export interface ServerOptions extends Reach {
  key: string;
  stop: AbortSignal;
  /** Told before a part leaves; it may be in though nobody heard so. */
  onPart: () => void;
  /** Told before each wait. */
  onRetry: (why: string, waitMs: number) => void;
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

export function serverAt(options: ServerOptions): Server {
  const { origin, key, stop, onPart, onRetry } = options;
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
        if (!answered && isRefused(error)) throw new ImportProblem("unreachable", nobodyAt(options));
        problem = whyUnanswered(error);
      }
      if (attempt + 1 >= request.tries) throw new ImportProblem("unreachable", unreached(options, problem));
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
    part(path, type, body) {
      onPart();
      return json({ method: "PUT", path, body, type, tries: PATIENT });
    },
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
