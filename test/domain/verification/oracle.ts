/** What a policy does, found by trying every lead: the answers that the proof must agree with. */
import type { Condition } from "../../../schema/config/condition.ts";
import type { ConfigDocument } from "../../../schema/config/document.ts";
import { holds } from "../../../worker/domain/conditions.ts";
import type { OneWorld } from "./worlds.ts";

interface Ordered {
  pointer: string;
  id: string;
  when: Condition;
  ends: boolean;
  queue: string | null;
}

export interface Found {
  /** Pointers. */
  never: Set<string>;
  unreachable: Set<string>;
  /** By pointer: ids of a set of items, whether they leave the item nothing. */
  covers: (pointer: string, ids: readonly string[]) => boolean;
}

const waterfall = ({ suppression, routing }: ConfigDocument): Ordered[] => [
  ...suppression.map(({ id, when, to }, at) => ({
    pointer: `/suppression/${at}`,
    id,
    when,
    ends: true,
    queue: "queue" in to ? to.queue : null,
  })),
  ...routing.rules.map(({ id, when, to, mode }, at) => ({
    pointer: `/routing/rules/${at}`,
    id,
    when,
    ends: mode === "enforce",
    queue: "queue" in to ? to.queue : null,
  })),
];

const plain = (list: readonly { id?: string; when: Condition; sla?: string }[], path: string): Ordered[] =>
  list.map(({ id, when, sla }, at) => ({
    pointer: `/${path}/${at}`,
    id: id ?? `${path}/${at} (${sla})`,
    when,
    ends: true,
    queue: null,
  }));

/** Which queues' items a lead may skip: none, those of the queue it was released from, all when its window opens. */
const skipSets = (items: readonly Ordered[]): ReadonlySet<string>[] => {
  const queues = [...new Set(items.flatMap(({ queue }) => queue ?? []))];
  return [new Set(), ...queues.map((queue) => new Set([queue])), new Set(queues)];
};

const tryList = (items: readonly Ordered[], points: readonly OneWorld[], found: Found): void => {
  const table = points.map(({ scored }) => items.map(({ when }) => holds(when, scored.facts)));
  const skips = skipSets(items);
  items.forEach((item, index) => {
    const mine = table.filter((row) => row[index]);
    if (mine.length === 0) found.never.add(item.pointer);
    const reached = skips.some(
      (skip) =>
        !skip.has(item.queue ?? "") &&
        mine.some((row) =>
          items.slice(0, index).every(({ ends, queue }, at) => !row[at] || !ends || skip.has(queue ?? "")),
        ),
    );
    if (mine.length > 0 && !reached) found.unreachable.add(item.pointer);
  });
  const own = new Map(items.map((item, index) => [item.pointer, index]));
  const others = found.covers;
  found.covers = (pointer, ids) => {
    const index = own.get(pointer);
    if (index === undefined) return others(pointer, ids);
    const by = items.flatMap(({ id, ends }, at) => (ends && at < index && ids.includes(id) ? [at] : []));
    return table.every((row) => !row[index] || by.some((at) => row[at]));
  };
};

const tryAlone = (
  list: readonly { when: Condition; pointer: string }[],
  points: readonly OneWorld[],
  found: Found,
  hide: readonly string[],
): void => {
  for (const { when, pointer } of list) {
    const seen = points.some(({ scored }) =>
      holds(when, Object.fromEntries(Object.entries(scored.facts).filter(([name]) => !hide.includes(name)))),
    );
    if (!seen) found.never.add(pointer);
  }
};

/** By trying every point. */
export const enumerate = (document: ConfigDocument, points: readonly OneWorld[]): Found => {
  const found: Found = { never: new Set(), unreachable: new Set(), covers: () => false };
  tryList(waterfall(document), points, found);
  // Territories are chosen before there is one, and scores before either.
  const before = points.map(({ scored, at }) => ({
    scored: { ...scored, facts: { ...scored.facts, territory: {} } },
    at,
  }));
  tryList(plain(document.territories, "territories"), before, found);
  tryList(plain(document.slaRules, "slaRules"), points, found);
  tryAlone(
    document.scoring.rules.map(({ when }, at) => ({ when, pointer: `/scoring/rules/${at}` })),
    points,
    found,
    ["score", "fit", "intent", "segment", "territory"],
  );
  document.scoring.segments.forEach(({ id }, at) => {
    if (!points.some(({ scored }) => scored.score.segment === id))
      found.unreachable.add(`/scoring/segments/${at}`);
  });
  return found;
};
