/** Somebody reached out, or the person answered. */
import type { TouchBody } from "../../schema/wire/lead.ts";
import { clockCalendar } from "../domain/config/compiled.ts";
import { dueAt } from "../domain/sla/targets.ts";
import { arm, cancel, nextDue, type Timer } from "../domain/sla/timers.ts";
import { judgeTouch, type TouchVerdict } from "../domain/sla/touch.ts";
import type { Deps } from "./deps.ts";
import { refuse, save, withLead, type Draft, type Hand, type Outcome } from "./hand.ts";

export interface TouchRequest extends TouchBody {
  actor: string;
  /** The person who did it, already resolved: a signed-in rep, or `by` where a key speaks for one. */
  person: string | null;
}

export interface TouchAnswer {
  verdict: TouchVerdict;
  /** True when this touch had been recorded before. */
  repeat: boolean;
}

const SKEW_MS = 5 * 60_000;

/** Timers that wait for somebody to reach out at all: any touch that counts ends them. */
const FIRST_TOUCH_TIMERS = [
  "warning",
  "firstTouch",
  "opening",
  "reminder",
  "assign",
  "accept",
  "takeoverTouch",
] as const;

/** What an outbound touch that counts does: the first stops the clock and arms the next ones. */
const counted = (hand: Hand, at: number): Draft => {
  const { lead, compiled, sla } = hand;
  const owner = lead.ownerId ? compiled.people.get(lead.ownerId) : undefined;
  const due = (durationMs: number): number =>
    owner ? dueAt(clockCalendar(compiled, owner, lead.teamId), at, durationMs) : at + durationMs;
  if (lead.firstTouchAt === null) {
    const armed: Timer[] = [
      { kind: "secondTouch", dueAt: due(sla.secondTouchMs) },
      { kind: "noReply", dueAt: due(sla.noReplyMs) },
    ];
    const timers = arm(cancel(lead.timers, ...FIRST_TOUCH_TIMERS), ...armed);
    return {
      actor: "system",
      timers,
      set: {
        first_touch_at: at,
        second_touch_due_at: armed[0]?.dueAt ?? null,
        next_action_at: nextDue(timers),
        provisional: 0,
        ...(lead.status === "new" ? { status: "working" } : {}),
      },
    };
  }
  const second = lead.secondTouchAt === null;
  const timers = arm(cancel(lead.timers, ...FIRST_TOUCH_TIMERS, "secondTouch", "untouchedTask"), {
    kind: "untouchedTask",
    dueAt: at + sla.untouchedTaskMs,
  });
  return {
    actor: "system",
    timers,
    set: { ...(second ? { second_touch_at: at } : {}), next_action_at: nextDue(timers) },
  };
};

/** A reply ends the waiting for one; what is owed now is an answer. */
const replied = (hand: Hand, at: number): Draft => {
  const timers = arm(cancel(hand.lead.timers, "secondTouch", "noReply"), {
    kind: "untouchedTask",
    dueAt: at + hand.sla.untouchedTaskMs,
  });
  return {
    actor: "system",
    timers: hand.lead.firstTouchAt === null ? hand.lead.timers : timers,
    set: { replied_at: hand.lead.repliedAt ?? at, next_action_at: nextDue(timers) },
  };
};

/** A verified touch that was made before the breach voids the strike it earned; the new owner stays. */
const voidStrike = (
  { deps, lead, now }: Hand,
  person: string | null,
  at: number,
  verified: boolean,
): D1PreparedStatement[] =>
  person && verified && at < now
    ? [
        deps.db
          .prepare(
            "UPDATE strikes SET voided_at = ?4 WHERE person_id = ?1 AND lead_id = ?2 AND at > ?3 AND voided_at IS NULL",
          )
          .bind(person, lead.id, at, now),
      ]
    : [];

const touchId = (request: TouchRequest, leadId: string, uuid: string): string =>
  `${leadId}:${request.id ?? uuid}`;

/** Records a touch; a repeat of the same touch id changes nothing. */
export const recordTouch = async (
  deps: Deps,
  leadId: string,
  request: TouchRequest,
): Promise<Outcome<TouchAnswer>> => {
  const uuid = deps.uuid();
  return withLead<TouchAnswer>(deps, leadId, async (hand) => {
    const { lead, now, compiled } = hand;
    const id = touchId(request, leadId, uuid);
    const at = request.at ? Date.parse(request.at) : now;
    if (at > now + SKEW_MS) return refuse(422, "The touch lies in the future.", "/at");
    if (at < lead.createdAt - SKEW_MS) return refuse(422, "The touch lies before the lead.", "/at");
    if (request.person !== null && !compiled.people.has(request.person))
      return refuse(422, `There is nobody called ${request.person}.`, "/by");
    const verdict = judgeTouch(
      {
        channel: request.channel,
        direction: request.direction,
        personal: request.personal,
        automated: request.automated,
        replyPath: request.replyPath ?? false,
        outcome: request.outcome ?? null,
        by: request.person,
      },
      lead.ownerId,
      hand.sla.acceptedChannels,
    );
    if (await known(deps, id)) return { ok: true, value: { verdict, repeat: true } };
    if (!lead.open && verdict.kind !== "reply")
      return refuse(409, "The lead is closed; a touch can't be added.");
    const person = request.person ?? (verdict.kind === "owned" ? lead.ownerId : null);
    const grade = request.evidence?.grade ?? "reported";
    const draft: Draft = !lead.open
      ? { actor: request.actor }
      : verdict.kind === "reply"
        ? replied(hand, at)
        : verdict.kind === "not counted"
          ? { actor: request.actor }
          : counted(hand, Math.min(at, now));
    await save(hand, {
      ...draft,
      actor: request.actor,
      events: [
        {
          type: verdict.kind === "reply" ? "lead.replied" : "lead.touched",
          data: {
            channel: request.channel,
            outcome: request.outcome ?? null,
            by: person,
            grade,
            at: new Date(at).toISOString(),
            counted: verdict.kind,
            ...(verdict.kind === "not counted" ? { why: verdict.why } : {}),
            first: lead.firstTouchAt === null && (verdict.kind === "owned" || verdict.kind === "covered"),
          },
        },
      ],
      touch: {
        id,
        personId: person,
        channel: request.channel,
        direction: request.direction,
        owned: verdict.kind === "owned",
        covered: verdict.kind === "covered",
        outcome: request.outcome ?? null,
        body: request.body ?? null,
        grade,
        at: Math.min(at, now),
      },
      also: [
        ...voidStrike(hand, person, at, grade === "verified"),
        ...(verdict.kind === "not counted" ? [] : [finishTasks(hand)]),
      ],
    });
    return { ok: true, value: { verdict, repeat: false } };
  });
};

const finishTasks = ({ deps, lead, now }: Hand): D1PreparedStatement =>
  deps.db.prepare("UPDATE tasks SET done_at = ?2 WHERE lead_id = ?1 AND done_at IS NULL").bind(lead.id, now);

const known = async (deps: Deps, id: string): Promise<boolean> =>
  (await deps.db.prepare("SELECT 1 FROM touches WHERE id = ?1").bind(id).first()) !== null;
