/** What teams promise by their hours and can't keep: open without anybody on shift, more leads than capacity. */
import { clockCalendar, teamCalendar } from "../../config/compiled.ts";
import { isActive } from "../../routing/people.ts";
import { moment } from "./branches.ts";
import type { Times } from "./chain.ts";
import { yearFrom } from "./absences.ts";
import type { Policy } from "./policy.ts";
import { complement, contains, intersect, lengthOf, NEVER, union, whole, type Spans } from "./spans.ts";

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;

const shiftsOf = (policy: Policy, times: Times, teamId: string): { id: string; shift: Spans }[] => {
  const { compiled, people } = policy;
  return (compiled.teams.get(teamId)?.members ?? []).flatMap(({ person: id }) => {
    const person = compiled.people.get(id);
    return person && isActive(compiled, people, id)
      ? [{ id, shift: times.spansOf(clockCalendar(compiled, person, teamId)) }]
      : [];
  });
};

export interface TeamHours {
  team: string;
  /** Hours in the coming year. */
  open: number;
  /** Of these, hours with somebody of the team on shift. */
  covered: number;
}

/** Hours at which a team is open and nobody of it is on shift: its leads fall through in the middle of the day. */
export const checkTeamHours = (policy: Policy, times: Times): TeamHours[] => {
  const { from, to } = yearFrom(policy.now);
  return policy.document.teams.map((team, at) => {
    const open = intersect(times.spansOf(teamCalendar(policy.compiled, team)), whole({ from, to }));
    const shifts = shiftsOf(policy, times, team.id);
    const manned = [...new Set(shifts.map(({ shift }) => shift))].reduce<Spans>(
      (all, shift) => union(all, shift),
      NEVER,
    );
    const empty = intersect(open, complement(manned, times.horizon));
    const hours = { open: lengthOf(open) / HOUR, covered: lengthOf(open) / HOUR - lengthOf(empty) / HOUR };
    if (empty.length > 0 && shifts.length > 0)
      policy.findings.push({
        severity: "warning",
        pointer: `/teams/${at}/calendar`,
        code: "hours_without_cover",
        message: `"${team.id}" is open with nobody of it on shift for ${Math.max(1, Math.round(hours.open - hours.covered))} of ${Math.round(hours.open)} hours in the coming year, first on ${moment(policy, empty[0] ?? from)}: its leads fall through then. Give somebody that shift, or the team shorter hours.`,
      });
    return { team: team.id, ...hours };
  });
};

interface Staff {
  id: string;
  capacity: number;
  shift: Spans;
}

/** Everybody who takes new business in a team, once; null where somebody's capacity has no limit. */
const staffOf = (policy: Policy, times: Times): Staff[] | null => {
  const staff = new Map<string, Staff>();
  for (const team of policy.document.teams)
    for (const { id, shift } of shiftsOf(policy, times, team.id)) {
      const capacity = policy.compiled.people.get(id)?.capacity ?? null;
      if (capacity === null) return null;
      const before = staff.get(id)?.shift ?? shift;
      staff.set(id, { id, capacity, shift: before === shift ? shift : union(before, shift) });
    }
  return staff.size === 0 ? null : [...staff.values()];
};

/** A gap counts as usual if one at least as long comes every other week. */
const USUAL = 26;

const usualGap = (open: Spans, policy: Policy): { from: number; to: number } | null => {
  const year = yearFrom(policy.now);
  const closed = complement(intersect(open, whole(year)), year);
  const gaps = Array.from({ length: closed.length / 2 }, (_, at) => ({
    from: closed[2 * at] ?? 0,
    to: closed[2 * at + 1] ?? 0,
  })).sort((a, b) => b.to - b.from - (a.to - a.from));
  return gaps[Math.min(gaps.length, USUAL) - 1] ?? null;
};

/** With declared arrivals, spread evenly over the week: what piles up while closed, what a week can take at most. */
export const checkPromises = (policy: Policy, times: Times): void => {
  const { document, compiled } = policy;
  const weekly = document.commitments.marketing?.mqlsPerWeek ?? null;
  const staff = staffOf(policy, times);
  const sla = compiled.sla.get(document.routing.defaultSla);
  if (weekly === null || weekly === 0 || staff === null || !sla) return;
  const pointer = "/commitments/marketing/mqlsPerWeek";
  const year = yearFrom(policy.now);
  const most = staff.reduce((sum, { capacity, shift }) => {
    const perWeek = (lengthOf(intersect(shift, whole(year))) / (year.to - year.from)) * WEEK;
    return sum + capacity * (perWeek / sla.firstTouchMs);
  }, 0);
  if (most < weekly) {
    policy.findings.push({
      severity: "warning",
      pointer,
      code: "promise_beyond_capacity",
      message: `${weekly} leads a week are declared, and all capacities together take ${Math.floor(most)} within the first-touch target of "${sla.id}": raise capacity, add people or lengthen the target.`,
    });
    return;
  }
  const open = document.teams.reduce<Spans>(
    (all, team) => union(all, times.spansOf(teamCalendar(compiled, team))),
    NEVER,
  );
  const gap = usualGap(open, policy);
  if (!gap) return;
  const waiting = (weekly * (gap.to - gap.from)) / WEEK;
  const ready = staff.reduce((sum, { capacity, shift }) => sum + (contains(shift, gap.to) ? capacity : 0), 0);
  if (waiting > ready)
    policy.findings.push({
      severity: "warning",
      pointer,
      code: "promise_beyond_capacity",
      message: `Of ${weekly} leads a week about ${Math.round(waiting)} come while every team is closed (such as ${moment(policy, gap.from)} to ${moment(policy, gap.to)}), and those on shift at the opening hold ${ready} within one target: visitors are told the part of the day, not a minute. Raise capacity, or let somebody cover those hours.`,
    });
};
