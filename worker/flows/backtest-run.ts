/**
 * A back-test goes on in slices, each one atomic write that names the slice it follows: whoever dies is followed by anybody, two
 * hands do no harm, and what is in memory is one slice and what people hold.
 */
import type { Condition } from "../../schema/config/condition.ts";
import type { ConfigDocument } from "../../schema/config/document.ts";
import { Availability } from "../domain/backtest/availability.ts";
import { Period } from "../domain/backtest/period.ts";
import { standing } from "../domain/backtest/simulate.ts";
import type { PastLead, Simulated } from "../domain/backtest/types.ts";
import { EMPTY_WORLD, World, type WorldState } from "../domain/backtest/world.ts";
import { holds } from "../domain/conditions.ts";
import { compileConfig, type Compiled } from "../domain/config/compiled.ts";
import { summarise } from "../store/backtest-summary.ts";
import {
  dueLeads,
  finishBacktest,
  leadsHeldBy,
  readBacktest,
  writeSlice,
  type BacktestRow,
} from "../store/backtests.ts";
import { parseJson } from "../store/db.ts";
import {
  readAvailability,
  readCredits,
  readEarlier,
  readPast,
  readPastById,
  readRelatives,
  type Place,
} from "../store/past.ts";
import { breathe } from "./breathe.ts";
import type { Deps } from "./deps.ts";

/** Leads that come in one slice, and leads to which something happens. */
const LEADS = 250;
const EVENTS = 600;

export interface Progress {
  /** What was open before the period; the period's leads; what happens to them until today. */
  phase: "earlier" | "leads" | "rest";
  place: Place;
  /** Everything up to here has happened. */
  clock: number;
  /** The number of the next lead. */
  n: number;
  /** Leads decided by what the CRM says today, as nothing was kept of before. */
  fromToday: number;
}

/** How long before the period a lead may have come that still holds capacity in it. */
const EARLIER_MS = 400 * 86_400_000;

export const BEGINNING = (from: number): Progress => ({
  phase: "earlier",
  place: { at: from - EARLIER_MS, row: 0 },
  clock: from,
  n: -1_000_000_000,
  fromToday: 0,
});

/** What is the same for all slices. */
interface Setting {
  compiled: Compiled;
  condition: Condition | null;
  kept: Awaited<ReturnType<typeof readAvailability>>;
  walked: { availability: Availability; clock: number } | null;
}

const KEPT = 2;
const settings = new Map<string, Setting>();

const settingOf = async (deps: Deps, row: BacktestRow): Promise<Setting> => {
  const known = settings.get(row.id);
  if (known) return known;
  const document = parseJson<ConfigDocument>(row.document);
  const setting: Setting = {
    compiled: compileConfig(document, row.version ?? 0, parseJson<Record<string, string[]>>(row.holidays)),
    condition: row.condition === null ? null : parseJson<Condition>(row.condition),
    kept: await readAvailability(deps.db, row.fromAt, row.startedAt),
    walked: null,
  };
  settings.set(row.id, setting);
  const oldest = settings.keys().next();
  if (settings.size > KEPT && !oldest.done) settings.delete(oldest.value);
  return setting;
};

interface Step {
  row: BacktestRow;
  progress: Progress;
  world: World;
  setting: Setting;
}

type Written = Parameters<typeof writeSlice>[1];

const write = (
  deps: Deps,
  { row, world }: Step,
  progress: Progress,
  more: Pick<Written, "come" | "changed"> & { decided: number },
): Promise<boolean> =>
  writeSlice(deps.db, {
    id: row.id,
    after: row.slice,
    progress,
    world: world.state(),
    until: row.startedAt,
    now: deps.now(),
    ...more,
  });

/** Leads that were open when the period began: they hold capacity, and go on as they really did. */
const earlier = async (deps: Deps, step: Step): Promise<boolean> => {
  const { row, progress, world, setting } = step;
  const found = await readEarlier(deps.db, progress.place, row.fromAt, LEADS);
  const come = found.map(({ past, held }, at) => ({
    lead: standing(world, past, progress.n + at, held, row.fromAt),
    past,
  }));
  const last = found.at(-1);
  const more = { come, changed: [], decided: 0 };
  if (last && found.length === LEADS) {
    const place = { at: last.past.at, row: last.place };
    return write(deps, step, { ...progress, place, n: progress.n + found.length }, more);
  }
  const credits = await readCredits(deps.db, [...setting.compiled.people.keys()], row.fromAt);
  for (const [key, credit] of credits) world.credits.set(key, credit);
  const next: Progress = { ...progress, phase: "leads", place: { at: row.fromAt, row: 0 }, n: 1 };
  return write(deps, step, next, more);
};

interface Reach {
  to: number;
  /** Something more happens at `to`, so nothing may come then. */
  full: boolean;
  due: Simulated[];
}

/** How far this slice reaches: to `end`, or as far as the events that fit. */
const reachOf = async (deps: Deps, row: BacktestRow, end: number): Promise<Reach> => {
  const due = await dueLeads(deps.db, row.id, end, EVENTS + 1);
  const last = due[EVENTS];
  const leads = due.map(({ lead }) => lead);
  return last ? { to: last.nextAt, full: true, due: leads } : { to: end, full: false, due: leads };
};

