/** Everything the document names elsewhere in itself must be there. */
import type { ConfigDocument } from "../../../schema/config/document.ts";
import type { Target } from "../../../schema/config/routing.ts";
import type { Check } from "./checks.ts";
import { isNone, pointerOf } from "./findings.ts";
import { choices } from "./nearest.ts";

type Kind = "person" | "team" | "calendar" | "queue" | "sla" | "notification";

export interface Reference {
  path: readonly PropertyKey[];
  kind: Kind;
  id: string;
}

const LISTS: Record<Kind, "people" | "teams" | "calendars" | "queues" | "sla" | "notifications"> = {
  person: "people",
  team: "teams",
  calendar: "calendars",
  queue: "queues",
  sla: "sla",
  notification: "notifications",
};

type Path = readonly PropertyKey[];

const ref = (kind: Kind, path: Path, id: string | null | undefined): Reference[] =>
  isNone(id) ? [] : [{ kind, path, id }];

const refs = (kind: Kind, path: Path, ids: readonly string[]): Reference[] =>
  ids.map((id, at) => ({ kind, path: [...path, at], id }));

const target = (path: Path, to: Target | null | undefined): Reference[] => {
  if (!to) return [];
  if ("person" in to) return ref("person", [...path, "person"], to.person);
  if ("team" in to) return ref("team", [...path, "team"], to.team);
  return "queue" in to ? ref("queue", [...path, "queue"], to.queue) : [];
};

const ofPeople = ({ people, teams, queues, timeOffFeeds }: ConfigDocument): Reference[] => [
  ...timeOffFeeds.flatMap(({ person, team }, at) => [
    ...ref("person", ["timeOffFeeds", at, "person"], person),
    ...ref("team", ["timeOffFeeds", at, "team"], team),
  ]),
  ...people.flatMap((person, at) => [
    ...ref("person", ["people", at, "manager"], person.manager),
    ...ref("person", ["people", at, "backup"], person.backup),
    ...ref("calendar", ["people", at, "calendar"], person.calendar),
    ...ref("notification", ["people", at, "nudge"], person.nudge),
  ]),
  ...teams.flatMap((team, at) => [
    ...ref("calendar", ["teams", at, "calendar"], team.calendar),
    ...ref("person", ["teams", at, "manager"], team.manager),
    ...team.members.flatMap((member, index) =>
      ref("person", ["teams", at, "members", index, "person"], member.person),
    ),
    ...refs("team", ["teams", at, "backupTeams"], team.backupTeams),
    ...refs("team", ["teams", at, "followTheSun"], team.followTheSun),
  ]),
  ...queues.flatMap((queue, at) => [
    ...ref("person", ["queues", at, "steward"], queue.steward),
    ...ref("person", ["queues", at, "backupSteward"], queue.backupSteward),
    ...ref("person", ["queues", at, "alert"], queue.alert),
    ...ref("calendar", ["queues", at, "calendar"], queue.calendar),
  ]),
];

const ofPolicy = ({
  routing,
  suppression,
  territories,
  slaRules,
  workspace,
}: ConfigDocument): Reference[] => {
  const ways = [
    ...suppression.map((item, at) => ({ item, path: ["suppression", at] })),
    ...routing.rules.map((item, at) => ({ item, path: ["routing", "rules", at] })),
  ];
  return [
    ...ref("calendar", ["workspace", "calendar"], workspace.calendar),
    ...territories.flatMap((territory, at) => target(["territories", at, "to"], territory.to)),
    ...slaRules.flatMap((rule, at) => ref("sla", ["slaRules", at, "sla"], rule.sla)),
    ...ways.flatMap(({ item, path }) => [
      ...target([...path, "to"], item.to),
      ...target([...path, "backup"], item.backup),
      ...ref("sla", [...path, "sla"], item.sla),
    ]),
    ...refs("person", ["routing", "default"], routing.default),
    ...ref("sla", ["routing", "defaultSla"], routing.defaultSla),
  ];
};

/** Every reference in the document, with its place. */
export const referencesIn = (document: ConfigDocument): Reference[] => [
  ...ofPeople(document),
  ...ofPolicy(document),
];

const WORDS: Record<Kind, string> = {
  person: "person",
  team: "team",
  calendar: "calendar",
  queue: "queue",
  sla: "SLA policy",
  notification: "notification",
};

export const checkReferences: Check = ({ document }, report) => {
  const known = (kind: Kind): string[] => document[LISTS[kind]].map(({ id }) => id);
  const byKind = {
    person: new Set(known("person")),
    team: new Set(known("team")),
    calendar: new Set(known("calendar")),
    queue: new Set(known("queue")),
    sla: new Set(known("sla")),
    notification: new Set(known("notification")),
  };
  for (const { path, kind, id } of referencesIn(document)) {
    if (byKind[kind].has(id)) continue;
    const fix = choices(id, byKind[kind], `add it under /${LISTS[kind]}.`);
    report.error(
      pointerOf(path),
      `unknown_${kind}`,
      `There is no ${WORDS[kind]} "${id}" in this document: ${fix}`,
    );
  }
};
