/**
 * Items that hold for some of the same leads, neither for all of the other's, and send them to different places: there the
 * order alone decides. In a waterfall that is usual, so it is a note; between territories it is a warning.
 */
import { NO, type Ref } from "./diagram.ts";
import { ask, leadAt, quoted, shown, type Item, type Policy } from "./policy.ts";

const MOST_NOTES = 60;
/** Making an example takes longer than finding that there is one. */
const MOST_EXAMPLES = 10;

interface Listed {
  id: string;
  pointer: string;
  region: Ref;
  to: object;
}

const partial = ({ world: { diagrams } }: Policy, a: Ref, b: Ref): boolean =>
  a !== NO && b !== NO && diagrams.meets(a, b) && diagrams.minus(a, b) !== NO && diagrams.minus(b, a) !== NO;

const undecided = (one: Listed) => ({
  code: "undecided_overlap",
  pointer: one.pointer,
  rules: [one.id],
  message: `What "${one.id}" has in common with those before it takes more than the budget to work out.`,
});

/** Pairs by index, the earlier first. */
const pairsOf = (policy: Policy, list: readonly Listed[], most: number): [Listed, Listed][] => {
  const pairs: [Listed, Listed][] = [];
  for (const [index, later] of list.entries()) {
    ask(policy, undecided(later), () => {
      for (const earlier of list.slice(0, index))
        if (
          pairs.length < most &&
          JSON.stringify(earlier.to) !== JSON.stringify(later.to) &&
          partial(policy, earlier.region, later.region)
        )
          pairs.push([earlier, later]);
    });
    if (pairs.length >= most) break;
  }
  return pairs;
};

const checkItems = (policy: Policy, reached: ReadonlyMap<Item, number[] | null>): void => {
  const { diagrams } = policy.world;
  const live = policy.items.filter((item) => item.rule && item.ends && reached.get(item));
  for (const [index, [earlier, later]] of pairsOf(policy, live, MOST_NOTES).entries()) {
    const point = ask(policy, undecided(later), () =>
      diagrams.pick(diagrams.and(earlier.region, later.region)),
    );
    const found =
      point && index < MOST_EXAMPLES ? leadAt(policy, point, ({ ruleId }) => ruleId !== later.id) : null;
    policy.findings.push({
      severity: "note",
      pointer: later.pointer,
      code: "overlap",
      rules: [earlier.id, later.id],
      message: `Some leads fit both ${quoted([earlier.id, later.id])}; "${earlier.id}" stands first and takes them.`,
      ...(found ? { counterexample: shown(found) } : {}),
    });
  }
};

const checkTerritories = (policy: Policy): void => {
  const { diagrams, possible } = policy.world;
  const list = policy.document.territories.map(({ id, to }, at): Listed => ({
    id,
    pointer: `/territories/${at}`,
    region: diagrams.and(possible, policy.territories.holds[at] ?? NO),
    to,
  }));
  for (const [earlier, later] of pairsOf(policy, list, MOST_NOTES))
    policy.findings.push({
      severity: "warning",
      pointer: later.pointer,
      code: "overlap",
      rules: [earlier.id, later.id],
      message: `Territories ${quoted([earlier.id, later.id])} have leads in common, which "${earlier.id}" takes because it stands first. Take what they share out of one of them.`,
    });
};

export const checkOverlaps = (policy: Policy, reached: ReadonlyMap<Item, number[] | null>): void => {
  checkTerritories(policy);
  checkItems(policy, reached);
};
