/**
 * The capture contract on a plain Node server, with faults on demand, for tests of the embed alone: the loader and form
 * code as built, public definitions, submissions that are answered once and read back on a repeat.
 */
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { CaptureAnswer, CaptureBody } from "../../../schema/wire/capture.ts";
import { DEFINITIONS } from "./definitions.ts";

/** What befalls the next submission; `dropAfter` stores it and loses the answer. */
export type Fault =
  | { kind: "drop" }
  | { kind: "dropAfter" }
  | { kind: "slow"; ms: number }
  | { kind: "problem"; status: number; retryAfter?: number; errors?: { pointer: string; detail: string }[] };

export interface StandIn {
  url: string;
  /** Every submission that reached the server, in order, repeats included. */
  attempts: CaptureBody[];
  /** Domains of addresses that forms asked about. */
  asked: string[];
  /** What was stored, by id. */
  stored: Map<string, CaptureBody>;
  faults: Fault[];
  acknowledgement: CaptureAnswer["acknowledgement"];
  /** Forms whose answers no page may read: their owners didn't allow its origin. */
  closed: Set<string>;
  /** Delay of `w.js`, form code and definitions. */
  latencyMs: number;
  close: () => Promise<void>;
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const type = status < 400 ? "application/json" : "application/problem+json";
  response.writeHead(status, { "Content-Type": type, ...headers }).end(JSON.stringify(body));
}

const problem = (status: number, errors?: { pointer: string; detail: string }[]): unknown => ({
  type: "about:blank",
  title: `Problem ${status}`,
  status,
  detail: `The request was refused with ${status}.`,
  ...(errors && { errors }),
});

/** The same content under the same id is a repeat; page and attribution are not content. */
const contentOf = ({ fields, consent }: CaptureBody): string => JSON.stringify([fields, consent]);

async function capture(standIn: StandIn, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const submission = JSON.parse(await bodyOf(request)) as CaptureBody;
  standIn.attempts.push(submission);
  const fault = standIn.faults.shift();
  if (fault?.kind === "drop") return void request.socket.destroy();
  if (fault?.kind === "slow") await pause(fault.ms);
  if (fault?.kind === "problem") {
    const headers = fault.retryAfter === undefined ? {} : { "Retry-After": `${fault.retryAfter}` };
    return sendJson(response, fault.status, problem(fault.status, fault.errors), headers);
  }
  const known = standIn.stored.get(submission.submissionId);
  if (known && contentOf(known) !== contentOf(submission)) return sendJson(response, 409, problem(409));
  standIn.stored.set(submission.submissionId, known ?? submission);
  if (fault?.kind === "dropAfter") return void request.socket.destroy();
  const answer: CaptureAnswer = {
    leadId: `lead-${submission.submissionId}`,
    acknowledgement: standIn.acknowledgement,
    receipt: `receipt-${submission.submissionId.slice(0, 8)}`,
  };
  sendJson(response, known ? 200 : 201, answer);
}

async function handle(
  standIn: StandIn,
  outDir: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", standIn.url);
  const [, form, isCapture] = /^\/v1\/forms\/([^/]+)(\/submissions)?$/.exec(pathname) ?? [];
  if (form && !standIn.closed.has(form)) {
    response.setHeader("Access-Control-Allow-Origin", request.headers.origin ?? "*");
    response.setHeader("Access-Control-Allow-Headers", "Content-Type");
    response.setHeader("Access-Control-Expose-Headers", "Retry-After");
  }
  const asked = /^\/v1\/mail-domains\/([^/]+)$/.exec(pathname)?.[1];
  if (asked) {
    standIn.asked.push(asked);
    response.setHeader("Access-Control-Allow-Origin", "*");
    const meant = asked === "gmial.com";
    return sendJson(response, 200, {
      suggestion: meant ? "gmail.com" : null,
      message: meant ? "Did you mean gmail.com?" : null,
    });
  }
  if (request.method === "OPTIONS") return void response.writeHead(204).end();
  if (isCapture) return capture(standIn, request, response);
  await pause(standIn.latencyMs);
  if (form) {
    const definition = DEFINITIONS[form];
    return sendJson(response, definition ? 200 : 404, definition ?? problem(404));
  }
  if (/^\/w(\/form-\w+)?\.js$/.test(pathname)) {
    return void response
      .writeHead(200, { "Content-Type": "text/javascript" })
      .end(readFileSync(outDir + pathname));
  }
  sendJson(response, 404, problem(404));
}

const listen = (server: Server): Promise<string> =>
  new Promise((ready) => {
    server.listen(0, "127.0.0.1", () => ready(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
  });

export const close = (server: Server): Promise<void> =>
  new Promise((closed) => {
    server.close(() => closed());
    server.closeAllConnections();
  });

export const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();

/** @param outDir where `buildWidget` wrote */
export async function startStandIn(outDir: string): Promise<StandIn> {
  const server = createServer((request, response) => {
    handle(standIn, outDir, request, response).catch(() => response.destroy());
  });
  const standIn: StandIn = {
    url: "",
    attempts: [],
    asked: [],
    stored: new Map(),
    closed: new Set(),
    faults: [],
    acknowledgement: {
      kind: "in_coverage",
      message: "Ana has your request and will write to you shortly.",
      owner: { name: "Ana" },
      promiseAt: inMinutes(9.5),
      timezone: "UTC",
    },
    latencyMs: 0,
    close: () => close(server),
  };
  standIn.url = await listen(server);
  return standIn;
}

/** Somebody's site: the pages beside this file, on an origin of their own, with `{{HOST}}` filled in. */
export async function startSite(host: string): Promise<{ url: string; close: () => Promise<void> }> {
  const pages = new URL("pages/", import.meta.url);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://site.example");
    const file = /^\/[\w-]+\.(html|css)$/.exec(pathname);
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    const text = readFileSync(new URL(`.${pathname}`, pages), "utf8").replaceAll(
      "{{HOST}}",
      host.replace(/\/$/, ""),
    );
    response.writeHead(200, { "Content-Type": `text/${file[1]}; charset=utf-8` }).end(text);
  });
  const url = await listen(server);
  // Another name than the server's, hence another origin and another site.
  return { url: url.replace("127.0.0.1", "localhost"), close: () => close(server) };
}
