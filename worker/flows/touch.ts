/** Somebody reached out, or the person answered. What it does to the lead: worker/flows/touched.ts. */
import type { TouchBody } from "../../schema/wire/lead.ts";
import { judgeTouch, type TouchVerdict } from "../domain/sla/touch.ts";
import { ownerAt } from "../store/leads.ts";
import { lifeBegan } from "../store/returning.ts";
import { voidStatements } from "../store/strikes.ts";
import { finishTasks } from "../store/tasks.ts";
import { sameText, unknownPerson } from "./asking.ts";
import type { Deps } from "./deps.ts";
import {
  isErased,
  refuse,
  save,
  withLead,
  type Draft,
  type Hand,
  type Outcome,
  type Refusal,
} from "./hand.ts";
import { returned } from "./return.ts";
import { liftUngrounded } from "./strikes.ts";
import { counted, replied, sparedBy } from "./touched.ts";

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
/** Clocks that far apart are taken for one: a call that seems to come this little before the request answers it. */
const AT_ONCE_MS = 30_000;

const touchId = (request: TouchRequest, leadId: string, uuid: string): string =>
  request.key ?? `${leadId}:${request.id ?? uuid}`;

/** Who reached out; "": not the owner, whoever it was; null: nobody is named, so the owner. A record from before they had it is of who had it then. */
const makerOf = async (
  { deps, lead }: Hand,
  { person, stranger }: TouchRequest,
  at: number,
): Promise<string | null> => {
  if (stranger) return "";
  if (person !== null || lead.assignedAt === null || at >= lead.assignedAt) return person;
  return (await ownerAt(deps.db, lead.id, at)) ?? "";
};

const judged = (hand: Hand, request: TouchRequest, by: string | null): TouchVerdict =>
  judgeTouch(
    {
      channel: request.channel,
      direction: request.direction,
      personal: request.personal,
      automated: request.automated,
      replyPath: request.replyPath ?? false,
      outcome: request.outcome ?? null,
      by,
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
  if (isErased(lead)) return refuse(409, "The lead's person was erased; nothing is added to it.");
  if (at > now + SKEW_MS) return refuse(422, "The touch lies in the future.", "/at");
  if (at < lead.createdAt - SKEW_MS) return refuse(422, "The touch lies before the lead.", "/at");
  const unknown = unknownPerson({ compiled }, person);
  if (unknown) return unknown;
  // What another system recorded is kept; it changes nothing any more.
  if (!lead.open && verdict.kind !== "reply" && key === undefined)
    return refuse(409, "The lead is closed; a touch can't be added.");
  return null;
};

/** What came to light late and was done before the lead came back is kept and changes nothing of its present life. */
const isOfFormerLife = async ({ deps, lead }: Hand, at: number): Promise<boolean> =>
  (lead.assignedAt === null || at < lead.assignedAt) && at < (await lifeBegan(deps.db, lead.id));

const effectOf = async (hand: Hand, verdict: TouchVerdict, at: number): Promise<Partial<Draft>> => {
  if (!hand.lead.open || verdict.kind === "not counted" || (await isOfFormerLife(hand, at))) return {};
  return verdict.kind === "reply" ? replied(hand, at) : counted(hand, at);
};

const eventOf = (
  request: TouchRequest,
  {
    verdict,
    person,
    at,
    grade,
    first,
  }: { verdict: TouchVerdict; person: string | null; at: number; grade: string; first: boolean },
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
    first,
  },
});

/** Tasks that a touch does: those that asked for one, and were asked before it; a reply does those that wait for it. */
const done = (
  hand: Hand,
  verdict: TouchVerdict,
  { actor, at, changes }: { actor: string; at: number; changes: boolean },
): D1PreparedStatement[] => {
  const { deps, lead, openTasks, now } = hand;
  if (verdict.kind === "not counted" || !lead.open) return [];
  const how = verdict.kind === "reply" ? "reply" : "touch";
  const spared = changes ? sparedBy(hand, how, at) : [];
  return [finishTasks(deps.db, openTasks, { how, actor, at, spared }, now)];
};

interface Recorded extends TouchAnswer {
  /** It may take back strikes. */
  voids: boolean;
  /** When it took place. */
  at: number;
}

