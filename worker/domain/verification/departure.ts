/**
 * What the policy in force would lack without a person: the errors of its verification that their leaving brings, each with a
 * lead that shows it, as it was seen to go by production's own functions.
 */
import { withAbsent, withDeactivated } from "../routing/people.ts";
import type { CheckInput } from "./checks.ts";
import type { Counterexample, Finding } from "./findings.ts";
import { readLead, type ExampleLead } from "./proof/example.ts";
import { shown, type Made } from "./proof/policy.ts";
import { leadsOfBranches } from "./proof/prove.ts";
import { routeRead, type Ending } from "./proof/route.ts";
import { verifyWhole } from "./verify.ts";

const keyOf = ({ code, pointer }: Finding): string => `${code} ${pointer}`;

/** Whether a lead shows the hole: how it ends without them, and how with them. */
type Shows = (without: Ending, withThem: () => Ending) => boolean;

const showing = ({ document }: CheckInput, { code, pointer }: Finding): Shows | null => {
  // Nobody of the chain is left, so whoever takes it stands in for them.
  if (code === "no_last_resort") return (without) => !without.active || without.lastResort;
  if (code !== "no_steward") return null;
  const queue = document.queues[Number(pointer.split("/")[2])]?.id;
  return (without, withThem) => without.winner?.queue !== queue && withThem().winner?.queue === queue;
};

const HOUR = 3_600_000;
/** Every six hours of a week: days, nights and a weekend. */
const LATER = Array.from({ length: 28 }, (_, nth) => nth * 6 * HOUR);
/** About a tenth of a millisecond each. */
const MOST_TRIES = 2000;

type See = (lead: ExampleLead, at: number, absent: readonly string[]) => Made | null;

/** By their leaving alone, at some hour of the week. */
const byItself = (leads: readonly Made[], now: number, see: See): Made | null => {
  const tries = LATER.flatMap((later) =>
    leads.map(({ lead, at }) => ({ lead, at: later === 0 ? at : now + later })),
  );
  for (const { lead, at } of tries.slice(0, MOST_TRIES)) {
    const made = see(lead, at, []);
    if (made) return made;
  }
  return null;
};

/** With as few others absent as it takes: everybody, and then one after the other comes back. */
const withOthersAbsent = (
  leads: readonly Made[],
  others: readonly string[],
  see: See,
): { made: Made; absent: string[] } | null => {
  for (const { lead, at } of leads) {
    let made = see(lead, at, others);
    if (!made) continue;
    let absent = [...others];
    for (const id of others) {
      const fewer = absent.filter((each) => each !== id);
      const still = see(lead, at, fewer);
      if (still) [made, absent] = [still, fewer];
    }
    return { made, absent };
  }
  return null;
};

type Found = NonNullable<ReturnType<typeof leadsOfBranches>>;

const exampleOf = (
  input: CheckInput,
  found: Found,
  personId: string,
  shows: Shows,
): Counterexample | null => {
  const { compiled, people } = found.policy;
  const gone = withDeactivated(people, [personId], input.now);
  const see: See = (lead, at, absent) => {
    const read = readLead(compiled, lead, at);
    const ending = routeRead(compiled, withAbsent(gone, absent), read, at);
    const withThem = () => routeRead(compiled, withAbsent(people, absent), read, at);
    return shows(ending, withThem) ? { lead, read, at, ending } : null;
  };
  const made = byItself(found.leads, input.now, see);
  if (made) return shown(made);
  const others = [...compiled.people.keys()].filter((id) => id !== personId);
  const worse = withOthersAbsent(found.leads, others, see);
  return worse && shown(worse.made, worse.absent);
};

/** `input.states` are today's; what is wrong with them already isn't held against who leaves. */
export const holesWithout = (input: CheckInput, personId: string): Finding[] => {
  const { states } = withDeactivated({ states: input.states, timeOff: new Map() }, [personId], input.now);
  const after = verifyWhole({ ...input, states }).errors;
  if (after.length === 0) return [];
  const before = new Set(verifyWhole(input).errors.map(keyOf));
  const holes = after.filter((finding) => !before.has(keyOf(finding)));
  // A proof of the whole policy: once for all holes, and only where one has no example yet.
  const found = holes.every(({ counterexample }) => counterexample) ? null : leadsOfBranches(input);
  return holes.map((finding) => {
    const shows = showing(input, finding);
    const example = finding.counterexample ?? (found && shows && exampleOf(input, found, personId, shows));
    return example ? { ...finding, counterexample: { ...example, deactivated: [personId] } } : finding;
  });
};
