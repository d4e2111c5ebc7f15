/**
 * Webhooks, signed as Standard Webhooks has it (v1, HMAC-SHA256) by the standard's own library. Receivers deduplicate by
 * `webhook-id`, the same for every attempt.
 */
import { Webhook } from "standardwebhooks";
import { TIMEOUT_MS, type Channel, type Delivery, type Hook } from "./channel.ts";
import { targetOf } from "./target.ts";
import { errorText, headerSafe } from "./text.ts";

export interface Post {
  (
    url: URL,
    init: {
      method: "POST";
      headers: Record<string, string>;
      body: string;
      redirect: "manual";
      signal: AbortSignal;
    },
  ): Promise<Response>;
}

export interface WebhookPorts {
  post: Post;
  /** The value of a secret by its name; null when it isn't set. */
  secret(name: string): string | null;
  /** Epoch milliseconds. */
  now(): number;
  timeoutMs?: number;
}

export const signedHeaders = (
  secret: string,
  id: string,
  at: number,
  body: string,
): Record<string, string> => ({
  "webhook-id": id,
  "webhook-timestamp": String(Math.floor(at / 1000)),
  "webhook-signature": new Webhook(secret).sign(id, new Date(at), body),
});

/** `Retry-After` in milliseconds: seconds or a date; nothing when it says neither. */
export const retryAfter = (value: string | null, now: number): number | undefined => {
  if (value === null) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
};

const READ_MAX = 1024;

/** The first kilobyte of an answer: enough to see what a receiver complains about. The rest is never read. */
const excerpt = async (response: Response): Promise<string> => {
  const reader = (response.body as ReadableStream<Uint8Array> | null)?.getReader();
  if (!reader) return "";
  let text = "";
  const decoder = new TextDecoder();
  try {
    while (text.length < READ_MAX) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  return text.slice(0, READ_MAX);
};

/** Statuses by which a receiver says that it, not this message, is the trouble. */
const isDown = (status: number): boolean => status === 408 || status === 429 || status >= 500;

const judge = async (response: Response, now: number): Promise<Delivery> => {
  const { status } = response;
  if (response.ok) {
    await response.body?.cancel().catch(() => undefined);
    return { ok: true };
  }
  const said = errorText(await excerpt(response).catch(() => "")).slice(0, 200);
  const error = `webhook: HTTP ${status}${said === "" ? "" : `: ${said}`}`;
  if (status === 410) return { ok: false, retry: false, error };
  const asked =
    status === 429 || status === 503 ? retryAfter(response.headers.get("retry-after"), now) : undefined;
  return {
    ok: false,
    retry: true,
    error,
    ...(asked === undefined ? {} : { retryAfterMs: asked }),
    ...(isDown(status) ? { down: true } : {}),
  };
};

const failed = (error: unknown, timeoutMs: number): Delivery => {
  const name = error instanceof Error ? error.name : "";
  const slow = name === "TimeoutError" || name === "AbortError";
  const said = slow
    ? `no answer within ${timeoutMs / 1000} s`
    : errorText(error instanceof Error ? error.message : "failed");
  return { ok: false, retry: true, error: `webhook: ${said}`, down: true };
};

type Signed = { ok: true; headers: Record<string, string> } | { ok: false; error: string };

const sign = (hook: Hook, ports: WebhookPorts): Signed => {
  const name = hook.secretRef;
  // Configured without a secret: sent unsigned, as the document says.
  if (name === null)
    return {
      ok: true,
      headers: {
        "webhook-id": headerSafe(hook.id),
        "webhook-timestamp": String(Math.floor(ports.now() / 1000)),
      },
    };
  const secret = ports.secret(name);
  if (secret === null) return { ok: false, error: `webhook: the secret ${name} is not set` };
  try {
    return { ok: true, headers: signedHeaders(secret, headerSafe(hook.id), ports.now(), hook.body) };
  } catch {
    return { ok: false, error: `webhook: the secret ${name} is not base64 after whsec_` };
  }
};

export const webhookChannel = (ports: WebhookPorts): Channel<Hook> => ({
  deliver: async (hook) => {
    const timeoutMs = ports.timeoutMs ?? TIMEOUT_MS;
    const target = targetOf(hook.url);
    if (!target.ok) return { ok: false, retry: false, error: `webhook: ${target.reason}` };
    const signed = sign(hook, ports);
    if (!signed.ok) return { ok: false, retry: true, error: signed.error, down: true };
    try {
      const response = await ports.post(target.url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "user-agent": "Leadclock/1 (webhooks)",
          ...signed.headers,
        },
        body: hook.body,
        // A redirect is an answer other than 2xx: following it could lead anywhere, signature and all.
        redirect: "manual",
        signal: AbortSignal.timeout(timeoutMs),
      });
      return await judge(response, ports.now());
    } catch (error) {
      return failed(error, timeoutMs);
    }
  },
});