/** A repeat follows up what its first delivery may have died before; both ends look at what is stored. */
const repeated = (known: Known, leadId: string, verdict: TouchVerdict): Outcome<Recorded> => ({
  ok: true,
  value: {
    verdict: known.leadId === leadId ? verdict : { kind: "not counted", why: "It belongs to another lead." },
    repeat: true,
    voids: known.voids,
    at: known.at,
  },
});

/** Records a touch; a repeat of the same touch id changes nothing. */
export const recordTouch = async (
  deps: Deps,
  leadId: string,
  request: TouchRequest,
): Promise<Outcome<TouchAnswer>> => {
  const uuid = deps.uuid();
  const recorded = await withLead<Recorded>(deps, leadId, async (hand) => {
    const { lead, now } = hand;
    const id = touchId(request, leadId, uuid);
    const said = request.at ? Date.parse(request.at) : now;
    const by = await makerOf(hand, request, said);
    const verdict: TouchVerdict =
      said < lead.createdAt - AT_ONCE_MS
        ? { kind: "not counted", why: "It was made before they asked." }
        : judged(hand, request, by);
    const known = await knownTouch(deps, id);
    if (known && saysOther(hand, request, known))
      return refuse(409, "This id was used for a touch with other content; use a new one.", "/id");
    if (known) return repeated(known, leadId, verdict);
    const refusal = refusedTouch(hand, request, said, verdict);
    if (refusal) return refusal;
    const at = verdict.kind === "not counted" ? Math.min(said, now) : tookPlace(hand, said, now);
    const grade = request.evidence?.grade ?? "reported";
    const counts = verdict.kind === "owned" || verdict.kind === "covered";
    const person = request.person ?? (counts ? (by ?? lead.ownerId) || null : null);
    const voids = counts && grade === "verified" && at < now;
    const draft = await effectOf(hand, verdict, at);
    await save(hand, {
      ...draft,
      actor: request.actor,
      events: [
        eventOf(request, { verdict, person, at, grade, first: draft.set?.["first_touch_at"] !== undefined }),
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
        at,
      },
      also: [
        ...(voids ? voidStatements(deps.db, { leadId: lead.id, since: at }, now) : []),
        ...done(hand, verdict, { actor: request.actor, at, changes: draft.set !== undefined }),
      ],
    });
    return { ok: true, value: { verdict, repeat: false, voids, at } };
  });
  if (!recorded.ok) return recorded;
  const { verdict, repeat, voids, at } = recorded.value;
  if (voids) await liftUngrounded(deps, [leadId]);
  // Who went back to marketing and writes again is new business.
  if (verdict.kind === "reply") await returned(deps, leadId, "They answered", at);
  return { ok: true, value: { verdict, repeat } };
};

interface Known {
  leadId: string;
  at: number;
  voids: boolean;
  personId: string | null;
  channel: string;
  direction: string;
  outcome: string | null;
  body: string | null;
  recordedAt: number;
}

/** Whether somebody says something else under an id that they gave before. Of another system's record the first word stands. */
const saysOther = (hand: Hand, request: TouchRequest, known: Known): boolean =>
  request.key === undefined &&
  !isErased(hand.lead) &&
  (request.channel !== known.channel ||
    request.direction !== known.direction ||
    !sameText(request.outcome ?? null, known.outcome) ||
    !sameText(request.body ?? null, known.body) ||
    (request.person !== null && request.person !== known.personId) ||
    (typeof request.at === "string" && !isSaid(hand, Date.parse(request.at), known)));

/** When a touch that counts was made: a clock that is a little off doesn't put it before the lead, or into the future. */
const tookPlace = ({ lead }: Hand, said: number, now: number): number =>
  Math.max(lead.createdAt, Math.min(said, now));

const isSaid = (hand: Hand, said: number, { at, recordedAt }: Known): boolean =>
  at === Math.min(said, recordedAt) || at === tookPlace(hand, said, recordedAt);

const knownTouch = async (deps: Deps, id: string): Promise<Known | null> => {
  const row = await deps.db
    .prepare(
      `SELECT lead_id AS leadId, at, grade = 'verified' AND owned + covered > 0 AS voids, person_id AS personId, channel,
         direction, outcome, body, recorded_at AS recordedAt FROM touches WHERE id = ?1`,
    )
    .bind(id)
    .first<Omit<Known, "voids"> & { voids: number }>();
  return row && { ...row, voids: row.voids === 1 };
};
