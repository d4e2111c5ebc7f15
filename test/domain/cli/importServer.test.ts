/** The import command and the server it talks to: one that isn't well, isn't ours, or isn't there. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { serverAt } from "../../../cli/import/server.ts";

const CSV = "id,name,domain\n1,Acme,acme.example\n2,Bolt,bolt.example\n";

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
};

describe("a server that isn't well, or isn't ours", () => {
  const stops: (() => void)[] = [];
  afterEach(() => stops.splice(0).forEach((stop) => stop()));

  /** Each request gets the next status; 0 hangs up. The address isn't one of this machine's usual names, so bodies are packed. */
  const serving = async (statuses: number[]) => {
    const bodies: Buffer[] = [];
    const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      bodies.push(await bodyOf(request));
      const status = statuses.shift() ?? 200;
      if (status === 0) {
        request.socket.destroy();
        return;
      }
      response.writeHead(status, { "content-type": "application/json" });
      response.end(
        JSON.stringify(status < 300 ? { received: 1 } : { title: "No", detail: `Because ${status}.` }),
      );
    };
    const http = createServer((request, response) => {
      void answer(request, response);
    });
    await new Promise<void>((resolve) => http.listen(0, "::ffff:127.0.0.1", resolve));
    stops.push(() => {
      http.closeAllConnections();
      http.close();
    });
    const waits: string[] = [];
    let parts = 0;
    const to = serverAt({
      origin: `http://[::ffff:127.0.0.1]:${(http.address() as AddressInfo).port}`,
      found: "--to says so",
      key: "k",
      stop: new AbortController().signal,
      onPart: () => void parts++,
      onRetry: (why) => waits.push(why),
    });
    return { to, bodies, waits, parts: () => parts };
  };

  test("a part goes packed, and again after 503 and a hang-up", async () => {
    const { to, bodies, waits, parts } = await serving([503, 0, 200]);
    expect(await to.part("/v1/accounts?import=x", "text/csv", CSV)).toEqual({ received: 1 });
    expect(bodies.map((body) => gunzipSync(body).toString())).toEqual([CSV, CSV, CSV]);
    expect(waits).toEqual(["it answered 503 Because 503.", "the connection broke"]);
    expect(parts()).toBe(1);
  });

  test.each([
    [401, /doesn't know this key. Because 401. Give another/],
    [403, /may not import. Because 403. Use one with the scope crm:write/],
    [404, /is it a Leadclock/],
    [422, /refused it \(422\). Because 422/],
  ])("%i is said and not tried again", async (status, words) => {
    const { to, bodies } = await serving([status]);
    const failed = await to.open("imp-x-1", {}).catch((error: unknown) => error);
    expect(failed).toMatchObject({ exit: 3, message: expect.stringMatching(words) as string });
    expect(bodies).toHaveLength(1);
  });
});

test("nothing listens: said at once, with what named the address and how to name another", async () => {
  const gone = createServer();
  await new Promise<void>((resolve) => gone.listen(0, "127.0.0.1", resolve));
  const { port } = gone.address() as AddressInfo;
  await new Promise((resolve) => gone.close(resolve));
  const waits: string[] = [];
  const at = serverAt({
    origin: `http://localhost:${port}`,
    found: "PORT is not set",
    key: "k",
    stop: new AbortController().signal,
    onPart: () => undefined,
    onRetry: (why) => waits.push(why),
  });
  await expect(at.find("imp-nowhere")).rejects.toMatchObject({
    exit: 4,
    message: expect.stringMatching(
      /^Nothing answers at http:\/\/localhost:\d+ \(PORT is not set\)\.[^]*--to http:\/\/localhost:PORT/,
    ) as string,
  });
  expect(waits).toEqual([]);
});
