/** Widget and board as they are served, and the headers of every answer. */
import { describe, expect, test } from "vitest";
import { ASSETS } from "../../dist/assets.js";
import type { Env } from "../../worker/env.ts";
import { acceptsBrotli, serveStatic } from "../../worker/http/static.ts";
import { call, testEnv } from "./support/workspace.ts";

const ORIGIN = "https://leads.acme.example";
const fetchRaw = (path: string, headers: Record<string, string> = {}, method = "GET"): Response => {
  const response = serveStatic(new Request(ORIGIN + path, { method, headers }));
  if (!response) throw new Error(`nothing is served at ${path}`);
  return response;
};
const hashed = (folder: string): string => {
  const path = Object.keys(ASSETS).find((name) => name.startsWith(folder));
  if (path === undefined) throw new Error(`nothing was built in ${folder}: run node cli/build.ts`);
  return path;
};
const plain = (path: string): string =>
  new TextDecoder().decode(Uint8Array.from(atob(ASSETS[path]?.body ?? ""), (c) => c.charCodeAt(0)));

test("the loader is asked for again soon, from any site", async () => {
  const response = fetchRaw("/w.js");
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "public, max-age=300, stale-while-revalidate=86400",
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
    "x-content-type-options": "nosniff",
    vary: "Accept-Encoding",
  });
  expect(await response.text()).toBe(plain("/w.js"));
});

test("files with a hash in their name are kept for ever; the widget's from any site, the board's only from here", () => {
  const widget = fetchRaw(hashed("/w/"));
  const board = fetchRaw(hashed("/app/"));
  for (const { headers } of [widget, board])
    expect(headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(widget.headers.get("access-control-allow-origin")).toBe("*");
  expect(board.headers.get("access-control-allow-origin")).toBeNull();
});

test("brotli goes out where it is taken, as it was packed", async () => {
  const response = fetchRaw("/w.js", { "accept-encoding": "gzip, br" });
  expect(response.headers.get("content-encoding")).toBe("br");
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect(btoa(String.fromCharCode(...bytes))).toBe(ASSETS["/w.js"]?.br);
  expect(response.headers.get("content-length")).toBe(String(bytes.length));
});

test.each([
  ["gzip, deflate, br", true],
  ["br;q=0.5", true],
  ["BR", true],
  ["gzip", false],
  ["br;q=0", false],
  ["br; q=0.000, gzip", false],
  ["brotli", false],
  [null, false],
])("Accept-Encoding %j: %s", (header, expected) => {
  expect(acceptsBrotli(header)).toBe(expected);
});

test("what hasn't changed isn't sent again; HEAD sends the headers alone", async () => {
  const first = fetchRaw("/w.js");
  const etag = first.headers.get("etag") ?? "";
  for (const sent of [etag, `W/${etag}`, `"other", ${etag}`, "*"])
    expect(fetchRaw("/w.js", { "if-none-match": sent }).status).toBe(304);
  expect(fetchRaw("/w.js", { "if-none-match": '"other"' }).status).toBe(200);
  const head = fetchRaw("/w.js", {}, "HEAD");
  expect(await head.text()).toBe("");
  expect(head.headers.get("content-length")).toBe(first.headers.get("content-length"));
});

test("every page of the board is the board, under a strict policy", async () => {
  for (const path of ["/board", "/board/", "/board/leads/abc", "/board/config"]) {
    const { status, headers, body } = await call<{ text: string }>("GET", path, undefined, {});
    expect(status).toBe(200);
    expect(body.text).toBe(plain("/board/index.html"));
    expect(headers.get("cache-control")).toBe("no-cache");
    expect(headers.get("content-security-policy")).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' wss://leads.acme.example; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
  }
});

test("nothing else is served: no inherited names, no other folders, no writing", async () => {
  for (const path of [
    "/w/constructor",
    "/app/",
    "/w/../board/index.html",
    "/boards",
    "/assets.js",
    "/app/../../secret",
  ])
    expect([path, (await call("GET", path, undefined, {})).status]).toEqual([
      path,
      path.includes("board/index") ? 200 : 404,
    ]);
  expect((await call("POST", "/w.js", {}, {})).status).toBe(404);
});

describe("every answer", () => {
  test.each(["/", "/docs", "/w.js", "/board", "/v1/session", "/v1/leads", "/nothing", "/receipt/none"])(
    "%s carries the security headers",
    async (path) => {
      const { headers } = await call("GET", path, undefined, {});
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toMatch(/^(same-origin|no-referrer)$/);
      expect(headers.get("strict-transport-security")).toBe("max-age=31536000");
    },
  );
});

test("the front door leads to the board; on one machine it shows what there is", async () => {
  const away = await call("GET", "/", undefined, {});
  expect([away.status, away.headers.get("location")]).toEqual([302, "/board"]);
  const env = { ...testEnv, LOCAL: { fetch: () => new Response() } } as unknown as Env;
  const home = await call<{ text: string }>("GET", "/", undefined, {}, env);
  for (const path of ["/demo", "/board", "/inbox", "/docs"])
    expect(home.body.text).toContain(`href="${path}"`);
});
