/** `PUT /v1/accounts`, `/v1/contacts`, `/v1/opportunities`: bulk upserts, read as they stream in. */
import * as z from "zod";
import {
  mergeAnswer,
  mergeBody,
  upsertAnswer,
  type CrmKind,
  type UpsertAnswer,
} from "../../schema/wire/crm.ts";
import { MAX_PART_ERRORS, partQuery, type PartQuery } from "../../schema/wire/imports.ts";
import { problem } from "../../schema/wire/common.ts";
import { readObject, recordReader, UnreadableUpload } from "../domain/crm/reader.ts";
import { mergeAccounts, removeAccount } from "../flows/accounts.ts";
import type { Deps } from "../flows/deps.ts";
import { takePart, type Part } from "../flows/imports.ts";
import { startUpsert, upsertStream } from "../flows/upsert.ts";
import { valueOf } from "./outcome.ts";
import { HttpProblem } from "./problem.ts";
import { actorOf, route, type Route } from "./route.ts";

/** Most bytes of one upload; what is larger is sent in parts. */
const MAX_UPLOAD = 100 * 1_048_576;
/** A JSON list is read whole, so it is small. */
const MAX_JSON = 8 * 1_048_576;

const NDJSON = /^application\/(?:x-)?(?:ndjson|jsonl|jsonlines|json-lines|json-seq)$/;
const CSV = /^(?:text\/(?:csv|tab-separated-values|x-csv)|application\/(?:csv|x-csv|vnd\.ms-excel))$/;
/** What clients send when nobody told them: the first character decides. */
const UNTOLD = /^(?:|text\/plain|application\/octet-stream|application\/x-www-form-urlencoded)$/;

type Format = "ndjson" | "csv" | "json";

const declaredFormat = (request: Request): Format | "untold" => {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "application/json") return "json";
  if (NDJSON.test(type)) return "ndjson";
  if (CSV.test(type)) return "csv";
  if (UNTOLD.test(type)) return "untold";
  throw new HttpProblem(415, `Send application/x-ndjson, text/csv or application/json, not ${type}.`);
};

/** The body as it was before compression, cut off with a problem where it is too large. */
const bodyOf = async function* (request: Request): AsyncGenerator<Uint8Array> {
  const tooLarge = (): HttpProblem =>
    new HttpProblem(413, `Send at most ${MAX_UPLOAD / 1_048_576} MB at a time; split the file.`);
  if (Number(request.headers.get("content-length") ?? 0) > MAX_UPLOAD) throw tooLarge();
  const encoding = request.headers.get("content-encoding")?.toLowerCase() ?? "identity";
  if (encoding !== "identity" && encoding !== "gzip")
    throw new HttpProblem(415, "Compress with gzip or not at all.");
  const body: ReadableStream<Uint8Array> | null =
    encoding === "gzip" ? (request.body?.pipeThrough(new DecompressionStream("gzip")) ?? null) : request.body;
  let size = 0;
  for await (const chunk of encoding === "gzip" ? inflated(body) : (body ?? [])) {
    size += chunk.byteLength;
    if (size > MAX_UPLOAD) throw tooLarge();
    yield chunk;
  }
};

/** The stream fails with a plain TypeError where its input is no gzip. */
const inflated = async function* (body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  for (;;) {
    const piece = await reader?.read().catch(() => {
      throw new HttpProblem(400, "The body says it is compressed with gzip, and can't be read as that.");
    });
    if (!piece || piece.done) return;
    yield piece.value;
  }
};

/** Bytes that are neither white space, byte order mark nor the zeros of UTF-16. */
const firstCharacter = (chunk: Uint8Array): string | null => {
  const byte = chunk.find((each) => each > 0x20 && each < 0x7f);
  return byte === undefined ? null : String.fromCharCode(byte);
};

const sniff = (chunk: Uint8Array | undefined): Format => {
  const first = chunk ? firstCharacter(chunk) : null;
  return first === "{" ? "ndjson" : first === "[" ? "json" : "csv";
};

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });

/** A list, `{"accounts": […]}`, or a single record; null where it is no JSON as a whole. */
const recordsIn = (kind: CrmKind, bytes: Uint8Array): readonly unknown[] | null => {
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(bytes));
  } catch {
    return null;
  }
  if (Array.isArray(value)) return value as unknown[];
  const inside =
    typeof value === "object" && value !== null ? (value as Record<string, unknown>)[kind] : undefined;
  return Array.isArray(inside) ? (inside as unknown[]) : [value];
};

/** What it is a part of, and how many refused lines its answer lists. */
interface Reading {
  deps: Deps;
  kind: CrmKind;
  firstLine: number | null;
  listed?: number;
}

/** Something may send NDJSON as application/json: then its lines are read. */
const upsertJson = async ({ deps, kind, firstLine, listed }: Reading, bytes: Uint8Array) => {
  const records = recordsIn(kind, bytes);
  if (records === null) {
    const start = firstCharacter(bytes);
    if (start !== "{")
      throw new HttpProblem(
        400,
        "The body is not JSON: send a list of records, or one record a line as application/x-ndjson.",
      );
    return upsertStream(deps, kind, streamOf([bytes]), recordReader(kind, "ndjson", firstLine), listed);
  }
  const upsert = startUpsert(deps, kind, listed);
  for (const [at, record] of records.entries())
    await upsert.take([readObject(kind, at + (firstLine ?? 1), record)]);
  return upsert.finish();
};

