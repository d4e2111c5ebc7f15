/** The keys under which leads find an account, and when they must be written. */
import { accountKeys, KEYS_VERSION } from "../domain/matching/keys.ts";
import { knownAs } from "../domain/crm/learned.ts";
import type { Row } from "../domain/crm/merge.ts";
import type { Keyed, Stored } from "../store/crm.ts";

const COLUMNS = ["name", "domain", "domains", "other_names", "learned", "city"];

const textOrNull = (value: Row[string] | undefined): string | null =>
  value === null || value === undefined ? null : String(value);

/** A name it also goes by leads to it as its own does. */
export const keysOfAccount = (row: Row): Keyed => {
  const domain = textOrNull(row["domain"]);
  const city = textOrNull(row["city"]);
  const { domains, otherNames } = knownAs(row);
  const keys = [
    accountKeys({ name: String(row["name"]), domain, domains, city }),
    ...otherNames.map((name) => accountKeys({ name, domain: null, domains: [], city })),
  ].flat();
  return { keys: [...new Set(keys.map(({ key }) => key))], version: KEYS_VERSION };
};

export const isKeyedToday = (stored: Stored): boolean => stored.keysVersion === KEYS_VERSION;

/** Null where the account's keys follow from nothing that changed, and from the rules of today. */
export const keysToWrite = (row: Row, before: Stored | null): Keyed | null => {
  if (before && isKeyedToday(before) && COLUMNS.every((column) => row[column] === before.row[column]))
    return null;
  return keysOfAccount(row);
};
