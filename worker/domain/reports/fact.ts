/**
 * What a lead comes to, from its raw records alone: the same records give the same figures, whenever they are read
 * (docs/reports.md says what each figure means). Roll-ups are sums of these.
 */
import { MEASURES, RESPONSE_STEPS, type Measures, type ResponseStep } from "../../../schema/reports.ts";
import { promiseFate, toldMinute } from "../../../schema/wire/told.ts";
import { openBetween } from "../calendar/coverage.ts";
import type { Calendar } from "../calendar/types.ts";
import { incidentsOf } from "./incidents.ts";
import type { Incident, LeadFact, PromiseFact, RawEvent, RawLead } from "./raw.ts";
import { bucketOf } from "./sketch.ts";
import {
  firstBy,
  heldBy,
  isBooking,
  isClosing,
  isCounted,
  lapses,
  reached,
  timesHeard,
  type Heard,
  type Miss,
} from "./touched.ts";

/** Goes up with any change of what figures mean; everything is then read again. */
export const RULES = 6;

export interface Surroundings {
  /** The calendar on which a person's clock runs. */
  calendarOf(person: string, team: string): Calendar;
  /** The hour of the day in the workspace's zone, two digits. */
  hourOf(at: number): string;
  /** The currency whose amounts are added; empty where there is none. */
  currency: string;
}

const STAGE_RANK: Readonly<Record<string, number>> = { mql: 1, sal: 2, sql: 3, opportunity: 4 };

const rankOf = (stage: unknown): number => STAGE_RANK[String(stage)] ?? 0;

const rankOfEvent = ({ type, data }: RawEvent): number => {
  if (type === "lead.staged") return rankOf(data["to"]);
  if (type === "lead.handed_off") return rankOf(data["stage"]);
  if (type === "lead.accepted") return rankOf("sal");
  return type === "lead.closed" && data["outcome"] === "qualified" ? rankOf("sql") : 0;
};

/** The furthest stage it ever reached: a rejected SQL was one. */
const furthest = (lead: RawLead): number => Math.max(rankOf(lead.stage), ...lead.events.map(rankOfEvent), 0);

export const responseStep = (ms: number | null): ResponseStep =>
  ms === null ? "none" : (RESPONSE_STEPS.find(({ below }) => ms < below)?.id ?? "later");

/**
 * Each submission's promise is kept by the first touch after it was told, up to the minute that was told. A dialler whose clock is
 * slow may name a time before the founding one: no touch of this lead is from before it.
 */
const promisesOf = (lead: RawLead, heard: readonly Heard[]): PromiseFact[] =>
  lead.submissions.flatMap(({ id, createdAt, promiseAt: exactly }, nth) => {
    if (exactly === null) return [];
    const promiseAt = toldMinute(exactly);
    const first = firstBy(
      promiseAt,
      heard.filter(({ at }) => nth === 0 || at >= createdAt),
    );
    const touchedAt = first === null ? null : Math.max(first, createdAt);
    const closedAt = lead.events.find((event) => isClosing(event) && event.at >= createdAt)?.at ?? null;
    const fate = promiseFate({ promiseAt, touchedAt, closedAt }, createdAt);
    const one = { submissionId: id, toldAt: createdAt, promiseAt };
    return [
      "lateMs" in fate
        ? { ...one, touchedAt, lateMs: fate.lateMs, withdrawn: false }
        : { ...one, touchedAt: null, lateMs: null, withdrawn: fate.kind === "withdrawn" },
    ];
  });

/** Of nothing: to be added to. */
export const noMeasures = (): Measures => Object.fromEntries(MEASURES.map((name) => [name, 0])) as Measures;

/** Whether they reached it in time, or let it pass: null where the lead says neither of this person alone. */
const ownAnswer = (
  lead: RawLead,
  { first, lapsed, person }: { first: number | null; lapsed: readonly Miss[]; person: string },
): boolean | null => {
  const miss = lapsed.find(({ observed }) => !observed);
  if (lapsed.length > 0 && !miss) return null;
  if (miss) return miss.attribution === "person" && miss.person === person ? false : null;
  const isOwn =
    lead.touches.some(({ owned, at }) => owned && at === first) ||
    lead.events.some((event) => isBooking(event) && event.at === first && event.data["by"] === person);
  return isOwn ? true : null;
};

const ownSums = (answer: boolean | null): Partial<Measures> => ({
  own_due: Number(answer !== null),
  own_met: Number(answer === true),
});

