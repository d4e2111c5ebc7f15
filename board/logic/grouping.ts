/** What the board shows where: leads by owner, waiting openings and queues, most urgent first. Pure. */
import type { Board, BoardPerson } from "../../schema/wire/board.ts";
import type { LeadSummary } from "../../schema/wire/lead.ts";
import { urgencyOf, type Deadline } from "./countdown.ts";

export type Show = "mine" | "team" | "all";

export interface OwnerGroup {
  person: BoardPerson;
  leads: LeadSummary[];
}
export interface QueueGroup {
  id: string;
  name: string;
  steward: { id: string; name: string };
  leads: LeadSummary[];
}
export interface Grouped {
  owners: OwnerGroup[];
  /** People on the board's filter who hold nothing that waits. */
  idle: BoardPerson[];
  ahead: LeadSummary[];
  queues: QueueGroup[];
  total: number;
}

const ms = (iso: string | null) => (iso === null ? null : Date.parse(iso));

/** The deadline a lead is under now. A lead in a queue is under its queue's target, told as its next action. */
export function deadlineOf(lead: LeadSummary): Deadline {
  const waiting = lead.firstTouchAt === null;
  if (lead.queue) return { startAt: ms(lead.createdAt), dueAt: ms(lead.nextActionAt), warnedAt: null };
  const dueAt = waiting
    ? (lead.firstTouchDueAt ?? lead.nextActionAt)
    : lead.secondTouchAt
      ? lead.nextActionAt
      : (lead.secondTouchDueAt ?? lead.nextActionAt);
  const startAt = waiting ? (lead.clockStartsAt ?? lead.assignedAt ?? lead.createdAt) : lead.firstTouchAt;
  return { startAt: ms(startAt), dueAt: ms(dueAt), warnedAt: waiting ? ms(lead.warnedAt) : null };
}

/** A booking has its code and stays open: its lead is worked until the meeting has come to something. */
export function isClosed({ disposition, status }: Pick<LeadSummary, "disposition" | "status">): boolean {
  return disposition !== null && status !== "scheduled";
}

/** Waits for an opening: shown apart, since nobody can be late with it yet. */
export function isAhead(lead: LeadSummary, now: number): boolean {
  if (lead.queue !== null || lead.firstTouchAt !== null) return false;
  return lead.provisional || urgencyOf(deadlineOf(lead), now) === "ahead";
}

/** How many untouched leads somebody holds only until an opening; `awaiting` doesn't count them. */
export function aheadOf(leads: LeadSummary[], person: string): number {
  return leads.filter(
    (lead) =>
      lead.owner?.id === person && lead.provisional && lead.firstTouchAt === null && !lead.disposition,
  ).length;
}

export function byUrgency(left: LeadSummary, right: LeadSummary): number {
  const due = (lead: LeadSummary) => deadlineOf(lead).dueAt ?? Infinity;
  const byDue = due(left) - due(right);
  if (Number.isFinite(byDue) && byDue !== 0) return byDue;
  if (due(left) !== due(right)) return due(left) < due(right) ? -1 : 1;
  return right.priority - left.priority || right.score - left.score || left.id.localeCompare(right.id);
}

/** Whose leads a filter shows. My team is everyone who shares a team with me, and me. */
export function peopleShown(board: Pick<Board, "people">, me: string | null, show: Show): Set<string> {
  if (show === "all") return new Set(board.people.map((person) => person.id));
  const mine = board.people.find((person) => person.id === me);
  if (show === "mine" || !mine) return new Set(me ? [me] : []);
  const teams = new Set(mine.teams);
  const mates = board.people.filter((person) => person.teams.some((team) => teams.has(team)));
  return new Set([mine.id, ...mates.map((person) => person.id)]);
}

