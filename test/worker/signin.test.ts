/** Signing in by a one-time link: who gets one, where it leads, how long and how often it works. */
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { Env } from "../../worker/env.ts";
import {
  ask,
  cookieOf,
  deactivate,
  get,
  linksTo,
  openNewest,
  ORIGIN,
  pathOf,
  reactivate,
  using,
  whoIs,
} from "./support/signin.ts";
import { call, document, publish, testEnv } from "./support/workspace.ts";

beforeAll(async () => {
  await publish(document());
});

describe("asking for a link", () => {
  test("is answered alike whether or not the address is known; only the known one gets mail", async () => {
    const known = await ask("BEN@acme.example");
    const unknown = await ask("nobody@acme.example");
    expect(known.status).toBe(200);
    expect([unknown.status, unknown.body]).toEqual([known.status, known.body]);
    expect([...unknown.headers]).toEqual([...known.headers]);
    expect(await linksTo("ben@acme.example")).toHaveLength(1);
    expect(await linksTo("nobody@acme.example")).toEqual([]);
  });

  test("writes the mail for the origin it was asked at, with name and path", async () => {
    await ask("cleo@acme.example", { callbackURL: "/board/leads?status=open" });
    const url = new URL((await linksTo("cleo@acme.example")).at(-1) ?? "");
    expect(url.origin).toBe(ORIGIN);
    expect(url.searchParams.get("callbackURL")).toBe("/board/leads?status=open");
  });

  test("keeps no link readable in the tables of the library", async () => {
    await ask("cleo@acme.example");
    const token = new URL((await linksTo("cleo@acme.example")).at(-1) ?? "").pathname.split("/").at(-1) ?? "";
    const { results } = await testEnv.DB.prepare("SELECT * FROM auth_verifications").all();
    expect(results.length).toBeGreaterThan(0);
    expect(JSON.stringify(results)).not.toContain(token);
  });

  test.each([
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "board",
    "javascript:alert(1)",
  ])("refuses to lead to %j", async (callbackURL) => {
    const { status, body } = await ask("ben@acme.example", { callbackURL });
    expect(status).toBe(422);
    expect(body).toMatchObject({ errors: [{ pointer: "/callbackURL" }] });
  });

  test("refuses what is no address, and foreign pages", async () => {
    expect((await ask("ben")).body).toMatchObject({ status: 422, errors: [{ pointer: "/email" }] });
    expect((await ask("ben@acme.example", {}, { origin: "https://evil.example" })).status).toBe(403);
  });

  test("says clearly what is missing where nobody can sign in", async () => {
    const { status, body } = await ask("ben@acme.example", {}, {}, { ...testEnv, AUTH_SECRET: "" });
    expect(status).toBe(503);
    expect(body["detail"]).toContain("AUTH_SECRET");
  });

  test("is limited by the asker's address, and by mailbox", async () => {
    const keys: string[] = [];
    const refusing = {
      limit: ({ key }: { key: string }) => Promise.resolve({ success: keys.push(key) < 2 }),
    };
    const env = { ...using, LEADCLOCK_RATE_LIMIT: "on", SUBMISSION_LIMIT: refusing } as unknown as Env;
    const from = { "cf-connecting-ip": "192.0.2.7" };
    expect((await ask("mia@acme.example", {}, from, env)).status).toBe(200);
    const second = await ask("mia@acme.example", {}, from, env);
    expect([second.status, second.headers.get("retry-after")]).toEqual([429, "60"]);
    expect(keys).toEqual(["signin:192.0.2.7", "signin:192.0.2.7"]);
    const open = {
      ...env,
      SUBMISSION_LIMIT: { limit: () => Promise.resolve({ success: true }) },
    } as unknown as Env;
    for (let i = 0; i < 12; i++) expect((await ask("last@acme.example", {}, from, open)).status).toBe(200);
    expect(await linksTo("last@acme.example")).toHaveLength(10);
  });
});

