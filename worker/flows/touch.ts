/** Somebody reached out, or the person answered. What it does to the lead: worker/flows/touched.ts. */
import type { TouchBody } from "../../schema/wire/lead.ts";
import { judgeTouch, type TouchVerdict } from "../domain/sla/touch.ts";
import { voidStatements } from "../store/strikes.ts";
import { finishTasks } from "../store/tasks.ts";
import type { Deps } from "./deps.ts";
import { refuse, save, withLead, type Draft, type Hand, type Outcome, type Refusal } from "./hand.ts";
import { returned } from "./return.ts";
import { liftUngrounded } from "./strikes.ts";
import { counted, replied } from "./touched.ts";

export interface TouchRequest extends TouchBody {
  actor: string;
  /** The person who did it, already resolved: a signed-in rep, or `by` where a key speaks for one. */
  person: string | null;
  /** Its id across all leads, for a record of another system; else `id` within the lead. */
  key?: string;
  /** Somebody did it whom Leadclock doesn't know; it wasn't the owner. */
  stranger?: boolean;
}

export interface TouchAnswer {
  verdict: TouchVerdict;
  /** True when this touch had been recorded before. */
  repeat: boolean;
}

const SKEW_MS = 5 * 60_000;

const touchId = (request: TouchRequest, leadId: string, uuid: string): string =>
  request.key ?? `${leadId}:${request.id ?? uuid}`;

const judged = (hand: Hand, request: TouchRequest): TouchVerdict =>
  judgeTouch(
    {
      channel: request.channel,
      direction: request.direction,
      personal: request.personal,
      automated: request.automated,
      replyPath: request.replyPath ?? false,
      outcome: request.outcome ?? null,
      by: request.stranger ? "" : request.person,
    },
    hand.lead.ownerId,
    hand.sla.acceptedChannels,
  );

const refusedTouch = (
  { lead, now, compiled }: Hand,
  { person, key }: TouchRequest,
  at: number,
  verdict: TouchVerdict,
): Refusal | null => {
  if (at > now + SKEW_MS) return refuse(422, "The touch lies in the future.", "/at");
  if (at < lead.createdAt - SKEW_MS) return refuse(422, "The touch lies before the lead.", "/at");
  if (person !== null && !compiled.people.has(person))
    return refuse(422, `There is nobody called ${person}.`, "/by");
  // What another system recorded is kept; it changes nothing any more.
  if (!lead.open && verdict.kind !== "reply" && key === undefined)
    return refuse(409, "The lead is closed; a touch can't be added.");
  return null;
};

const effectOf = (hand: Hand, verdict: TouchVerdict, at: number): Partial<Draft> => {
  if (!hand.lead.open || verdict.kind === "not counted") return {};
  return verdict.kind === "reply" ? replied(hand, at) : counted(hand, at);
};

const eventOf = (
  hand: Hand,
  request: TouchRequest,
  { verdict, person, at, grade }: { verdict: TouchVerdict; person: string | null; at: number; grade: string },
): NonNullable<Draft["events"]>[number] => ({
  type: verdict.kind === "reply" ? "lead.replied" : "lead.touched",
  data: {
    channel: request.channel,
    outcome: request.outcome ?? null,
    by: person,
    grade,
    at: new Date(at).toISOString(),
    counted: verdict.kind,
    ...(request.key === undefined ? {} : { source: request.evidence?.["source"] ?? null }),
    ...(verdict.kind === "not counted" ? { why: verdict.why } : {}),
    first: hand.lead.firstTouchAt === null && (verdict.kind === "owned" || verdict.kind === "covered"),
  },
});

/** Tasks that a touch does: those that asked for one; a reply does those that wait for it. */
const done = ({ deps, lead, now }: Hand, verdict: TouchVerdict, actor: string): D1PreparedStatement[] =>
  verdict.kind === "not counted" || !lead.open
    ? []
    : [finishTasks(deps.db, lead.id, verdict.kind === "reply" ? "reply" : "touch", actor, now)];

/** Records a touch; a repeat of the same touch id changes nothing. */
export const recordTouch = async (
  deps: Deps,
  leadId: string,
  request: TouchRequest,
): Promise<Outcome<TouchAnswer>> => {
  const uuid = deps.uuid();
  const recorded = await withLead<TouchAnswer & { person: string | null }>(deps, leadId, async (hand) => {
    const { lead, now } = hand;
    const id = touchId(request, leadId, uuid);
    const said = request.at ? Date.parse(request.at) : now;
    const verdict = judged(hand, request);
    if (await known(deps, id)) return { ok: true, value: { verdict, repeat: true, person: null } };
    const refusal = refusedTouch(hand, request, said, verdict);
    if (refusal) return refusal;
    const at = Math.min(said, now);
    const person = request.person ?? (verdict.kind === "owned" ? lead.ownerId : null);
    const grade = request.evidence?.grade ?? "reported";
    const counts = verdict.kind === "owned" || verdict.kind === "covered";
    const charge = counts && person !== null && grade === "verified" && at < now ? person : null;
    const draft = effectOf(hand, verdict, at);
    await save(hand, {
      ...draft,
      actor: request.actor,
      events: [eventOf(hand, request, { verdict, person, at, grade })],
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
        at,
      },
      also: [
        ...(charge === null
          ? []
          : voidStatements(deps.db, { personId: charge, leadId: lead.id, since: at }, now)),
        ...done(hand, verdict, request.actor),
      ],
    });
    return { ok: true, value: { verdict, repeat: false, person: charge } };
  });
  if (!recorded.ok) return recorded;
  const { verdict, repeat, person } = recorded.value;
  if (person !== null) await liftUngrounded(deps, person);
  // Who went back to marketing and writes again is new business.
  if (verdict.kind === "reply" && !repeat) await returned(deps, leadId, "They answered");
  return { ok: true, value: { verdict, repeat } };
};

const known = async (deps: Deps, id: string): Promise<boolean> =>
  (await deps.db.prepare("SELECT 1 FROM touches WHERE id = ?1").bind(id).first()) !== null;
