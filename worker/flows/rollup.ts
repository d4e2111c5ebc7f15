/**
 * Keeps the reports' roll-ups: whatever happened to a lead since is read again from its raw records. Nothing of it happens
 * while anybody waits for a capture: the cron does it, and whoever asks for a report brings it up to date first.
 */
import { localParts, epochDay } from "../domain/calendar/local.ts";
import { clockCalendar, type Compiled } from "../domain/config/compiled.ts";
import { factOf, RULES, type Surroundings } from "../domain/reports/fact.ts";
import { monthOf } from "../domain/reports/period.ts";
import { loadConfig, loadCurrentConfig } from "../store/config.ts";
import { readRawLeads, type Given, type ReadLead } from "../store/rollup-raw.ts";
import { isTurned, readRollupStep, writeRollup, type DatedFact, type RollupStep } from "../store/rollups.ts";
import { logged } from "./apart.ts";
import { breathe } from "./breathe.ts";
import { hasRoom } from "./budget.ts";
import type { Deps } from "./deps.ts";

/** Small: a visitor may wait behind such a batch, and a hundred leads took four tenths of a second. */
const AT_ONCE = 16;

/** Of one invocation, whatever the clock says: it may ask the database only so much. */
const MOST_STEPS = 250;
/** Others who read on are given this many turns before what is there is good enough. */
const MOST_LOST = 5;
/** Questions that a step may take, with some for what comes after. */
const A_STEP = 60;

type Clocked = Pick<Deps, "db" | "now" | "left">;

const filled = (value: unknown): boolean => value !== null && value !== undefined && value !== "";

/** What counts as complete: the fields a marketing-qualified lead must have, else those its form requires. */
export const requiredFields = (compiled: Compiled, formKey: string | null): string[] => {
  const mql = compiled.document.stages.find(({ id }) => id === "mql")?.requiredFields ?? [];
  if (mql.length > 0) return mql.map((name) => name.replace(/^(lead|custom)\./, ""));
  const form = formKey === null ? undefined : compiled.forms.get(formKey);
  return (form?.fields ?? []).filter(({ required }) => required).map(({ name }) => name);
};

const isComplete = (required: readonly string[], { lead, custom, present }: Given): boolean =>
  required.every(
    (name) =>
      filled((lead as Record<string, unknown>)[name]) || filled(custom[name]) || present.includes(name),
  );

interface About {
  timezone: string;
  currency: string;
}

/** Amounts are added of one currency: the workspace's, else the only one there is. */
const aboutOf = ({ document }: Compiled, { currencies }: RollupStep): About => {
  const [one = "", other] = currencies;
  const { timezone, currency } = document.workspace;
  return { timezone, currency: currency ?? (other === undefined ? one : "") };
};

const around = (compiled: Compiled, { timezone, currency }: About): Surroundings => ({
  currency,
  calendarOf: (person, team) => {
    const known = compiled.people.get(person);
    const teamId = team === "" ? null : team;
    if (known) return clockCalendar(compiled, known, teamId);
    return compiled.calendars.get(compiled.teams.get(team)?.calendar ?? "") ?? compiled.fallbackCalendar;
  },
  hourOf: (at) => localParts(at, timezone).time.slice(0, 2),
});

const dayIn =
  (timezone: string) =>
  (at: number): number =>
    epochDay(localParts(at, timezone).date) ?? 0;

const dated = ({ raw, given }: ReadLead, compiled: Compiled, about: About): DatedFact => {
  const complete = isComplete(requiredFields(compiled, raw.formKey), given);
  const fact = factOf({ ...raw, complete }, around(compiled, about));
  const day = dayIn(about.timezone);
  return {
    fact,
    day: day(fact.createdAt),
    month: monthOf(day(fact.createdAt)),
    incidentDays: fact.incidents.map(({ at }) => day(at)),
    promiseDays: fact.promises.map(({ toldAt }) => day(toldAt)),
  };
};

/**
 * Each lead under the policy it came under: what a later one says of calendars doesn't change what was. One that can't be
 * reckoned has no figures, and the others keep theirs.
 */
const readFacts = async (
  deps: Clocked,
  step: RollupStep,
  current: Compiled,
  about: About,
): Promise<DatedFact[]> => {
  const facts: DatedFact[] = [];
  for (const read of await readRawLeads(deps.db, step.leads)) {
    const compiled = (await loadConfig(deps.db, read.raw.policyVersion)) ?? current;
    try {
      facts.push(dated(read, compiled, about));
    } catch (error) {
      logged("rollup", error, { leadId: read.raw.id });
    }
  }
  return facts;
};

/** Another zone has other days, other rules other figures: everything is read again, while the old figures stand. */
const withRebuild = (step: RollupStep, timezone: string): RollupStep => {
  const { state, next } = step;
  if (state.timezone === timezone && state.rules === RULES) return step;
  // Every lead is read after this, and with it all that has happened until now.
  return { ...step, next: { ...next, seq: step.newest, rebuildAfter: "" }, last: false };
};

export interface RolledUp {
  leads: number;
  /** Everything that had happened is in. */
  done: boolean;
}

const oneStep = async (deps: Clocked, current: Compiled): Promise<RolledUp> => {
  const read = await readRollupStep(deps.db, AT_ONCE);
  const about = aboutOf(current, read);
  const step = withRebuild(read, about.timezone);
  const { state, next } = step;
  const idle = step.last && step.leads.length === 0 && next.seq === state.seq;
  const isOther = about.currency !== state.currency;
  if (idle && state.rebuildAfter === null && !isOther) return { leads: 0, done: true };
  const facts = step.leads.length === 0 ? [] : await readFacts(deps, step, current, about);
  await writeRollup(deps.db, step, facts, { ...about, rules: RULES, now: deps.now() });
  return { leads: step.leads.length, done: step.last && !isOther };
};

/** Reads on until everything is in or the time is over; several at a time get in each other's way, and do no harm. */
export const rollUp = async (deps: Clocked, budgetMs: number): Promise<RolledUp> => {
  const current = await loadCurrentConfig(deps.db);
  if (!current) return { leads: 0, done: true };
  const until = deps.now() + budgetMs;
  let leads = 0;
  let lost = 0;
  for (let steps = 0; steps < MOST_STEPS && lost <= MOST_LOST && hasRoom(deps, A_STEP); steps++) {
    try {
      const step = await oneStep(deps, current);
      leads += step.leads;
      if (step.done) return { leads, done: true };
    } catch (error) {
      if (!isTurned(error)) throw error;
      lost++;
    }
    if (deps.now() >= until) break;
    await breathe();
  }
  return { leads, done: false };
};
