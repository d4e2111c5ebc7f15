/**
 * An import is a file sent in parts, each a bulk upsert of its own. A part is counted once, however often it is sent; who
 * was interrupted asks how far it came and goes on there.
 */
import type { CrmKind, UpsertAnswer } from "../../schema/wire/crm.ts";
import {
  finish,
  insertImport,
  listImports,
  readErrors,
  readImport,
  readPart,
  writePart,
  type ImportRow,
  type Part,
} from "../store/imports.ts";
import type { Deps } from "./deps.ts";
import { refuse, type Outcome } from "./hand.ts";

export type { ImportRow, Part };

export interface Opening {
  id: string;
  kind: CrmKind;
  name: string;
  size: number | null;
}

const WHAT: Record<ImportRow["kind"], string> = {
  accounts: "accounts",
  contacts: "contacts",
  opportunities: "opportunities",
  keys: "match keys",
};

/** Begins it, or answers how far it came. */
export const openImport = async (deps: Deps, opening: Opening, by: string): Promise<Outcome<ImportRow>> => {
  const now = deps.now();
  await insertImport(deps.db, { ...opening, startedBy: by, startedAt: now, cursor: null });
  const row = await readImport(deps.db, opening.id);
  if (!row) return refuse(404, `There is no import ${opening.id}.`);
  if (row.kind !== opening.kind)
    return refuse(409, `The import ${opening.id} is one of ${WHAT[row.kind]}: choose another id.`);
  return { ok: true, value: row };
};

const missing = (id: string): Outcome<never> =>
  refuse(404, `There is no import ${id}: open it with PUT /v1/imports/${id} first.`);

/** A part that is in answers what it answered then; one that is next goes through `upsert`; any other is refused. */
export const takePart = async (
  deps: Deps,
  kind: CrmKind,
  part: Part,
  upsert: () => Promise<UpsertAnswer>,
): Promise<Outcome<UpsertAnswer>> => {
  const row = await readImport(deps.db, part.importId);
  if (!row) return missing(part.importId);
  if (row.kind !== kind)
    return refuse(409, `The import ${part.importId} is one of ${WHAT[row.kind]}, not of ${kind}.`);
  if (part.part < row.parts) {
    const known = await readPart(deps.db, part.importId, part.part);
    if (known) return { ok: true, value: known };
  }
  if (row.status === "done") return refuse(409, `The import ${part.importId} is finished.`);
  if (part.part > row.parts)
    return refuse(409, `Part ${row.parts} comes before part ${part.part}: parts are sent in order.`);
  const answer = await upsert();
  await writePart(deps.db, part, answer, deps.now());
  return { ok: true, value: answer };
};

export const finishImport = async (
  deps: Deps,
  id: string,
  parts: number,
  by: string,
): Promise<Outcome<ImportRow>> => {
  const row = await readImport(deps.db, id);
  if (!row || row.kind === "keys") return missing(id);
  if (row.parts !== parts)
    return refuse(409, `${row.parts} parts are in, and you sent ${parts}: send part ${row.parts} next.`);
  await finish(deps.db, id, by, deps.now());
  return { ok: true, value: (await readImport(deps.db, id)) ?? row };
};

export interface ImportPage {
  imports: ImportRow[];
  /** Cursor of the next page; null on the last. */
  next: number | null;
}

export const pageOfImports = async (
  deps: Pick<Deps, "db">,
  before: number,
  limit: number,
): Promise<ImportPage> => {
  const rows = await listImports(deps.db, before, limit + 1);
  const imports = rows.slice(0, limit);
  return { imports, next: rows.length > limit ? (imports.at(-1)?.startedAt ?? null) : null };
};

export const findImport = async (deps: Pick<Deps, "db">, id: string): Promise<Outcome<ImportRow>> => {
  const row = await readImport(deps.db, id);
  return row ? { ok: true, value: row } : refuse(404, `There is no import ${id}.`);
};

const ERRORS_AT_ONCE = 2000;

const quoted = (text: string): string => {
  // A cell that a spreadsheet would take for a formula is told that it is text.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
};

/** The refused lines as CSV, piece by piece. */
export const errorsAsCsv = async function* (deps: Pick<Deps, "db">, id: string): AsyncGenerator<string> {
  yield "line,error\r\n";
  let after = 0;
  for (;;) {
    const errors = await readErrors(deps.db, id, after, ERRORS_AT_ONCE);
    yield errors.map(({ line, error }) => `${line},${quoted(error)}\r\n`).join("");
    if (errors.length < ERRORS_AT_ONCE) return;
    after = errors.at(-1)?.line ?? after;
  }
};
