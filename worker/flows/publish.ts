/** The configuration document: verified, published, published again. People's runtime state is never touched here. */
import type { ConfigDocument } from "../../schema/config/document.ts";
import { expandHolidays } from "../domain/verification/calendars.ts";
import type { Verification } from "../domain/verification/findings.ts";
import { diffDocuments, type Change } from "../domain/config/diff.ts";
import { parseDocument } from "../domain/verification/parse.ts";
import { verifyWhole, type FullVerification } from "../domain/verification/verify.ts";
import {
  currentVersion,
  listVersions,
  publishVersion,
  readHolders,
  readVersion,
  type Published,
} from "../store/config.ts";
import { readCurrent } from "../store/people.ts";
import { MAX_TRIES, type Deps } from "./deps.ts";

/** D1 keeps at most 2,000,000 bytes in a row; version, note and holidays need room beside the document. */
const MAX_STORED = 1_700_000;

interface Verified {
  /** The version in force when it was verified; 0 before the first. */
  version: number;
  /** Counts changes of people's state. */
  people: number;
  /** As it would take effect; null where its shape is wrong. */
  document: ConfigDocument | null;
  holidays: Record<string, string[]>;
  verification: FullVerification;
}

const sizeProblem = (document: ConfigDocument, holidays: object): Verification["errors"] => {
  const bytes = new TextEncoder().encode(JSON.stringify(document) + JSON.stringify(holidays)).length;
  if (bytes <= MAX_STORED) return [];
  const message = `The document has ${bytes} bytes, and at most ${MAX_STORED} can be kept: keep long lists (holidays, values) shorter.`;
  return [{ severity: "error", pointer: "", code: "too_large", message }];
};

/** What would be found if this were published now; writes nothing. */
export const verify = async (deps: Deps, input: unknown): Promise<Verified> => {
  const now = deps.now();
  const [current, holdings] = [await readCurrent(deps.db, now), await readHolders(deps.db)];
  const { document, errors, warnings } = parseDocument(input);
  const seen = { version: current.config, people: current.revision };
  if (!document) {
    const nothing = { notes: [], undecided: [], stats: null };
    return { ...seen, document, holidays: {}, verification: { errors, warnings, ...nothing } };
  }
  const holidays = expandHolidays(document.calendars, now);
  const found = verifyWhole({ document, states: current.people.states, holidays, holdings, now });
  const verification = {
    ...found,
    errors: [...sizeProblem(document, holidays), ...found.errors],
    warnings: [...warnings, ...found.warnings],
  };
  return { ...seen, document, holidays, verification };
};

export type Publication =
  | { kind: "published" | "unchanged"; version: number; verification: FullVerification }
  /** It has errors; `version` stays in force. */
  | { kind: "refused"; version: number; verification: FullVerification }
  /** Another version than the expected one is in force, or they change too fast; what was published since. */
  | { kind: "conflict"; version: number; changes: Change[] };

/** Equal as JSON, whatever the order of names. */
const same = (a: unknown, b: unknown): boolean => {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    left.length === right.size &&
    left.every(([name, value]) => right.has(name) && same(value, right.get(name)))
  );
};

const asStored = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const isLive = (live: Published | null, { document, holidays }: Verified): boolean =>
  live !== null && same(live.document, asStored(document)) && same(live.holidays, holidays);

/** As it would be read today: defaults that came since are filled in, so that they are no difference. */
const shapeOf = (published: Published): ConfigDocument =>
  parseDocument(published.document).document ?? published.document;

/** What `newer` changes in `older`, in sentences; null where one of them isn't there. */
export const diffVersions = async (deps: Deps, older: number, newer: number): Promise<Change[] | null> => {
  const [before, after] = [await readVersion(deps.db, older), await readVersion(deps.db, newer)];
  return before && after ? diffDocuments(shapeOf(before), shapeOf(after)) : null;
};

const conflict = async (deps: Deps, expected: number | null, version: number): Promise<Publication> => ({
  kind: "conflict",
  version,
  changes: expected === null ? [] : ((await diffVersions(deps, expected, version)) ?? []),
});

export interface PublishRequest {
  input: unknown;
  actor: string;
  note: string | null;
  /** The version that the caller changed; null publishes over whatever is in force. */
  expected: number | null;
}

/**
 * Publishes a document as the next version, or answers the live one if it is just that. What was checked is guarded by
 * the write itself; when people, leads or the version in force change in between, it is checked again.
 */
export const publish = async (deps: Deps, request: PublishRequest): Promise<Publication> => {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const verified = await verify(deps, request.input);
    const { version, people, document, holidays, verification } = verified;
    if (request.expected !== null && request.expected !== version)
      return conflict(deps, request.expected, version);
    if (!document || verification.errors.length > 0) return { kind: "refused", version, verification };
    if (isLive(await readVersion(deps.db, version), verified))
      return { kind: "unchanged", version, verification };
    const published = await publishVersion(deps.db, {
      document,
      holidays,
      note: request.note,
      by: request.actor,
      at: deps.now(),
      after: version,
      peopleSeen: people,
    });
    if (!published) continue;
    deps.announce();
    return { kind: "published", version: version + 1, verification };
  }
  return conflict(deps, request.expected, await currentVersion(deps.db));
};

/** A version, or the one in force; null when there is none. */
export const documentOf = async (deps: Deps, version: number | null): Promise<Published | null> =>
  readVersion(deps.db, version ?? (await currentVersion(deps.db)));

/** The newest 200 versions, or the newest before one, the newest first. */
export const versions = (deps: Deps, before?: number) => listVersions(deps.db, before);

/** Publishes an old version again, checked as of today. Null when there is no such version. */
export const restore = async (
  deps: Deps,
  version: number,
  request: Omit<PublishRequest, "input">,
): Promise<Publication | null> => {
  const old = await readVersion(deps.db, version);
  if (!old) return null;
  return publish(deps, {
    ...request,
    input: old.document,
    note: request.note ?? `Restores version ${version}`,
  });
};
