/**
 * Open leads finish under the policy they started with, until RevOps moves them to the one in force: this does, page by page,
 * and says what moved. Owners stay; rules are not run again.
 */
import type { ReplanAnswer } from "../../schema/wire/replan.ts";
import { ruleNamed, type Compiled } from "../domain/config/compiled.ts";
import { nextActionOf } from "../domain/sla/cadence.ts";
import { replan, type Replanned } from "../domain/sla/replan.ts";
import { chooseSla } from "../domain/sla/targets.ts";
import { openLeadsUnderOther } from "../store/replanning.ts";
import { loadCurrentConfig } from "../store/config.ts";
import { hasPhone } from "./decide.ts";
import type { Deps } from "./deps.ts";
import { factsOf, refuse, save, underToday, withLead, type Hand, type Outcome } from "./hand.ts";
import { isoOrNull } from "./view.ts";

export interface ReplanRequest {
  dryRun: boolean;
  leads: readonly string[] | null;
  after: string | null;
  limit: number;
  reason: string | null;
}

type Moved = ReplanAnswer["moved"][number];

/** The policy's own choice for a lead that came by this rule. */
const slaToday = (today: Hand): ReturnType<typeof chooseSla> => {
  const rule = ruleNamed(today.compiled, today.lead.routing.ruleId);
  return chooseSla(today.compiled, rule?.sla, factsOf(today).facts);
};

const planFor = (today: Hand): { plan: Replanned; slaId: string } => {
  const { lead, compiled, now } = today;
  const sla = slaToday(today);
  const running = { ...lead, hasPhone: hasPhone(lead.facts) };
  return { plan: replan(compiled, sla, running, now), slaId: sla.id };
};

const movedOf = ({ lead, compiled }: Hand, plan: Replanned, slaId: string): Moved => ({
  leadId: lead.id,
  owner: lead.ownerId,
  before: {
    policyVersion: lead.policyVersion,
    sla: lead.slaId,
    firstTouchDueAt: isoOrNull(lead.firstTouchDueAt),
    nextDueAt: isoOrNull(lead.nextDueAt),
  },
  after: {
    policyVersion: compiled.version,
    sla: slaId,
    firstTouchDueAt: isoOrNull(plan.firstTouchDueAt),
    nextDueAt: isoOrNull(plan.nextDueAt),
  },
});

const write = (today: Hand, plan: Replanned, moved: Moved, by: { actor: string; reason: string | null }) =>
  save(today, {
    actor: by.actor,
    timers: plan.timers,
    set: {
      policy_version: today.compiled.version,
      sla_id: moved.after.sla,
      clock_starts_at: plan.clockStartsAt,
      first_touch_due_at: plan.firstTouchDueAt,
      next_action_at: nextActionOf(plan.timers) ?? today.lead.nextActionAt,
    },
    events: [
      {
        type: "lead.replanned",
        data: {
          version: today.compiled.version,
          reason: by.reason,
          before: moved.before,
          after: moved.after,
        },
      },
    ],
  });

/** Null where it is under the policy in force already, or closed meanwhile. */
const one = (
  deps: Deps,
  leadId: string,
  request: ReplanRequest,
  actor: string,
): Promise<Outcome<Moved | null>> =>
  withLead<Moved | null>(deps, leadId, async (hand) => {
    const today = await underToday(hand);
    if (!today || !hand.lead.open || hand.lead.policyVersion === today.compiled.version)
      return { ok: true, value: null };
    const { plan, slaId } = planFor(today);
    const moved = movedOf(today, plan, slaId);
    if (!request.dryRun) await write(today, plan, moved, { actor, reason: request.reason });
    return { ok: true, value: moved };
  });

const pageOf = async (deps: Deps, today: Compiled, request: ReplanRequest): Promise<string[]> =>
  request.leads
    ? [...request.leads]
    : openLeadsUnderOther(deps.db, today.version, request.after ?? "", request.limit);

/** One page of open leads, by id; `next` is null with the last. */
export const replanOpen = async (
  deps: Deps,
  actor: string,
  request: ReplanRequest,
): Promise<Outcome<ReplanAnswer>> => {
  const today = await loadCurrentConfig(deps.db);
  if (!today) return refuse(409, "No configuration is published yet.");
  const page = await pageOf(deps, today, request);
  const answer: ReplanAnswer = {
    version: today.version,
    dryRun: request.dryRun,
    moved: [],
    unchanged: 0,
    refused: [],
    next: request.leads === null && page.length === request.limit ? (page.at(-1) ?? null) : null,
  };
  for (const leadId of page) {
    const outcome = await one(deps, leadId, request, actor);
    if (!outcome.ok) answer.refused.push({ leadId, error: outcome.detail });
    else if (outcome.value === null) answer.unchanged++;
    else answer.moved.push(outcome.value);
  }
  return { ok: true, value: answer };
};
