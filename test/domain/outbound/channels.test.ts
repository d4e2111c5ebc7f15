/** The channels against receivers that behave, and those that don't. */
import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { waitAfter, WAITS_MS } from "../../../worker/outbound/backoff.ts";
import type { Delivery, Hook, Mail } from "../../../worker/outbound/channel.ts";
import { emailChannel, type Mailer } from "../../../worker/outbound/email.ts";
import { targetOf } from "../../../worker/outbound/target.ts";
import {
  retryAfter,
  signedHeaders,
  webhookChannel,
  type WebhookPorts,
} from "../../../worker/outbound/webhook.ts";
import { composeMail } from "../../../worker/outbound/compose.ts";
import { NOW, owed, scene } from "./scenes.ts";

const KEY = Buffer.from("leadclock test key, 32 bytes ok!");
const SECRET = `whsec_${KEY.toString("base64")}`;

describe("signatures (Standard Webhooks)", () => {
  test.each([
    ["msg_1", 1_700_000_000_123, "{}", "1700000000"],
    ["ld_0a.1.event.notification:ops", 1_700_000_000_999, '{"type":"lead.assigned"}', "1700000000"],
    ["msg_ü", 0, "grüße 👋", "0"],
    ["msg_2", 1_614_265_330_000, "x".repeat(100_000), "1614265330"],
  ])("%s", (id, at, body, timestamp) => {
    const expected = createHmac("sha256", KEY).update(`${id}.${timestamp}.${body}`).digest("base64");
    expect(signedHeaders(SECRET, id, at, body)).toEqual({
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": `v1,${expected}`,
    });
  });

  test("the prefix is not part of the key", () => {
    expect(signedHeaders(SECRET, "m", NOW, "{}")).toEqual(
      signedHeaders(KEY.toString("base64"), "m", NOW, "{}"),
    );
  });
});

describe("where a webhook may go", () => {
  test.each([
    "https://hooks.acme.example/x?y=1",
    "https://8.8.8.8/x",
    "http://localhost:8787/local/hooks/ops",
    "http://127.0.0.1/x",
    "http://[::1]:9/x",
    "http://app.localhost/x",
    "https://[2606:4700::1111]/x",
    "https://172.15.0.1/",
    "https://100.128.0.1/",
  ])("%s", (url) => expect(targetOf(url).ok).toBe(true));

  test.each([
    ["", "read"],
    ["not a url", "read"],
    ["http://hooks.acme.example/x", "https"],
    ["ftp://hooks.acme.example/x", "https"],
    ["file:///etc/passwd", "https"],
    ["https://user:pass@hooks.acme.example/", "password"],
    ["https://10.0.0.1/", "private"],
    ["https://192.168.1.1/", "private"],
    ["https://172.31.255.255/", "private"],
    ["https://169.254.169.254/latest/meta-data", "private"],
    ["https://100.64.0.1/", "private"],
    ["https://0.0.0.0/", "private"],
    ["https://0x0a000001/", "private"],
    ["https://167772161/", "private"],
    ["https://0300.0250.1.1/", "private"],
    ["https://10.0.0.1./", "private"],
    ["https://[fd00::1]/", "private"],
    ["https://[fe80::1]/", "private"],
    ["https://[::ffff:10.0.0.1]/", "private"],
    ["https://[::]/", "private"],
    ["http://127.0.0.1.evil.example/", "https"],
    ["http://localhost.evil.example/", "https"],
  ])("not %s", (url, why) => {
    const target = targetOf(url);
    expect(target.ok ? "" : target.reason).toContain(why);
  });
});

