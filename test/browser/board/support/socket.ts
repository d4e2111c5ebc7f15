/** The server's side of a WebSocket in forty lines: enough to send text and to hang up. */
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

export interface Peer {
  send(text: string): void;
  drop(): void;
}

export function acceptSocket(request: IncomingMessage, stream: Duplex, onClose: () => void): Peer {
  const accept = createHash("sha1")
    .update(`${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest("base64");
  stream.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  stream.on("data", (data: Buffer) => {
    // Opcode 8 is the client's goodbye; nothing else is expected from it.
    if ((data[0]! & 0x0f) === 8) stream.end();
  });
  stream.on("close", onClose);
  stream.on("error", onClose);
  return { send: (text) => stream.write(frame(text)), drop: () => stream.destroy() };
}

function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  const head =
    payload.length < 126
      ? Buffer.from([0x81, payload.length])
      : payload.length < 65_536
        ? Buffer.from([0x81, 126, payload.length >> 8, payload.length & 255])
        : Buffer.concat([Buffer.from([0x81, 127]), length64(payload.length)]);
  return Buffer.concat([head, payload]);
}

function length64(length: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(length));
  return bytes;
}
