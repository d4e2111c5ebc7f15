/** The database as flows see it, and the errors by which it says "read again". */
import { drizzle } from "drizzle-orm/d1";

export type Db = D1Database;

/** Typed access for everything off the hot path. */
export const orm = (db: Db) => drizzle(db);

const message = (error: unknown): string =>
  error instanceof Error
    ? `${error.message} ${error.cause instanceof Error ? error.cause.message : ""}`
    : String(error);

/** The decision was made on a state that has moved on: read again and decide again. */
export const isStale = (error: unknown): boolean =>
  /DECISION_STALE|LEAD_MOVED_ON|(UNIQUE|NOT NULL) constraint failed: (leads\.|submissions\.|assignments\.|people_state\.)/.test(
    message(error),
  );

// The caller names the shape: these are our own rows, written by our own code.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export const parseJson = <T>(text: string): T => JSON.parse(text) as T;
