/** One import from file to last part: looked at, opened, sent part by part from where it was, ended. */
import { createHash } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { relative } from "node:path";
import type { CrmKind } from "../../schema/wire/crm.ts";
import { MAX_ERRORS, type ImportOnWire } from "../../schema/wire/imports.ts";
import { csvCutter, lineCutter, type Cutter, type Part, type Start } from "../../worker/domain/crm/cut.ts";
import { nameFields } from "../../worker/domain/crm/fields.ts";
import { guessKind } from "../../worker/domain/crm/kinds.ts";
import type { Options } from "./args.ts";
import { checkFields, mapLines, mapped, type Mapping } from "./mapping.ts";
import { EXIT, ImportProblem } from "./problem.ts";
import { counted, grouped, lasting, sized, type Progress } from "./progress.ts";
import type { Server } from "./server.ts";
import { listOf, lookAt, textOf, type Format, type Source } from "./source.ts";

/** As many as the server writes in four goes, in some seconds. */
const SIZE = { records: 6_000, characters: 2_000_000 };

export interface Run {
  options: Options;
  server: Server;
  progress: Progress;
  stop: AbortSignal;
  now: () => number;
  /** The folder in which the command was given; paths are shown from there. */
  from: string;
}

const namesOf = (format: Format): string[] => (format.kind === "csv" ? format.header.names : format.names);

function kindOf(source: Source, told: CrmKind | null): CrmKind {
  const names = namesOf(source.format);
  const kind = told ?? guessKind(names, source.name);
  const seen = names.slice(0, 12).join(", ").slice(0, 200);
  if (kind === null)
    throw new ImportProblem(
      "usage",
      `What ${source.name} holds can't be told from its columns (${seen}): add --kind accounts, contacts or opportunities.`,
    );
  if (source.format.kind === "csv" && !nameFields(kind, names).fields.has("id"))
    throw new ImportProblem(
      "usage",
      `The first line of ${source.name} must name the columns, one of them "id" (the CRM's own id; --map "Their name=id" says which it is); it reads: ${seen}.`,
    );
  return kind;
}

/** The same file, of the same kind and read by the same names, is the same import; the server knows how far it came. */
const idOf = (source: Source, kind: CrmKind, map: Mapping, again: number): string => {
  const names = map.length === 0 ? "" : `:${JSON.stringify(map)}`;
  const hash = createHash("sha256").update(`${kind}:${source.digest}${names}`).digest("hex").slice(0, 32);
  return again === 0 ? hash : `${hash}-${again + 1}`;
};

const ONE: Record<CrmKind, string> = {
  accounts: "account",
  contacts: "contact",
  opportunities: "opportunity",
};

/** The one that isn't finished yet; null where the file was imported to its end and nobody wants it again. */
async function openOne(run: Run, source: Source, kind: CrmKind): Promise<ImportOnWire | null> {
  const { server, options, progress } = run;
  const body = { kind, name: source.name, size: source.characters };
  for (let round = 0; ; round++) {
    const id = idOf(source, kind, options.map, round);
    const known = await server.find(id);
    if (known?.status !== "done") {
      if (round > 0 && known === null && !options.again) {
        const before = await server.find(idOf(source, kind, options.map, round - 1));
        progress.say(
          `${source.name} was imported to its end on ${before?.finishedAt?.slice(0, 10) ?? "an earlier day"} (${counted(before?.upserted ?? 0, ONE[kind], kind)} taken, ${counted(before?.rejected ?? 0, "line")} refused). Nothing was sent; --again sends it once more.`,
        );
        return null;
      }
      return server.open(id, body);
    }
  }
}

/** Text from a place on, so that what was sent isn't cut again. */
async function* textFrom(run: Run, format: Format, position: number): AsyncGenerator<string> {
  const { file } = run.options;
  let skip = position;
  const pieces = format.kind === "list" ? listLines(await listOf(file)) : textOf(file);
  for await (const text of pieces) {
    run.stop.throwIfAborted();
    if (skip < text.length) yield skip === 0 ? text : text.slice(skip);
    skip = Math.max(0, skip - text.length);
  }
}

