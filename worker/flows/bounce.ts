/**
 * An address or a number that doesn't work. Proven (by a provider, or because the steward of data cleanup agrees) and without
 * another way to reach the person, the lead waits in data cleanup with its clock stopped; corrected, it goes back (contact.ts).
 */
import type { Queue } from "../../schema/config/document.ts";
import { serves } from "../domain/config/purposes.ts";
import { queueOption } from "../domain/routing/options.ts";
import { activeSteward } from "../domain/routing/people.ts";
import { bouncedChannels } from "../store/leads.ts";
import { finishTasks, isAskedToMend } from "../store/tasks.ts";
import { closed, DONE, notTheirs, spokenFor, type Asker } from "./asking.ts";
import type { Deps } from "./deps.ts";
import { refuse, save, withLead, type Draft, type Hand, type Outcome } from "./hand.ts";
import { watched } from "./owed.ts";
import { propose, situationFor } from "./takeover.ts";

export interface Bounce {
  kind: "email" | "phone";
  reason: string | null;
  verified: boolean;
}

/** The queue that mends contact data: by its purpose, else by its usual names. */
export const cleanupQueue = ({ compiled }: Pick<Hand, "compiled">): Queue | null => {
  const { queues } = compiled.document;
  return (
    queues.find(({ purpose }) => purpose === "data_cleanup") ??
    queues.find((queue) => serves(queue, "data_cleanup")) ??
    null
  );
};

/** Whether the person can still be reached another way. */
const otherWay = async ({ deps, lead }: Hand, kind: Bounce["kind"]): Promise<boolean> => {
  const other = kind === "email" ? "phone" : "email";
  const { email, phoneE164 } = lead.facts.lead;
  const exists = (other === "phone" ? phoneE164 : email) !== null;
  return exists && !(await bouncedChannels(deps.db, lead.id)).includes(other);
};

const eventOf = (request: Bounce, works: boolean, asker: Asker): NonNullable<Draft["events"]>[number] => ({
  type: "lead.bounced",
  data: { ...request, otherChannel: works, ...spokenFor(asker) },
});

/** The lead goes to data cleanup: its clock stops, the steward's begins. Null where there is no such queue with anybody in it. */
const cleanUp = (hand: Hand): Draft["assignment"] | null => {
  const queue = cleanupQueue(hand);
  const { queueId, firstTouchAt, routing } = hand.lead;
  if (queue === null || queueId === queue.id) return null;
  const situation = situationFor(hand, new Set());
  const option = queueOption(situation, queue.id, "data cleanup");
  if (option === null) return null;
  const about = { event: "lead.rerouted", cause: "bounce", effects: [] } as const;
  const proposal = propose(hand, situation, [option], about);
  return { cause: "bounce", ...proposal, ruleId: routing.ruleId, restartClock: firstTouchAt === null };
};

/** Who keeps contact data right says so themselves. */
const isSteward = (hand: Hand, { actor, by }: Asker): boolean => {
  const queue = cleanupQueue(hand);
  return (
    queue !== null &&
    [queue.steward, queue.backupSteward].some((id) => id && (actor === `person:${id}` || by === id))
  );
};

/** A task: for the steward to agree to, where the clock would stop; else for the owner to mend it. */
const taskOf = async (hand: Hand, request: Bounce, works: boolean): Promise<Draft["tasks"]> => {
  const { deps, lead, now, sla } = hand;
  const queue = cleanupQueue(hand);
  const note = `${request.kind}${request.reason === null ? "" : `: ${request.reason}`}`;
  // It is being mended already, or somebody has been asked to.
  if (queue !== null && lead.queueId === queue.id) return [];
  const steward =
    works || queue === null ? undefined : activeSteward(hand.compiled, hand.current.people, queue);
  if (await isAskedToMend(deps.db, lead.id, request.kind, steward !== undefined)) return [];
  if (steward !== undefined)
    return [{ kind: "confirmBounce", ownerId: steward, dueAt: now + sla.firstTouchMs, note }];
  return lead.ownerId === null
    ? []
    : [{ kind: "badContact", ownerId: lead.ownerId, dueAt: now + sla.firstTouchMs, note }];
};

/** A bounce that leaves another channel is noted; one that doesn't is data cleanup's, as soon as it is proven. */
export const bounce = (deps: Deps, leadId: string, asker: Asker, request: Bounce): Promise<Outcome<null>> =>
  withLead<null>(deps, leadId, async (hand) => {
    if (!hand.lead.open) return closed();
    const refusal = isSteward(hand, asker) ? null : notTheirs(hand, asker);
    if (refusal) return refusal;
    const works = await otherWay(hand, request.kind);
    const proven = { ...request, verified: request.verified || isSteward(hand, asker) };
    const assignment = proven.verified && !works ? cleanUp(hand) : null;
    const tasks = assignment ? undefined : await taskOf(hand, proven, works);
    await save(hand, {
      actor: asker.actor,
      events: [eventOf(proven, works, asker)],
      ...(assignment ? { assignment } : {}),
      ...(tasks && tasks.length > 0 ? { tasks, timers: watched(hand) } : {}),
    });
    return DONE;
  });

interface Reported {
  kind: Bounce["kind"];
  reason: string | null;
}

/** What was reported last and nobody has proven. */
const lastReported = ({ deps, lead }: Hand): Promise<Reported | null> =>
  deps.db
    .prepare(
      `SELECT data ->> '$.kind' AS kind, data ->> '$.reason' AS reason FROM events
       WHERE lead_id = ?1 AND type = 'lead.bounced' AND data ->> '$.verified' = 0 ORDER BY seq DESC LIMIT 1`,
    )
    .bind(lead.id)
    .first<Reported>();

/** The steward agrees with what somebody reported: it counts as proven from now on. `finish` ends the task that asked. */
export const agree = async (
  hand: Hand,
  asker: Asker,
  finish: D1PreparedStatement,
): Promise<Outcome<null>> => {
  if (!hand.lead.open) return closed();
  const reported = await lastReported(hand);
  if (reported === null) return refuse(409, "Nothing is reported of this lead any more.");
  const works = await otherWay(hand, reported.kind);
  const assignment = works ? null : cleanUp(hand);
  await save(hand, {
    actor: asker.actor,
    events: [eventOf({ ...reported, verified: true }, works, asker)],
    ...(assignment ? { assignment } : {}),
    also: [
      finish,
      finishTasks(
        hand.deps.db,
        hand.openTasks,
        { how: "correction", actor: asker.actor, at: hand.now },
        hand.now,
      ),
    ],
  });
  return DONE;
};
