/** Random histories of leads, written straight into the raw tables, and a plain second reading of what they come to. */
import { oneOf, type Random } from "../../support/random.ts";
import { testEnv } from "./workspace.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
const PEOPLE = ["ben", "cleo"] as const;

export interface MadeLead {
  id: string;
  createdAt: number;
  owner: string;
}

const insert = (table: string, row: Record<string, unknown>): D1PreparedStatement => {
  const names = Object.keys(row);
  return testEnv.DB.prepare(
    `INSERT INTO ${table} (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`,
  ).bind(...Object.values(row));
};

export const event = (leadId: string | null, at: number, type: string, data: object, actor = "system") =>
  insert("events", { lead_id: leadId, at, type, actor, data: JSON.stringify(data) });

const assignment = (id: string, made: { seq: number; person: string; at: number; cause: string }) =>
  insert("assignments", {
    lead_id: id,
    seq: made.seq,
    person_id: made.person,
    team_id: "smb",
    at: made.at,
    cause: made.cause,
    policy_version: 1,
    config_seen: 1,
    people_seen: 0,
    chosen: JSON.stringify({ tier: 0, provisional: false }),
    considered: "[]",
    trace: "[]",
  });

/** A lead with its founding records. */
export const lead = (id: string, createdAt: number, owner: string, random: Random): D1PreparedStatement[] => [
  assignment(id, { seq: 1, person: owner, at: createdAt, cause: "capture" }),
  insert("leads", {
    id,
    generation: 1,
    status: "new",
    open: 1,
    stage: "inquiry",
    form_key: "demo",
    email_norm: `${id}@firm.example`,
    facts: JSON.stringify({
      lead: { email: `${id}@firm.example`, attribution: { channel: oneOf(random, ["direct", "email"]) } },
      custom: {},
    }),
    match: JSON.stringify({ accountId: null, confidence: 0, method: "none", reasons: [], candidates: [] }),
    score: Math.floor(random() * 100),
    fit: 0,
    intent: 0,
    segment: oneOf(random, ["hot", "warm", null]),
    owner_id: owner,
    team_id: "smb",
    routing: "{}",
    sla_id: "standard",
    policy_version: 1,
    assignment_seq: 1,
    created_at: createdAt,
    updated_at: createdAt,
    assigned_at: createdAt,
  }),
  insert("submissions", {
    id,
    form_key: "demo",
    submission_id: id,
    lead_id: id,
    content_hash: "",
    body: "{}",
    acknowledgement: JSON.stringify({ promiseAt: new Date(createdAt + 10 * MINUTE).toISOString() }),
    receipt: `r-${id}`,
    created_at: createdAt,
  }),
  event(id, createdAt, "lead.captured", { form: "demo" }, "visitor"),
];

export const touch = (
  of: MadeLead,
  nth: number,
  {
    at,
    recordedAt,
    outcome,
    grade = "verified",
    covered = false,
  }: { at: number; recordedAt: number; outcome: string; grade?: string; covered?: boolean },
) => [
  insert("touches", {
    id: `${of.id}:${nth}`,
    lead_id: of.id,
    person_id: of.owner,
    channel: "call",
    direction: "outbound",
    owned: Number(!covered),
    covered: Number(covered),
    outcome,
    grade,
    at,
    recorded_at: recordedAt,
  }),
  event(of.id, recordedAt, "lead.touched", { at: new Date(at).toISOString() }, `person:${of.owner}`),
];

/** By somebody of whom it says whose it was; or only seen, while the brake was on. */
const miss = (of: MadeLead, dueAt: number, how: { attribution: string } | { observed: true }) =>
  event(of.id, dueAt + 20, "sla.breached", {
    target: "firstTouch",
    owner: { id: of.owner, name: of.owner },
    dueAt: new Date(dueAt).toISOString(),
    ...how,
  });

/** Missed, and perhaps taken over by another who misses it too. */
const missesOf = (of: MadeLead, dueAt: number, random: Random): D1PreparedStatement[][] => {
  if (random() < 0.2) return [[miss(of, dueAt, { observed: true })]];
  const first = [miss(of, dueAt, { attribution: oneOf(random, ["person", "person", "coverage"]) })];
  if (random() < 0.6) return [first];
  const other = { ...of, owner: of.owner === "ben" ? "cleo" : "ben" };
  const taken = assignment(of.id, { seq: 2, person: other.owner, at: dueAt + 20, cause: "breach" });
  return [[...first, taken], [miss(other, dueAt + 10 * MINUTE, { attribution: "person" })]];
};

const close = (of: MadeLead, at: number, random: Random): D1PreparedStatement[] => {
  const [status, code, outcome] = oneOf(random, [
    ["recycled", "not_a_fit", "rejected"],
    ["qualified", "won", "qualified"],
  ] as const);
  const data = { code, outcome, by: of.owner, status, open: false };
  return [
    testEnv.DB.prepare(
      `UPDATE leads SET status = ?2, open = 0, closed_at = ?3, disposition = ?4, generation = generation + 1 WHERE id = ?1`,
    ).bind(
      of.id,
      status,
      at,
      JSON.stringify({
        code,
        label: code,
        outcome,
        note: null,
        nextStep: null,
        recycleOn: null,
        at,
        by: of.owner,
      }),
    ),
    event(of.id, at, "lead.closed", data, `person:${of.owner}`),
  ];
};

