/**
 * Deactivating a person: refused with a counterexample where the policy would then have a hole; else everything they hold is
 * somebody else's in the same write, and is routed again one by one.
 */
import type { ConfigDocument } from "../../schema/config/document.ts";
import { compileConfig, type Compiled } from "../domain/config/compiled.ts";
import { heirOf, stewardsAfter } from "../domain/routing/departure.ts";
import { NO_STATE, withDeactivated } from "../domain/routing/people.ts";
import { channelOf, subscriptions } from "../domain/routing/subscriptions.ts";
import type { Finding } from "../domain/verification/findings.ts";
import { holesWithout } from "../domain/verification/departure.ts";
import { readHolders, readVersion } from "../store/config.ts";
import { readClocks } from "../store/clocks.ts";
import { waitingToBeRouted, writeDeparture, type Left } from "../store/deactivate.ts";
import { changeState, readCurrent, type Current } from "../store/people.ts";
import { logged } from "./apart.ts";
import { ARM_FIRST_WITHIN_MS, MAX_TRIES, type Deps } from "./deps.ts";
import { refuse, withLead, type Outcome, type Refusal } from "./hand.ts";
import { routeAgain } from "./route-again.ts";

export interface Departure extends Left {
  /** Who holds what isn't routed again yet; null where there was nothing to do. */
  heir: string | null;
  /** Leads that were routed again before the answer. */
  routed: number;
  /** Leads whose clocks route them within a minute. */
  remaining: number;
}

export type Deactivation = { ok: true; value: Departure } | Refusal | { ok: false; holes: Finding[] };

/** About 20 ms each; the rest are left to their clocks. */
const AT_ONCE = 100;
const ROUTE_AGAIN_AFTER_MS = 30_000;

const NOTHING: Departure = { heir: null, leads: 0, queued: 0, tasks: 0, routed: 0, remaining: 0 };

interface Live {
  current: Current;
  document: ConfigDocument;
  holidays: Record<string, string[]>;
  compiled: Compiled;
}

const readLive = async (deps: Deps): Promise<Live | null> => {
  const current = await readCurrent(deps.db, deps.now());
  const published = await readVersion(deps.db, current.config);
  if (!published) return null;
  const { document, holidays } = published;
  return { current, document, holidays, compiled: compileConfig(document, current.config, holidays) };
};

/** One try; null where something moved on in between. */
const leave = async (
  deps: Deps,
  live: Live,
  personId: string,
  request: { actor: string; reason: string | null },
): Promise<{ left: Left; heir: string } | { holes: Finding[] } | null> => {
  const now = deps.now();
  const { current, document, holidays, compiled } = live;
  const holdings = await readHolders(deps.db);
  const holes = holesWithout({ document, holidays, holdings, now, states: current.people.states }, personId);
  if (holes.length > 0) return { holes };
  const people = withDeactivated(current.people, [personId], now);
  const heir = heirOf(compiled, people, personId);
  // A hole in every policy, and found above.
  if (!heir) return null;
  const left = await writeDeparture(deps.db, {
    personId,
    heir,
    stewards: stewardsAfter(compiled, people, heir.id),
    subscribed: subscriptions(compiled, "lead.reassigned").map((id) => ({
      id,
      channel: channelOf(compiled, id),
    })),
    actor: request.actor,
    reason: request.reason,
    now,
    routeAgainAt: now + ROUTE_AGAIN_AFTER_MS,
    seen: { config: current.config, people: current.revision },
  });
  return left && { left, heir: heir.id };
};

/** Those the request gets to; a lead that fails is left to its clock. */
const routeSome = async (deps: Deps, heir: string): Promise<number> => {
  let routed = 0;
  for (const id of await waitingToBeRouted(deps.db, heir, AT_ONCE)) {
    try {
      const outcome = await withLead(deps, id, async (hand) => {
        if (hand.lead.timers.some(({ kind }) => kind === "rehome")) await routeAgain(hand);
        return { ok: true, value: null };
      });
      if (outcome.ok) routed++;
    } catch (error) {
      logged("deactivate", error, { leadId: id });
    }
  }
  return routed;
};

/** The sweeper would do it within a minute; this is sooner. */
const armClocks = async (deps: Deps): Promise<void> => {
  const now = deps.now();
  const { first } = await readClocks(deps.db, now + ARM_FIRST_WITHIN_MS, now);
  await Promise.allSettled(first.map((lead) => deps.clock.arm(lead.id, lead.dueAt)));
};

const departed = async (deps: Deps, { left, heir }: { left: Left; heir: string }): Promise<Departure> => {
  if (left.leads > 0) await armClocks(deps);
  const routed = left.leads > 0 ? await routeSome(deps, heir) : 0;
  deps.announce();
  return { ...left, heir, routed, remaining: Math.max(0, left.leads - routed) };
};

export const deactivate = async (
  deps: Deps,
  personId: string,
  request: { actor: string; reason: string | null },
): Promise<Deactivation> => {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const live = await readLive(deps);
    if (!live?.compiled.people.has(personId)) return refuse(404, `There is nobody called ${personId}.`);
    const { deactivatedAt } = live.current.people.states.get(personId) ?? NO_STATE;
    if (deactivatedAt !== null) return { ok: true, value: NOTHING };
    const outcome = await leave(deps, live, personId, request);
    if (!outcome) continue;
    if ("holes" in outcome) return { ok: false, holes: outcome.holes };
    return { ok: true, value: await departed(deps, outcome) };
  }
  return refuse(409, "People or policy are changing too fast; try again.");
};

/** Undoes a mistake: from now on they may be assigned again. What they held stays where it went. */
export const reactivate = async (deps: Deps, personId: string, actor: string): Promise<Outcome<null>> => {
  const live = await readLive(deps);
  if (!live?.compiled.people.has(personId)) return refuse(404, `There is nobody called ${personId}.`);
  const { deactivatedAt } = live.current.people.states.get(personId) ?? NO_STATE;
  if (deactivatedAt === null) return { ok: true, value: null };
  await deps.db.batch(
    changeState(
      deps.db,
      personId,
      { deactivatedAt: null },
      { type: "person.reinstated", actor, data: { reactivated: true } },
      deps.now(),
    ),
  );
  deps.announce();
  return { ok: true, value: null };
};
