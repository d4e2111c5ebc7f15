/** The server as the import command knows it, in memory. */
import { ImportProblem } from "../../../cli/import/problem.ts";
import type { Server } from "../../../cli/import/server.ts";
import type { ImportOnWire } from "../../../schema/wire/imports.ts";

export interface SentPart {
  place: URLSearchParams;
  kind: string;
  type: string;
  body: string;
}

/** Takes all it is sent, and refuses a record whose name is "bad". */
export class FakeServer implements Server {
  readonly imports = new Map<string, ImportOnWire>();
  readonly sent: SentPart[] = [];
  /** Fails once this many parts are in. */
  failAfter = Number.POSITIVE_INFINITY;

  async find(id: string) {
    return this.imports.get(id) ?? null;
  }

  async open(id: string, body: object) {
    const at = "2026-11-22T09:00:00.000Z";
    const fresh = {
      id,
      kind: "accounts",
      name: "",
      status: "running",
      startedBy: "key:admin",
      received: 0,
      upserted: 0,
      rejected: 0,
      errorsKept: 0,
      parts: 0,
      nextLine: 1,
      position: 0,
      size: null,
      startedAt: at,
      updatedAt: at,
      finishedAt: null,
      ...body,
    } as ImportOnWire;
    const found = this.imports.get(id) ?? fresh;
    this.imports.set(id, found);
    return { ...found };
  }

  async part(path: string, type: string, body: string) {
    const url = new URL(path, "http://localhost");
    const row = this.imports.get(url.searchParams.get("import") ?? "");
    if (!row) throw new Error("no such import");
    if (row.parts >= this.failAfter) throw new ImportProblem("unreachable", "It can't be reached.");
    const lines = body.split(/\r?\n/).filter((line) => line !== "");
    const received = lines.length - (type.startsWith("text/csv") ? 1 : 0);
    const rejectedCount = body.split("bad").length - 1;
    row.parts++;
    row.received += received;
    row.upserted += received - rejectedCount;
    row.rejected += rejectedCount;
    row.errorsKept = row.rejected;
    row.position = Number(url.searchParams.get("position"));
    row.nextLine = Number(url.searchParams.get("nextLine"));
    this.sent.push({ place: url.searchParams, kind: url.pathname.slice(4), type, body });
    return { received, upserted: received - rejectedCount, rejectedCount, rejected: [] };
  }

  async finish(id: string, parts: number) {
    const row = this.imports.get(id);
    if (row?.parts !== parts) throw new Error("parts are missing");
    Object.assign(row, { status: "done", finishedAt: "2026-11-22T09:05:00.000Z" });
    return { ...row };
  }

  async errors() {
    return new Response('line,error\r\n3,"bad"\r\n').body as ReadableStream<Uint8Array>;
  }
}
