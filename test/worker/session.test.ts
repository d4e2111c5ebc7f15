/** What a session is worth from one request to the next. */
import { describe, expect, test, vi } from "vitest";
import type { SessionAnswer } from "../../schema/wire/access.ts";
import type { Env } from "../../worker/env.ts";
import { deactivate, get, ORIGIN, reactivate, signIn, using, whoIs } from "./support/signin.ts";
import { call, document, person, publish } from "./support/workspace.ts";

const DAY_MS = 86_400_000;

test("before the first policy it says that nobody can sign in, and no longer after it", async () => {
  expect(await whoIs("")).toMatchObject({ person: null, empty: true });
  await publish(document());
  expect(await whoIs("")).toMatchObject({ person: null, empty: false });
});

describe("a session", () => {
  test("stands for the role's scopes, whatever the role is now", async () => {
    const cookie = await signIn("ben@acme.example");
    expect((await whoIs(cookie)).scopes).not.toContain("config:read");
    expect((await get("/v1/keys", cookie)).status).toBe(403);
    await publish(
      document({
        people: [
          person("mia", { role: "manager" }),
          person("ben", { role: "admin" }),
          person("cleo"),
          person("last"),
        ],
      }),
    );
    expect((await whoIs(cookie)).person).toMatchObject({ id: "ben", role: "admin" });
    expect((await get("/v1/keys", cookie)).status).toBe(200);
    await publish(document());
    expect((await get("/v1/keys", cookie)).status).toBe(403);
  });

  test("ends at once with deactivation or removal from the document", async () => {
    const cookie = await signIn("cleo@acme.example");
    expect((await get("/v1/leads", cookie)).status).toBe(200);
    await deactivate("cleo");
    expect((await get("/v1/leads", cookie)).status).toBe(401);
    expect((await whoIs(cookie)).person).toBeNull();
    await reactivate("cleo");
    expect((await get("/v1/leads", cookie)).status).toBe(200);
    await publish(
      document({
        people: [person("mia", { role: "manager" }), person("ben"), person("last")],
        teams: [],
        routing: { rules: [], default: ["last"], defaultSla: "standard" },
      }),
    );
    expect((await get("/v1/leads", cookie)).status).toBe(401);
    await publish(document());
  });

  test("changes things only from our own pages", async () => {
    const cookie = await signIn("ben@acme.example");
    const away = (headers: Record<string, string>) =>
      call(
        "PUT",
        "/v1/people/ben/availability",
        { availability: "available" },
        { cookie, ...headers },
        using,
      );
    expect((await away({})).status).toBe(403);
    expect((await away({ origin: "https://evil.example" })).status).toBe(403);
    expect((await away({ origin: "null" })).status).toBe(403);
    expect((await away({ origin: "https://evil.example", "sec-fetch-site": "same-origin" })).status).toBe(
      403,
    );
    expect((await away({ origin: ORIGIN })).status).toBe(200);
  });

  test("isn't one with another secret, a changed cookie, or another's token", async () => {
    const cookie = await signIn("ben@acme.example");
    const [name = "", value = ""] = cookie.split("=");
    for (const wrong of [
      `${name}=x${value}`,
      `${name}=${value.slice(0, -8)}`,
      `${name}=${value.split(".")[0] ?? ""}`,
    ])
      expect((await whoIs(wrong)).person).toBeNull();
    const env = { ...using, AUTH_SECRET: "another secret of thirty-two characters" } as Env;
    expect((await get("/v1/leads", cookie, env)).status).toBe(401);
  });

  test("costs one statement", async () => {
    const cookie = await signIn("ben@acme.example");
    await whoIs(cookie);
    let statements = 0;
    const DB = new Proxy(using.DB, {
      get: (db, key) => {
        if (key === "prepare" || key === "batch") statements++;
        const value: unknown = Reflect.get(db, key);
        return typeof value === "function" ? (value.bind(db) as unknown) : value;
      },
    });
    const { callerBySession } = await import("../../worker/http/session.ts");
    const found = await callerBySession(
      { ...using, DB },
      new Request(`${ORIGIN}/v1/leads`, { headers: { cookie } }),
    );
    expect([found?.caller.id, statements]).toEqual(["ben", 1]);
  });

  test("rolls: used after a day it is renewed for seven, unused for seven it is over", async () => {
    const cookie = await signIn("ben@acme.example");
    const later = async (days: number) => {
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + days * DAY_MS });
      try {
        return await get<SessionAnswer>("/v1/session", cookie);
      } finally {
        vi.useRealTimers();
      }
    };
    expect((await get("/v1/session", cookie)).headers.getSetCookie()).toEqual([]);
    const renewed = await later(6);
    expect(renewed.headers.getSetCookie().join()).toContain("Max-Age=604800");
    expect((await later(12)).body.person?.id).toBe("ben");
    expect((await later(20)).body.person).toBeNull();
  });

  test("ends by signing out, for every copy of the cookie", async () => {
    const cookie = await signIn("ben@acme.example");
    const foreign = await call(
      "POST",
      "/api/auth/sign-out",
      {},
      { cookie, origin: "https://evil.example" },
      using,
    );
    expect(foreign.status).toBe(403);
    const out = await call("POST", "/api/auth/sign-out", {}, { cookie, origin: ORIGIN }, using);
    expect(out.status).toBe(200);
    expect(out.headers.getSetCookie().join()).toContain("Max-Age=0");
    expect((await get("/v1/leads", cookie)).status).toBe(401);
  });

  test("gives way to a key sent beside it", async () => {
    const cookie = await signIn("ben@acme.example");
    const { body } = await call<SessionAnswer>(
      "GET",
      "/v1/session",
      undefined,
      { cookie, authorization: "Bearer lc_test" },
      using,
    );
    expect(body.person).toBeNull();
    expect(body.scopes).toContain("keys:write");
  });
});
