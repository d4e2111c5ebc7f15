/** Imports are history: what the CRM sent stays, how it came is removed after a while, a bounded piece every minute. */
import { parseDuration } from "../domain/duration.ts";
import { loadCurrentConfig } from "../store/config.ts";
import { findExpired, removeSlice } from "../store/imports.ts";
import type { Deps } from "./deps.ts";

/** Long enough to ask about an import of last quarter. */
const KEPT_MS = 90 * 86_400_000;
/** Rows of a table in one write, and writes in one minute. */
const ROWS = 1000;
const SLICES = 10;

/** `retention.imports`; documents published before it could be said have none. */
const keptFor = async (deps: Pick<Deps, "db">): Promise<number> => {
  const compiled = await loadCurrentConfig(deps.db);
  const text = compiled?.document.retention.imports;
  const parsed = text ? parseDuration(text) : null;
  return parsed?.ok ? parsed.ms : KEPT_MS;
};

/** Answers how many imports are gone. */
export const forgetImports = async (deps: Pick<Deps, "db" | "now">): Promise<number> => {
  const before = deps.now() - (await keptFor(deps));
  let gone = 0;
  for (let slices = 0; slices < SLICES; slices++) {
    const id = await findExpired(deps.db, before);
    if (id === null) return gone;
    if (await removeSlice(deps.db, id, before, ROWS)) gone++;
  }
  return gone;
};
