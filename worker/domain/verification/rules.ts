/** Rules that do nothing, what every document should keep, segments. What is never reached: proof/orders.ts. */
import type { ConfigDocument } from "../../../schema/config/document.ts";
import { holds, type Facts } from "../conditions.ts";
import type { Check } from "./checks.ts";
import { pointerOf, type Report } from "./findings.ts";

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
  checkTerritoryTargets(document, report);
  checkStandard(document, report);
  checkSegments(document, report);
};
