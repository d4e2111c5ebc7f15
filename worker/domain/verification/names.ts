/** Ids, keys, codes and addresses that are given twice. */
import { foldCrmName } from "../config/compiled.ts";
import type { Check } from "./checks.ts";
import { pointerOf, type Report } from "./findings.ts";

interface Named {
  path: readonly PropertyKey[];
  name: string;
}

/** Names that came before, each with the place it stood first. */
const repeated = (items: readonly Named[]): { item: Named; first: Named }[] => {
  const seen = new Map<string, Named>();
  return items.flatMap((item) => {
    const first = seen.get(item.name);
    if (first) return [{ item, first }];
    seen.set(item.name, item);
    return [];
  });
};

const unique = (report: Report, what: string, items: readonly Named[]): void => {
  for (const { item, first } of repeated(items))
    report.error(
      pointerOf(item.path),
      "duplicate",
      `The ${what} "${item.name}" is given twice (first at ${pointerOf(first.path)}): choose another one here.`,
    );
};

const ids = (list: readonly { id: string }[], ...at: string[]): Named[] =>
  list.map(({ id }, index) => ({ path: [...at, index, "id"], name: id }));

export const checkNames: Check = ({ document }, report) => {
  for (const list of [
    "people",
    "calendars",
    "teams",
    "queues",
    "territories",
    "sla",
    "stages",
    "notifications",
  ] as const)
    unique(report, "id", ids(document[list], list));
  unique(report, "id", ids(document.scoring.rules, "scoring", "rules"));
  unique(report, "id", ids(document.scoring.segments, "scoring", "segments"));
  // Traces and reports name suppressions and rules alike.
  unique(report, "id", [
    ...ids(document.suppression, "suppression"),
    ...ids(document.routing.rules, "routing", "rules"),
  ]);
  unique(
    report,
    "key",
    document.forms.map(({ key }, at) => ({ path: ["forms", at, "key"], name: key })),
  );
  unique(
    report,
    "code",
    document.dispositions.map(({ code }, at) => ({ path: ["dispositions", at, "code"], name: code })),
  );
  unique(
    report,
    "e-mail address",
    document.people.map(({ email }, at) => ({ path: ["people", at, "email"], name: foldCrmName(email) })),
  );
  sharedExternalIds(document.people, report);
};

const sharedExternalIds = (
  people: readonly { id: string; externalIds: Readonly<Record<string, string>> }[],
  report: Report,
): void => {
  const all = people.flatMap(({ externalIds }, at) =>
    Object.entries(externalIds).map(([system, id]) => ({
      path: ["people", at, "externalIds", system],
      name: `${system} ${foldCrmName(id)}`,
    })),
  );
  for (const { item, first } of repeated(all))
    report.warn(
      pointerOf(item.path),
      "shared_external_id",
      `Two people are ${item.name} (first at ${pointerOf(first.path)}): records of that owner go to the last one. Correct one of them.`,
    );
};
