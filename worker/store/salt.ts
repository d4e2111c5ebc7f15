/** The salt of this database's hashes of addresses: read once an isolate, along with something that is read anyway. */
import type { Db } from "./db.ts";

/** Never changes. */
let salt: string | null = null;

/** As a column of any statement; `noteSalt` keeps what it finds. */
export const SALT_COLUMN = "(SELECT salt FROM privacy_salt WHERE id = 1) AS salt";

export const noteSalt = (found: string | null | undefined): void => {
  salt ??= found ?? null;
};

/** Of this database alone. No statement where it is known. */
export const readSalt = async (db: Db): Promise<string> => {
  noteSalt(salt ?? (await db.prepare(`SELECT ${SALT_COLUMN}`).first<string>("salt")));
  return salt ?? "";
};