const streamOf = async function* (
  chunks: Iterable<Uint8Array>,
  rest?: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* chunks;
  if (rest) yield* rest;
};

const collect = async (body: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_JSON)
      throw new HttpProblem(
        413,
        `A JSON list may have ${MAX_JSON / 1_048_576} MB; send one record a line as application/x-ndjson.`,
      );
    chunks.push(chunk);
  }
  const whole = new Uint8Array(size);
  chunks.reduce((at, chunk) => {
    whole.set(chunk, at);
    return at + chunk.byteLength;
  }, 0);
  return whole;
};

const upsertBody = async (reading: Reading, request: Request): Promise<UpsertAnswer> => {
  const declared = declaredFormat(request);
  const body = bodyOf(request);
  const first = declared === "untold" ? await body.next() : null;
  const start = first && !first.done ? [first.value] : [];
  const format = declared === "untold" ? sniff(start[0]) : declared;
  const whole = streamOf(start, body);
  if (format === "json") return upsertJson(reading, await collect(whole));
  const { deps, kind, firstLine, listed } = reading;
  return upsertStream(deps, kind, whole, recordReader(kind, format, firstLine), listed);
};

const partOf = (query: PartQuery): Part | null => {
  if (query.import === undefined) return null;
  const { part, firstLine, nextLine, position } = query;
  if (part === undefined || firstLine === undefined || nextLine === undefined || position === undefined)
    throw new HttpProblem(422, "A part of an import says part, firstLine, nextLine and position.", [
      { pointer: "/query/part", detail: "Send part, firstLine, nextLine and position with import." },
    ]);
  return { importId: query.import, part, line: firstLine, nextLine, position };
};

/** On its own, or as a part of an import, which is then counted once. */
const upsertOrPart = async (deps: Deps, kind: CrmKind, query: PartQuery, request: Request) => {
  const part = partOf(query);
  const reading = { deps, kind, firstLine: query.firstLine ?? null };
  if (!part) return upsertBody(reading, request);
  const upsert = () => upsertBody({ ...reading, listed: MAX_PART_ERRORS }, request);
  return valueOf(await takePart(deps, kind, part, upsert));
};

const upsertRoute = (kind: CrmKind, singular: string): Route =>
  route(
    {
      method: "put",
      path: `/v1/${kind}`,
      operation: `upsert${kind[0]?.toUpperCase()}${kind.slice(1)}`,
      summary: `Create or update ${kind} in bulk, streamed`,
      tag: "CRM",
      scope: "crm:write",
      query: partQuery,
      rawBody: ["application/x-ndjson", "text/csv", "application/json"],
      responses: {
        200: { description: `What became of each ${singular}`, schema: upsertAnswer },
        404: { description: "There is no such import", schema: problem },
        409: { description: "The import is finished, or another part comes first", schema: problem },
        413: { description: "More than 100 MB, or more than 8 MB as a JSON list", schema: problem },
        422: { description: "A CSV file whose first line doesn't name the columns", schema: problem },
      },
    },
    async ({ deps, query }, context) => {
      try {
        return Response.json(await upsertOrPart(deps, kind, query, context.req.raw));
      } catch (error) {
        if (error instanceof UnreadableUpload) throw new HttpProblem(422, error.message);
        throw error;
      }
    },
  );

const accountId = z.object({ id: z.string().min(1).max(128) });

export const crmRoutes: Route[] = [
  upsertRoute("accounts", "account"),
  upsertRoute("contacts", "contact"),
  upsertRoute("opportunities", "opportunity"),
  route(
    {
      method: "delete",
      path: "/v1/accounts/:id",
      operation: "deleteAccount",
      summary:
        "Remove an account with its opportunities; its contacts and open leads stay, without an account. An id that was merged away stands for itself again",
      tag: "CRM",
      scope: "crm:write",
      params: accountId,
      responses: {
        204: { description: "Removed" },
        404: { description: "No such account", schema: problem },
      },
    },
    async ({ params, deps, caller }) => {
      const removed = await removeAccount(deps, params.id, actorOf(caller));
      if (!removed) throw new HttpProblem(404, `There is no account ${params.id}.`);
      return new Response(null, { status: 204 });
    },
  ),
  route(
    {
      method: "post",
      path: "/v1/accounts/:id/merge",
      operation: "mergeAccount",
      summary:
        "Merge an account into another: contacts, opportunities, children, domains and old leads follow",
      tag: "CRM",
      scope: "crm:write",
      params: accountId,
      body: mergeBody,
      responses: {
        200: { description: "The account that stays, and what moved to it", schema: mergeAnswer },
        404: { description: "No such account", schema: problem },
        409: { description: "It was merged into another account before", schema: problem },
        422: { description: "An account can't be merged into itself", schema: problem },
      },
    },
    async ({ params, body, deps, caller }) => {
      const merged = await mergeAccounts(deps, params.id, body.into, actorOf(caller));
      if (merged.kind === "same")
        throw new HttpProblem(422, "An account can't be merged into itself.", [
          { pointer: "/into", detail: "Name another account." },
        ]);
      if (merged.kind === "elsewhere")
        throw new HttpProblem(
          409,
          `${params.id} was merged into ${merged.into} before: merge that one instead.`,
        );
      if (merged.kind === "missing") throw new HttpProblem(404, `There is no account ${merged.id}.`);
      return Response.json(merged.answer);
    },
  ),
];
