/** Widget and board: files packed into the Worker by `cli/build.ts`, so that no router stands in front of the API. */
import { ASSETS, type Asset } from "../../dist/assets.js";
import { HttpProblem, problemResponse } from "./problem.ts";

/** The loader's address is pasted into sites and never changes, so browsers ask again soon. */
const LOADER_CACHE = "public, max-age=300, stale-while-revalidate=86400";
const IMMUTABLE = "public, max-age=31536000, immutable";
const ASK_EACH_TIME = "no-cache";

/** Decoded once for each isolate and form. */
const decoded = new Map<string, Uint8Array>();

const bytesOf = (base64: string, key: string): Uint8Array => {
  const known = decoded.get(key);
  if (known) return known;
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  decoded.set(key, bytes);
  return bytes;
};

/** Whether brotli is named with a weight above zero. */
export const acceptsBrotli = (header: string | null): boolean =>
  (header ?? "").split(",").some((item) => {
    const [name = "", ...parameters] = item
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    return name === "br" && !parameters.some((parameter) => /^q=0(\.0{0,3})?$/.test(parameter));
  });

const matches = (header: string | null, etag: string): boolean =>
  (header ?? "").split(",").some((item) => [etag, `W/${etag}`, "*"].includes(item.trim()));

const cacheOf = (path: string, asset: Asset): string =>
  path === "/w.js" ? LOADER_CACHE : asset.immutable ? IMMUTABLE : ASK_EACH_TIME;

const send = (request: Request, path: string, asset: Asset, extra: Record<string, string>): Response => {
  const headers = new Headers({
    "content-type": asset.type,
    "cache-control": cacheOf(path, asset),
    etag: asset.etag,
    vary: "Accept-Encoding",
    "x-content-type-options": "nosniff",
    ...extra,
  });
  if (matches(request.headers.get("if-none-match"), asset.etag))
    return new Response(null, { status: 304, headers });
  const brotli = asset.br !== null && acceptsBrotli(request.headers.get("accept-encoding"));
  if (brotli) headers.set("content-encoding", "br");
  const body = bytesOf(brotli && asset.br !== null ? asset.br : asset.body, `${path} ${brotli}`);
  headers.set("content-length", String(body.byteLength));
  // "manual": it is compressed already, as well as brotli can; the platform passes it on as it is.
  return new Response(request.method === "HEAD" ? null : body, { headers, encodeBody: "manual" });
};

/** Sites of any origin load the widget; module scripts and fonts need CORS for that. */
const CORS = { "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" };

const boardPolicy = (request: Request): string => {
  const { host, protocol } = new URL(request.url);
  // Some browsers don't count a socket to the own host as 'self'.
  const socket = `${protocol === "https:" ? "wss" : "ws"}://${host}`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src 'self' ${socket}`,
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
};

const boardHeaders = (request: Request): Record<string, string> => ({
  "content-security-policy": boardPolicy(request),
  "referrer-policy": "same-origin",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
});

const missing = (what: string): Response =>
  problemResponse(
    new HttpProblem(
      503,
      `${what} is not part of this build. Build it with 'node cli/build.ts' and deploy again.`,
    ),
  );

const GATHERED = /^\/(?:w\.js$|w\/|app\/)/;

/** The answer to a request for a static file or a page of the board; null where the path is none of them. */
export const serveStatic = (request: Request): Response | null => {
  if (request.method !== "GET" && request.method !== "HEAD") return null;
  const { pathname } = new URL(request.url);
  if (pathname === "/board" || pathname.startsWith("/board/")) {
    const index = ASSETS["/board/index.html"];
    return index ? send(request, "/board/index.html", index, boardHeaders(request)) : missing("The board");
  }
  if (!GATHERED.test(pathname)) return null;
  const asset = Object.hasOwn(ASSETS, pathname) ? ASSETS[pathname] : undefined;
  if (asset) return send(request, pathname, asset, pathname.startsWith("/app/") ? {} : CORS);
  return pathname === "/w.js" ? missing("The form") : null;
};
