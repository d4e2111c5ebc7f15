/** Closing a lead: with a code of the document, the effort that the policy asks for, and by a move there is. */
import { refusedMove, STAGE_MOVES, STATUS_MOVES, type Stage, type Status } from "../../schema/life.ts";
import type { ConfigDocument } from "../../schema/config/document.ts";
import { startOfDate } from "../domain/calendar/local.ts";
import { reached } from "../domain/reports/touched.ts";
import { missingEffort, nextActionOf, nextStepAt } from "../domain/sla/cadence.ts";
import { arm, cancel, type Timer } from "../domain/sla/timers.ts";
import { creditInvalid } from "../store/rotation.ts";
import { suppressStatements } from "../store/suppressed.ts";
import { attemptsMade } from "../store/tasks.ts";
import {
  CLOSING_STAGES,
  closed,
  DONE,
  notTheirs,
  refusedNextAction,
  repOf,
  sameText,
  type Asker,
} from "./asking.ts";
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
import { refusedStage } from "./lifecycle.ts";
import { hashOf } from "./marks.ts";
import { FIRST_TOUCH_TIMERS, hoursOf, noSecondDue } from "./touched.ts";

export interface Closing {
  code: string;
  note: string | null;
  nextStep: string | null;
  recycleOn: string | null;
  /** Of a booking: when the next step is due. */
  nextActionAt: number | null;
  suppress: boolean;
  by: string | null;
}

type Disposition = ConfigDocument["dispositions"][number];

const STATUS_OF = {
  qualified: "qualified",
  disqualified: "disqualified",
  rejected: "disqualified",
  recycled: "recycled",
  scheduled: "scheduled",
} as const;

const recycles = ({ recycle, outcome }: Disposition): boolean => recycle || outcome === "recycled";

const statusOf = (disposition: Disposition): Status =>
  recycles(disposition) ? "recycled" : STATUS_OF[disposition.outcome];

const stageOf = (disposition: Disposition, { stage }: { stage: Stage }): Stage => {
  if (recycles(disposition)) return "recycled";
  if (disposition.outcome === "rejected") return "rejected";
  return disposition.outcome === "qualified" && stage !== "opportunity" ? "sql" : stage;
};

const unknownCode = (code: string, known: readonly Disposition[]): Refusal =>
  refuse(
    422,
    `Unknown code "${code}"; use one of ${known.map((item) => item.code).join(", ") || "the document's dispositions (it has none)"}.`,
    "/code",
  );

/**
 * Who gives up on somebody whom nobody reached needs the effort that the policy asks for, or a manager. There is nobody to
 * reach behind a lead that was none.
 */
const missing = async (hand: Hand, disposition: Disposition, asker: Asker): Promise<Refusal | null> => {
  const { deps, lead, sla } = hand;
  const rep = repOf(hand, asker);
  const won = disposition.outcome === "qualified" || disposition.outcome === "scheduled";
  if (rep === null || won || disposition.invalid || lead.repliedAt !== null) return null;
  const made = await attemptsMade(deps.db, lead.id);
  const attempts = made.reduce((sum, { n }) => sum + n, 0);
  const channels = new Set(made.map(({ channel }) => channel)).size;
  const lacks = made.some(reached) ? null : missingEffort(sla, { attempts, channels });
  return lacks === null
    ? null
    : refuse(
        422,
        `Nobody has reached them yet, and this policy asks for ${lacks} before a lead is given up. A manager can close it now.`,
        "/code",
      );
};

/** A day begins where the workspace is. */
const whenBack = (
  { compiled, now }: Hand,
  closing: Closing,
  disposition: Disposition,
): Refusal | number | null => {
  if (closing.recycleOn === null) return null;
  if (!recycles(disposition))
    return refuse(422, "Only a code that recycles brings a lead back.", "/recycleOn");
  const at = /t/i.test(closing.recycleOn)
    ? Date.parse(closing.recycleOn)
    : startOfDate(closing.recycleOn, compiled.document.workspace.timezone);
  return at <= now ? refuse(422, "The day of return has passed.", "/recycleOn") : at;
};

/** A booking keeps the lead open: what waits now is the meeting, or the next step if nobody said when that is. */
const bookedTimers = (hand: Hand, nextActionAt: number | null): Timer[] => {
  const answered = ["secondTouch", "noReply", "queueAge", "untouchedTask"] as const;
  return arm(cancel(hand.lead.timers, ...FIRST_TOUCH_TIMERS, ...answered), {
    kind: "effort",
    dueAt: nextActionAt ?? nextStepAt(hoursOf(hand), hand.sla, hand.now),
  });
};

