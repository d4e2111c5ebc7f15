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

/** A lead with its founding records. */
export const lead = (id: string, createdAt: number, owner: string, random: Random): D1PreparedStatement[] => [
  insert("assignments", {
    lead_id: id,
    seq: 1,
    person_id: owner,
    team_id: "smb",
    at: createdAt,
    cause: "capture",
    policy_version: 1,
    config_seen: 1,
    people_seen: 0,
    chosen: JSON.stringify({ tier: 0, provisional: false }),
    considered: "[]",
    trace: "[]",
  }),
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
  }: { at: number; recordedAt: number; outcome: string; grade?: string },
) => [
  insert("touches", {
    id: `${of.id}:${nth}`,
    lead_id: of.id,
    person_id: of.owner,
    channel: "call",
    direction: "outbound",
    owned: 1,
    outcome,
    grade,
    at,
    recorded_at: recordedAt,
  }),
  event(of.id, recordedAt, "lead.touched", { at: new Date(at).toISOString() }, `person:${of.owner}`),
];

export const miss = (of: MadeLead, dueAt: number) =>
  event(of.id, dueAt + 20, "sla.breached", {
    target: "firstTouch",
    owner: { id: of.owner, name: of.owner },
    dueAt: new Date(dueAt).toISOString(),
    attribution: "person",
  });

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
  if (touchAt > dueAt || random() < 0.2) steps.push([miss(of, dueAt)]);
  if (random() < 0.8)
    steps.push(
      touch(of, 1, {
        at: touchAt,
        recordedAt: Math.max(touchAt, dueAt) + 60_000,
        outcome: oneOf(random, ["connected", "voicemail"]),
      }),
    );
  const early = { at: of.createdAt + 1000, recordedAt: of.createdAt + DAY, outcome: "sent" };
  if (random() < 0.3) steps.push(touch(of, 2, { ...early, grade: oneOf(random, ["verified", "reported"]) }));
  if (random() < 0.5) steps.push(close(of, of.createdAt + DAY, random));
  return steps;
};

/**
 * The same figures, worked out from the raw records by one plain statement a figure. What is only said counts towards a deadline
 * from when it was said.
 */
export const PLAIN = `
WITH heard AS (
  SELECT lead_id, at, CASE grade WHEN 'verified' THEN at ELSE max(at, recorded_at) END AS proven FROM touches WHERE owned = 1 OR covered = 1),
touched AS (SELECT lead_id, min(at) AS at FROM heard GROUP BY lead_id),
told AS (SELECT id, (created_at + 659999) / 60000 * 60000 AS by FROM leads),
answered AS (
  SELECT p.id AS lead_id, min(CASE WHEN h.at > p.by OR h.proven <= p.by THEN h.at ELSE h.proven END) - p.by AS late
  FROM told p JOIN heard h ON h.lead_id = p.id GROUP BY 1),
missed AS (
  SELECT DISTINCT e.lead_id FROM events e WHERE e.type = 'sla.breached' AND NOT EXISTS (SELECT 1 FROM heard h
    WHERE h.lead_id = e.lead_id AND h.proven <= e.at AND h.at <= unixepoch(e.data ->> '$.dueAt', 'subsec') * 1000))
SELECT l.owner_id AS person, count(*) AS leads, sum(t.at IS NOT NULL) AS touched, sum(coalesce(t.at - l.created_at, 0)) AS speed_ms,
  sum(m.lead_id IS NOT NULL) AS missed, sum(t.at IS NOT NULL AND m.lead_id IS NULL) AS met,
  sum(a.late <= 0) AS kept, sum(a.late > 0) AS late,
  sum(l.status = 'recycled') AS recycled, sum(l.status = 'qualified') AS sql
FROM leads l LEFT JOIN touched t ON t.lead_id = l.id LEFT JOIN missed m ON m.lead_id = l.id LEFT JOIN answered a ON a.lead_id = l.id
WHERE l.created_at >= ?1 AND l.created_at < ?2 GROUP BY 1 ORDER BY 1`;
