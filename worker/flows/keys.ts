/** API keys: only their hash is kept, each has the scopes it was given. */
import { and, desc, eq, isNull } from "drizzle-orm";
import { apiKeys } from "../../schema/tables/access.ts";
import { orm, parseJson, type Db } from "../store/db.ts";

export interface KnownKey {
  id: string;
  name: string;
  scopes: string[];
}

const USED_GRAIN_MS = 3_600_000;

/** By the SHA-256 of the whole key; null when unknown or revoked. Notes its use at most hourly. */
export const findKey = async (db: Db, hash: string, now: number): Promise<KnownKey | null> => {
  const [row] = await orm(db)
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.hash, hash), isNull(apiKeys.revokedAt)));
  if (!row) return null;
  if (row.lastUsedAt === null || now - row.lastUsedAt > USED_GRAIN_MS)
    await orm(db).update(apiKeys).set({ lastUsedAt: now }).where(eq(apiKeys.id, row.id));
  return { id: row.id, name: row.name, scopes: parseJson<string[]>(row.scopes) };
};

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const KEY_LENGTH = 40;
/** Bytes from here on would make the first characters likelier than the rest. */
const FAIR_BYTES = 256 - (256 % BASE62.length);

/** `lc_` and 40 random characters: 238 bits. */
export const newKey = (): string => {
  let key = "";
  while (key.length < KEY_LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(KEY_LENGTH)))
      if (byte < FAIR_BYTES && key.length < KEY_LENGTH) key += BASE62[byte % BASE62.length];
  }
  return `lc_${key}`;
};

export const createKey = async (
  db: Db,
  key: {
    id: string;
    name: string;
    hash: string;
    scopes: readonly string[];
    createdBy: string;
    createdAt: number;
  },
): Promise<void> => {
  await orm(db)
    .insert(apiKeys)
    .values({ ...key, scopes: JSON.stringify(key.scopes) });
};

export const listKeys = async (db: Db) => {
  const rows = await orm(db).select().from(apiKeys).orderBy(desc(apiKeys.createdAt)).limit(500);
  return rows.map(({ hash: _hash, scopes, ...row }) => ({ ...row, scopes: parseJson<string[]>(scopes) }));
};

/** False when there is no such key. */
export const revokeKey = async (db: Db, id: string, now: number): Promise<boolean> => {
  const changed = await orm(db)
    .update(apiKeys)
    .set({ revokedAt: now })
    .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
    .returning({ id: apiKeys.id });
  return changed.length > 0;
};
