/**
 * The script of a believable day that ends now, whenever now is: leads in every state, the older ones closed. Everything
 * is placed relative to `now` and to who is on shift then, so that people only ever do what they could have done.
 */
import { captureStep } from "./capture-body.ts";
import { calendarOfPerson, lastOpen, lastOpening, membersOnDuty, openFor, opens, teamOpen } from "./cover.ts";
import type { Crm } from "./crm-types.ts";
import { demoCrm } from "./crm.ts";
import { fillerPersonas } from "./fillers.ts";
import { HISTORY, OVERNIGHT, STRIKES } from "./personas-past.ts";
import { PLACED_LEADS } from "./personas-placed.ts";
import { AWAITING, BREACHED } from "./personas-awaiting.ts";
import { IN_PROGRESS, LOCAL, QUEUED } from "./personas-progress.ts";
import type { LiveLead, Persona } from "./persona.ts";
import { DEMO_SEED, randomFrom, type Random } from "./random.ts";
import { DAY, HOUR, MINUTE, type Step } from "./steps.ts";
import { tell, type Story } from "./stories.ts";

const LEADS_A_DAY = 60;

interface Arrival {
  persona: Persona;
  at: number;
  story: Story;
  firstTouch?: number | undefined;
  accepts?: boolean | undefined;
  /** Whose opening the clock waits for, if it came in before. */
  waitsFor?: string | undefined;
}

const lead = (arrival: Arrival, random: Random): Step[] => {
  const { persona, at, story, waitsFor } = arrival;
  const capture = captureStep(persona, at, 1, random);
  const start = waitsFor === undefined ? at : opens(waitsFor, at);
  const drawn = persona.hot ? 1 + random.next() * 2 : 1.5 + random.next() * 6;
  const colleague = membersOnDuty("desk", start, 15 * MINUTE)[0] ?? "imani";
  const told = {
    submissionId: capture.submissionId,
    start,
    story,
    firstTouch: arrival.firstTouch ?? drawn,
    accepts: arrival.accepts ?? false,
    phone: persona.phone !== undefined,
    colleague,
  };
  return [capture, ...tell(told, random)];
};

/** How long an owner may take before they lose a lead: ten minutes, five for hot ones. */
const patience = (persona: Persona): number => (persona.hot ? 5 : 10) * MINUTE;

/**
 * The time nearest to `ideal` after which nobody on shift leaves before their lead is overdue, and that is by now: a
 * shift's end stops the clock of whoever goes home.
 */
const breachable = (ideal: number, persona: Persona, now: number): number => {
  const target = patience(persona) + MINUTE;
  const steady = (at: number): boolean =>
    at + target <= now &&
    ["desk", "amer"].every(
      (team) => membersOnDuty(team, at, 1).length === membersOnDuty(team, at, target).length,
    );
  for (let minutes = 0; minutes < 45; minutes++) {
    const found = [ideal + minutes * MINUTE, ideal - minutes * MINUTE].find(steady);
    if (found !== undefined) return found;
  }
  return ideal;
};

const slip = (entry: LiveLead, now: number, random: Random): Step[] => {
  const at = breachable(Math.round(now - entry.ago * MINUTE), entry.persona, now);
  return lead({ ...entry, at }, random);
};

/**
 * The story's breaches, while mail was held up: they are nobody's strike, so the day they are played on and whoever is on duty
 * alone don't decide who is suspended. That is the owner of STRIKES, who stands at no time alone.
 */
const slipped = (now: number, random: Random): Step[] => {
  const steps = BREACHED.flatMap((entry) => slip(entry, now, random));
  const from = Math.min(...steps.map(({ at }) => at));
  return [{ at: from, do: "outage", until: now - MINUTE }, ...steps];
};

const live = (entry: LiveLead, now: number, random: Random): Step[] => {
  const steps = lead({ ...entry, at: Math.round(now - entry.ago * MINUTE) }, random);
  if (entry.again === undefined) return steps;
  const persona = { ...entry.persona, message: "Forgot to say: we also need it to open fire doors." };
  return [...steps, captureStep(persona, now - entry.again * MINUTE, 2, random)];
};

const OFFICE: Readonly<Record<string, string>> = { amer: "us", emea: "de", apac: "sg" };
const TEAM_OF: Readonly<Record<string, string>> = {
  mateo: "amer",
  june: "amer",
  tomasz: "emea",
  leila: "emea",
  arjun: "apac",
  hana: "apac",
};

