/** What really happened, for back-tests: leads as they came, their relatives, people's states and rotations of the past. */
import type { PastTimeOff, StateChange } from "../domain/backtest/availability.ts";
import { happenedOf, type PastAssignment } from "../domain/backtest/happened.ts";
import type { EarlierLead } from "../domain/backtest/period.ts";
import type { Basis, PastLead, Simulated } from "../domain/backtest/types.ts";
import { creditKey, creditsAfter } from "../domain/routing/pick.ts";
import type { Match } from "../domain/matching/types.ts";
import { CONTACT_OBJECT, CONTACT_ORDER, toContact } from "./known.ts";
import { parseJson, type Db } from "./db.ts";
import { toAccount, toOpportunity, type StoredFacts } from "./rows.ts";

type Row = Record<string, unknown>;

/** As reports have it (worker/domain/reports/touched.ts): without those that were only observed, and those a proven touch took back. */
const BREACHES = `SELECT data ->> '$.owner.id' AS person FROM events e
  WHERE lead_id = l.id AND type = 'sla.breached' AND data ->> 'target' = 'firstTouch' AND data ->> 'observed' IS NULL
    AND NOT EXISTS (SELECT 1 FROM touches t WHERE t.lead_id = e.lead_id AND t.owned + t.covered > 0
      AND t.at <= round(unixepoch(e.data ->> '$.dueAt', 'subsec') * 1000) AND (t.grade = 'verified' OR t.recorded_at <= e.at))
  ORDER BY seq`;

/** When the first touch was proven: what somebody only said later stopped no clock before it was said. */
const FIRST_TOUCH = `coalesce((SELECT min(CASE t.grade WHEN 'verified' THEN t.at ELSE max(t.at, t.recorded_at) END) FROM touches t
  WHERE t.lead_id = l.id AND t.owned + t.covered > 0 AND t.at = l.first_touch_at), l.first_touch_at) AS first_touch_at`;

const ASSIGNMENTS = `SELECT at, person_id, queue_id, team_id, rule_id, cause, chosen FROM assignments
  WHERE lead_id = l.id ORDER BY seq LIMIT 60`;

const PAST = `
SELECT l.rowid AS place, l.id, l.created_at, l.email_norm, l.corporate_domain, l.facts, l.form_key, l.source, l.match,
  l.account_id, ${FIRST_TOUCH}, l.closed_at,
  (SELECT json_group_array(json_object('at', at, 'person', person_id, 'queue', queue_id, 'team', team_id, 'ruleId', rule_id,
     'cause', cause, 'provisional', chosen ->> 'provisional', 'clockStartsAt', chosen ->> 'clockStartsAt',
     'promiseAt', chosen ->> 'promiseAt')) FROM (${ASSIGNMENTS})) AS assignments,
  (SELECT basis FROM assignments WHERE lead_id = l.id AND seq = 1) AS basis,
  (SELECT json_group_array(person) FROM (${BREACHES})) AS breached_by,
  EXISTS (SELECT 1 FROM events WHERE lead_id = l.id AND +type = 'lead.corrected') AS corrected,
  EXISTS (SELECT 1 FROM rotation_entries WHERE id = 'invalid.' || l.id) AS invalid`;

interface Found {
  past: PastLead;
  /** Its row: of one moment, leads come in this order. */
  place: number;
  /** What the CRM said when it came; false where that wasn't kept, so today's is taken. */
  remembered: boolean;
}

/** As JSON has it: 0 and 1. */
type Raw = Omit<PastAssignment, "provisional"> & { provisional: number | boolean | null };

const toAssignment = (item: Raw): PastAssignment => ({
  ...item,
  provisional: item.provisional === 1 || item.provisional === true,
});

