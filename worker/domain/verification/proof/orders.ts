/** Ordered lists: what never holds, what those before it cover, what nobody's score reaches. */
import type { Undecided } from "../findings.ts";
import { coverOf, type Covered } from "./cover.ts";
import { NO, type Ref } from "./diagram.ts";
import { ask, leadAt, quoted, shown, type Item, type Policy } from "./policy.ts";

const undecidedOrder = (pointer: string, id: string): Undecided => ({
  code: "undecided_order",
  pointer,
  rules: [id],
  message: `Whether "${id}" is ever reached takes more than the budget to work out: neither is claimed.`,
});

const neverHolds = ({ findings }: Policy, pointer: string, id: string): void => {
  findings.push({
    severity: "warning",
    pointer,
    code: "never_holds",
    rules: [id],
    message: `The condition of "${id}" can't hold for any lead: correct or remove it.`,
  });
};

/** `region`: where its condition holds, for items whose lead the dry run shows being taken by another. */
const unreachable = (
  policy: Policy,
  pointer: string,
  id: string,
  by: readonly string[],
  region: Ref = NO,
): void => {
  const point = policy.world.diagrams.pick(region);
  const found = point && leadAt(policy, point, ({ ruleId }) => by.includes(ruleId ?? ""));
  const takers =
    by.length === 1
      ? `${quoted(by)} before it takes every lead it holds for`
      : `${quoted(by)} before it together take every lead it holds for`;
  policy.findings.push({
    severity: "warning",
    pointer,
    code: "unreachable",
    rules: [id, ...by],
    message: `"${id}" is never reached: ${takers}. Move it before, or remove it.`,
    ...(found ? { counterexample: shown(found) } : {}),
  });
};

const queueOf = ({ to }: Item): string | null => ("queue" in to ? to.queue : null);

/** A lead that a queue lets go skips that queue's items; one whose window opens skips those of all. */
const skips = (items: readonly Item[]): (readonly string[])[] => {
  const queues = [...new Set(items.map(queueOf).filter((queue) => queue !== null))];
  return queues.length > 1 ? [...queues.map((queue) => [queue]), queues] : queues.map((queue) => [queue]);
};

const reachedAfterRelease = (policy: Policy, item: Item, before: readonly Item[]): boolean =>
  skips(before).some((skipped) => {
    const own = queueOf(item);
    if (own !== null && skipped.includes(own)) return false;
    const left = before.filter((each) => !skipped.includes(queueOf(each) ?? ""));
    const regions = left.map(({ region }) => region);
    return coverOf(policy.world.diagrams, item.region, regions).kind === "reached";
  });

/** For each item of the waterfall a point at which it takes the lead; null where none does, or it isn't known. */
export const checkWaterfall = (policy: Policy): Map<Item, number[] | null> => {
  const reached = new Map<Item, number[] | null>();
  policy.items.forEach((item, index) => {
    reached.set(item, null);
    const { id, pointer, region } = item;
    if (region === NO) {
      if (!policy.undecided.some((open) => open.pointer === pointer)) neverHolds(policy, pointer, id);
      return;
    }
    const before = policy.items.slice(0, index).filter(({ ends }) => ends);
    const regions = before.map((each) => each.region);
    const answer = ask(policy, undecidedOrder(pointer, id), (): Covered | "released" => {
      const covered = coverOf(policy.world.diagrams, region, regions);
      return covered.kind === "covered" && reachedAfterRelease(policy, item, before) ? "released" : covered;
    });
    if (answer === null || answer === "released") return;
    if (answer.kind === "reached") reached.set(item, answer.point);
    else
      unreachable(
        policy,
        pointer,
        id,
        answer.by.map((at) => before[at]?.id ?? ""),
        region,
      );
  });
  return reached;
};

interface Listed {
  id: string;
  pointer: string;
  holds: Ref;
}

/** A list in which the first that holds counts and nothing else does. */
const checkList = (policy: Policy, list: readonly Listed[]): void => {
  const { diagrams, possible } = policy.world;
  list.forEach(({ id, pointer, holds }, index) => {
    ask(policy, undecidedOrder(pointer, id), () => {
      const region = diagrams.and(possible, holds);
      if (region === NO) return neverHolds(policy, pointer, id);
      const before = list.slice(0, index);
      const covered = coverOf(
        diagrams,
        region,
        before.map((each) => each.holds),
      );
      if (covered.kind === "covered")
        unreachable(
          policy,
          pointer,
          id,
          covered.by.map((at) => before[at]?.id ?? ""),
        );
    });
  });
};

const checkSegments = (policy: Policy): void => {
  const { diagrams, possible } = policy.world;
  const { low, high } = policy.scores;
  policy.document.scoring.segments.forEach(({ id, min }, at) => {
    const pointer = `/scoring/segments/${at}`;
    ask(policy, undecidedOrder(pointer, id), () => {
      if (diagrams.meets(possible, policy.scores.inSegment(id))) return;
      policy.findings.push({
        severity: "warning",
        pointer,
        code: "unreachable",
        rules: [id],
        message: `No lead is ever in segment "${id}" (from ${min}): the scoring rules together give ${low} to ${high}. Change its minimum or the points.`,
      });
    });
  });
};

/** Conditions outside the ordered lists, which only must be able to hold. */
const checkAlone = (policy: Policy): void => {
  const { document, world, scores, territories } = policy;
  const places = [
    ...document.scoring.rules.map((rule, at) => ({
      id: rule.id,
      when: rule.when,
      pointer: `/scoring/rules/${at}`,
      derived: new Map() as typeof scores.derived,
    })),
    ...document.teams.flatMap((team, at) =>
      team.members.flatMap(({ person, when }, index) =>
        when
          ? [{ id: person, when, pointer: `/teams/${at}/members/${index}`, derived: territories.derived }]
          : [],
      ),
    ),
    ...document.stages.map(({ id, entry }, at) => ({
      id,
      when: entry,
      pointer: `/stages/${at}`,
      derived: territories.derived,
    })),
  ];
  for (const { id, when, pointer, derived } of places)
    ask(policy, undecidedOrder(pointer, id), () => {
      if (!world.diagrams.meets(world.possible, world.encode(when, derived))) neverHolds(policy, pointer, id);
    });
};

export const checkOrders = (policy: Policy): void => {
  const { document, world, territories } = policy;
  checkList(
    policy,
    document.territories.map(({ id }, at) => ({
      id,
      pointer: `/territories/${at}`,
      holds: territories.holds[at] ?? NO,
    })),
  );
  const slaRules = ask(policy, undecidedOrder("/slaRules", "slaRules"), () =>
    document.slaRules.map(({ sla, when }, at) => ({
      id: `slaRules/${at} (${sla})`,
      pointer: `/slaRules/${at}`,
      holds: world.encode(when, territories.derived),
    })),
  );
  checkList(policy, slaRules ?? []);
  checkSegments(policy);
  checkAlone(policy);
};
