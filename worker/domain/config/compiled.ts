/** A configuration made ready to decide with: looked up by id, calendars compiled, durations in milliseconds. */
import type { Condition } from "../../../schema/config/condition.ts";
import type {
  ConfigDocument,
  Form,
  Person,
  Queue,
  Rule,
  SlaPolicy,
  Suppression,
  Team,
} from "../../../schema/config/document.ts";
import type { Channel } from "../../../schema/config/routing.ts";
import type { Stage } from "../../../schema/life.ts";
import { alwaysOpen, compileCalendar } from "../calendar/compile.ts";
import type { Calendar } from "../calendar/types.ts";
import { parseDuration } from "../duration.ts";

type StageRule = ConfigDocument["stages"][number];

export interface Sla {
  id: string;
  assignMs: number;
  firstTouchMs: number;
  firstTouchByChannelMs: Partial<Record<Channel, number>>;
  acceptedChannels: ReadonlySet<Channel>;
  warnAt: number;
  secondTouchMs: number;
  noReplyMs: number;
  untouchedTaskMs: number;
  takeoverTouchMs: number;
  acceptWithinMs: number | null;
  effort: { attempts: number; channels: number; withinMs: number };
  maxReassignments: number;
}

export interface Compiled {
  version: number;
  document: ConfigDocument;
  people: ReadonlyMap<string, Person>;
  /** Person by any name the CRM may use for them: id, external id, e-mail (folded). */
  byCrmName: ReadonlyMap<string, Person>;
  calendars: ReadonlyMap<string, Calendar>;
  fallbackCalendar: Calendar;
  teams: ReadonlyMap<string, Team>;
  teamsOf: ReadonlyMap<string, readonly Team[]>;
  queues: ReadonlyMap<string, Queue>;
  forms: ReadonlyMap<string, Form>;
  sla: ReadonlyMap<string, Sla>;
  stages: ReadonlyMap<Stage, { rule: StageRule; maxAgeMs: number | null }>;
  slaRules: readonly { when: Condition; sla: string }[];
  maxWaitMs: number;
  lastOwnerWithinMs: number;
}

const ms = (duration: string): number => {
  const parsed = parseDuration(duration);
  if (!parsed.ok) throw new RangeError(`${duration}: ${parsed.message}`);
  return parsed.ms;
};

const compileSla = (policy: SlaPolicy): Sla => ({
  id: policy.id,
  assignMs: ms(policy.assign),
  firstTouchMs: ms(policy.firstTouch),
  firstTouchByChannelMs: Object.fromEntries(
    Object.entries(policy.firstTouchByChannel).map(([channel, duration]) => [channel, ms(duration)]),
  ),
  acceptedChannels: new Set(policy.acceptedChannels),
  warnAt: policy.warnAt,
  secondTouchMs: ms(policy.secondTouch),
  noReplyMs: ms(policy.noReply),
  untouchedTaskMs: ms(policy.untouchedTask),
  takeoverTouchMs: ms(policy.takeoverTouch),
  acceptWithinMs: policy.acceptWithin ? ms(policy.acceptWithin) : null,
  effort: {
    attempts: policy.effort.attempts,
    channels: policy.effort.channels,
    withinMs: ms(policy.effort.within),
  },
  maxReassignments: policy.maxReassignments,
});

const byId = <T extends { id: string }>(list: readonly T[]): Map<string, T> =>
  new Map(list.map((item) => [item.id, item]));

/** How CRM names of people are compared. */
export const foldCrmName = (name: string): string => name.normalize("NFKC").trim().toLowerCase();

const crmNames = (people: readonly Person[]): Map<string, Person> => {
  const names = new Map<string, Person>();
  for (const person of people) {
    for (const name of [...Object.values(person.externalIds), person.email])
      names.set(foldCrmName(name), person);
  }
  // A person's own id wins over somebody else's external id that happens to be the same.
  for (const person of people) names.set(foldCrmName(person.id), person);
  return names;
};