const isReady = (lead: Simulated): boolean => !lead.earlier && !lead.touched;

/** Time only goes forward within one hand; who begins anew, or lost a race, walks it again. */
const walk = (setting: Setting, clock: number): Availability => {
  const known = setting.walked;
  setting.walked = null;
  return known?.clock === clock
    ? known.availability
    : new Availability(setting.kept.changes, setting.kept.timeOff);
};

interface Arrivals {
  leads: Awaited<ReturnType<typeof readPast>>;
  /** The period has no further leads. */
  over: boolean;
  reach: Reach;
}

const arrivals = async (deps: Deps, { row, progress }: Step): Promise<Arrivals> => {
  if (progress.phase === "rest")
    return { leads: [], over: true, reach: await reachOf(deps, row, row.startedAt) };
  const coming = await readPast(deps.db, progress.place, row.toAt, LEADS);
  const reach = await reachOf(deps, row, coming.at(-1)?.past.at ?? progress.clock);
  const leads = reach.full ? coming.filter(({ past }) => past.at < reach.to) : coming;
  return { leads, over: coming.length < LEADS && !reach.full, reach };
};

/** The period's leads in order, with everything that happens meanwhile; afterwards only what happens. */
const onward = async (deps: Deps, step: Step): Promise<boolean> => {
  const { row, progress, world, setting } = step;
  const { leads, over, reach } = await arrivals(deps, step);
  const past = leads.map((item) => item.past);
  const availability = walk(setting, progress.clock);
  const absences = availability.absences(progress.clock, reach.to);
  const held = await leadsHeldBy(deps.db, row.id, [...new Set(absences.map(({ personId }) => personId))]);
  const relatives = await readRelatives(deps.db, row.id, past, progress.place);
  const known = await pastOf(deps, [...reach.due, ...held].filter(isReady));
  const { condition } = setting;
  const { come, changed } = await new Period({
    compiled: setting.compiled,
    availability,
    world,
    leads: past,
    first: progress.phase === "rest" ? Number.POSITIVE_INFINITY : progress.n,
    present: [...reach.due, ...held, ...relatives.simulated],
    absences,
    predecessors: relatives.predecessors,
    byDomain: relatives.byDomain,
    to: reach.to,
    until: row.startedAt,
    counted: ({ facts }) => condition === null || holds(condition, facts),
    past: async (leadId) => known.get(leadId) ?? onePast(deps, leadId),
    breathe,
  }).run();
  const last = leads.at(-1);
  const next: Progress = {
    phase: over ? "rest" : progress.phase,
    place: last ? { at: last.past.at, row: last.place } : progress.place,
    clock: reach.to,
    n: progress.n + come.length,
    fromToday: progress.fromToday + leads.filter(({ remembered }) => !remembered).length,
  };
  const written = await write(deps, step, next, { come, changed, decided: come.length });
  if (written) setting.walked = { availability, clock: reach.to };
  return written;
};

const pastOf = async (deps: Deps, leads: readonly Simulated[]): Promise<Map<string, PastLead>> => {
  const found = await readPastById(deps.db, [...new Set(leads.map(({ leadId }) => leadId))]);
  return new Map(found.map((past) => [past.id, past]));
};

const onePast = async (deps: Deps, leadId: string): Promise<PastLead | null> =>
  (await readPastById(deps.db, [leadId]))[0] ?? null;

const isThrough = async (deps: Deps, { row, progress }: Step): Promise<boolean> =>
  progress.phase === "rest" &&
  progress.clock >= row.startedAt &&
  (await dueLeads(deps.db, row.id, row.startedAt, 1)).length === 0;

export type Ran = "ended" | "more" | "elsewhere";

/** One slice. `elsewhere`: another hand wrote it. */
const one = async (deps: Deps, id: string): Promise<Ran> => {
  const row = await readBacktest(deps.db, id);
  if (row?.status !== "running") return "ended";
  const state = parseJson<Partial<WorldState>>(row.world);
  const step: Step = {
    row,
    progress: parseJson<Progress>(row.progress),
    world: new World({ ...EMPTY_WORLD, ...state }),
    setting: await settingOf(deps, row),
  };
  if (await isThrough(deps, step)) {
    const summary = await summarise(deps.db, row.id, {
      ...step.world.state(),
      fromToday: step.progress.fromToday,
      until: row.startedAt,
    });
    await finishBacktest(deps.db, row, summary, deps.now());
    settings.delete(id);
    return "ended";
  }
  const written = await (step.progress.phase === "earlier" ? earlier(deps, step) : onward(deps, step));
  return written ? "more" : "elsewhere";
};

/** Goes on until it has ended or the time is up. Safe to run any number of times at once. */
export const runBacktest = async (
  deps: Deps,
  id: string,
  most: { ms: number; slices: number },
): Promise<Ran> => {
  const end = deps.now() + most.ms;
  for (let slices = 0; slices < most.slices && deps.now() < end; slices++) {
    const ran = await one(deps, id);
    if (ran !== "more") return ran;
  }
  return "more";
};
