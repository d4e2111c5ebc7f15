/** Reports about the rotation over a period: the ledger, and owners the CRM names whom nobody here answers to. */
import { MOST_LEDGER_DAYS, type RotationLedger } from "../../schema/wire/ledger.ts";
import type { Compiled } from "../domain/config/compiled.ts";
import { instantAsked } from "../domain/reports/period.ts";
import { ledgerOfPerson, rotationLedger } from "../domain/reports/rotation-ledger.ts";
import { loadCurrentConfig } from "../store/config.ts";
import { readLedger, readUnknownOwners, type UnknownOwner } from "../store/rotation.ts";
import type { Deps } from "./deps.ts";
import { refuse, type Outcome } from "./hand.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Days of the workspace's zone (`to` is included) or ISO times (`to` is not). */
export interface Asked {
  from?: string | undefined;
  to?: string | undefined;
}

/** Epoch milliseconds, half-open. */
interface Period {
  from: number;
  to: number;
}

/** The last seven days, where nothing is said. */
export const ledgerPeriod = ({ from, to }: Asked, timezone: string, now: number): Outcome<Period> => {
  const until = to === undefined ? now : instantAsked(to, timezone, "end");
  const since = from === undefined ? until - 7 * DAY : instantAsked(from, timezone, "begin");
  if (since >= until) return refuse(422, "The period must end after it begins.", "/to");
  // A day of a change of clocks is an hour longer.
  if (until - since > MOST_LEDGER_DAYS * DAY + HOUR)
    return refuse(422, `Ask for at most ${MOST_LEDGER_DAYS} days at a time.`, "/from");
  return { ok: true, value: { from: since, to: until } };
};

const asked = async (
  deps: Deps,
  question: Asked,
): Promise<Outcome<{ compiled: Compiled; period: Period }>> => {
  const compiled = await loadCurrentConfig(deps.db);
  if (!compiled) return refuse(409, "No configuration is published yet: there is nothing to report on.");
  const period = ledgerPeriod(question, compiled.document.workspace.timezone, deps.now());
  return period.ok ? { ok: true, value: { compiled, period: period.value } } : period;
};

/** `onlyPerson`: the one whose lines the caller may see; null: everybody's. */
export const ledgerOf = async (
  deps: Deps,
  question: Asked,
  onlyPerson: string | null,
): Promise<Outcome<RotationLedger>> => {
  const ask = await asked(deps, question);
  if (!ask.ok) return ask;
  const { compiled, period } = ask.value;
  const ledger = rotationLedger(
    compiled,
    await readLedger(deps.db, period.from, period.to),
    period.from,
    period.to,
  );
  return { ok: true, value: onlyPerson === null ? ledger : ledgerOfPerson(ledger, onlyPerson) };
};

export interface UnknownOwners extends Period {
  owners: UnknownOwner[];
}

/** About the CRM, so about everybody: nobody may see it who only sees their own figures. */
export const unknownOwners = async (
  deps: Deps,
  question: Asked,
  onlyPerson: string | null,
): Promise<Outcome<UnknownOwners>> => {
  if (onlyPerson !== null) return refuse(403, "unknown-owners is about everybody; ask a manager.");
  const ask = await asked(deps, question);
  if (!ask.ok) return ask;
  const { from, to } = ask.value.period;
  return { ok: true, value: { from, to, owners: await readUnknownOwners(deps.db, from, to) } };
};
