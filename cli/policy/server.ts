/** Calls to a Leadclock about its policy. */

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
}

const TIMEOUT_MS = 120_000;

export function policyServer({ origin, key }: { origin: string; key: string }): PolicyServer {
  const call = async (method: string, path: string, body?: unknown, more: Record<string, string> = {}) => {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json", ...more };
    const response = await fetch(`${origin}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new CannotRun(`${origin} can't be reached: ${why}`);
    });
    const text = await response.text();
    let answer: unknown = null;
    try {
      answer = JSON.parse(text);
    } catch {
      throw new CannotRun(`${origin} answered ${response.status} and no JSON: is Leadclock there?`);
    }
    if (response.status === 401 || response.status === 403)
      throw new CannotRun(`${origin} refuses the API key (${response.status}).`);
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
  };
}
