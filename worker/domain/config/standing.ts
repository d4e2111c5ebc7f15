/**
 * The policy an open lead started under, carried out by today's organisation: rules, targets and hours stay those of its
 * version; people, teams, queues, disposition codes and notifications are today's. Who is new can take it, a new steward
 * keeps the queue, and a code that was added yesterday closes it.
 */
import { compileOrganisation, type Compiled } from "./compiled.ts";

const union = <T extends { id: string }>(today: readonly T[], started: readonly T[]): T[] => {
  const known = new Set(today.map(({ id }) => id));
  return [...today, ...started.filter(({ id }) => !known.has(id))];
};

const merge = (started: Compiled, today: Compiled): Compiled => {
  const document = {
    ...started.document,
    people: union(today.document.people, started.document.people),
    teams: union(today.document.teams, started.document.teams),
    queues: union(today.document.queues, started.document.queues),
    calendars: union(started.document.calendars, today.document.calendars),
    dispositions: today.document.dispositions,
    notifications: today.document.notifications,
    workspace: today.document.workspace,
  };
  return {
    ...started,
    ...compileOrganisation(document),
    document,
    calendars: new Map([...today.calendars, ...started.calendars]),
  };
};

/** Both keys are kept for as long as their isolate keeps the versions. */
const merged = new WeakMap<Compiled, WeakMap<Compiled, Compiled>>();

/** Answers `started` itself where nothing was published since. Its `version` stays that of the policy. */
export const carryOver = (started: Compiled, today: Compiled): Compiled => {
  if (started.version === today.version) return started;
  const known = merged.get(started) ?? new WeakMap<Compiled, Compiled>();
  merged.set(started, known);
  const found = known.get(today) ?? merge(started, today);
  known.set(today, found);
  return found;
};

/** Who was in the policy's document and has left: as good as deactivated. */
export const leavers = (started: Compiled, today: Compiled): string[] =>
  [...started.people.keys()].filter((id) => !today.people.has(id));
