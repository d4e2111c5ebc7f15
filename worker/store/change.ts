/** Every later change of a lead: one atomic batch, guarded by the generation the flow saw. */
import type { Candidate } from "../domain/routing/plan-types.ts";
import { eventsStatement, outboxStatement, type NewEvent, type OutboxInput } from "./happened.ts";
import { parseJson, type Db } from "./db.ts";
import {
  afterPick,
  CHOSEN_COLUMNS,
  CLOCK_COLUMNS,
  NEXT_STATUS,
  pickStatement,
  ROUTING_COLUMN,
  type AssignmentInput,
} from "./pick.ts";
import type { LeadRow } from "./rows.ts";

export interface TouchInput {
  id: string;
  personId: string | null;
  channel: string;
  direction: string;
  owned: boolean;
  covered: boolean;
  outcome: string | null;
  body: string | null;
  grade: string;
  at: number;
}

export interface Change {
  lead: LeadRow;
  at: number;
  actor: string;
  /** Columns by their names in the table; booleans and JSON already encoded. */
  set: Record<string, string | number | null>;
  events?: readonly NewEvent[];
  effects?: readonly OutboxInput[];
  touch?: TouchInput;
  strike?: { id: string; personId: string; attribution: string; why: string };
  tasks?: readonly { id: string; ownerId: string; kind: string; dueAt: number; note?: string }[];
  /** A new owner: the pick runs in the same batch, and the lead follows it. */
  assignment?: AssignmentInput & { restartClock: boolean };
  /** Further statements that must hold or fail with the rest. */
  also?: readonly D1PreparedStatement[];
}

/** Nobody among the candidates has room; nothing was picked, and the lead is as it was. */
class NobodyError extends Error {
  override name = "NobodyError";

  constructor() {
    super("The pick found nobody: no candidate is active and has room");
  }
}

export const isNobody = (error: unknown): boolean => error instanceof NobodyError;

/** Gives it to whoever is picked; where none of them has room, which only the pick knows, nothing was written and it stays. */
export const orStay = async <T>(give: () => Promise<T>, stay: () => T | Promise<T>): Promise<T> => {
  try {
    return await give();
  } catch (error) {
    if (!isNobody(error)) throw error;
    return stay();
  }
};

const updateLead = (db: Db, { lead, set, at, assignment }: Change): D1PreparedStatement => {
  const plain = { ...set, updated_at: at, generation: lead.generation + 1 };
  const names = Object.keys(plain);
  const follow: Record<string, string> = assignment
    ? {
        ...CHOSEN_COLUMNS,
        ...(assignment.restartClock ? CLOCK_COLUMNS : {}),
        routing: ROUTING_COLUMN,
        status: NEXT_STATUS,
      }
    : {};
  const assigned = [
    ...names.map((name) => `${name} = ?`),
    ...Object.entries(follow)
      .filter(([name]) => !names.includes(name))
      .map(([name, expression]) => `${name} = ${expression}`),
  ].join(", ");
  return assignment
    ? db
        .prepare(
          `UPDATE leads SET ${assigned} FROM assignments a WHERE leads.id = ? AND a.lead_id = leads.id AND a.seq = ?`,
        )
        .bind(...Object.values(plain), lead.id, assignment.seq)
    : db.prepare(`UPDATE leads SET ${assigned} WHERE id = ?`).bind(...Object.values(plain), lead.id);
};

const insertTouch = (db: Db, leadId: string, touch: TouchInput, now: number): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO touches (id, lead_id, person_id, channel, direction, owned, covered, outcome, body, grade, at, recorded_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)`,
    )
    .bind(
      touch.id,
      leadId,
      touch.personId,
      touch.channel,
      touch.direction,
      Number(touch.owned),
      Number(touch.covered),
      touch.outcome,
      touch.body,
      touch.grade,
      touch.at,
      now,
    );

const insertTasks = (
  db: Db,
  leadId: string,
  tasks: NonNullable<Change["tasks"]>,
  at: number,
): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO tasks (id, lead_id, owner_id, kind, due_at, note, created_at)
       SELECT value ->> 'id', ?1, value ->> 'ownerId', value ->> 'kind', value ->> 'dueAt', value ->> 'note', ?2
       FROM json_each(?3)
       WHERE true ON CONFLICT DO NOTHING`,
    )
    .bind(leadId, at, JSON.stringify(tasks));

/** Events and effects; with a new owner, those that follow from the pick too. */
const followUp = (
  db: Db,
  { lead, at, actor, assignment, events = [], effects = [] }: Change,
): D1PreparedStatement[] => {
  if (!assignment)
    return [
      ...(events.length > 0 ? [eventsStatement(db, lead.id, at, events)] : []),
      ...(effects.length > 0 ? [outboxStatement(db, lead.id, at, effects)] : []),
    ];
  const rotates = assignment.candidates.some((candidate) => candidate.rotation !== null);
  return afterPick(db, { leadId: lead.id, seq: assignment.seq, actor, at, rotates, events, effects });
};

const NOBODY = /NOT NULL constraint failed: openings\.until/;

/** Breaks the batch where nobody was picked: what a move goes with (a breach told, a strike) is written with it or not at all. */
const somebodyGuard = (db: Db, { lead, assignment }: Change): D1PreparedStatement[] => {
  const sure = assignment?.candidates.some(
    ({ capacity, activeLeads }) => capacity === null && activeLeads === null,
  );
  if (!assignment || sure) return [];
  return [
    db
      .prepare(
        `INSERT INTO openings (team_id, until)
         SELECT '', NULL WHERE NOT EXISTS (SELECT 1 FROM assignments WHERE lead_id = ?1 AND seq = ?2)`,
      )
      .bind(lead.id, assignment.seq),
  ];
};

/**
 * Writes a change; answers the candidate that won where one was picked. The lead is updated first: if it moved on since
 * it was read, the whole batch fails with an error that `isStale` knows.
 */
export const writeChange = async (db: Db, change: Change): Promise<Candidate | null> => {
  const { assignment } = change;
  const results = await db.batch<{ chosen?: string }>(statements(db, change)).catch((error: unknown) => {
    throw NOBODY.test(String(error)) ? new NobodyError() : error;
  });
  if (!assignment) return null;
  const chosen = results[0]?.results[0]?.chosen;
  if (chosen === undefined) throw new NobodyError();
  return parseJson<Candidate>(chosen);
};

const statements = (db: Db, change: Change): D1PreparedStatement[] => {
  const { lead, at, assignment, tasks } = change;
  return [
    ...(assignment ? [pickStatement(db, assignment)] : []),
    ...somebodyGuard(db, change),
    updateLead(db, change),
    ...followUp(db, change),
    ...(change.touch ? [insertTouch(db, lead.id, change.touch, at)] : []),
    ...(change.strike
      ? [
          db
            .prepare(
              "INSERT INTO strikes (id, person_id, lead_id, at, attribution, why) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
            )
            .bind(
              change.strike.id,
              change.strike.personId,
              lead.id,
              at,
              change.strike.attribution,
              change.strike.why,
            ),
        ]
      : []),
    ...(tasks && tasks.length > 0 ? [insertTasks(db, lead.id, tasks, at)] : []),
    ...(change.also ?? []),
  ];
};
