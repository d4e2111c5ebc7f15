/**
 * The branches of a policy: every item that takes leads, once for each territory that it may come down to, and the default
 * chain; each with a lead that production sends that way.
 */
import type { Facts } from "../../conditions.ts";
import { localParts } from "../../calendar/local.ts";
import { isExistingBusiness, requirements } from "../../routing/requirements.ts";
import type { Situation } from "../../routing/options.ts";
import { coverOf } from "./cover.ts";
import { ask, leadAt, type Item, type Made, type Policy } from "./policy.ts";

export interface Branch {
  /** Null: no item holds, the default chain takes it. */
  item: Item | null;
  /** The territory whose target the item comes down to. */
  territory: string | null;
  point: number[];
  /** Null where none of the leads of this branch can be made through the form. */
  made: Made | null;
  at: number;
}

const namesTerritory = ({ to, backup }: Item): boolean =>
  "territory" in to || (backup !== null && "territory" in backup);

const ofTerritories = (policy: Policy, item: Item, before: readonly Item[]): [string, number[]][] => {
  const { diagrams } = policy.world;
  const regions = before.map(({ region }) => region);
  return policy.document.territories.flatMap(({ id }, index): [string, number[]][] => {
    const region = diagrams.and(item.region, policy.territories.taken(index));
    const covered = coverOf(diagrams, region, regions);
    return covered.kind === "reached" ? [[id, covered.point]] : [];
  });
};

const branch = (policy: Policy, item: Item | null, territory: string | null, point: number[]): Branch => {
  const made = leadAt(policy, point, ({ ruleId }) => ruleId === (item?.id ?? null));
  return { item, territory, point, made, at: made?.at ?? policy.now };
};

export const branchesOf = (policy: Policy, reached: ReadonlyMap<Item, number[] | null>): Branch[] => {
  const ends = policy.items.filter((item) => item.ends);
  const own = ends.flatMap((item) => {
    const point = reached.get(item);
    if (!point) return [];
    const about = {
      code: "undecided_branch",
      pointer: item.pointer,
      rules: [item.id],
      message: `Which territories "${item.id}" comes down to takes more than the budget to work out; it is looked at without them.`,
    };
    const more = namesTerritory(item)
      ? ask(policy, about, () => ofTerritories(policy, item, ends.slice(0, ends.indexOf(item))))
      : null;
    return [
      branch(policy, item, null, point),
      ...(more ?? []).map(([territory, point]) => branch(policy, item, territory, point)),
    ];
  });
  const about = {
    code: "undecided_branch",
    pointer: "/routing/default",
    rules: [],
    message: "Whether any lead comes to the default chain takes more than the budget to work out.",
  };
  const { diagrams, possible } = policy.world;
  const rest = ask(policy, about, () =>
    coverOf(
      diagrams,
      possible,
      ends.map(({ region }) => region),
    ),
  );
  return rest?.kind === "reached" ? [...own, branch(policy, null, null, rest.point)] : own;
};

/** What routing knows when it looks for somebody to take a lead of the item. */
export const situationOf = (
  { compiled, people }: Policy,
  item: Item | null,
  facts: Facts,
  territoryIndex: number | null,
  now: number,
): Situation => ({
  compiled,
  people,
  facts,
  territoryIndex,
  now,
  ...requirements(item?.rule ?? null, facts),
  exclude: new Set(),
  existingBusiness: isExistingBusiness(facts),
  trace: [],
});

/** "Sat 2026-11-28 03:00" on the workspace's clock. */
export const moment = ({ document }: Policy, at: number): string => {
  const { weekday, date, time } = localParts(at, document.workspace.timezone);
  const days = { mon: "Mon", tue: "Tue", wed: "Wed", thu: "Thu", fri: "Fri", sat: "Sat", sun: "Sun" };
  return `${days[weekday]} ${date} ${time}`;
};