const toFound = (row: Row, today: ReadonlyMap<string, Basis>): Found => {
  const facts = parseJson<StoredFacts>(String(row["facts"]));
  const id = String(row["id"]);
  const match = parseJson<Match>(String(row["match"]));
  const kept = parseJson<Basis | null>((row["basis"] as string | null) ?? "null");
  const basis = kept ??
    today.get(id) ?? {
      match: { method: match.method, confidence: match.confidence, accountId: match.accountId },
      account: null,
      opportunity: null,
      contact: null,
      company: facts.company ?? null,
    };
  return {
    place: Number(row["place"]),
    remembered: kept !== null,
    past: {
      id,
      at: Number(row["created_at"]),
      email: String(row["email_norm"]),
      domain: row["corporate_domain"] as string | null,
      hasPhone: facts.lead.phoneE164 !== null,
      timezone: facts.lead.timezone,
      known: {
        lead: { ...facts.lead },
        page: facts.page,
        attribution: facts.attribution,
        custom: facts.custom,
        formKey: row["form_key"] as string | null,
        source: row["source"] as string | null,
        ...basis,
      },
      happened: happenedOf({
        assignments: parseJson<Raw[]>(String(row["assignments"])).map(toAssignment),
        breachedBy: parseJson<string[]>(String(row["breached_by"])),
        firstTouchAt: row["first_touch_at"] as number | null,
        closedAt: row["closed_at"] as number | null,
        invalid: row["invalid"] === 1,
        corrected: row["corrected"] === 1,
      }),
    },
  };
};

const ACCOUNT_OBJECT = `json_object('id', a.id, 'name', a.name, 'domain', a.domain, 'parent_id', a.parent_id, 'owner', a.owner,
  'roles', a.roles, 'country', a.country, 'city', a.city, 'industry', a.industry, 'employees', a.employees,
  'lifecycle', a.lifecycle, 'extra', a.extra)`;

const TODAY = `
SELECT l.id, l.match,
  (SELECT ${CONTACT_OBJECT} FROM contacts c WHERE c.email_norm = l.email_norm ORDER BY ${CONTACT_ORDER} LIMIT 1) AS contact,
  (SELECT json_object('id', o.id, 'account_id', o.account_id, 'stage', o.stage, 'amount', o.amount, 'owner', o.owner)
     FROM opportunities o WHERE o.account_id = l.account_id AND o.open = 1 ORDER BY o.amount DESC, o.id LIMIT 1) AS opportunity,
  CASE WHEN a.id IS NULL THEN NULL ELSE ${ACCOUNT_OBJECT} END AS account
FROM json_each(?1) e JOIN leads l ON l.id = e.value LEFT JOIN accounts a ON a.id = l.account_id`;

const column = (row: Row, name: string): Row | null =>
  parseJson<Row | null>((row[name] as string | null) ?? "null");

/** What the CRM says today, for leads of before it was kept. */
const readToday = async (db: Db, rows: readonly Row[]): Promise<Map<string, Basis>> => {
  const ids = rows.filter((row) => row["basis"] === null).map((row) => row["id"]);
  if (ids.length === 0) return new Map();
  const { results } = await db.prepare(TODAY).bind(JSON.stringify(ids)).all<Row>();
  return new Map(
    results.map((row) => {
      const { method, confidence, accountId } = parseJson<Match>(String(row["match"]));
      const [account, opportunity] = [column(row, "account"), column(row, "opportunity")];
      const contact = toContact(column(row, "contact") ?? undefined);
      const basis: Basis = {
        match: { method, confidence, accountId },
        account: account && toAccount(account),
        opportunity: opportunity && toOpportunity(opportunity),
        contact: contact && { ...contact },
      };
      return [String(row["id"]), basis];
    }),
  );
};

const found = async (db: Db, rows: readonly Row[]): Promise<Found[]> => {
  const today = await readToday(db, rows);
  return rows.map((row) => toFound(row, today));
};

/** A place in the order in which leads came. */
export interface Place {
  at: number;
  row: number;
}

/** Leads that came after `after` and before `to`, in order. */
export const readPast = async (db: Db, after: Place, to: number, limit: number): Promise<Found[]> => {
  const { results } = await db
    .prepare(
      `${PAST} FROM leads l WHERE l.created_at >= ?1 AND (l.created_at > ?1 OR l.rowid > ?2) AND l.created_at < ?3
       ORDER BY l.created_at, l.rowid LIMIT ?4`,
    )
    .bind(after.at, after.row, to, limit)
    .all<Row>();
  return found(db, results);
};