const flags = (lead: RawLead, first: number | null, lapsed: readonly Miss[]): Partial<Measures> => {
  const rank = furthest(lead);
  const outbound = lead.touches.filter(({ direction }) => direction === "outbound");
  const closed = lead.open ? null : lead.status;
  // A lead that comes back forgets the reply of its former life; what happened happened.
  const replied = lead.repliedAt !== null || lead.events.some(({ type }) => type === "lead.replied");
  return {
    leads: 1,
    complete: Number(lead.complete),
    mql: Number(rank >= 1),
    sal: Number(rank >= 2),
    sql: Number(rank >= 3),
    opportunity: Number(rank >= 4),
    queued: Number(lead.assignments.some(({ personId }) => personId === null)),
    touched: Number(first !== null),
    covered: Number(lead.touches.some(({ covered, at }) => covered && at === first)),
    contacted: Number(
      replied ||
        lead.touches.some((touch) => isCounted(touch) && reached(touch)) ||
        lead.events.some(isBooking),
    ),
    replied: Number(replied),
    // Whoever was late while the brake was on neither met nor missed it.
    met: Number(first !== null && lapsed.length === 0),
    missed: Number(lapsed.some(({ observed }) => !observed)),
    attempts: outbound.filter(isCounted).length,
    closed: Number(closed !== null),
    qualified: Number(closed === "qualified"),
    rejected: Number(closed === "disqualified"),
    recycled: Number(closed === "recycled"),
    uncoded: Number(closed === "recycled" && lead.code === null),
  };
};

/** Amounts of another currency are counted, and added to none. */
const pipelineSums = ({ opportunities }: RawLead, currency: string): Partial<Measures> => {
  const added = opportunities.filter((each) => each.currency === null || each.currency === currency);
  return {
    pipelines: opportunities.length,
    pipelines_apart: opportunities.length - added.length,
    pipeline_amount: added.reduce((sum, { amount }) => sum + amount, 0),
  };
};

const promiseSums = (promises: readonly PromiseFact[]): Partial<Measures> => {
  const late = promises.filter(({ lateMs }) => lateMs !== null && lateMs > 0);
  return {
    promised: promises.length,
    kept: promises.filter(({ lateMs }) => lateMs !== null && lateMs <= 0).length,
    late: late.length,
    late_ms: late.reduce((sum, { lateMs }) => sum + (lateMs ?? 0), 0),
    withdrawn: promises.filter(({ withdrawn }) => withdrawn).length,
  };
};

interface Spans {
  speed: number | null;
  coverage: number | null;
  recycle: number | null;
  assign: number | null;
  accept: number | null;
}

/** Backdated records never make a duration negative. */
const since = (lead: RawLead, at: number | null | undefined): number | null =>
  at === null || at === undefined ? null : Math.max(0, at - lead.createdAt);

const spansOf = (lead: RawLead, first: number | null, calendar: Calendar): Spans => {
  const owned = lead.assignments.find(({ personId }) => personId !== null);
  return {
    speed: since(lead, first),
    coverage: first === null ? null : openBetween(calendar, lead.createdAt, first),
    recycle: lead.status === "recycled" ? since(lead, lead.closedAt) : null,
    assign: since(lead, owned?.at),
    accept: since(lead, lead.acceptedAt),
  };
};

/** What people did, not timers: the last time anybody moved it. */
const lastActivity = (lead: RawLead, heard: readonly Heard[]): number =>
  Math.max(
    lead.createdAt,
    ...heard.map(({ at }) => at),
    ...lead.touches.map(({ at }) => at),
    ...lead.submissions.map(({ createdAt }) => createdAt),
    ...lead.assignments.map(({ at }) => at),
    ...lead.events.filter(({ actor }) => actor !== "system").map(({ at }) => at),
  );

const bucket = (ms: number | null): number | null => (ms === null ? null : bucketOf(ms));

const spanSums = ({ speed, coverage, recycle, assign, accept }: Spans): Partial<Measures> => ({
  speed_ms: speed ?? 0,
  coverage_ms: coverage ?? 0,
  recycle_ms: recycle ?? 0,
  assigned: Number(assign !== null),
  assign_ms: assign ?? 0,
  accepted: Number(accept !== null),
  accept_ms: accept ?? 0,
});

const countOf = (incidents: readonly Incident[], kind: Incident["kind"]): number =>
  incidents.filter((incident) => incident.kind === kind).length;

/** Pure: the same records, the same figures. */
export const factOf = (lead: RawLead, around: Surroundings): LeadFact => {
  const heard = timesHeard(lead);
  const first = heard[0]?.at ?? null;
  const lapsed = lapses(lead.events, heard);
  const { person, team } = heldBy(
    lead,
    heard,
    lapsed.filter(({ observed }) => !observed),
  );
  const spans = spansOf(lead, first, around.calendarOf(person, team));
  const promises = promisesOf(lead, heard);
  const incidents = incidentsOf(lead);
  return {
    leadId: lead.id,
    accountId: lead.accountId,
    createdAt: lead.createdAt,
    open: lead.open,
    lastActivityAt: lastActivity(lead, heard),
    dimensions: {
      person,
      team,
      source: lead.source ?? lead.channel ?? "",
      segment: lead.segment ?? "",
      form: lead.formKey ?? "",
      hour: around.hourOf(lead.createdAt),
      response: responseStep(spans.speed),
    },
    score: Math.round(lead.score),
    sketches: {
      speed: bucket(spans.speed),
      coverage: bucket(spans.coverage),
      recycle: bucket(spans.recycle),
    },
    measures: {
      ...noMeasures(),
      ...flags(lead, first, lapsed),
      ...pipelineSums(lead, around.currency),
      ...ownSums(ownAnswer(lead, { first, lapsed, person })),
      ...spanSums(spans),
      ...promiseSums(promises),
      fallbacks: countOf(incidents, "fallback"),
    },
    incidents,
    promises,
  };
};
