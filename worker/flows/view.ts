/** How stored rows look on the wire. Pure: the configuration gives names, rows give the rest. */
import type * as z from "zod";
import type { Lead, LeadSummary, timelineEvent } from "../../schema/wire/lead.ts";
import { ruleNamed, type Compiled } from "../domain/config/compiled.ts";
import { personIn } from "../domain/enrichment/enrich.ts";
import type { LeadPage, LeadWithAccount } from "../store/leads.ts";
import type { LeadRow } from "../store/rows.ts";

export const iso = (at: number): string => new Date(at).toISOString();
export const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

const personRef = (compiled: Compiled | null, id: string | null): { id: string; name: string } | null =>
  id === null ? null : { id, name: compiled?.people.get(id)?.name ?? id };

const queueRef = (compiled: Compiled | null, lead: LeadRow): LeadSummary["queue"] => {
  const steward = personRef(compiled, lead.stewardId);
  if (lead.queueId === null || steward === null) return null;
  return { id: lead.queueId, name: compiled?.queues.get(lead.queueId)?.name ?? lead.queueId, steward };
};

/** Who is next: whom its rule names, where that is somebody else than who has it; else its owner's own. */
const backupId = (compiled: Compiled | null, { ownerId, backupId: own, routing }: LeadRow): string | null => {
  const named = compiled && ruleNamed(compiled, routing.ruleId)?.backup;
  const person = named && "person" in named ? named.person : null;
  return ownerId !== null && person !== null && person !== ownerId ? person : own;
};

/** A closed lead keeps an account that was removed since, by the name it had. */
const accountRef = ({ accountId: id, accountName, match }: LeadWithAccount): LeadSummary["account"] => {
  if (id === null) return null;
  return { id, name: accountName ?? match.candidates.find((each) => each.accountId === id)?.name ?? id };
};

const times = (lead: LeadRow) => ({
  createdAt: iso(lead.createdAt),
  assignedAt: isoOrNull(lead.assignedAt),
  clockStartsAt: isoOrNull(lead.clockStartsAt),
  firstTouchDueAt: isoOrNull(lead.firstTouchDueAt),
  firstTouchAt: isoOrNull(lead.firstTouchAt),
  secondTouchDueAt: isoOrNull(lead.secondTouchDueAt),
  secondTouchAt: isoOrNull(lead.secondTouchAt),
  promiseAt: isoOrNull(lead.promiseAt),
  nextActionAt: isoOrNull(lead.nextActionAt),
  warnedAt: isoOrNull(lead.warnedAt),
});

export const toSummary = (compiled: Compiled | null, lead: LeadWithAccount): LeadSummary => {
  const { lead: person } = lead.facts;
  return {
    id: lead.id,
    status: lead.status,
    stage: lead.stage,
    person: { ...personIn(person), email: person.email ?? "" },
    owner: personRef(compiled, lead.ownerId),
    backup: personRef(compiled, backupId(compiled, lead)),
    queue: queueRef(compiled, lead),
    account: accountRef(lead),
    form: lead.formKey,
    source: lead.source,
    score: lead.score,
    fit: lead.fit,
    intent: lead.intent,
    segment: lead.segment,
    priority: lead.priority,
    tags: lead.tags,
    routing: lead.routing,
    provisional: lead.provisional,
    sla: lead.slaId,
    policyVersion: lead.policyVersion,
    ...times(lead),
    breaches: lead.breaches,
    reassignments: lead.reassignments,
    disposition: lead.disposition && { ...lead.disposition, at: iso(lead.disposition.at) },
  };
};

const matchView = ({ corrected, ...match }: LeadRow["match"]): Lead["match"] => ({
  ...match,
  ...(corrected ? { corrected: { ...corrected, at: iso(corrected.at) } } : {}),
});

type TimelineEvent = z.infer<typeof timelineEvent>;

export const toLeadView = (compiled: Compiled | null, page: LeadPage): Lead => {
  const { lead } = page;
  const founding = page.submissions.find((submission) => !submission.joined);
  return {
    ...toSummary(compiled, { ...lead, accountName: page.account?.name ?? null }),
    version: lead.generation,
    match: matchView(lead.match),
    fields: (founding?.body["fields"] as Record<string, unknown> | undefined) ?? {},
    facts: lead.facts.lead as unknown as Record<string, unknown>,
    attribution: lead.facts.attribution,
    trace: (page.assignments.at(-1)?.trace ?? []) as Lead["trace"],
    timers: lead.timers.map((timer) => ({ kind: timer.kind, dueAt: iso(timer.dueAt) })),
    timeline: page.events.map((event) => ({
      id: `ev_${event.seq}`,
      at: iso(event.at),
      type: event.type as TimelineEvent["type"],
      actor: event.actor,
      data: event.data,
    })),
    assignments: page.assignments.map((assignment) => ({
      seq: assignment.seq,
      owner: personRef(compiled, assignment.personId),
      queue: assignment.queueId,
      at: iso(assignment.at),
      reason: `${assignment.cause}: ${assignment.reason}`,
      ruleId: assignment.ruleId,
      considered: assignment.considered,
    })),
  };
};
