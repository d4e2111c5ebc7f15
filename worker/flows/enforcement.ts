/**
 * The brake for everything that clocks do to people: in `observe` they report and touch nobody. Going back never makes up for
 * what passed meanwhile: each such target begins anew, one after another for each owner (docs/sla.md).
 */
import { dueAt, firstTouchTargetMs } from "../domain/sla/targets.ts";
import { arm, cancel, type Timer } from "../domain/sla/timers.ts";
import {
  lastRearmed,
  readEnforcement,
  rearmedGuard,
  setEnforcement,
  type Enforcement,
} from "../store/enforcement.ts";
import { hasPhone } from "./decide.ts";
import type { Deps } from "./deps.ts";
import { nameOf, save, type Hand, type Saved } from "./hand.ts";
import { hoursOf } from "./touched.ts";

export type { Enforcement };

export const enforcement = (deps: Deps): Promise<Enforcement> => readEnforcement(deps.db);

/** Asking for the mode that is in force changes nothing. */
export const enforce = async (
  deps: Deps,
  mode: Enforcement["mode"],
  reason: string,
  by: string,
): Promise<Enforcement> => {
  await setEnforcement(deps.db, { mode, reason, by, since: deps.now() });
  deps.announce();
  return readEnforcement(deps.db);
};

/** An observed target is looked at again after itself, at least after a minute. */
const AGAIN_MS = 60_000;

const targetOf = ({ sla, lead }: Hand): number => firstTouchTargetMs(sla, hasPhone(lead.facts));

/** Under observation a target passed: said once; the lead stays, nobody gets a strike, the clock looks again later. */
export const observeBreach = (hand: Hand, timer: Timer): Promise<Saved> => {
  const { lead, compiled, now } = hand;
  const n = timer.n ?? 0;
  const owner = lead.ownerId ?? "";
  const again = dueAt(hoursOf(hand), now, Math.max(targetOf(hand), AGAIN_MS));
  return save(hand, {
    actor: "system",
    timers: arm(cancel(lead.timers, "warning"), { kind: "firstTouch", dueAt: again, n: n + 1 }),
    events:
      n > 0
        ? []
        : [
            {
              type: "sla.breached",
              data: {
                target: "firstTouch",
                owner: { id: owner, name: nameOf(compiled, owner) },
                dueAt: new Date(timer.dueAt).toISOString(),
                observed: true,
              },
            },
          ],
  });
};

/** Its target passed while clocks only reported, whether its clock rang meanwhile or only rings now. */
export const passedObserved = ({ current: { modeSince } }: Hand, timer: Timer): boolean =>
  (timer.n ?? 0) > 0 || (modeSince !== null && timer.dueAt < modeSince);

/** Enforced again: what passed under observation gets a whole target, after those of the owner that began anew before it. */
export const beginAnew = async (hand: Hand): Promise<Saved> => {
  const { deps, lead, now } = hand;
  const before = lead.ownerId === null ? null : await lastRearmed(deps.db, lead, now);
  const from = Math.max(now, before ?? now);
  const target = targetOf(hand);
  const calendar = hoursOf(hand);
  const due = dueAt(calendar, from, target);
  const warnAt = dueAt(calendar, from, Math.floor(target * hand.sla.warnAt));
  return save(hand, {
    actor: "system",
    set: { first_touch_due_at: due, next_action_at: due, warned_at: null },
    timers: arm(lead.timers, { kind: "warning", dueAt: warnAt }, { kind: "firstTouch", dueAt: due, n: 0 }),
    events: [{ type: "sla.rearmed", data: { owner: lead.ownerId, dueAt: new Date(due).toISOString() } }],
    also: lead.ownerId === null ? [] : [rearmedGuard(deps.db, lead, now, before)],
  });
};
