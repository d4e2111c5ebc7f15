/**
 * All that a capture leads to, in one atomic batch. Raw statements rather than the query builder, because this is the path a
 * visitor waits on.
 */
import type { Match } from "../domain/matching/types.ts";
import type { Candidate } from "../domain/routing/plan-types.ts";
import { parseJson, type Db } from "./db.ts";
import type { NewEvent, OutboxInput } from "./happened.ts";
import {
  afterPick,
  CHOSEN_COLUMNS,
  CLOCK_COLUMNS,
  FIRST_STATUS,
  pickStatement,
  ROUTING_COLUMN,
  type AssignmentInput,
} from "./pick.ts";
import type { StoredFacts } from "./rows.ts";

export interface NewLead {
  id: string;
  formKey: string | null;
  source: string | null;
  emailNorm: string;
  corporateDomain: string | null;
  facts: StoredFacts;
  match: Match;
  score: number;
  fit: number;
  intent: number;
  segment: string | null;
  priority: number;
  tags: string[];
  slaId: string;
  stage: string;
  /** When the visitor sent it; speed-to-lead counts from here. */
  createdAt: number;
  at: number;
}

export interface NewSubmission {
  key: string;
  formKey: string;
  submissionId: string;
  contentHash: string;
  body: string;
  receipt: string;
}

const insertLead = (db: Db, lead: NewLead, assignment: AssignmentInput): D1PreparedStatement => {
  const given: Record<string, unknown> = {
    id: lead.id,
    generation: 1,
    open: 1,
    stage: lead.stage,
    form_key: lead.formKey,
    source: lead.source,
    email_norm: lead.emailNorm,
    corporate_domain: lead.corporateDomain,
    facts: JSON.stringify(lead.facts),
    account_id: lead.match.accountId,
    match: JSON.stringify(lead.match),
    score: lead.score,
    fit: lead.fit,
    intent: lead.intent,
    segment: lead.segment,
    priority: lead.priority,
    tags: JSON.stringify(lead.tags),
    sla_id: lead.slaId,
    policy_version: assignment.policyVersion,
    created_at: lead.createdAt,
    updated_at: lead.at,
  };
  const chosen = {
    ...CHOSEN_COLUMNS,
    ...CLOCK_COLUMNS,
    routing: ROUTING_COLUMN,
    status: FIRST_STATUS,
    promise_at: "a.chosen ->> 'promiseAt'",
  };
  const names = Object.keys(given);
  return db
    .prepare(
      `INSERT INTO leads (${[...names, ...Object.keys(chosen)].join(", ")})
       SELECT ${[...names.map(() => "?"), ...Object.values(chosen)].join(", ")} FROM assignments a WHERE a.lead_id = ? AND a.seq = ?`,
    )
    .bind(...Object.values(given), assignment.leadId, assignment.seq);
};

const INSERT_SUBMISSION = `
INSERT INTO submissions (id, form_key, submission_id, lead_id, content_hash, body, acknowledgement, receipt, joined, created_at)
SELECT ?1, ?2, ?3, a.lead_id, ?4, ?5, a.chosen -> 'acknowledgement', ?6, 0, a.at FROM assignments a WHERE a.lead_id = ?7 AND a.seq = ?8`;

export interface CaptureWrite {
  lead: NewLead;
  submission: NewSubmission;
  assignment: AssignmentInput;
  events: readonly NewEvent[];
  effects: readonly OutboxInput[];
  actor: string;
  /** Further statements that must hold or fail with the rest. */
  also?: readonly D1PreparedStatement[];
}

/**
 * One atomic round trip; answers the candidate that won. Throws an error that `isStale` knows when anything it was
 * decided on has moved on, and then nothing was written.
 */
export const writeCapture = async (db: Db, write: CaptureWrite): Promise<Candidate> => {
  const { lead, submission, assignment } = write;
  const rotates = assignment.candidates.some((candidate) => candidate.rotation !== null);
  const [picked] = await db.batch<{ chosen: string }>([
    pickStatement(db, assignment),
    insertLead(db, lead, assignment),
    db
      .prepare(INSERT_SUBMISSION)
      .bind(
        submission.key,
        submission.formKey,
        submission.submissionId,
        submission.contentHash,
        submission.body,
        submission.receipt,
        assignment.leadId,
        assignment.seq,
      ),
    ...afterPick(db, {
      leadId: lead.id,
      seq: assignment.seq,
      actor: write.actor,
      at: lead.at,
      rotates,
      events: write.events,
      effects: write.effects,
    }),
    ...(write.also ?? []),
  ]);
  const chosen = picked?.results[0]?.chosen;
  if (chosen === undefined) throw new Error("The pick found nobody: the configuration has no active person");
  return parseJson<Candidate>(chosen);
};
