/** What an attacker or a broken client sends, and what must hold afterwards. Requests go in as bytes, past every helper. */
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { expect, vi } from "vitest";
import type { Env } from "../../../worker/env.ts";
import worker from "../../../worker/index.ts";
import { INVARIANTS } from "../../support/invariants.ts";
import { undispatched } from "./outbox.ts";
import { testEnv } from "./workspace.ts";

export interface Raw {
  status: number;
  headers: Headers;
  text: string;
  /** The body where it is JSON, else an empty object. */
  json: Record<string, unknown>;
}

const ORIGIN = "https://leads.acme.example";
export const KEY = { authorization: "Bearer lc_test" };
export const JSON_TYPE = { "content-type": "application/json" };

const parsed = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
};

/** One request with any body, a stream of unknown length included. */
export const send = async (
  method: string,
  path: string,
  body: BodyInit | null = null,
  headers: Record<string, string> = {},
  // Nothing goes out: webhooks would look for hosts that don't exist.
  using: Env = undispatched,
): Promise<Raw> => {
  const context = createExecutionContext();
  const init: RequestInit = { method, headers, redirect: "manual", ...(body === null ? {} : { body }) };
  const response = await worker.fetch(new Request(`${ORIGIN}${path}`, init), using, context);
  const text = await response.text();
  await waitOnExecutionContext(context);
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
};

export const post = (path: string, body: unknown, headers: Record<string, string> = KEY): Promise<Raw> =>
  send("POST", path, typeof body === "string" ? body : JSON.stringify(body), { ...JSON_TYPE, ...headers });

export const FORM = "/v1/forms/demo/submissions";
let made = 0;
export const id = (): string => `hostile-${++made}`;
export const mail = (): string => `v${++made}@company${made}.example`;
/** A submission that would be taken, but for what is put into it. */
export const body = (fields: Record<string, unknown> = {}, more: object = {}) => ({
  submissionId: id(),
  fields: { email: mail(), ...fields },
  ...more,
});
export const submit = (given: unknown, headers: Record<string, string> = {}): Promise<Raw> =>
  post(FORM, given, headers);

/** A body sent in pieces without a length. */
export const chunked = (piece: string, times: number): ReadableStream<Uint8Array> => {
  const bytes = new TextEncoder().encode(piece);
  let left = times;
  return new ReadableStream({
    pull(controller) {
      if (left-- > 0) controller.enqueue(bytes);
      else controller.close();
    },
  });
};

/** A refusal that a program and a person can use: RFC 9457, a status of the client's making, words. */
export const expectProblem = (answer: Raw, status: number | readonly number[], pointer?: string): void => {
  const shown = `${answer.status} ${answer.text.slice(0, 300)}`;
  expect([status].flat(), shown).toContain(answer.status);
  expect(answer.headers.get("content-type"), shown).toBe("application/problem+json");
  expect(answer.json, shown).toMatchObject({
    type: "about:blank",
    title: expect.stringMatching(/./) as string,
    status: answer.status,
    detail: expect.stringMatching(/./) as string,
  });
  if (pointer !== undefined) {
    const errors = (answer.json["errors"] ?? []) as { pointer: string; detail: string }[];
    expect(
      errors.map((each) => each.pointer),
      shown,
    ).toContain(pointer);
  }
};

/** Either stored or refused as a client's mistake; never our own failure. */
export const expectHandled = (answer: Raw, what: string): void => {
  const shown = `${what} → ${answer.status} ${answer.text.slice(0, 300)}`;
  expect(answer.status, shown).toBeLessThan(500);
  if (answer.status < 400) return;
  const type = answer.headers.get("content-type") ?? "";
  expect(type.startsWith("application/problem+json") || type.startsWith("text/html"), shown).toBe(true);
};

const BROKEN: Record<string, string> = {
  ...INVARIANTS,
  "message about no lead":
    "SELECT id FROM outbox o WHERE lead_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM leads l WHERE l.id = o.lead_id)",
};

/** Never half a lead: whatever was sent, what is stored is whole. */
export const expectWhole = async (): Promise<void> => {
  const found = await testEnv.DB.batch<{ id: string }>(
    Object.values(BROKEN).map((query) => testEnv.DB.prepare(`${query} LIMIT 5`)),
  );
  const broken = Object.keys(BROKEN).filter((_, at) => (found[at]?.results.length ?? 0) > 0);
  expect(broken).toEqual([]);
};

/** Everything that is written to the console from now on. */
export const listen = (): { lines: () => string; stop: () => void } => {
  const spies = (["log", "info", "warn", "error", "debug"] as const).map((level) =>
    vi.spyOn(console, level).mockImplementation(() => undefined),
  );
  return {
    lines: () =>
      spies
        .flatMap((spy) => spy.mock.calls)
        .map((call) =>
          call.map((item) => (item instanceof Error ? String(item.stack) : JSON.stringify(item))).join(" "),
        )
        .join("\n"),
    stop: () => {
      for (const spy of spies) spy.mockRestore();
    },
  };
};

/** Every acknowledged answer stands in the database: nothing was only held. */
export const expectStored = async (answer: Raw): Promise<void> => {
  expect([200, 201], answer.text.slice(0, 300)).toContain(answer.status);
  const leadId = answer.json["leadId"];
  const row = await testEnv.DB.prepare("SELECT id FROM leads WHERE id = ?1").bind(leadId).first();
  expect(row, `${String(leadId)} was acknowledged but is no lead`).not.toBeNull();
};
