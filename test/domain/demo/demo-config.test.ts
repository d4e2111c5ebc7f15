/** The demo's configuration: valid, whole, and covered at every hour of the week. */
import { describe, expect, test } from "vitest";
import { demoConfig } from "../../../cli/demo/config.ts";
import { membersOnDuty, opens, teamOpen } from "../../../cli/demo/cover.ts";
import { HOUR, MINUTE } from "../../../cli/demo/steps.ts";
import type { Condition } from "../../../schema/config/condition.ts";
import { configDocument } from "../../../schema/config/document.ts";
import { compileConfig } from "../../../worker/domain/config/compiled.ts";
import { fieldType } from "../../../worker/domain/config/fields.ts";

const ORIGIN = "http://localhost:8787";
const document = configDocument.parse(demoConfig(ORIGIN));
const ids = (list: readonly { id: string }[]): Set<string> => new Set(list.map(({ id }) => id));

const fieldsOf = (condition: Condition): string[] => {
  if ("all" in condition) return condition.all.flatMap(fieldsOf);
  if ("any" in condition) return condition.any.flatMap(fieldsOf);
  if ("not" in condition) return fieldsOf(condition.not);
  return "field" in condition ? [condition.field] : [];
};

const known = {
  person: ids(document.people),
  team: ids(document.teams),
  queue: ids(document.queues),
  calendar: ids(document.calendars),
  sla: ids(document.sla),
};
const segments = ids(document.scoring.segments);

/** Every place where the document names something else in it. */
const references = (): { from: string; kind: keyof typeof known; to: string }[] => {
  const found: { from: string; kind: keyof typeof known; to: string | null | undefined }[] = [];
  const add = (from: string, kind: keyof typeof known, ...to: (string | null | undefined)[]): void => {
    for (const one of to) found.push({ from, kind, to: one });
  };
  for (const one of document.people) {
    add(one.id, "person", one.manager, one.backup);
    add(one.id, "calendar", one.calendar);
  }
  for (const team of document.teams) {
    add(team.id, "person", team.manager, ...team.members.map(({ person }) => person));
    add(team.id, "calendar", team.calendar);
    add(team.id, "team", ...team.backupTeams, ...team.followTheSun);
  }
  for (const queue of document.queues) {
    add(queue.id, "person", queue.steward, queue.backupSteward);
    add(queue.id, "calendar", queue.calendar);
  }
  const { rules, default: chain, defaultSla } = document.routing;
  for (const rule of [...rules, ...document.suppression]) add(rule.id, "sla", rule.sla);
  const routes = [...rules, ...document.suppression].flatMap(({ id, to, backup }) => [
    { id, target: to },
    ...(backup ? [{ id, target: backup }] : []),
  ]);
  for (const { id, target } of [
    ...routes,
    ...document.territories.map(({ id, to }) => ({ id, target: to })),
  ]) {
    if ("person" in target) add(id, "person", target.person);
    if ("team" in target) add(id, "team", target.team);
    if ("queue" in target) add(id, "queue", target.queue);
  }
  add("default", "person", ...chain);
  add("default", "sla", defaultSla, ...document.slaRules.map(({ sla }) => sla));
  add("workspace", "calendar", document.workspace.calendar);
  return found.flatMap(({ from, kind, to }) => (typeof to === "string" ? [{ from, kind, to }] : []));
};

describe("document", () => {
  test("compiles", () => {
    expect(compileConfig(document, 1).people.size).toBe(13);
  });

  test("every reference resolves", () => {
    const all = references();
    expect(all.length).toBeGreaterThan(80);
    expect(all.filter(({ kind, to }) => !known[kind].has(to))).toEqual([]);
  });

  test("ids are given once", () => {
    for (const list of [
      document.people,
      document.teams,
      document.calendars,
      document.queues,
      document.routing.rules,
    ]) {
      expect(ids(list).size).toBe(list.length);
    }
  });

  test("conditions name declared fields and configured segments", () => {
    const rules = [
      ...document.routing.rules,
      ...document.suppression,
      ...document.territories,
      ...document.slaRules,
    ];
    const members = document.teams.flatMap(({ members }): Condition[] =>
      members.flatMap(({ when }): Condition[] => (when === undefined ? [] : [when])),
    );
    const conditions = [...[...rules, ...document.scoring.rules].map(({ when }) => when), ...members];
    const fields = conditions.flatMap(fieldsOf);
    expect(fields.length).toBeGreaterThan(20);
    expect(fields.filter((field) => fieldType(field) === null)).toEqual([]);
    expect(segments).toEqual(new Set(["hot", "warm", "cold"]));
  });

  test("the demo form asks for nothing but an e-mail address", () => {
    const form = document.forms.find(({ key }) => key === "demo");
    expect(form?.fields.filter(({ required }) => required).map(({ name }) => name)).toEqual(["email"]);
    expect(form?.allowedOrigins).toContain(ORIGIN);
    expect(form?.consent?.required).toBe(false);
  });

  test("no host but reserved ones and our own", () => {
    const text = JSON.stringify(demoConfig(ORIGIN)).replaceAll(ORIGIN, "");
    const hosts = [...text.matchAll(/(?:@|:\/\/)([a-z0-9.-]+)/g)].map((match) => match[1] ?? "");
    expect(hosts.length).toBeGreaterThan(13);
    expect(hosts.filter((host) => !host.endsWith(".example"))).toEqual([]);
  });
});

/** A week in winter, one in summer, and those between the American and the European change of clocks. */
const WEEKS = ["2026-01-12", "2026-03-09", "2026-03-23", "2026-07-06", "2026-10-26", "2026-11-02"].map(
  (day) => Date.parse(`${day}T00:00:00Z`),
);

describe.each(WEEKS)("cover in the week of %d", (monday) => {
  const instants = Array.from({ length: (7 * 24 * 60) / 5 }, (_, index) => monday + index * 5 * MINUTE);

  test("somebody is at the desk at every minute", () => {
    expect(instants.filter((at) => membersOnDuty("desk", at, 1).length === 0)).toEqual([]);
  });

  test("an open office has somebody in it", () => {
    const deserted = ["amer", "emea", "apac", "strategic"].flatMap((team) =>
      instants
        .filter((at) => teamOpen(team, at) && membersOnDuty(team, at, 1).every((id) => id === "darnell"))
        .map((at) => `${team} ${new Date(at).toISOString()}`),
    );
    // On Monday mornings the Americas may be Darnell alone; the desk is their backup team for when he is suspended.
    expect(deserted.filter((line) => !line.startsWith("amer"))).toEqual([]);
  });

  test("every office opens again within three days", () => {
    const longest = Math.max(...["us", "de", "sg"].flatMap((id) => instants.map((at) => opens(id, at) - at)));
    expect(longest).toBeLessThan(72 * HOUR);
  });

  test("a team that doesn't follow the sun is closed at every minute, so after-hours leads can be shown", () => {
    expect(instants.filter((at) => teamOpen("apac", at) && teamOpen("strategic", at))).toEqual([]);
  });
});