export function groupBoard(board: Board, me: string | null, show: Show, now: number): Grouped {
  const shown = peopleShown(board, me, show);
  const mineToSee = (lead: LeadSummary) =>
    show === "all" || shown.has(lead.queue ? lead.queue.steward.id : (lead.owner?.id ?? ""));
  // Somebody reached out to what is touched; that it still lies in a queue is its steward's to see, on its page.
  const leads = board.leads
    .filter((lead) => mineToSee(lead) && !(lead.queue && lead.firstTouchAt !== null))
    .sort(byUrgency);
  const queued = leads.filter((lead) => lead.queue !== null);
  const owned = leads.filter((lead) => lead.queue === null && !isAhead(lead, now));
  const owners = groupOwners(board.people, owned);
  const busy = new Set(owners.map((group) => group.person.id));
  return {
    owners,
    idle: board.people.filter(
      (person) => shown.has(person.id) && !busy.has(person.id) && person.state !== "deactivated",
    ),
    ahead: leads.filter((lead) => lead.queue === null && isAhead(lead, now)),
    queues: groupQueues(queued),
    total: leads.length,
  };
}

/** Groups in the order of their most urgent lead: `leads` come sorted. */
function groupOwners(people: BoardPerson[], leads: LeadSummary[]): OwnerGroup[] {
  const byId = new Map(people.map((person) => [person.id, person]));
  const groups = new Map<string, OwnerGroup>();
  for (const lead of leads) {
    const id = lead.owner?.id ?? "";
    const group = groups.get(id) ?? { person: byId.get(id) ?? stranger(lead), leads: [] };
    group.leads.push(lead);
    groups.set(id, group);
  }
  return [...groups.values()];
}

/** An owner the board's list doesn't name (yet): shown all the same, since a lead must never be invisible. */
function stranger(lead: LeadSummary): BoardPerson {
  const { id, name } = lead.owner ?? { id: "", name: "No owner" };
  return {
    id,
    name,
    role: "rep",
    teams: [],
    timezone: "UTC",
    state: "available",
    until: null,
    capacity: null,
    awaiting: 0,
    open: 0,
  };
}

function groupQueues(leads: LeadSummary[]): QueueGroup[] {
  const groups = new Map<string, QueueGroup>();
  for (const lead of leads) {
    if (!lead.queue) continue;
    const group = groups.get(lead.queue.id) ?? { ...lead.queue, leads: [] };
    group.leads.push(lead);
    groups.set(lead.queue.id, group);
  }
  return [...groups.values()].sort((left, right) => left.name.localeCompare(right.name));
}

/** What changed between two states of the board, for flashes and for the live region. */
export interface Changes {
  arrived: LeadSummary[];
  breached: LeadSummary[];
  changed: string[];
  gone: string[];
}

export function changesBetween(before: LeadSummary[], after: LeadSummary[]): Changes {
  const old = new Map(before.map((lead) => [lead.id, lead]));
  const fresh = new Set(after.map((lead) => lead.id));
  const changes: Changes = { arrived: [], breached: [], changed: [], gone: [] };
  for (const lead of after) {
    const was = old.get(lead.id);
    if (!was) changes.arrived.push(lead);
    else if (lead.breaches > was.breaches) changes.breached.push(lead);
    if (!was || JSON.stringify(was) !== JSON.stringify(lead)) changes.changed.push(lead.id);
  }
  changes.gone = before.filter((lead) => !fresh.has(lead.id)).map((lead) => lead.id);
  return changes;
}

/** One sentence for the live region, or null where nothing is worth interrupting for. */
export function announcement(changes: Changes, me: string | null): string | null {
  const parts: string[] = [];
  const mine = changes.arrived.filter((lead) => me !== null && lead.owner?.id === me);
  if (mine.length === 1) parts.push(`New lead for you: ${mine[0]!.person.name ?? mine[0]!.person.email}.`);
  else if (mine.length > 1) parts.push(`${mine.length} new leads for you.`);
  const others = changes.arrived.length - mine.length;
  if (others > 0)
    parts.push(others === 1 ? "One more new lead on the board." : `${others} more new leads on the board.`);
  for (const lead of changes.breached.slice(0, 3)) {
    parts.push(
      `Target missed: ${lead.person.name ?? lead.person.email}${lead.owner ? `, now with ${lead.owner.name}` : ""}.`,
    );
  }
  return parts.length > 0 ? parts.join(" ") : null;
}