/** A JSON list as one record a line; a line then is the record's place. */
function* listLines(records: readonly unknown[]): Generator<string> {
  for (const record of records) yield `${JSON.stringify(record)}\n`;
}

function cutterFor(format: Format, start: Start): Cutter {
  return format.kind === "csv" ? csvCutter(format.header.separator, start, SIZE) : lineCutter(start, SIZE);
}

async function* partsOf(run: Run, format: Format, start: Start): AsyncGenerator<Part> {
  const cutter = cutterFor(format, start);
  for await (const text of textFrom(run, format, start.position)) yield* cutter.feed(text);
  yield* cutter.end();
}

interface Sent {
  parts: number;
  records: number;
}

async function sendAll(run: Run, source: Source, opened: ImportOnWire): Promise<Sent> {
  const { server, progress, options } = run;
  const { format } = source;
  const begin = format.kind === "csv" ? format.header.start : { position: 0, line: 1 };
  const start = opened.parts === 0 ? begin : { position: opened.position, line: opened.nextLine };
  const header = format.kind === "csv" ? format.header.text : "";
  const type = format.kind === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson";
  const sent: Sent = { parts: opened.parts, records: opened.received };
  const all = format.kind === "list" ? 0 : source.characters;
  progress.show(start.position, all, sent.records);
  for await (const part of partsOf(run, format, start)) {
    const place = new URLSearchParams({
      import: opened.id,
      part: String(sent.parts),
      firstLine: String(part.line),
      nextLine: String(part.nextLine),
      position: String(part.position),
    });
    const text = format.kind === "csv" ? header + part.text : mapLines(part.text, options.map);
    const answer = await server.part(`/v1/${opened.kind}?${place.toString()}`, type, text);
    sent.parts++;
    sent.records += answer.received;
    progress.show(part.position, all, sent.records);
  }
  return sent;
}

/** Refused lines into a file; answers how it is called, null where nothing was refused. */
async function keepErrors(
  { server, options, from, progress }: Run,
  state: ImportOnWire,
): Promise<string | null> {
  if (state.rejected === 0) return null;
  const draft = `${options.errors}.${process.pid}`;
  try {
    await writeFile(draft, await server.errors(state.id));
    await rename(draft, options.errors);
  } catch (error) {
    await rm(draft, { force: true });
    if (error instanceof ImportProblem) throw error;
    progress.say(
      `${options.errors} can't be written (${error instanceof Error ? error.message : String(error)}): choose another place with --errors.`,
    );
    return null;
  }
  return relative(from, options.errors) || options.errors;
}

/** A JSON list may stand in one line. */
const linesIn = ({ format, lines }: Source): string =>
  format.kind === "list" ? "" : `${counted(lines, "line")}, `;

/** Answers the exit code. Throws ImportProblem. */
export async function runImport(run: Run): Promise<number> {
  const { options, server, progress, now } = run;
  const startedAt = now();
  const found = await lookAt(options.file, run.stop);
  const source = { ...found, format: mapped(found.format, options.map) };
  const kind = kindOf(source, options.kind);
  checkFields(options.map, kind);
  const opened = await openOne(run, source, kind);
  if (opened === null) return EXIT.done;
  progress.say(`${source.name}: ${kind}, ${linesIn(source)}${sized(source.bytes)}, to ${options.origin}`);
  if (opened.parts > 0)
    progress.say(
      `Going on from line ${grouped(opened.nextLine)}; ${counted(opened.received, "record")} ${opened.received === 1 ? "is" : "are"} in.`,
    );
  const { parts } = await sendAll(run, source, opened);
  const done = await server.finish(opened.id, parts);
  progress.end();
  const errors = await keepErrors(run, done);
  const took = lasting(now() - startedAt);
  progress.say(
    `Done in ${took}: ${grouped(done.received)} read, ${grouped(done.upserted)} taken, ${grouped(done.rejected)} refused.`,
  );
  if (done.rejected === 0) return EXIT.done;
  const first = done.errorsKept < done.rejected ? `the first ${grouped(MAX_ERRORS)} of them are` : "they are";
  if (errors !== null) progress.say(`The refused lines, and why: ${first} in ${errors}.`);
  return EXIT.refusedLines;
}