/** The latest hour at which the person works, and their office too where the lead comes by way of the team. */
const worked = (personId: string, before: number, byTeam: boolean): number => {
  const own = calendarOfPerson(personId);
  const office = byTeam ? OFFICE[TEAM_OF[personId] ?? ""] : undefined;
  const both = (at: number): boolean => office === undefined || openFor(office, at, 40 * MINUTE);
  let at = lastOpen(own, before, 40 * MINUTE);
  while (!both(at)) at = lastOpen(own, at - 10 * MINUTE, 40 * MINUTE);
  return at;
};

const placed = (now: number, random: Random): Step[] =>
  PLACED_LEADS.flatMap((entry) => {
    const at =
      worked(entry.answeredBy, now - entry.before * HOUR, !entry.accepts) + random.int(0, 9 * 60) * 1000;
    return lead({ ...entry, at }, random);
  });

const history = (now: number, random: Random): Step[] =>
  HISTORY.flatMap(({ daysAgo, answeredBy, story, persona }) => {
    const before = now - daysAgo * DAY - random.int(0, 120) * MINUTE;
    return lead({ persona, story, at: worked(answeredBy, before, true) }, random);
  });

/** Two breaches on two working days; whoever takes over is prompt. */
const strikes = (now: number, random: Random): Step[] => {
  const last = lastOpen("us", now - DAY, 50 * MINUTE);
  const days = [lastOpen("us", last - 18 * HOUR, 50 * MINUTE), last];
  return STRIKES.flatMap((persona, index) =>
    lead({ persona, story: "replied", at: days[index] ?? last, firstTouch: 19 + index }, random),
  );
};

const overnight = (now: number, random: Random): Step[] => {
  const opening = lastOpening("sg", now - 50 * MINUTE, 4 * HOUR);
  return OVERNIGHT.flatMap(({ minutesBefore, persona }, index) => {
    const story = index === 0 ? "replied" : "worked";
    return lead(
      { persona, story, at: opening - minutesBefore * MINUTE, waitsFor: "sg", firstTouch: 2 + index * 2.5 },
      random,
    );
  });
};

const DAY_STORIES: readonly Story[] = [
  ...(["worked", "worked", "worked", "worked", "worked", "replied", "replied", "replied"] as const),
  ...([
    "scheduled",
    "scheduled",
    "scheduled",
    "qualified",
    "qualified",
    "covered",
    "bad_timing",
    "no_fit",
  ] as const),
];

/** Spread over the day before the last hour; a little denser towards now. */
const fillers = (now: number, count: number, crm: Crm, random: Random): Step[] =>
  fillerPersonas(crm, count, random).flatMap((persona, index) => {
    const share = (index + 0.2 + random.next() * 0.6) / count;
    const at = Math.round(now - 55 * MINUTE - share ** 1.2 * (DAY - 90 * MINUTE));
    return lead({ persona, at, story: random.pick(DAY_STORIES) }, random);
  });

const REPS = Object.keys(TEAM_OF);

/** Somebody whose absence leaves every open team with another rep on shift; else somebody who is off shift anyway. */
const whoIsAway = (now: number): string => {
  const spared = (person: string): boolean =>
    ["amer", "emea", "apac", "desk"].every(
      (team) =>
        !teamOpen(team, now) ||
        membersOnDuty(team, now, HOUR).some((id) => id !== person && id !== "darnell"),
    );
  const working = membersOnDuty("desk", now, 20 * MINUTE);
  const idle = REPS.find((person) => !working.includes(person));
  return working.find(spared) ?? idle ?? "noor";
};

const absences = (now: number): Step[] => [
  {
    at: now - 3 * HOUR,
    do: "timeOff",
    person: "noor",
    reason: "Annual leave",
    from: now + 6 * DAY,
    to: now + 13 * DAY,
  },
  {
    at: now - 11 * MINUTE,
    do: "away",
    person: whoIsAway(now),
    reason: "In a customer workshop",
    until: now + 50 * MINUTE,
  },
];

const captures = (steps: readonly Step[], since: number): number =>
  steps.filter((step) => step.do === "capture" && step.at >= since).length;

/** Steps in order of time, none after `now`. The same for the same `now` and seed. */
export const demoLeads = (now: number, seed: number = DEMO_SEED, crm: Crm = demoCrm(seed)): Step[] => {
  const random = randomFrom(seed + 1);
  const told = [
    ...slipped(now, random),
    ...[...AWAITING, ...IN_PROGRESS, ...QUEUED, ...LOCAL].flatMap((entry) => live(entry, now, random)),
    ...placed(now, random),
    ...history(now, random),
    ...strikes(now, random),
    ...overnight(now, random),
    ...absences(now),
  ];
  const missing = Math.max(12, LEADS_A_DAY - captures(told, now - DAY));
  const all = [...told, ...fillers(now, missing, crm, random)];
  return all.filter((step) => step.at <= now).sort((a, b) => a.at - b.at);
};
