/** Whether an effect still says something true: news that has been overtaken is dropped rather than sent late. */
import { notificationOf, type LeadState, type Scene } from "./scene.ts";

type Check = (scene: Scene, lead: LeadState) => string | null;

const current: Check = ({ owed }, lead) =>
  owed.seq !== null && owed.seq !== lead.assignmentSeq ? "the lead has moved on to somebody else" : null;

const open: Check = (_, lead) => (lead.open ? null : "the lead is closed");

const untouched: Check = (_, lead) => (lead.firstTouchAt === null ? null : "the lead has been touched");

/** What came before the first touch is no answer to it. */
const unanswered: Check = (_, { repliedAt, firstTouchAt }) =>
  repliedAt === null || repliedAt < (firstTouchAt ?? 0) ? null : "the person has replied";

const notTouchedSince: Check = ({ owed }, lead) =>
  lead.secondTouchAt !== null && lead.secondTouchAt >= owed.createdAt
    ? "the second touch has been made"
    : null;

const queued: Check = (_, lead) => (lead.ownerId === null ? null : "the lead has left the queue");

const CHECKS: Record<string, readonly Check[]> = {
  "lead.assigned": [open, current],
  "lead.reassigned": [open, current],
  "lead.opened": [open, current],
  "lead.rerouted": [open, current],
  "lead.queued": [open, current, queued],
  "lead.joined": [open, current],
  "sla.warning": [open, current, untouched],
  // A reply ends the timer; what rings in spite of one was asked for since.
  "sla.second_touch": [open, current, notTouchedSince],
  "sla.no_reply": [open, current, unanswered],
  "sla.effort": [open, current],
  "sla.stage_age": [open],
  "lead.replied": [open, current],
  "privacy.do_not_contact": [open, current],
  "sla.untouched": [open],
  "sla.escalated": [open, current, untouched],
  "queue.aged": [open, current, queued],
  "queue.unattended": [open, current, queued],
};

/** A way in is worth nothing after this; nobody should find an old link in their mail. */
const SIGN_IN_LIVES_MS = 15 * 60_000;

/** Why it needn't be delivered any more; null when it should be. */
export const obsolete = (scene: Scene): string | null => {
  const { owed, lead } = scene;
  if (owed.leadId !== null && lead === null) return "the lead is gone";
  if (owed.kind === "signin.link" && scene.now - owed.createdAt > SIGN_IN_LIVES_MS)
    return "the link has expired";
  if (owed.recipient.startsWith("notification:") && scene.compiled !== null && notificationOf(scene) === null)
    return "the notification is no longer configured";
  if (lead === null) return null;
  for (const check of Object.hasOwn(CHECKS, owed.kind) ? (CHECKS[owed.kind] ?? []) : []) {
    const reason = check(scene, lead);
    if (reason !== null) return reason;
  }
  return null;
};
