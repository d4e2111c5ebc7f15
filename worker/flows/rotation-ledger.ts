/** Reports about the rotation over a period: the ledger, and owners the CRM names whom nobody here answers to. */
import type { RotationLedger } from "../../schema/wire/ledger.ts";
import { rotationLedger } from "../domain/reports/rotation-ledger.ts";
import { loadCurrentConfig } from "../store/config.ts";
import { readLedger, readUnknownOwners, type UnknownOwner } from "../store/rotation.ts";
import type { Deps } from "./deps.ts";
import { refuse, type Outcome } from "./hand.ts";

const DAY = 86_400_000;
/** The books are read pick by pick: a longer period would keep the database from its visitors. */
const MOST_DAYS = 92;

export interface Period {
  from: number;
  to: number;
}

/** The last seven days, where nothing is said. */
export const periodOf = (deps: Deps, from: number | null, to: number | null): Outcome<Period> => {
  const until = to ?? deps.now();
  const since = from ?? until - 7 * DAY;
  if (since >= until) return refuse(422, "The period must end after it begins.", "/query/to");
  if (until - since > MOST_DAYS * DAY)
    return refuse(422, `Ask for at most ${MOST_DAYS} days at a time.`, "/query/from");
  return { ok: true, value: { from: since, to: until } };
};

/** Null while nothing is published. */
export const ledgerOf = async (deps: Deps, { from, to }: Period): Promise<RotationLedger | null> => {
  const compiled = await loadCurrentConfig(deps.db);
  return compiled && rotationLedger(compiled, await readLedger(deps.db, from, to), from, to);
};

export const unknownOwners = (deps: Deps, { from, to }: Period): Promise<UnknownOwner[]> =>
  readUnknownOwners(deps.db, from, to);