describe("waiting", () => {
  test("grows to about a day in all, within a fifth of the table, and then gives up", () => {
    for (const [index, wait] of WAITS_MS.entries())
      for (const id of ["a", "b", "ld_1.1.event.x"]) {
        const waited = waitAfter(id, index + 1)!;
        expect(waited).toBeGreaterThanOrEqual(wait * 0.8);
        expect(waited).toBeLessThanOrEqual(wait * 1.2);
        expect(waitAfter(id, index + 1)).toBe(waited);
      }
    expect(waitAfter("a", WAITS_MS.length + 1)).toBeNull();
    const total = WAITS_MS.reduce((sum, wait) => sum + wait, 0) / 3_600_000;
    expect(total).toBeGreaterThan(20);
    expect(total).toBeLessThan(26);
  });

  test("spreads what failed together", () => {
    const waits = new Set(Array.from({ length: 100 }, (_, index) => waitAfter(`m${index}`, 3)));
    expect(waits.size).toBeGreaterThan(90);
  });

  test("keeps what the receiver asks for, up to a day", () => {
    expect(waitAfter("a", 1, 90_000)).toBe(90_000);
    expect(waitAfter("a", 1, 10 ** 12)).toBe(86_400_000);
  });

  test.each([
    ["120", 120_000],
    [" 0 ", 0],
    [new Date(NOW + 60_000).toUTCString(), 60_000],
    [new Date(NOW - 60_000).toUTCString(), 0],
    ["soon", undefined],
    [null, undefined],
  ])("Retry-After: %s", (value, expected) => {
    expect(retryAfter(value, NOW)).toBe(expected);
  });
});

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** A real receiver on this machine. */
const receiver = async (
  answer: Answer,
): Promise<{ url: string; seen: { headers: IncomingMessage["headers"]; body: string }[] }> => {
  const seen: { headers: IncomingMessage["headers"]; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on("end", () => {
      seen.push({ headers: request.headers, body });
      answer(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, seen };
};

const hook = (url: string, more: Partial<Hook> = {}): Hook => ({
  id: "ld_1.1.event.notification:ops",
  url,
  secretRef: "OPS_WEBHOOK_SECRET",
  body: '{"type":"lead.assigned"}',
  ...more,
});

const ports = (more: Partial<WebhookPorts> = {}): WebhookPorts => ({
  post: (url, init) => fetch(url, init),
  secret: (name) => (name === "OPS_WEBHOOK_SECRET" ? SECRET : null),
  now: () => NOW,
  ...more,
});

const send = (message: Hook, more: Partial<WebhookPorts> = {}): Promise<Delivery> =>
  webhookChannel(ports(more)).deliver(message);

describe("a webhook", () => {
  test("is posted once, signed, as JSON", async () => {
    const { url, seen } = await receiver((_, response) => response.writeHead(204).end());
    expect(await send(hook(url))).toEqual({ ok: true });
    expect(seen).toHaveLength(1);
    expect(seen[0]?.body).toBe('{"type":"lead.assigned"}');
    expect(seen[0]?.headers).toMatchObject({
      "content-type": "application/json",
      ...signedHeaders(SECRET, "ld_1.1.event.notification:ops", NOW, '{"type":"lead.assigned"}'),
    });
  });

  test.each<[number, Record<string, string>, Partial<Extract<Delivery, { ok: false }>>]>([
    [200, {}, {}],
    [202, {}, {}],
    [301, { location: "http://127.0.0.1:9/" }, { retry: true }],
    [400, {}, { retry: true }],
    [401, {}, { retry: true }],
    [404, {}, { retry: true }],
    [410, {}, { retry: false }],
    [429, { "retry-after": "30" }, { retry: true, retryAfterMs: 30_000, down: true }],
    [500, { "retry-after": "30" }, { retry: true, down: true }],
    [503, { "retry-after": "7" }, { retry: true, retryAfterMs: 7_000, down: true }],
  ])("answered with %i %o", async (status, headers, expected) => {
    const { url, seen } = await receiver((_, response) =>
      response.writeHead(status, headers).end("no: ask jo@evil.example"),
    );
    const delivery = await send(hook(url));
    if (status < 300) expect(delivery).toEqual({ ok: true });
    else {
      expect(delivery).toEqual({ ok: false, error: expect.stringContaining(`HTTP ${status}`), ...expected });
      expect(JSON.stringify(delivery)).not.toContain("jo@evil");
    }
    expect(seen).toHaveLength(1);
  });

  test("to a receiver that hangs is given up in time", async () => {
    const { url } = await receiver(() => undefined);
    const started = performance.now();
    const delivery = await send(hook(url), { timeoutMs: 200 });
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(delivery).toMatchObject({
      ok: false,
      retry: true,
      down: true,
      error: "webhook: no answer within 0.2 s",
    });
  });

  test("reads at most a kilobyte of a refusal, however much comes", async () => {
    let written = 0;
    const { url } = await receiver((_, response) => {
      response.writeHead(500);
      const more = (): void => {
        while (written < 200_000_000 && !response.destroyed) {
          written += 65_536;
          if (!response.write("x".repeat(65_536))) return void response.once("drain", more);
        }
      };
      more();
    });
    const delivery = await send(hook(url));
    expect(delivery.ok ? "" : delivery.error.length).toBeLessThan(400);
    expect(written).toBeLessThan(100_000_000);
  });

  test("to a receiver that isn't there is retried", async () => {
    expect(await send(hook("http://127.0.0.1:9/"))).toMatchObject({ ok: false, retry: true, down: true });
  });

  test("whose secret isn't set names it, and nothing is posted", async () => {
    const { url, seen } = await receiver((_, response) => response.end());
    expect(await send(hook(url, { secretRef: "OTHER_SECRET" }))).toMatchObject({
      ok: false,
      retry: true,
      error: "webhook: the secret OTHER_SECRET is not set",
    });
    expect(await send(hook(url), { secret: () => "whsec_%%%" })).toMatchObject({ ok: false, retry: true });
    expect(seen).toHaveLength(0);
  });

  test("into a private network is never posted", async () => {
    let posted = 0;
    const post = (): Promise<Response> => Promise.resolve(new Response(String(posted++)));
    expect(await send(hook("https://169.254.169.254/latest"), { post })).toMatchObject({
      ok: false,
      retry: false,
    });
    expect(await send(hook("http://hooks.acme.example/"), { post })).toMatchObject({
      ok: false,
      retry: false,
    });
    expect(posted).toBe(0);
  });
});

describe("a mail", () => {
  const mail = (): Mail =>
    composeMail(scene(owed("lead.assigned", "owner")), [
      { name: "Ben", email: "ben@acme.example", zone: "UTC" },
    ]);
  const refusing = (error: unknown): Mailer => ({
    send: async () => {
      throw error as Error;
    },
  });

  test.each<[unknown, Partial<Extract<Delivery, { ok: false }>>]>([
    [
      Object.assign(new Error("no"), { code: "E_RECIPIENT_SUPPRESSED" }),
      { retry: false, error: "mail: E_RECIPIENT_SUPPRESSED" },
    ],
    [
      new Error("E_VALIDATION_ERROR: 'jo@evil.example' is not a valid address."),
      { retry: false, error: "mail: E_VALIDATION_ERROR" },
    ],
    [new Error("E_HEADER_VALUE_INVALID: x"), { retry: false }],
    [new Error("E_RATE_LIMIT_EXCEEDED"), { retry: true, down: true }],
    [new Error("E_DAILY_LIMIT_EXCEEDED"), { retry: true, down: true, retryAfterMs: 3_600_000 }],
    [new Error("E_SENDER_NOT_VERIFIED"), { retry: true, down: true }],
    [new Error("E_DELIVERY_FAILED"), { retry: true }],
    [
      new Error("Network connection lost to jo@evil.example"),
      { retry: true, down: true, error: "mail: Network connection lost to (address)" },
    ],
    ["nonsense", { retry: true }],
  ])("refused with %s", async (error, expected) => {
    expect(await emailChannel(refusing(error)).deliver(mail())).toMatchObject({ ok: false, ...expected });
  });

  test("is handed over whole", async () => {
    const sent: unknown[] = [];
    const mailer: Mailer = { send: (message) => Promise.resolve(void sent.push(message)) };
    expect(await emailChannel(mailer).deliver(mail())).toEqual({ ok: true });
    expect(sent).toEqual([
      expect.objectContaining({
        from: { email: "leads@acme.example", name: "Leadclock" },
        to: [{ email: "ben@acme.example", name: "Ben" }],
        headers: {
          "Auto-Submitted": "auto-generated",
          "X-Leadclock-Message-Id": "ld_1.2.lead.assigned.owner",
        },
      }),
    ]);
  });

  test("that the provider never answers fails in time", async () => {
    const silent: Mailer = { send: () => new Promise(() => undefined) };
    expect(await emailChannel(silent, 50).deliver(mail())).toMatchObject({
      ok: false,
      retry: true,
      down: true,
    });
  });

  test("without a sender waits for one", async () => {
    const unsent = { ...mail(), from: null };
    expect(await emailChannel(refusing(null)).deliver(unsent)).toMatchObject({
      ok: false,
      retry: true,
      error: expect.stringContaining("MAIL_FROM"),
    });
  });
});
