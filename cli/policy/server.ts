/** Calls to a Leadclock about its policy. */
import type { Reach } from "../host/reach.ts";
import { isRefused, nobodyAt, unreached, whyUnanswered } from "../host/unanswered.ts";

/** Told in one line; the command ends with 2. */
export class CannotRun extends Error {
  override readonly name = "CannotRun";
}

export interface PolicyAnswer {
  status: number;
  body: unknown;
}

export interface PolicyServer {
  verify(document: unknown): Promise<PolicyAnswer>;
  publish(document: unknown, note: string | null, version: number | null): Promise<PolicyAnswer>;
  read(): Promise<PolicyAnswer>;
  /** Begins a back-test. */
  backtest(question: object): Promise<PolicyAnswer>;
  backtestNow(id: string): Promise<PolicyAnswer>;
  /** Leads that would have gone otherwise, as CSV. */
  backtestCsv(id: string): Promise<string>;
  cancelBacktest(id: string): Promise<PolicyAnswer>;
}

const TIMEOUT_MS = 120_000;

export function policyServer(reach: Reach & { key: string }): PolicyServer {
  const { origin, found, key } = reach;
  const there = `${origin} (${found})`;
  const ask = async (method: string, path: string, body?: unknown, more: Record<string, string> = {}) => {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json", ...more };
    const response = await fetch(`${origin}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: unknown) => {
      throw new CannotRun(isRefused(error) ? nobodyAt(reach) : unreached(reach, whyUnanswered(error)));
    });
    if (response.status === 401 || response.status === 403)
      throw new CannotRun(`${there} refuses the API key (${response.status}).`);
    return response;
  };
  const call = async (...request: Parameters<typeof ask>): Promise<PolicyAnswer> => {
    const response = await ask(...request);
    const text = await response.text();
    let answer: unknown = null;
    try {
      answer = JSON.parse(text);
    } catch {
      throw new CannotRun(`${there} answered ${response.status} and no JSON: is Leadclock there?`);
    }
    return { status: response.status, body: answer };
  };
  return {
    verify: (document) => call("PUT", "/v1/config?dryRun=1", document),
    publish: (document, note, version) =>
      call(
        "PUT",
        `/v1/config${note === null ? "" : `?note=${encodeURIComponent(note)}`}`,
        document,
        version === null ? {} : { "if-match": `"v${version}"` },
      ),
    read: () => call("GET", "/v1/config"),
    backtest: (question) => call("POST", "/v1/backtests", question),
    backtestNow: (id) => call("GET", `/v1/backtests/${id}`),
    backtestCsv: async (id) => {
      const response = await ask("GET", `/v1/backtests/${id}/leads?change=any&format=csv`);
      if (response.ok) return response.text();
      throw new CannotRun(`${origin} answered ${response.status} when asked for the leads as CSV.`);
    },
    cancelBacktest: (id) => call("POST", `/v1/backtests/${id}/cancel`),
  };
}
