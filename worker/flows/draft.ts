/** A document that nobody published, made ready to decide by: dry runs of a draft. */
import { compileConfig, type Compiled } from "../domain/config/compiled.ts";
import { expandHolidays } from "../domain/verification/calendars.ts";
import { checkDocument } from "../domain/verification/checks.ts";
import type { Finding } from "../domain/verification/findings.ts";
import { parseDocument } from "../domain/verification/parse.ts";

export type Draft = { ok: true; compiled: Compiled } | { ok: false; errors: readonly Finding[] };

/** What would be refused for who is deactivated today can be tried all the same. */
export const compileDraft = (input: unknown, now: number): Draft => {
  const { document, errors } = parseDocument(input);
  if (!document) return { ok: false, errors };
  const holidays = expandHolidays(document.calendars, now);
  const checked = checkDocument({ document, states: new Map(), holidays, holdings: new Map(), now });
  return checked.errors.length > 0
    ? { ok: false, errors: checked.errors }
    : { ok: true, compiled: compileConfig(document, 0, holidays) };
};