/** What happens to one lead, in steps that may be read between; some come late and speak of earlier. */
export const story = (id: string, start: number, random: Random): D1PreparedStatement[][] => {
  const of = { id, createdAt: start + Math.floor(random() * 70 * DAY), owner: oneOf(random, PEOPLE) };
  const dueAt = of.createdAt + 10 * MINUTE;
  const steps = [lead(id, of.createdAt, of.owner, random)];
  const touchAt = of.createdAt + Math.floor(random() * 40 * MINUTE);
  if (touchAt > dueAt || random() < 0.2) steps.push(...missesOf(of, dueAt, random));
  if (random() < 0.8)
    steps.push(
      touch(of, 1, {
        at: touchAt,
        recordedAt: Math.max(touchAt, dueAt) + 60_000,
        outcome: oneOf(random, ["connected", "voicemail"]),
        covered: random() < 0.2,
      }),
    );
  const early = { at: of.createdAt + 1000, recordedAt: of.createdAt + DAY, outcome: "sent" };
  if (random() < 0.3) steps.push(touch(of, 2, { ...early, grade: oneOf(random, ["verified", "reported"]) }));
  if (random() < 0.5) steps.push(close(of, of.createdAt + oneOf(random, [5 * MINUTE, DAY, DAY]), random));
  return steps;
};

/** What was heard of a lead, and from when nobody can doubt it: what is only said counts from when it was said. */
const HEARD = `heard AS (
  SELECT lead_id, at, owned, covered, CASE grade WHEN 'verified' THEN at ELSE max(at, recorded_at) END AS proven
  FROM touches WHERE owned = 1 OR covered = 1)`;

const LAPSED = `lapsed AS (
  SELECT e.lead_id, e.data ->> '$.owner.id' AS person, e.data ->> '$.attribution' AS code, coalesce(e.data ->> '$.observed', 0) AS observed,
    row_number() OVER (PARTITION BY e.lead_id ORDER BY e.at) AS nth
  FROM events e WHERE e.type = 'sla.breached' AND NOT EXISTS (SELECT 1 FROM heard h
    WHERE h.lead_id = e.lead_id AND h.proven <= e.at AND h.at <= unixepoch(e.data ->> '$.dueAt', 'subsec') * 1000))`;

/** Deadlines missed, by whose and why. */
export const PLAIN_MISSES = `WITH ${HEARD}, ${LAPSED}
SELECT person, code, count(*) AS n FROM lapsed WHERE observed = 0 GROUP BY 1, 2 ORDER BY 1, 2`;

/** The same figures, worked out from the raw records by one plain statement a figure. */
export const PLAIN = `
WITH ${HEARD}, ${LAPSED},
touched AS (SELECT lead_id, min(at) AS at FROM heard GROUP BY lead_id),
first AS (SELECT h.lead_id, max(h.owned) AS owned, max(h.covered) AS covered FROM heard h JOIN touched t USING (lead_id, at) GROUP BY 1),
told AS (SELECT id, (created_at + 659999) / 60000 * 60000 AS by FROM leads),
closed AS (SELECT e.lead_id FROM events e JOIN told p ON p.id = e.lead_id WHERE e.type = 'lead.closed' AND e.at <= p.by),
answered AS (
  SELECT p.id AS lead_id, min(CASE WHEN h.at > p.by OR h.proven <= p.by THEN h.at ELSE h.proven END) - p.by AS late
  FROM told p JOIN heard h ON h.lead_id = p.id GROUP BY 1),
missed AS (SELECT lead_id, max(1 - observed) AS held, max(nth = 1 AND code = 'person') AS own FROM lapsed GROUP BY 1)
SELECT l.owner_id AS person, count(*) AS leads, sum(t.at IS NOT NULL) AS touched, sum(coalesce(t.at - l.created_at, 0)) AS speed_ms,
  sum(coalesce(m.held, 0)) AS missed, sum(t.at IS NOT NULL AND m.lead_id IS NULL) AS met,
  sum(coalesce(a.late <= 0, 0)) AS kept, sum(coalesce(a.late > 0 AND c.lead_id IS NULL, 0)) AS late,
  sum(c.lead_id IS NOT NULL AND coalesce(a.late > 0, 1)) AS withdrawn,
  sum(coalesce(f.covered, 0)) AS covered, sum(m.lead_id IS NULL AND coalesce(f.owned, 0)) AS own_met,
  sum(CASE WHEN m.lead_id IS NULL THEN coalesce(f.owned, 0) ELSE m.own END) AS own_due,
  sum((SELECT count(*) FROM touches x WHERE x.lead_id = l.id)) AS attempts,
  sum(EXISTS (SELECT 1 FROM touches x WHERE x.lead_id = l.id AND x.outcome = 'connected')) AS contacted,
  sum((SELECT count(*) FROM assignments x WHERE x.lead_id = l.id AND x.cause = 'breach')) AS fallbacks,
  sum(l.status = 'recycled') AS recycled, sum(l.status = 'qualified') AS sql
FROM leads l LEFT JOIN touched t ON t.lead_id = l.id LEFT JOIN first f ON f.lead_id = l.id LEFT JOIN missed m ON m.lead_id = l.id
  LEFT JOIN answered a ON a.lead_id = l.id LEFT JOIN closed c ON c.lead_id = l.id
WHERE l.created_at >= ?1 AND l.created_at < ?2 GROUP BY 1 ORDER BY 1`;