/** Which move a code makes from here; a refusal where there is none. */
const moveOf = (hand: Hand, disposition: Disposition): { status: Status; stage: Stage } | Refusal => {
  const { lead } = hand;
  const [status, stage] = [statusOf(disposition), stageOf(disposition, lead)];
  const unfit =
    refusedMove(STATUS_MOVES, "status", lead.status, status) ??
    refusedMove(STAGE_MOVES, "stage", lead.stage, stage);
  if (unfit !== null) return refuse(409, unfit, "/code");
  const enters = stage !== lead.stage && !CLOSING_STAGES.includes(stage);
  return (enters ? refusedStage(hand, stage, "/code") : null) ?? { status, stage };
};

const closingDraft = (
  hand: Hand,
  closing: Closing,
  disposition: Disposition,
  { status, stage, back }: { status: Status; stage: Stage; back: number | null },
): Omit<Draft, "actor"> => {
  const { lead, now } = hand;
  const open = status === "scheduled";
  const { code, label, outcome } = disposition;
  const { note, nextStep, recycleOn, suppress } = closing;
  const said = { code, label, outcome, note, nextStep, recycleOn, suppress };
  const by = closing.by ?? lead.ownerId ?? "";
  const timers = open ? bookedTimers(hand, closing.nextActionAt) : [];
  return {
    set: {
      status,
      stage,
      open: Number(open),
      disposition: JSON.stringify({ ...said, at: now, by }),
      recycle_at: back,
      // A booking is a touch: who has a meeting doesn't wait for a first word.
      ...(open
        ? { first_touch_at: lead.firstTouchAt ?? now, next_action_at: nextActionOf(timers) }
        : { closed_at: now, next_action_at: null }),
      ...noSecondDue(hand),
    },
    timers,
    events: [
      {
        type: open ? "lead.booked" : "lead.closed",
        data: { ...said, by, at: new Date(now).toISOString(), status, open },
      },
    ],
  };
};

const addressOf = async (deps: Deps, emailNorm: string): Promise<{ emailNorm: string; hash: string }> => ({
  emailNorm,
  hash: await hashOf(deps, emailNorm),
});

/** Sent again after a lost answer it is done already, with or without what was said beside; other words would be lost untold. */
const closedAlready = ({ lead }: Hand, closing: Closing): Outcome<null> => {
  const { disposition } = lead;
  if (disposition === null || disposition.code !== closing.code) return closed();
  const stands = (name: "note" | "nextStep" | "recycleOn"): boolean =>
    closing[name] === null || sameText(closing[name], disposition[name] ?? null);
  const same =
    stands("note") &&
    stands("nextStep") &&
    stands("recycleOn") &&
    (!closing.suppress || disposition.suppress === true);
  return same || isErased(lead)
    ? DONE
    : refuse(409, "The lead was closed with this code and other content, which stands.");
};

/** Closes with a code from the document; a booking keeps the lead open and stops what waited for a reply. */
export const dispose = (deps: Deps, leadId: string, asker: Asker, closing: Closing): Promise<Outcome<null>> =>
  withLead<null>(deps, leadId, async (hand) => {
    const { lead, compiled, now } = hand;
    const refusal = notTheirs(hand, asker);
    if (refusal) return refusal;
    const known = compiled.document.dispositions;
    const disposition = known.find((item) => item.code === closing.code);
    if (!disposition) return unknownCode(closing.code, known);
    if (!lead.open) return closedAlready(hand, closing);
    const move = moveOf(hand, disposition);
    if ("ok" in move) return move;
    const untimely = refusedNextAction(closing.nextActionAt, now);
    if (untimely) return untimely;
    const back = whenBack(hand, closing, disposition);
    if (typeof back === "object" && back !== null) return back;
    const lacking = await missing(hand, disposition, asker);
    if (lacking) return lacking;
    const about = { by: asker.actor, reason: disposition.label, leadId };
    await save(hand, {
      actor: asker.actor,
      ...closingDraft(hand, closing, disposition, { ...move, back }),
      also: [
        ...(closing.suppress
          ? suppressStatements(deps.db, await addressOf(deps, lead.emailNorm), about, now)
          : []),
        ...(disposition.invalid && move.status !== "scheduled" && lead.ownerId !== null
          ? [creditInvalid(deps.db, { id: lead.id, ownerId: lead.ownerId }, disposition.code, now)]
          : []),
      ],
    });
    return DONE;
  });
