/** The live board: sockets of everybody who looks at it, told of what changed. Sleeps between pokes (hibernation). */
import { DurableObject } from "cloudflare:workers";
import type { BoardMessage } from "../../schema/wire/board.ts";
import type { Env } from "../env.ts";
import { changesSince, latestCursor } from "../flows/live.ts";

const GATHER_MS = 100;

export class LiveBoard extends DurableObject<Env> {
  #busy = false;
  #again = false;

  /** Something may have changed; cheap when nobody looks. */
  async poke(): Promise<void> {
    if (this.ctx.getWebSockets().length === 0) return;
    this.#again = true;
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (this.#again) {
        this.#again = false;
        await this.#tell();
        await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
      }
    } finally {
      this.#busy = false;
    }
  }

  /** The upgrade; the route has checked who asks. */
  override async fetch(request: Request): Promise<Response> {
    if (request.headers.get("upgrade")?.toLowerCase() !== "websocket")
      return new Response("Upgrade to a WebSocket.", { status: 426 });
    if (this.ctx.getWebSockets().length === 0)
      await this.ctx.storage.put("cursor", await latestCursor(this.env.DB));
    const pair = new WebSocketPair();
    this.ctx.acceptWebSocket(pair[1]);
    pair[1].send(JSON.stringify({ type: "hello", at: new Date().toISOString() } satisfies BoardMessage));
    return new Response(null, { status: 101, webSocket: pair[0] });
  }

  override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): void {
    if (message === "ping") socket.send("pong");
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    // 1005 and 1006 only ever stand for "no code"; sending them back throws.
    socket.close(code === 1005 || code === 1006 ? 1000 : code);
  }

  async #tell(): Promise<void> {
    const cursor = (await this.ctx.storage.get<number>("cursor")) ?? 0;
    const changes = await changesSince(this.env.DB, cursor);
    if (changes.cursor === cursor) return;
    await this.ctx.storage.put("cursor", changes.cursor);
    for (const message of changes.messages) {
      const text = JSON.stringify(message);
      for (const socket of this.ctx.getWebSockets()) {
        try {
          socket.send(text);
        } catch {
          socket.close(1011, "send failed");
        }
      }
    }
  }
}
