/** What the fake API answers about people, and what it does to them: away, on time off, with more room, gone and back. */
import { boardPerson, type Strike } from "../../../../schema/wire/board.ts";
import type { LeadSummary } from "../../../../schema/wire/lead.ts";
import { holeWithout, type Feed, type Member } from "./people.ts";
import { ok, problem, type Reply, type Route } from "./replies.ts";

export interface Staff {
  people: Member[];
  feeds: Feed[];
  strikes: Strike[];
  now(): number;
  onBoard(): LeadSummary[];
}

/** With what awaits them now. */
export function peopleNow(staff: Staff): Member[] {
  const waiting = staff.onBoard().filter(({ provisional, queue }) => !provisional && !queue);
  return staff.people.map((person) => ({
    ...person,
    awaiting: waiting.filter(({ owner }) => owner?.id === person.id).length,
  }));
}

function everybody(staff: Staff) {
  const timeOff = staff.people.flatMap(({ id, timeOff: planned = [] }) =>
    planned.map((each) => ({ feed: null, ...each, person: id })),
  );
  return {
    people: peopleNow(staff).map((person) => boardPerson.parse(person)),
    timeOff,
    strikes: staff.strikes,
    deadlinesMissed: [
      ...Map.groupBy(
        staff.strikes.filter(({ voidedAt }) => voidedAt === null),
        ({ person }) => person,
      ),
    ].map(([person, theirs]) => ({ person, count: theirs.length })),
  };
}

function patch({ people }: Staff, id: string, change: Partial<Member>): Reply {
  const person = people.find((each) => each.id === id);
  if (!person) return problem(404, "No such person", "This person doesn’t exist.");
  Object.assign(person, change);
  return ok(person);
}

const back = (staff: Staff, id: string): Reply => patch(staff, id, { state: "available", until: null });

/** Without Chloé nobody is left in Europe; of everybody else the policy can do without. */
function deactivate(staff: Staff, id: string): Reply {
  if (id === "chloe") return holeWithout(id, staff.now());
  const { open } = staff.people.find((each) => each.id === id) ?? { open: 0 };
  patch(staff, id, { state: "deactivated", until: null, awaiting: 0, open: 0 });
  return ok({ heir: "ana", leads: open, queued: 0, tasks: 1, routed: open, remaining: 0 });
}

function availability(staff: Staff, id: string, body: unknown): Reply {
  const { availability: state, until = null } = body as {
    availability: "available" | "away";
    until?: string | null;
  };
  if (until !== null && Date.parse(until) < staff.now()) {
    return problem(422, "Can’t be used", "The time of return has passed.", [
      { pointer: "/until", detail: "choose a time in the future" },
    ]);
  }
  return patch(staff, id, { state, until });
}

function timeOff({ people }: Staff, id: string, body: unknown): Reply {
  const entry = { id: `to-${Date.now()}`, reason: null, ...(body as { start: string; end: string }) };
  if (entry.end <= entry.start)
    return problem(422, "Can’t be used", "The end is before the start.", [
      { pointer: "/end", detail: "must be after the start" },
    ]);
  const person = people.find((each) => each.id === id)!;
  (person.timeOff ??= []).push(entry);
  return { status: 201, body: entry };
}

function cancelTimeOff({ people }: Staff, id: string, entry: string): Reply {
  const person = people.find((each) => each.id === id)!;
  person.timeOff = (person.timeOff ?? []).filter((each) => each.id !== entry);
  return { status: 204, body: null };
}

export const peopleRoutes = (staff: Staff): Route[] => [
  [/^GET \/v1\/people$/, () => ok(everybody(staff))],
  [/^GET \/v1\/time-off-feeds$/, () => ok({ feeds: staff.feeds })],
  [/^PUT \/v1\/people\/([^/]+)\/availability$/, ({ body }, id) => availability(staff, id, body)],
  [/^POST \/v1\/people\/([^/]+)\/time-off$/, ({ body }, id) => timeOff(staff, id, body)],
  [/^DELETE \/v1\/people\/([^/]+)\/time-off\/([^/]+)$/, (_, id, entry) => cancelTimeOff(staff, id, entry)],
  [
    /^POST \/v1\/people\/([^/]+)\/capacity$/,
    ({ body }, id) => patch(staff, id, { capacity: (body as { capacity: number }).capacity }),
  ],
  [/^POST \/v1\/people\/([^/]+)\/deactivate$/, (_, id) => deactivate(staff, id)],
  [
    /^POST \/v1\/people\/([^/]+)\/reactivate$/,
    (_, id) => {
      back(staff, id);
      return { status: 204, body: null };
    },
  ],
  [/^POST \/v1\/people\/([^/]+)\/reinstate$/, (_, id) => back(staff, id)],
];
