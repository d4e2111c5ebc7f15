/** Verification of a document as a flow runs it, without the database. */
import { readFileSync } from "node:fs";
import type { PersonState } from "../../../worker/domain/routing/people.ts";
import { expandHolidays } from "../../../worker/domain/verification/calendars.ts";
import { parseDocument } from "../../../worker/domain/verification/parse.ts";
import { verifyWhole, type FullVerification } from "../../../worker/domain/verification/verify.ts";

/** Untyped on purpose: tests break documents in ways that no type allows. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Json = any;

export const NOW = Date.parse("2026-11-22T12:00:00Z");

const text = readFileSync(new URL("../../cases/config-example.json", import.meta.url), "utf8");
/** A fresh copy of the example document. */
export const example = (): Json => JSON.parse(text);

export const DEACTIVATED: PersonState = {
  away: false,
  awayUntil: null,
  awayReason: null,
  suspendedAt: null,
  deactivatedAt: NOW - 1,
  capacity: null,
  capacityUntil: null,
};

export const verifyDocument = (
  input: unknown,
  deactivated: readonly string[] = [],
  holdings: readonly [string, number][] = [],
): Pick<FullVerification, "errors" | "warnings"> => {
  const { document, errors, warnings } = parseDocument(input);
  if (!document) return { errors, warnings };
  const found = verifyWhole({
    document,
    states: new Map(deactivated.map((id) => [id, DEACTIVATED])),
    holidays: expandHolidays(document.calendars, NOW),
    holdings: new Map(holdings),
    now: NOW,
  });
  return { errors: found.errors, warnings: [...warnings, ...found.warnings] };
};
