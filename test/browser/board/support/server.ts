/** Serves the built board under the policy it is shipped with, and the fake API with its live socket. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { buildBoard } from "../../../../board/build.ts";
import type { BoardMessage } from "../../../../schema/wire/board.ts";
import type { FakeApi } from "./api.ts";
import { acceptSocket, type Peer } from "./socket.ts";

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const TYPES: Record<string, string> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

export interface BoardServer {
  origin: string;
  api: FakeApi;
  /** Turned off, sockets are refused; those that are open stay until dropped. */
  sockets: boolean;
  say(message: BoardMessage): void;
  dropSockets(): void;
  peers(): number;
  close(): Promise<void>;
}

/** Builds into a folder of its own, once per test file. */
export async function buildOnce(): Promise<{ dir: string; remove: () => Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), "leadclock-board-"));
  await buildBoard(dir);
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}

export async function serveBoard(dir: string, api: FakeApi): Promise<BoardServer> {
  const peers = new Set<Peer>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    if (/^\/(v1|api)\//.test(url.pathname)) {
      void api.handle(request, response, url);
      return;
    }
    const file = /^\/board(\/|$)/.test(url.pathname) ? "board/index.html" : url.pathname.slice(1);
    void sendFile(response, dir, file);
  });
  const live: BoardServer = {
    origin: "",
    api,
    sockets: true,
    say: (message) => peers.forEach((peer) => peer.send(JSON.stringify(message))),
    dropSockets: () => peers.forEach((peer) => peer.drop()),
    peers: () => peers.size,
    close: () => closeServer(server, peers),
  };
  server.on("upgrade", (request, stream) => {
    if (!live.sockets || api.me === null || request.url !== "/v1/board/live") {
      stream.destroy();
      return;
    }
    const peer = acceptSocket(request, stream, () => peers.delete(peer));
    peers.add(peer);
    peer.send(
      JSON.stringify({ type: "hello", at: new Date(api.now()).toISOString() } satisfies BoardMessage),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  live.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return live;
}

async function sendFile(response: ServerResponse, dir: string, file: string): Promise<void> {
  const body = await readFile(join(dir, file)).catch(() => null);
  if (body === null) return void response.writeHead(404).end();
  const type = TYPES[extname(file)] ?? "text/html; charset=utf-8";
  response.writeHead(200, { "content-type": type, "content-security-policy": POLICY });
  response.end(body);
}

function closeServer(server: Server, peers: Set<Peer>): Promise<void> {
  peers.forEach((peer) => peer.drop());
  server.closeAllConnections();
  return new Promise((resolve) => void server.close(() => resolve()));
}