export const readPastById = async (db: Db, ids: readonly string[]): Promise<PastLead[]> => {
  if (ids.length === 0) return [];
  const { results } = await db
    .prepare(`${PAST} FROM json_each(?1) e CROSS JOIN leads l ON l.id = e.value`)
    .bind(JSON.stringify(ids))
    .all<Row>();
  return (await found(db, results)).map(({ past }) => past);
};

export interface Earlier extends Found {
  held: { owner: string | null; team: string | null; queue: string | null; clockStartsAt: number | null };
}

/** Leads of before `from` that were open then, with who held them. */
export const readEarlier = async (db: Db, after: Place, from: number, limit: number): Promise<Earlier[]> => {
  const { results } = await db
    .prepare(
      `${PAST}, h.person_id, h.team_id, h.queue_id, h.chosen ->> 'clockStartsAt' AS held_from
       FROM leads l JOIN assignments h ON h.lead_id = l.id
         AND h.seq = (SELECT max(seq) FROM assignments WHERE lead_id = l.id AND (at <= ?3 OR seq = 1))
       WHERE l.created_at >= ?1 AND (l.created_at > ?1 OR l.rowid > ?2) AND l.created_at < ?3
         AND (l.closed_at IS NULL OR l.closed_at > ?3)
       ORDER BY l.created_at, l.rowid LIMIT ?4`,
    )
    .bind(after.at, after.row, from, limit)
    .all<Row>();
  return (await found(db, results)).map((item, at) => {
    const row = results[at] ?? {};
    return {
      ...item,
      held: {
        owner: row["person_id"] as string | null,
        team: row["team_id"] as string | null,
        queue: row["queue_id"] as string | null,
        clockStartsAt: row["held_from"] as number | null,
      },
    };
  });
};

export const countPast = async (db: Db, from: number, to: number): Promise<number> =>
  (
    await db
      .prepare("SELECT count(*) AS n FROM leads WHERE created_at >= ?1 AND created_at < ?2")
      .bind(from, to)
      .first<{ n: number }>()
  )?.n ?? 0;

export interface Relatives {
  /** By e-mail, newest first; the newest three. */
  predecessors: Map<string, EarlierLead[]>;
  /** Of these, and of the companies' newest open ones, those in the simulated world. */
  simulated: Simulated[];
  /** Ids of simulated leads by corporate domain. */
  byDomain: Map<string, string[]>;
}

const PREDECESSORS = `
SELECT e.value AS email, (SELECT json_group_array(json_object('leadId', id, 'owner', owner_id, 'at', updated_at))
  FROM (SELECT id, owner_id, updated_at FROM leads WHERE email_norm = e.value
    AND (created_at < ?2 OR (created_at = ?2 AND rowid <= ?3)) ORDER BY created_at DESC, rowid DESC LIMIT 3)) AS list
FROM json_each(?1) e`;

/** CROSS: the company's leads first. The planner would read the whole back-test for each company, having no statistics. */
const COLLEAGUES = `
SELECT d.value AS domain, (SELECT json_group_array(json(state)) FROM (
  SELECT b.state FROM leads l CROSS JOIN backtest_leads b ON b.backtest_id = ?2 AND b.lead_id = l.id
  WHERE l.corporate_domain = d.value AND b.related = 1 ORDER BY l.created_at DESC, l.rowid DESC LIMIT 10)) AS list
FROM json_each(?1) d`;

const unique = (items: readonly (string | null)[]): string =>
  JSON.stringify([...new Set(items.filter((item) => item !== null))]);

/** Who came before these leads, of the same person or company. */
export const readRelatives = async (
  db: Db,
  id: string,
  leads: readonly PastLead[],
  before: Place,
): Promise<Relatives> => {
  if (leads.length === 0) return { predecessors: new Map(), simulated: [], byDomain: new Map() };
  const [people, companies] = await db.batch<{ email: string; domain: string; list: string }>([
    db.prepare(PREDECESSORS).bind(unique(leads.map(({ email }) => email)), before.at, before.row),
    db.prepare(COLLEAGUES).bind(unique(leads.map(({ domain }) => domain)), id),
  ]);
  const predecessors = new Map(
    (people?.results ?? []).map(({ email, list }) => [email, parseJson<EarlierLead[]>(list)]),
  );
  const colleagues = (companies?.results ?? []).map(
    ({ domain, list }) => [domain, parseJson<Simulated[]>(list)] as const,
  );
  const known = await simulatedById(
    db,
    id,
    [...predecessors.values()].flat().map(({ leadId }) => leadId),
  );
  return {
    predecessors,
    simulated: [...known, ...colleagues.flatMap(([, list]) => list)],
    byDomain: new Map(colleagues.map(([domain, list]) => [domain, list.map(({ leadId }) => leadId)])),
  };
};

