/**
 * What must hold in the database whatever happened, each as a query for what breaks it: in workerd, and of a real product looked
 * at from outside. What only holds where a test knows more stands with that test.
 */
export const INVARIANTS: Readonly<Record<string, string>> = {
  "2: a lead without an owner or steward":
    "SELECT id FROM leads WHERE owner_id IS NULL AND steward_id IS NULL",
  "3: an open lead without a clock, or with another than its first timer": `SELECT id FROM leads l WHERE open = 1 AND
    (next_due_at IS NULL OR next_due_at IS NOT (SELECT min(value ->> 'dueAt') FROM json_each(l.timers)))`,
  "4: no assignment, a gap in them, or another last one than the lead's": `SELECT id FROM leads l WHERE
    l.assignment_seq IS NOT (SELECT max(seq) FROM assignments a WHERE a.lead_id = l.id)
    OR l.assignment_seq <> (SELECT count(*) FROM assignments a WHERE a.lead_id = l.id)`,
  "4: an owner or a queue other than the last assignment's": `SELECT id FROM leads l WHERE NOT EXISTS (SELECT 1 FROM assignments a
    WHERE a.lead_id = l.id AND a.seq = l.assignment_seq AND a.person_id IS l.owner_id
      AND (l.owner_id IS NOT NULL OR a.queue_id IS l.queue_id))`,
  "4: a lead that was captured twice, or never": `SELECT id FROM leads l WHERE
    (SELECT count(*) FROM events e WHERE e.lead_id = l.id AND e.type = 'lead.captured') <> 1`,
  "a lead without its founding submission":
    "SELECT id FROM leads l WHERE NOT EXISTS (SELECT 1 FROM submissions s WHERE s.lead_id = l.id AND s.joined = 0)",
  "a submission without a lead":
    "SELECT id FROM submissions s WHERE NOT EXISTS (SELECT 1 FROM leads l WHERE l.id = s.lead_id)",
  "an assignment without a lead":
    "SELECT lead_id AS id FROM assignments a WHERE NOT EXISTS (SELECT 1 FROM leads l WHERE l.id = a.lead_id)",
  "an event of no lead":
    "SELECT lead_id AS id FROM events e WHERE lead_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM leads l WHERE l.id = e.lead_id)",
};
