/**
 * Never to nobody. Whatever the hour and whoever is absent or full, a fall-through ends either with somebody who is there
 * or with the last resort, whom only deactivation removes: taking people away, closing hours and filling capacities only
 * ever shortens what comes before it. So each branch is tried where all of that is as bad as it can be, everybody absent and
 * full, with production's own functions: where that ends at an active human, so does every milder case (docs/verification.md).
 */
import { fallThrough, lastResort } from "../../routing/fallthrough.ts";
import { isActive, withAbsent, type People } from "../../routing/people.ts";
import { moment, situationOf, type Branch } from "./branches.ts";
import { leadAt, quoted, shown, type Policy } from "./policy.ts";
import { fullLoads, routeRead, type Ending } from "./route.ts";
import { valuesAt } from "./world.ts";

/** For a lead that no form we know how to fill makes: its branch's own fall-through, of which something binds no one. */
const endsSomewhere = (policy: Policy, { item, point, at }: Branch, people: People): boolean => {
  const facts: Record<string, Record<string, unknown>> = {};
  for (const [field, value] of valuesAt(policy.world, point)) {
    const [space = "", name = ""] = field.split(".", 2);
    facts[space] = { ...facts[space], [name]: value };
  }
  const situation = { ...situationOf(policy, item, facts, null, at), people };
  const options = item ? fallThrough(situation, item, item.id) : lastResort(situation);
  return options.some(
    (option) =>
      !option.bound && option.people.some(({ person }) => isActive(policy.compiled, people, person.id)),
  );
};

/** Those whose branch ends at an active human, absent and full as everybody is. */
const provenAtWorst = (policy: Policy, branches: readonly Branch[]): Set<Branch> => {
  const { compiled, people } = policy;
  const full = fullLoads(compiled);
  const worst = [withAbsent(people, compiled.people.keys()), people];
  const proven = branches.filter((branch) =>
    worst.every((present) =>
      branch.made
        ? routeRead(compiled, present, branch.made.read, branch.at, full).active
        : endsSomewhere(policy, branch, present),
    ),
  );
  return new Set(proven);
};

/** Tried one by one where the worst case fails, before anything is claimed. */
const MOST_TRIES = 400;

const nobody = ({ active }: Ending): boolean => !active;

/** The mildest case that shows it: nobody absent, else one person. */
const counterexample = (policy: Policy, branch: Branch) => {
  const cases = [[], ...[...policy.compiled.people.keys()].map((id) => [id])];
  for (const absent of cases.slice(0, MOST_TRIES)) {
    const found = leadAt(policy, branch.point, nobody, { at: branch.at, absent });
    if (found) return { found, absent };
  }
  return null;
};

const nameOf = ({ item, territory }: Branch): string =>
  item === null ? "default" : territory === null ? item.id : `${item.id} (${territory})`;

/** The number of branches proved. */
export const checkNobody = (policy: Policy, branches: readonly Branch[]): number => {
  const proven = provenAtWorst(policy, branches);
  const failing = branches.filter((branch) => !proven.has(branch));
  if (failing.length === 0) return branches.length;
  const first = failing.find(({ made }) => made) ?? failing[0];
  const shownBy = first ? counterexample(policy, first) : null;
  const names = [...new Set(failing.map(nameOf))];
  const rules = [...new Set(failing.flatMap(({ item }) => (item ? [item.id] : [])))];
  if (first && shownBy) {
    const { found, absent } = shownBy;
    const who = absent.length === 0 ? "" : ` while ${quoted(absent)} is absent`;
    policy.findings.push({
      severity: "error",
      pointer: first.item?.pointer ?? "/routing/default",
      code: "nobody",
      rules,
      message: `A lead of ${quoted(names)} can end with nobody, for instance on ${moment(policy, found.at)}${who}: put an active person at the end of the default chain.`,
      counterexample: shown(found, absent),
    });
  } else
    policy.undecided.push({
      code: "undecided_nobody",
      pointer: first?.item?.pointer ?? "/routing/default",
      rules,
      message: `With everybody absent leads of ${quoted(names)} end with nobody, and no single absence that does it was found.`,
    });
  return branches.length - failing.length;
};
