/** Calendars fetched from a real server that answers as calendar servers do, and as they do on a bad day. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { spansFrom } from "../../../worker/domain/timeoff/spans.ts";
import { fetchFeed, type FeedPort, type Known } from "../../../worker/outbound/feed.ts";

const NOW = Date.parse("2026-11-23T10:00:00Z");
const NOTHING: Known = { etag: null, lastModified: null };
const LAST = "Sun, 22 Nov 2026 09:00:00 GMT";
const CALENDAR =
  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261201T090000Z\r\nDTEND:20261203T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const redirect =
  (to: string, status = 302): Answer =>
  (_request, response) =>
    void response.writeHead(status, { location: to }).end("moved");

/** Writes for as long as somebody reads. */
const endless: Answer = (_request, response) => {
  response.writeHead(200, { "content-type": "text/calendar" });
  const more = (): void => {
    while (!response.destroyed && response.write("X-FILLER:".padEnd(65_536, "x")));
  };
  response.on("drain", more);
  more();
};

const ANSWERS: Readonly<Record<string, Answer>> = {
  "/ben.ics": (request, response) => {
    const { "if-none-match": etag, "if-modified-since": since } = request.headers;
    const headers = { "content-type": "text/calendar", etag: 'W/"7"', "last-modified": LAST };
    if (etag === headers.etag || since === LAST) response.writeHead(304).end();
    else response.writeHead(200, headers).end(CALENDAR);
  },
  "/moved": redirect("/ben.ics", 301),
  "/twice": redirect("moved", 307),
  "/round": redirect("/round"),
  "/inside": redirect("http://169.254.169.254/latest/meta-data"),
  "/plain": redirect("http://calendars.example/ben.ics"),
  "/private": redirect("https://10.0.0.7/ben.ics"),
  "/nowhere": redirect("http://"),
  "/broken": (_request, response) => void response.writeHead(500).end("Internal Server Error"),
  "/gone": (_request, response) => void response.writeHead(404).end(),
  "/endless": endless,
  "/silent": () => undefined,
  "/halting": (_request, response) => void response.writeHead(200).write("BEGIN:VCALENDAR\r\n"),
  "/torn": (_request, response) => {
    response
      .writeHead(200, { "content-length": "1000" })
      .write("BEGIN:VCALENDAR\r\n", () => response.destroy());
  },
  "/reset": (request) => void request.socket.destroy(),
  "/page": (_request, response) =>
    void response
      .writeHead(200, { "content-type": "text/html" })
      .end("<!doctype html><title>Sign in</title>"),
  "/empty": (_request, response) => void response.writeHead(200).end(),
};

const asked: { path: string; etag: string | undefined; accept: string | undefined }[] = [];
const server = createServer((request, response) => {
  const path = request.url ?? "";
  asked.push({ path, etag: request.headers["if-none-match"], accept: request.headers.accept });
  ANSWERS[path]?.(request, response);
});
let origin = "";

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => void asked.splice(0));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const port: FeedPort = {
  get: (url, init) => fetch(url, init),
  secret: (name) => (name === "BEN_CALENDAR" ? `${origin}/ben.ics` : null),
};
const read = (path: string, known = NOTHING) => fetchFeed(port, { url: origin + path }, known);

test("what it has is read once, and then only when it has changed", async () => {
  const first = await fetchFeed(port, { secretRef: "BEN_CALENDAR" }, NOTHING);
  expect(first).toEqual({ kind: "text", text: CALENDAR, etag: 'W/"7"', lastModified: LAST });
  expect(await read("/ben.ics", { etag: 'W/"7"', lastModified: null })).toEqual({ kind: "unchanged" });
  expect(await read("/ben.ics", { etag: null, lastModified: LAST })).toEqual({ kind: "unchanged" });
  expect(await read("/ben.ics", { etag: '"6"', lastModified: null })).toMatchObject({ kind: "text" });
  expect(asked.map(({ etag }) => etag)).toEqual([undefined, 'W/"7"', undefined, '"6"']);
  expect(asked[0]?.accept).toBe("text/calendar");
});

test("redirects are followed, also relative ones", async () => {
  expect(await read("/twice")).toMatchObject({ kind: "text", text: CALENDAR });
  expect(asked.map(({ path }) => path)).toEqual(["/twice", "/moved", "/ben.ics"]);
});

test.each([
  ["/round", "it leads from one address to the next"],
  ["/inside", "the URL must be https"],
  ["/plain", "the URL must be https"],
  ["/private", "the URL points into a private network"],
  ["/nowhere", "it can't be reached"],
  ["/broken", "the server answered 500"],
  ["/gone", "the server answered 404"],
  ["/endless", "it is larger than 2 MB"],
  ["/torn", "it can't be reached"],
  ["/reset", "it can't be reached"],
])("%s fails: %s", async (path, reason) => {
  expect(await read(path)).toEqual({ kind: "failed", reason });
});

test.each(["/silent", "/halting"])("%s isn't waited for", async (path) => {
  const reason = "no answer within 0.2 s";
  const hasty = { ...port, timeoutMs: 200 };
  expect(await fetchFeed(hasty, { url: origin + path }, NOTHING)).toEqual({ kind: "failed", reason });
});

test.each(["/page", "/empty"])("%s is no calendar", async (path) => {
  const fetched = await read(path);
  const text = fetched.kind === "text" ? fetched.text : "";
  const holders = [{ personId: "ben", timezone: "UTC" }];
  expect(spansFrom(text, { id: "ben", holders }, NOW)).toMatchObject({ ok: false });
  expect(spansFrom(CALENDAR, { id: "ben", holders }, NOW)).toMatchObject({ ok: true });
});