const simulatedById = async (db: Db, id: string, leadIds: readonly string[]): Promise<Simulated[]> => {
  if (leadIds.length === 0) return [];
  const { results } = await db
    .prepare(
      `SELECT b.state FROM json_each(?2) e CROSS JOIN backtest_leads b ON b.backtest_id = ?1 AND b.lead_id = e.value`,
    )
    .bind(id, JSON.stringify(leadIds))
    .all<{ state: string }>();
  return results.map(({ state }) => parseJson<Simulated>(state));
};

/** Everybody's last picks before `from`: enough to know what each rotation then owed. */
const PICKS = `
SELECT a.chosen ->> 'rotation' AS team, a.chosen ->> 'tier' AS tier, a.person_id AS picked, a.considered, a.at FROM json_each(?1) p JOIN assignments a
  ON a.rowid IN (SELECT rowid FROM assignments WHERE person_id = p.value AND at < ?2 ORDER BY at DESC LIMIT 3)
WHERE a.chosen ->> 'rotation' IS NOT NULL ORDER BY a.at`;

/** One of those a pick looked at; of early ones only the tier that won was kept. */
interface Weighed {
  person: string;
  weight: number;
  credit: number;
  tier?: number;
  room?: boolean;
}

const AT_ONCE = 100;

/** What rotations owed their members at `from`, from the last picks that weighed each. */
export const readCredits = async (
  db: Db,
  people: readonly string[],
  from: number,
): Promise<[string, number][]> => {
  const credits = new Map<string, { at: number; credit: number }>();
  for (let first = 0; first < people.length; first += AT_ONCE) {
    const { results } = await db
      .prepare(PICKS)
      .bind(JSON.stringify(people.slice(first, first + AT_ONCE)), from)
      .all<{ team: string; tier: number; picked: string; considered: string; at: number }>();
    for (const { team, tier, picked, considered, at } of results) {
      const weighed = parseJson<Weighed[]>(considered).filter(
        (each) => (each.tier ?? tier) === tier && each.room !== false,
      );
      for (const { person, credit } of creditsAfter(weighed, picked)) {
        const key = creditKey(team, person ?? "");
        if ((credits.get(key)?.at ?? 0) <= at) credits.set(key, { at, credit });
      }
    }
  }
  return [...credits].map(([key, { credit }]) => [key, credit]);
};

const HISTORY = `
SELECT person_id AS personId, at, away, away_until AS awayUntil, away_reason AS awayReason, suspended_at AS suspendedAt,
  deactivated_at AS deactivatedAt, capacity, capacity_until AS capacityUntil FROM people_history
WHERE seq IN (SELECT max(seq) FROM people_history WHERE at <= ?1 GROUP BY person_id) OR (at > ?1 AND at <= ?2)
ORDER BY seq`;

const TIME_OFF = `
SELECT person_id AS personId, start_at AS startAt, end_at AS endAt, reason, created_at AS createdAt, cancelled_at AS cancelledAt
FROM time_off WHERE end_at > ?1 AND start_at <= ?2 AND (cancelled_at IS NULL OR cancelled_at > ?1)`;

/** How people's states and time off were from `from` to `until`. */
export const readAvailability = async (
  db: Db,
  from: number,
  until: number,
): Promise<{ changes: StateChange[]; timeOff: PastTimeOff[] }> => {
  const [states, spans] = await db.batch<Row>([
    db.prepare(HISTORY).bind(from, until),
    db.prepare(TIME_OFF).bind(from, until),
  ]);
  const changes = (states?.results ?? []).map(({ personId, at, away, ...state }) => ({
    personId,
    at,
    state: { ...state, away: away === 1 },
  }));
  return {
    changes: changes as unknown as StateChange[],
    timeOff: (spans?.results ?? []) as unknown as PastTimeOff[],
  };
};
