/** People's runtime state: away and back, time off, capacity, reinstatement. Who goes away hands over what is untouched. */
import { feedOf } from "../domain/timeoff/spans.ts";
import { loadCurrentConfig } from "../store/config.ts";
import { readWhole } from "../store/feeds.ts";
import { addTimeOff, cancelTimeOff, changeState, timeOffById, type StateChange } from "../store/people.ts";
import { excuseStatements, isSuspended } from "../store/strikes.ts";
import type { Deps } from "./deps.ts";
import { feedsNow } from "./feeds.ts";
import { refuse, type Outcome, type Refusal } from "./hand.ts";
import { NOTHING_TO_REHOME, rehome, type Rehomed } from "./rehome.ts";
import { liftExcused } from "./strikes.ts";

const exists = async (deps: Deps, personId: string): Promise<boolean> =>
  (await loadCurrentConfig(deps.db))?.people.has(personId) ?? false;

const unknown = (personId: string): Outcome<never> => refuse(404, `There is nobody called ${personId}.`);

const change = (
  deps: Deps,
  personId: string,
  actor: string,
  state: StateChange,
  type: string,
): Promise<unknown> =>
  deps.db.batch(changeState(deps.db, personId, state, { type, actor, data: state }, deps.now()));

export const setAvailability = async (
  deps: Deps,
  personId: string,
  actor: string,
  request: { away: boolean; until: number | null; reason: string | null },
): Promise<Outcome<Rehomed>> => {
  if (!(await exists(deps, personId))) return unknown(personId);
  if (request.until !== null && request.until <= deps.now())
    return refuse(422, "The time of return has passed.", "/until");
  const state = {
    away: request.away,
    awayUntil: request.away ? request.until : null,
    awayReason: request.away ? request.reason : null,
    awaySince: request.away ? deps.now() : null,
  };
  await change(deps, personId, actor, state, "person.availability");
  const rehomed = request.away ? await rehome(deps, personId, "away") : NOTHING_TO_REHOME;
  deps.announce();
  return { ok: true, value: rehomed };
};

export interface TimeOffRequest {
  id: string | null;
  start: number;
  end: number;
  reason: string | null;
  /** Who asks speaks for somebody else: only that excuses what was missed already. */
  vouched: boolean;
}

const unfitSpan = ({ start, end, vouched }: TimeOffRequest, now: number): Refusal | null => {
  if (end <= start) return refuse(422, "Time off must end after it starts.", "/end");
  if (end > now || vouched) return null;
  return refuse(422, "This time off has passed; somebody else who manages people may record it.", "/end");
};

/** Told afterwards by somebody else, it voids what was missed in it; from now on nothing new comes while it lasts. */
export const takeTimeOff = async (
  deps: Deps,
  personId: string,
  actor: string,
  request: TimeOffRequest,
): Promise<Outcome<{ id: string } & Rehomed>> => {
  if (!(await exists(deps, personId))) return unknown(personId);
  const now = deps.now();
  const unfit = unfitSpan(request, now);
  if (unfit) return unfit;
  const id = request.id ?? deps.uuid();
  const span = { personId, startAt: request.start, endAt: request.end };
  const taken = await timeOffById(deps.db, id);
  if (taken) {
    const same = taken.personId === personId && taken.startAt === span.startAt && taken.endAt === span.endAt;
    if (!same || taken.cancelled)
      return refuse(409, "This id was used for other time off; use a new one.", "/id");
  } else {
    const also = request.vouched ? excuseStatements(deps.db, [span], now) : [];
    await addTimeOff(deps.db, { id, ...span, reason: request.reason }, actor, now, also);
  }
  if (request.vouched) await liftExcused(deps, [personId]);
  const begun = !taken && request.start <= now && request.end > now;
  const rehomed = begun ? await rehome(deps, personId, "on time off") : NOTHING_TO_REHOME;
  deps.announce();
  return { ok: true, value: { id, ...rehomed } };
};

export const dropTimeOff = async (
  deps: Deps,
  personId: string,
  id: string,
  actor: string,
): Promise<Outcome<null>> => {
  const feed = feedOf(id);
  // It would be back with the calendar's next change; from one that can't be read any more nothing comes, and nobody else could end it.
  if (feed !== null && (await feedsNow(deps)).some((each) => each.id === feed && each.readable))
    return refuse(
      409,
      `It comes from the calendar “${feed}”: take it out there, or mark it there as free time.`,
    );
  const also = feed === null ? [] : [readWhole(deps.db, feed)];
  const dropped = await cancelTimeOff(deps.db, personId, id, actor, deps.now(), also);
  deps.announce();
  return dropped ? { ok: true, value: null } : refuse(404, "There is no such time off.");
};

export const setCapacity = async (
  deps: Deps,
  personId: string,
  actor: string,
  request: { capacity: number | null; until: number | null },
): Promise<Outcome<null>> => {
  if (!(await exists(deps, personId))) return unknown(personId);
  const { capacity } = request;
  const until = capacity === null ? null : request.until;
  if (until !== null && until <= deps.now())
    return refuse(422, "The time until which it should hold has passed.", "/until");
  await change(deps, personId, actor, { capacity, capacityUntil: until }, "person.availability");
  deps.announce();
  return { ok: true, value: null };
};

/** Puts somebody back into assignment; what they missed before no longer counts against them. */
export const reinstate = async (deps: Deps, personId: string, actor: string): Promise<Outcome<null>> => {
  if (!(await exists(deps, personId))) return unknown(personId);
  const now = deps.now();
  if (await isSuspended(deps.db, personId))
    await deps.db.batch(
      changeState(
        deps.db,
        personId,
        { suspendedAt: null, suspendedReason: null, reinstatedAt: now },
        { type: "person.reinstated", actor, data: {} },
        now,
      ),
    );
  deps.announce();
  return { ok: true, value: null };
};
