/** Who takes what somebody leaves behind: their backup, else their manager, else the default chain; never nobody. */
import type { Compiled } from "../config/compiled.ts";
import { activeSteward, isActive, type People } from "./people.ts";

const candidates = (compiled: Compiled, personId: string): (string | null | undefined)[] => {
  const person = compiled.people.get(personId);
  const teams = compiled.teamsOf.get(personId) ?? [];
  const leaders = compiled.document.people.filter(({ role }) => role === "manager" || role === "admin");
  return [
    person?.backup,
    person?.manager,
    ...teams.map(({ manager }) => manager),
    ...compiled.document.routing.default,
    ...leaders.map(({ id }) => id),
    ...compiled.people.keys(),
  ];
};

/** `people` knows of the departure already. Null where nobody is active at all. */
export const heirOf = (
  compiled: Compiled,
  people: People,
  personId: string,
): { id: string; name: string } | null => {
  const id = candidates(compiled, personId).find(
    (candidate) => candidate && candidate !== personId && isActive(compiled, people, candidate),
  );
  const person = id ? compiled.people.get(id) : undefined;
  return person ? { id: person.id, name: person.name } : null;
};

/** Who keeps each queue from now on. */
export const stewardsAfter = (compiled: Compiled, people: People, heirId: string): Record<string, string> =>
  Object.fromEntries(
    [...compiled.queues.values()].map((queue) => [
      queue.id,
      activeSteward(compiled, people, queue) ?? heirId,
    ]),
  );
