/** Another submission by somebody whose lead is still open joins it: same owner, who is told. */
import type { Acknowledgement, CaptureAnswer } from "../../schema/wire/capture.ts";
import { clockCalendar, slaNamed, type Compiled } from "../domain/config/compiled.ts";
import { acknowledge } from "../domain/routing/acknowledge.ts";
import { firstTouchTargetMs, dueAt } from "../domain/sla/targets.ts";
import { armEarlier, nextDue } from "../domain/sla/timers.ts";
import { writeChange } from "../store/change.ts";
import type { OpenLead } from "../store/known.ts";
import type { LeadRow, StoredFacts } from "../store/rows.ts";
import type { OutboxInput } from "../store/happened.ts";
import { armClock, subscribedEffects } from "./announce.ts";
import { hasPhone, visitorTimezone } from "./decide.ts";
import type { Deps, Submission } from "./deps.ts";
import { verbatim } from "./identity.ts";

interface Promised {
  promiseAt: number | null;
  clockStartsAt: number | null;
  /** Armed where the first touch came already, or is overdue: the new request gets a promise that is kept by a timer of its own. */
  touchTimer: number | null;
}

const promised = (compiled: Compiled, lead: LeadRow, now: number): Promised => {
  const owner = lead.ownerId ? compiled.people.get(lead.ownerId) : undefined;
  const sla = slaNamed(compiled, lead.slaId);
  if (!owner || !sla) return { promiseAt: null, clockStartsAt: null, touchTimer: null };
  const running =
    lead.firstTouchDueAt !== null &&
    lead.firstTouchDueAt > now &&
    lead.timers.some((timer) => timer.kind === "firstTouch");
  if (running)
    return { promiseAt: lead.firstTouchDueAt, clockStartsAt: lead.clockStartsAt, touchTimer: null };
  const calendar = clockCalendar(compiled, owner, lead.teamId);
  const due = dueAt(calendar, now, firstTouchTargetMs(sla, hasPhone(lead.facts)));
  return {
    promiseAt: due,
    clockStartsAt: dueAt(calendar, now, 0),
    touchTimer: due,
  };
};

const effectsOf = (lead: LeadRow, submission: Submission): OutboxInput[] => {
  const common = { channel: "email", seq: lead.assignmentSeq, data: { submission: submission.key } };
  const mark = `${lead.id}.join.${submission.key}`;
  const told = lead.ownerId ? "owner" : "steward";
  return [
    { ...common, id: `${mark}.visitor`, kind: "visitor.acknowledged", recipient: "visitor" },
    ...(lead.provisional ? [] : [{ ...common, id: `${mark}.${told}`, kind: "lead.joined", recipient: told }]),
  ];
};

/** What somebody is told whose lead is still open, and what that promises. Pure; the dry run shares it. */
export const joining = (
  compiled: Compiled,
  lead: OpenLead,
  facts: StoredFacts,
  now: number,
): { promise: Promised; acknowledgement: Acknowledgement } => {
  const promise = promised(compiled, lead, now);
  const acknowledgement = acknowledge({
    ownerName: lead.ownerId && !lead.provisional ? (compiled.people.get(lead.ownerId)?.name ?? null) : null,
    promiseAt: promise.promiseAt,
    clockStartsAt: promise.clockStartsAt,
    busy: lead.provisional && lead.busy,
    timezone: visitorTimezone(compiled, facts),
    now,
  });
  return { promise, acknowledgement };
};

/** Throws a stale error when the lead moved on; capture reads again. */
export const joinOpenLead = async (
  deps: Deps,
  compiled: Compiled,
  submission: Submission,
  lead: OpenLead,
  now: number,
): Promise<CaptureAnswer> => {
  const { request, key } = submission;
  const { promise, acknowledgement } = joining(compiled, lead, submission.facts, now);
  const timers =
    promise.touchTimer === null
      ? lead.timers
      : armEarlier(lead.timers, { kind: "takeoverTouch", dueAt: promise.touchTimer, since: now });
  const events = [
    {
      type: "lead.joined",
      actor: "visitor",
      data: {
        form: request.formKey,
        submissionId: request.submissionId,
        promiseAt: acknowledgement.promiseAt,
      },
    },
  ];
  await writeChange(deps.db, {
    lead,
    at: now,
    actor: "visitor",
    set: { timers: JSON.stringify(timers), next_due_at: nextDue(timers) },
    events,
    effects: [
      ...effectsOf(lead, submission),
      ...subscribedEffects(compiled, lead.id, `join.${key}`, events, now),
    ],
    also: [insertJoined(deps, submission, lead.id, acknowledgement, now)],
  });
  await armClock(deps, lead.id, nextDue(timers), now);
  deps.announce();
  return { leadId: lead.id, acknowledgement, receipt: submission.receipt };
};

const insertJoined = (
  { db }: Deps,
  { request, key, contentHash, receipt }: Submission,
  leadId: string,
  acknowledgement: Acknowledgement,
  now: number,
): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO submissions (id, form_key, submission_id, lead_id, content_hash, body, acknowledgement, receipt, joined, created_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1, ?9)`,
    )
    .bind(
      key,
      request.formKey,
      request.submissionId,
      leadId,
      contentHash,
      verbatim(request),
      JSON.stringify(acknowledgement),
      receipt,
      now,
    );