const compileCalendars = (
  document: ConfigDocument,
  holidays: Readonly<Record<string, readonly string[]>>,
): Map<string, Calendar> => {
  const calendars = new Map<string, Calendar>();
  for (const spec of document.calendars) {
    const all = [...spec.holidays, ...(holidays[spec.id] ?? [])];
    const compiled = compileCalendar({ ...spec, holidays: all });
    if (!compiled.ok)
      throw new RangeError(`calendar ${spec.id}: ${compiled.problems[0]?.message ?? "invalid"}`);
    calendars.set(spec.id, compiled.calendar);
  }
  return calendars;
};

const teamsOf = (document: ConfigDocument): Map<string, Team[]> => {
  const teams = new Map<string, Team[]>();
  for (const team of document.teams) {
    for (const member of team.members) teams.set(member.person, [...(teams.get(member.person) ?? []), team]);
  }
  return teams;
};

/** What a compiled configuration knows of its people, teams and queues. */
export const compileOrganisation = (
  document: ConfigDocument,
): Pick<Compiled, "people" | "byCrmName" | "teams" | "teamsOf" | "queues"> => ({
  people: byId(document.people),
  byCrmName: crmNames(document.people),
  teams: byId(document.teams),
  teamsOf: teamsOf(document),
  queues: byId(document.queues),
});

/**
 * Compiles a published document. `holidays` are the dates worked out from country sets at publication, by calendar.
 * Throws a RangeError for what the schema can't see (a calendar or duration that can't be); publishing has checked those.
 */
export const compileConfig = (
  document: ConfigDocument,
  version: number,
  holidays: Readonly<Record<string, readonly string[]>> = {},
): Compiled => {
  const calendars = compileCalendars(document, holidays);
  const named = document.workspace.calendar ?? document.calendars[0]?.id;
  return {
    version,
    document,
    ...compileOrganisation(document),
    calendars,
    fallbackCalendar: (named ? calendars.get(named) : undefined) ?? alwaysOpen(document.workspace.timezone),
    forms: new Map(document.forms.map((form) => [form.key, form])),
    sla: new Map(document.sla.map((policy) => [policy.id, compileSla(policy)])),
    stages: new Map(
      document.stages.map((rule) => [rule.id, { rule, maxAgeMs: rule.maxAge ? ms(rule.maxAge) : null }]),
    ),
    slaRules: document.slaRules,
    maxWaitMs: ms(document.routing.maxWait),
    lastOwnerWithinMs: ms(document.routing.lastOwnerWithin),
  };
};

/** The SLA policy of that name, else (it left the document since) the default one. */
export const slaNamed = (compiled: Compiled, id: string): Sla | undefined =>
  compiled.sla.get(id) ?? compiled.sla.get(compiled.document.routing.defaultSla);

/** The rule that decided, of routing or of suppression. */
export const ruleNamed = ({ document }: Compiled, id: string | null): Rule | Suppression | undefined =>
  document.routing.rules.find((rule) => rule.id === id) ??
  document.suppression.find((rule) => rule.id === id);

/** The calendar on which a person's clock runs: their own, else the routing team's, else the workspace's. */
export const clockCalendar = (compiled: Compiled, person: Person, teamId: string | null): Calendar => {
  const team = teamId ? compiled.teams.get(teamId) : compiled.teamsOf.get(person.id)?.[0];
  const id = person.calendar ?? team?.calendar;
  return (id ? compiled.calendars.get(id) : undefined) ?? compiled.fallbackCalendar;
};

export const teamCalendar = (compiled: Compiled, team: Team): Calendar =>
  (team.calendar ? compiled.calendars.get(team.calendar) : undefined) ?? compiled.fallbackCalendar;

export const queueCalendar = (compiled: Compiled, queue: Queue): Calendar =>
  (queue.calendar ? compiled.calendars.get(queue.calendar) : undefined) ?? compiled.fallbackCalendar;
