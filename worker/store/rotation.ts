/** The rotation's books: named credits, and what the ledger adds up. */
import type { LedgerRows } from "../domain/reports/rotation-ledger.ts";
import type { Db } from "./db.ts";

/**
 * Gives back what a lead was charged for, once: to its owner, if the rotation gave it to them. Part of the write that closes
 * it; a trigger adds the amount to the credits.
 */
export const creditInvalid = (
  db: Db,
  lead: { id: string; ownerId: string },
  code: string,
  at: number,
): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO rotation_entries (id, at, team_id, person_id, lead_id, kind, amount, note, after_pick)
       SELECT 'invalid.' || a.lead_id, ?3, a.chosen ->> 'rotation', a.person_id, a.lead_id, 'invalid', 1, ?4,
         (SELECT max(rowid) FROM assignments)
       FROM assignments a WHERE a.lead_id = ?1 AND a.person_id = ?2 AND a.chosen ->> 'rotation' IS NOT NULL
       ORDER BY a.seq DESC LIMIT 1
       ON CONFLICT DO NOTHING`,
    )
    .bind(lead.id, lead.ownerId, at, code);

const IN_PERIOD = "a.at >= ?1 AND a.at < ?2";

/** Each pick of a rotation with everybody who had room and was there. */
const rotating = (period: string): string => `
  SELECT a.rowid AS pick, a.lead_id AS lead, a.chosen ->> 'rotation' AS team, a.person_id AS picked,
    v.value ->> 'person' AS person, v.value ->> 'weight' AS weight
  FROM assignments a, json_each(a.considered) v
  WHERE ${period} AND a.chosen ->> 'rotation' IS NOT NULL
    AND coalesce(v.value ->> 'tier', a.chosen ->> 'tier') = a.chosen ->> 'tier' AND coalesce(v.value ->> 'room', 1)`;

/** Each assignment with whom it passed over, and why. */
const passing = (period: string): string => `
  SELECT a.rowid AS pick, a.lead_id AS lead, v.value ->> 'rotation' AS team, v.value ->> 'person' AS person, 'full' AS why
  FROM assignments a, json_each(a.considered) v
  WHERE ${period} AND v.value ->> 'room' = 0 AND v.value ->> 'rotation' IS NOT NULL
  UNION ALL
  SELECT a.rowid, a.lead_id, t.value ->> 'team', t.value ->> 'person', t.value ->> 'why'
  FROM assignments a, json_each(a.trace) t
  WHERE ${period} AND t.value ->> 'why' IS NOT NULL AND t.value ->> 'team' IS NOT NULL`;

/** What each member was due of the picks that could have been theirs, and what they got. */
const SHARES = `
WITH m AS (${rotating(IN_PERIOD)})
SELECT team, person, count(*) AS available, sum(weight * 1.0 / total) AS share, sum(person = picked) AS received
FROM (SELECT *, sum(weight) OVER (PARTITION BY pick) AS total FROM m) GROUP BY team, person`;

/** Why members were passed over, each reason once an assignment. */
const SKIPS = `
SELECT team, person, why, count(DISTINCT pick) AS n FROM (${passing(IN_PERIOD)}) GROUP BY team, person, why`;

/** A number of the ledger: whose, and what is counted (schema/wire/ledger.ts). */
export interface Ledgered {
  team: string;
  what: string;
  /** Null: the whole team's. */
  person: string | null;
}

/** The leads behind a number of the ledger: their picks fell into the period. */
export const ledgeredLeads = (
  { team, what, person }: Ledgered,
  { from, to }: { from: number; to: number },
): { clause: string; values: (string | number)[] } => {
  const period = "a.at >= ? AND a.at < ?";
  const whose = person === null ? [] : [person];
  const of = (rows: string, column: string): string =>
    `l.id IN (SELECT lead FROM (${rows}) WHERE team = ?${person === null ? "" : ` AND ${column} = ?`}`;
  if (what === "received" || what === "available")
    return {
      clause: `${of(rotating(period), what === "received" ? "picked" : "person")})`,
      values: [from, to, team, ...whose],
    };
  return {
    clause: `${of(passing(period), "person")} AND why = ?)`,
    values: [from, to, from, to, team, ...whose, what],
  };
};

const ENTRIES = `
SELECT id, at, team_id AS team, person_id AS person, lead_id AS leadId, kind, amount, note
FROM rotation_entries a WHERE ${IN_PERIOD} ORDER BY at DESC, id LIMIT 5000`;

const CREDITS = "SELECT team_id AS team, person_id AS person, credit FROM rotation_credits";

/** A pick belongs to one slice, so that sums over slices are sums over picks. Captures wait for a week's reading, not for a quarter's. */
const SLICE_MS = 7 * 86_400_000;

type Share = LedgerRows["shares"][number];
type Skip = LedgerRows["skips"][number];

/** Adds rows to those of the same names before. */
const addUp = <T>(
  sums: Map<string, T>,
  rows: readonly T[],
  nameOf: (row: T) => string,
  add: (sum: T, row: T) => void,
) => {
  for (const row of rows) {
    const sum = sums.get(nameOf(row));
    if (sum) add(sum, row);
    else sums.set(nameOf(row), { ...row });
  }
};

const addShares = (sum: Share, { available, share, received }: Share): void => {
  sum.available += available;
  sum.share += share;
  sum.received += received;
};

/** One round trip a week; times in epoch milliseconds, half-open. */
export const readLedger = async (db: Db, from: number, to: number): Promise<LedgerRows> => {
  const shares = new Map<string, Share>();
  const skips = new Map<string, Skip>();
  for (let start = from; start < to; start += SLICE_MS) {
    const end = Math.min(to, start + SLICE_MS);
    const [due, passed] = await db.batch([
      db.prepare(SHARES).bind(start, end),
      db.prepare(SKIPS).bind(start, end),
    ]);
    addUp(
      shares,
      (due?.results ?? []) as Share[],
      (row) => JSON.stringify([row.team, row.person]),
      addShares,
    );
    addUp(
      skips,
      (passed?.results ?? []) as Skip[],
      (row) => JSON.stringify([row.team, row.person, row.why]),
      (sum, { n }) => {
        sum.n += n;
      },
    );
  }
  const [entries, credits] = await db.batch([db.prepare(ENTRIES).bind(from, to), db.prepare(CREDITS)]);
  return {
    shares: [...shares.values()],
    skips: [...skips.values()],
    entries: (entries?.results ?? []) as LedgerRows["entries"],
    credits: (credits?.results ?? []) as LedgerRows["credits"],
  };
};

export interface UnknownOwner {
  name: string;
  leads: number;
  lastAt: number;
  lastLeadId: string;
}

/** Names the CRM gives as owners of accounts that leads came from, and who is no active person here; the most frequent first. */
export const readUnknownOwners = async (db: Db, from: number, to: number): Promise<UnknownOwner[]> => {
  const { results } = await db
    .prepare(
      `SELECT data ->> 'name' AS name, count(DISTINCT lead_id) AS leads, max(at) AS lastAt, lead_id AS lastLeadId
       FROM events WHERE type = 'net.caught' AND at >= ?1 AND at < ?2 AND data ->> 'net' = 'unknownOwner'
       GROUP BY name ORDER BY leads DESC, name LIMIT 500`,
    )
    .bind(from, to)
    .all<UnknownOwner>();
  return results;
};
