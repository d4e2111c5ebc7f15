/** What the fake API does when a lead is touched, closed, reassigned, handed off, accepted, moved or reported. */
import {
  contactBody,
  correctionBody,
  dispositionBody,
  handoffBody,
  lead as leadSchema,
  reassignBody,
  touchBody,
  type Lead,
} from "../../../../schema/wire/lead.ts";
import { replanAnswer, replanBody } from "../../../../schema/wire/replan.ts";
import { findAccounts } from "./matching.ts";
import type { Member } from "./people.ts";
import { dispositions } from "./policy.ts";
import { invalid, ok, problem, type Reply } from "./replies.ts";

interface Act {
  lead: Lead;
  action: string;
  body: unknown;
  me: string | null;
  people: Member[];
  now: number;
}

export function actOnLead({ lead, action, body, me, people, now }: Act): Reply {
  const at = new Date(now).toISOString();
  const note = (type: Lead["timeline"][number]["type"], data: Record<string, unknown>) =>
    lead.timeline.push({
      id: `${lead.id}-${lead.timeline.length + 1}`,
      at,
      type,
      actor: `person:${me}`,
      data,
    });
  if (action === "touches") {
    const parsed = touchBody.safeParse(body);
    if (!parsed.success) return invalid(parsed.error.issues);
    lead.firstTouchAt ??= at;
    lead.status = "working";
    lead.timers = [];
    note("lead.touched", { ...parsed.data, by: me });
  } else if (action === "disposition") {
    const parsed = dispositionBody.safeParse(body);
    if (!parsed.success) return invalid(parsed.error.issues);
    const known = dispositions.find(({ code }) => code === parsed.data.code);
    if (!known)
      return problem(422, "Can’t be closed", "This code isn’t configured.", [
        { pointer: "/code", detail: "choose a code from the list" },
      ]);
    lead.disposition = {
      code: known.code,
      label: known.label,
      outcome: known.outcome,
      note: parsed.data.note ?? null,
      at,
    };
    lead.status = "qualified";
    note("lead.closed", { ...parsed.data, label: known.label });
  } else if (action === "reassign") {
    const { to, reason } = reassignBody.parse(body);
    const next = people.find(({ id }) => id === (to ?? "chloe"))!;
    const from = lead.owner?.id;
    lead.owner = { id: next.id, name: next.name };
    lead.reassignments++;
    note("lead.reassigned", { from, to: next.id, reason });
  } else if (action === "handoff") {
    const { to, stage, nextAction } = handoffBody.parse(body);
    const next = people.find(({ id }) => id === to)!;
    Object.assign(lead, { owner: { id: next.id, name: next.name }, stage });
    note("lead.handed_off", { to, stage, nextAction });
  } else if (action === "account") return correctAccount(lead, body, at, me, note);
  else if (action === "accept") {
    if (lead.stage === "inquiry" || lead.stage === "mql") lead.stage = "sal";
    lead.timers = lead.timers.filter(({ kind }) => kind !== "accept");
    note("lead.accepted", { by: me });
  } else if (action === "stage") {
    lead.stage = (body as { stage: Lead["stage"] }).stage;
    note("lead.staged", { stage: lead.stage });
  } else if (action === "bounces") note("lead.bounced", { ...(body as object) });
  else return problem(404, "Not found", "There is no such action.");
  return ok(leadSchema.parse(lead));
}

type Note = (type: Lead["timeline"][number]["type"], data: Record<string, unknown>) => void;

function correctAccount(lead: Lead, body: unknown, at: string, me: string | null, note: Note): Reply {
  const { account: id, reason = null, learn } = correctionBody.parse(body);
  const account = id === null ? null : findAccounts("").find((each) => each.id === id);
  if (account === undefined)
    return problem(422, "Can’t be used", `There is no account ${id}.`, [
      { pointer: "/account", detail: `There is no account ${id}.` },
    ]);
  const previous = { name: lead.account?.name ?? null };
  lead.account = account && { id: account.id, name: account.name };
  Object.assign(lead.match, {
    accountId: id,
    confidence: id === null ? 0 : 1,
    method: id === null ? "none" : "name",
    reasons: [`They say so: ${reason}`],
    corrected: { by: `person:${me}`, at, reason },
  });
  note("lead.matched", { corrected: true, account: lead.account, previous, reason });
  for (const kind of learn ?? [])
    note("account.alias_learned", { account: lead.account, kind, value: lead.person.company });
  return ok(leadSchema.parse(lead));
}

export function correctContact(
  lead: Lead,
  body: unknown,
  all: readonly Lead[],
  me: string | null,
  now: number,
): Reply {
  const parsed = contactBody.safeParse(body);
  if (!parsed.success) return invalid(parsed.error.issues);
  const { reason = null, version, fields: _, ...named } = parsed.data;
  if (version !== lead.version)
    return problem(409, "Conflict", "The lead has changed since.", [
      { pointer: "/version", detail: "The lead has changed since." },
    ]);
  const taken = all.find((each) => each.id !== lead.id && each.person.email === named.email);
  if (taken) {
    const detail = `This address has an open lead already (${taken.id}): work that one and close this.`;
    return problem(409, "Conflict", detail, [{ pointer: "/email", detail }]);
  }
  Object.assign(lead.person, named);
  lead.version++;
  lead.timeline.push({
    id: `${lead.id}-${lead.timeline.length + 1}`,
    at: new Date(now).toISOString(),
    type: "lead.corrected",
    actor: `person:${me}`,
    data: { fields: Object.keys(named), reason },
  });
  return ok(leadSchema.parse(lead));
}

/** One lead a page, each due an hour later under the new version. */
export function replanReply(leads: readonly Lead[], body: unknown): Reply {
  const { dryRun, after } = replanBody.parse(body);
  const under = leads
    .filter(({ firstTouchDueAt, firstTouchAt }) => firstTouchDueAt && !firstTouchAt)
    .slice(0, 2);
  const at = after ? under.findIndex(({ id }) => id === after) + 1 : 0;
  const lead = under[at];
  const side = (due: string, version: number) => ({
    policyVersion: version,
    sla: "standard",
    firstTouchDueAt: due,
    nextDueAt: due,
  });
  const due = lead?.firstTouchDueAt ?? "";
  const moved = lead
    ? [
        {
          leadId: lead.id,
          owner: lead.owner?.id ?? null,
          before: side(due, 1),
          after: side(new Date(Date.parse(due) + 3_600_000).toISOString(), 2),
        },
      ]
    : [];
  const next = at + 1 < under.length ? (lead?.id ?? null) : null;
  return ok(replanAnswer.parse({ version: 2, dryRun, moved, unchanged: 0, refused: [], next }));
}
