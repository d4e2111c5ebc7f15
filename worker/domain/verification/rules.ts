/** Rules that can't be reached or do nothing, what every document should keep, segments. */
import type { Comparison, Condition } from "../../../schema/config/condition.ts";
import type { ConfigDocument } from "../../../schema/config/document.ts";
import type { Target } from "../../../schema/config/routing.ts";
import { holds, type Facts } from "../conditions.ts";
import type { Check } from "./checks.ts";
import { pointerOf, type Report } from "./findings.ts";

/** Whether a condition holds for every lead (true), for none (false), or it depends (null), by its form alone. */
export const constantOf = (condition: Condition): boolean | null => {
  if ("all" in condition) return every(condition.all.map(constantOf), true);
  if ("any" in condition) return every(condition.any.map(constantOf), false);
  if ("not" in condition) {
    const inner = constantOf(condition.not);
    return inner === null ? null : !inner;
  }
  if (!("field" in condition)) return true;
  const { op, value } = condition as Comparison;
  return Array.isArray(value) && value.length === 0 && (op === "in" || op === "nin") ? op === "nin" : null;
};

/** All alike: that; one to the contrary: the contrary; else it depends. Of none, `unit`. */
const every = (parts: readonly (boolean | null)[], unit: boolean): boolean | null =>
  parts.includes(!unit) ? !unit : parts.includes(null) ? null : unit;

interface Ordered {
  id: string;
  when: Condition;
  pointer: string;
  /** Ends the search for every lead that it holds for. A queue's rules are skipped when it lets a lead go. */
  ends: boolean;
}

const shadowed = (list: readonly Ordered[], report: Report): void => {
  let shadow: Ordered | null = null;
  for (const item of list) {
    const constant = constantOf(item.when);
    if (shadow)
      report.warn(
        item.pointer,
        "unreachable",
        `"${item.id}" is never reached: "${shadow.id}" before it holds for every lead. Move it before, or remove it.`,
      );
    else if (constant === false)
      report.warn(
        item.pointer,
        "never_holds",
        `The condition of "${item.id}" can't hold for any lead: correct or remove it.`,
      );
    if (!shadow && constant === true && item.ends) shadow = item;
  }
};

const toQueue = (to: Target): boolean => "queue" in to;

const checkOrder = (
  { suppression, routing, territories, slaRules }: ConfigDocument,
  report: Report,
): void => {
  shadowed(
    [
      ...suppression.map(({ id, when, to }, at) => ({
        id,
        when,
        pointer: `/suppression/${at}`,
        ends: !toQueue(to),
      })),
      ...routing.rules.map(({ id, when, to, mode }, at) => ({
        id,
        when,
        pointer: `/routing/rules/${at}`,
        ends: mode === "enforce" && !toQueue(to),
      })),
    ],
    report,
  );
  shadowed(
    territories.map(({ id, when }, at) => ({ id, when, pointer: `/territories/${at}`, ends: true })),
    report,
  );
  shadowed(
    slaRules.map(({ sla, when }, at) => ({
      id: `slaRules/${at} (${sla})`,
      when,
      pointer: `/slaRules/${at}`,
      ends: true,
    })),
    report,
  );
};

const STANDARD: readonly { facts: Facts; code: string; who: string; add: string }[] = [
  {
    facts: { account: { id: "a", lifecycle: "customer" } },
    code: "customers_unprotected",
    who: "customers",
    add: '{"id": "customers", "when": {"field": "account.lifecycle", "op": "eq", "value": "customer"}, "to": {"accountRole": "csm"}, "backup": {"accountOwner": true}}',
  },
  {
    facts: { opportunity: { id: "o", open: true } },
    code: "opportunities_unprotected",
    who: "open opportunities",
    add: '{"id": "open-opportunities", "when": {"field": "opportunity.open", "op": "eq", "value": true}, "to": {"opportunityOwner": true}}',
  },
];

const checkStandard = ({ suppression }: ConfigDocument, report: Report): void => {
  for (const { facts, code, who, add } of STANDARD) {
    if (suppression.some(({ when }) => holds(when, facts))) continue;
    report.warn("/suppression", code, `Nothing keeps ${who} out of the rules for new business: add ${add}.`);
  }
};

const checkTerritoryTargets = (
  { territories, routing, suppression }: ConfigDocument,
  report: Report,
): void => {
  territories.forEach(({ id, to }, at) => {
    if ("territory" in to)
      report.error(
        `/territories/${at}/to`,
        "own_target",
        `Territory "${id}" can't send to "the territory": name a person, team or queue.`,
      );
  });
  if (territories.length > 0) return;
  const ways = [
    ...suppression.map((item, at) => ({ item, path: ["suppression", at] })),
    ...routing.rules.map((item, at) => ({ item, path: ["routing", "rules", at] })),
  ];
  for (const { item, path } of ways) {
    for (const way of ["to", "backup"] as const) {
      const target = item[way];
      if (target && "territory" in target)
        report.warn(
          pointerOf([...path, way]),
          "no_territories",
          `"${item.id}" sends to the lead's territory, and there are none: add some under /territories.`,
        );
    }
  }
};

const checkSegments = ({ scoring: { segments } }: ConfigDocument, report: Report): void => {
  segments.forEach(({ id, min }, at) => {
    const same = segments.findIndex((segment) => segment.min === min);
    if (same < at)
      report.error(
        `/scoring/segments/${at}/min`,
        "duplicate_minimum",
        `"${id}" begins at ${min} like "${segments[same]?.id}", so it is never reached: give it another minimum.`,
      );
    const before = segments[at - 1];
    if (at > 0 && before && before.min < min && segments[0] && segments[0].min > (segments.at(-1)?.min ?? 0))
      report.warn(
        `/scoring/segments/${at}/min`,
        "unsorted",
        `Segments are not in order of their minimum; "${id}" (${min}) stands after "${before.id}" (${before.min}). The highest minimum reached wins either way.`,
      );
  });
};

export const checkRules: Check = ({ document }, report) => {
  checkOrder(document, report);
  checkTerritoryTargets(document, report);
  checkStandard(document, report);
  checkSegments(document, report);
};