describe("a link", () => {
  test("signs in once: the cookie is closed to scripts, the second use leads back with a reason", async () => {
    await ask("ben@acme.example", { callbackURL: "/board/leads", errorCallbackURL: "/board/signin" });
    const url = pathOf((await linksTo("ben@acme.example")).at(-1) ?? "");
    const opened = await get(url, "leadclock.asked=1");
    const verify = opened.headers.get("location") ?? "";
    const used = await get(verify);
    expect([used.status, used.headers.get("location")]).toEqual([302, `${ORIGIN}/board/leads`]);
    const [cookie = ""] = used.headers.getSetCookie();
    for (const part of [
      "__Secure-leadclock.session_token=",
      "HttpOnly",
      "Secure",
      "SameSite=Lax",
      "Path=/",
      "Max-Age=604800",
    ])
      expect(cookie).toContain(part);
    expect((await whoIs(cookieOf(used.headers))).person).toMatchObject({
      id: "ben",
      role: "rep",
      email: "ben@acme.example",
    });
    const again = await get(verify);
    expect(again.headers.get("location")).toBe(`${ORIGIN}/board/signin?error=INVALID_TOKEN`);
    expect(again.headers.getSetCookie()).toEqual([]);
  });

  test("opened elsewhere (a scanner, another device) asks first and is not used up", async () => {
    await ask("ben@acme.example");
    const url = pathOf((await linksTo("ben@acme.example")).at(-1) ?? "");
    const opened = await get<{ text: string }>(url);
    expect(opened.status).toBe(200);
    expect(opened.body.text).toContain("<button>Sign in</button>");
    expect(opened.headers.get("referrer-policy")).toBe("no-referrer");
    expect((await openNewest("ben@acme.example")).headers.getSetCookie()).toHaveLength(1);
  });

  test("is over after ten minutes", async () => {
    await ask("ben@acme.example");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 10 * 60_000 + 1000 });
    try {
      expect((await openNewest("ben@acme.example")).headers.getSetCookie()).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });

  test("of somebody deactivated meanwhile signs nobody in", async () => {
    await ask("cleo@acme.example");
    await deactivate("cleo");
    const used = await openNewest("cleo@acme.example");
    expect(used.headers.getSetCookie()).toEqual([]);
    await reactivate("cleo");
  });

  test("works on plain http and on any loopback name, without Secure", async () => {
    for (const origin of ["http://localhost:8801", "http://127.0.0.1:8801"]) {
      const env = {
        ...using,
        PUBLIC_ORIGIN: "http://localhost:8801",
        LOCAL: { fetch: () => new Response() },
      } as unknown as Env;
      const { default: worker } = await import("../../worker/index.ts");
      const { createExecutionContext, waitOnExecutionContext } = await import("cloudflare:test");
      const send = async (path: string, init: RequestInit = {}) => {
        const context = createExecutionContext();
        const response = await worker.fetch(
          new Request(origin + path, { redirect: "manual", ...init }),
          env,
          context,
        );
        await waitOnExecutionContext(context);
        return response;
      };
      const body = JSON.stringify({ email: "mia@acme.example" });
      await send("/api/auth/sign-in/magic-link", {
        method: "POST",
        headers: { origin, "content-type": "application/json" },
        body,
      });
      const url = (await linksTo("mia@acme.example")).at(-1) ?? "";
      expect(new URL(url).origin).toBe(origin);
      const opened = await send(pathOf(url));
      const used = await send(opened.headers.get("location") ?? "");
      expect(used.headers.get("location")).toBe(`${origin}/board`);
      const [cookie = ""] = used.headers.getSetCookie();
      expect(cookie).toMatch(/^leadclock\.session_token=/);
      expect(cookie).not.toContain("Secure");
      const session = await send("/v1/session", { headers: { cookie: cookieOf(used.headers) } });
      expect(await session.json()).toMatchObject({ person: { id: "mia" }, local: true });
    }
  });
});

test("of the library's own routes only those that are documented answer", async () => {
  for (const path of [
    "/api/auth/update-user",
    "/api/auth/sign-up/email",
    "/api/auth/sign-in/email",
    "/api/auth/delete-user",
  ])
    expect((await call("POST", path, {}, { origin: ORIGIN }, using)).status).toBe(404);
});
