/** People, teams and queues: somebody active at the end of every chain, nobody lost, nobody their own stand-in. */
import type { ConfigDocument } from "../../../schema/config/document.ts";
import type { Check, CheckInput } from "./checks.ts";
import { isNone, pointerOf, type Report } from "./findings.ts";
import { referencesIn } from "./references.ts";

const activeIn = ({ document, states }: CheckInput): ((id: string | null | undefined) => boolean) => {
  const known = new Set(document.people.map(({ id }) => id));
  return (id) => !isNone(id) && known.has(id) && isNone(states.get(id)?.deactivatedAt);
};

/** The end of the default chain and a queue's steward are the last resort: without one, a lead could be with nobody. */
const lastResorts = (input: CheckInput, report: Report): void => {
  const active = activeIn(input);
  const { routing, queues } = input.document;
  if (!routing.default.some(active))
    report.error(
      "/routing/default",
      "no_last_resort",
      "Nobody in the default chain is active, so a lead could end with nobody: name at least one active person.",
    );
  queues.forEach((queue, at) => {
    if (active(queue.steward) || active(queue.backupSteward)) return;
    const message = `Neither steward nor backup steward of "${queue.id}" is active, so its leads would have nobody: name an active steward.`;
    report.error(pointerOf(["queues", at, "steward"]), "no_steward", message);
  });
};

const deactivated = ({ document, states }: CheckInput, report: Report): void => {
  for (const { kind, id, path } of referencesIn(document)) {
    if (kind !== "person" || isNone(states.get(id)?.deactivatedAt)) continue;
    if (!document.people.some((person) => person.id === id)) continue;
    const message = `"${id}" is deactivated and gets no leads; what stands behind them takes over. Name somebody else.`;
    report.warn(pointerOf(path), "inactive_person", message);
  }
};

const held = ({ document, holdings }: CheckInput, report: Report): void => {
  const known = new Set(document.people.map(({ id }) => id));
  for (const [id, count] of holdings) {
    if (known.has(id) || count === 0) continue;
    const leads = count === 1 ? "1 open lead is" : `${count} open leads are`;
    const message = `${leads} held by "${id}", who is missing from this document: reassign first, or keep them in it.`;
    report.error("/people", "holds_leads", message);
  }
};

const NOTHING = { capacity: "awaiting first touch", activeLeads: "of any kind" } as const;

const persons = ({ people }: ConfigDocument, report: Report): void => {
  people.forEach((person, at) => {
    if (person.backup === person.id)
      report.error(
        pointerOf(["people", at, "backup"]),
        "own_backup",
        `"${person.id}" can't stand in for themselves: name somebody else, or nobody.`,
      );
    for (const limit of ["capacity", "activeLeads"] as const) {
      if (person[limit] !== 0) continue;
      const message = `"${person.id}" may hold 0 leads ${NOTHING[limit]}, so rotation never picks them: raise it, or set them away.`;
      report.warn(pointerOf(["people", at, limit]), "no_capacity", message);
    }
  });
};

/** Each circle of managers once, at the person of it who comes first in the document. */
const managerCircles = ({ people }: ConfigDocument, report: Report): void => {
  const managers = new Map(people.map(({ id, manager }) => [id, manager ?? null]));
  const done = new Set<string>();
  people.forEach(({ id }, at) => {
    const path: string[] = [];
    let current: string | null = id;
    while (current !== null && !done.has(current) && !path.includes(current)) {
      path.push(current);
      current = managers.get(current) ?? null;
    }
    for (const one of path) done.add(one);
    if (current === null || !path.includes(current)) return;
    const circle = [...path.slice(path.indexOf(current)), current].join(" → ");
    const index = current === id ? at : people.findIndex((person) => person.id === current);
    report.warn(
      pointerOf(["people", index, "manager"]),
      "manager_circle",
      `Managers go round in a circle (${circle}), so escalation ends nowhere new: break it.`,
    );
  });
};

const teams = (input: CheckInput, report: Report): void => {
  const active = activeIn(input);
  input.document.teams.forEach((team, at) => {
    const place = ["teams", at] as const;
    if (team.members.length === 0)
      report.warn(
        pointerOf([...place, "members"]),
        "empty_team",
        `"${team.id}" has no members, so its leads always fall through: add some.`,
      );
    else if (!team.members.some(({ person }) => active(person)))
      report.warn(
        pointerOf([...place, "members"]),
        "empty_team",
        `Nobody in "${team.id}" is active, so its leads always fall through: add somebody.`,
      );
    if (isNone(team.manager))
      report.warn(
        pointerOf([...place, "manager"]),
        "no_manager",
        `"${team.id}" has no manager: breaches go to the default chain. Name one.`,
      );
    const seen = new Set<string>();
    team.members.forEach(({ person }, index) => {
      if (seen.has(person))
        report.error(
          pointerOf([...place, "members", index, "person"]),
          "duplicate_member",
          `"${person}" is in "${team.id}" twice: keep one entry and give it the whole weight.`,
        );
      seen.add(person);
    });
    for (const list of ["backupTeams", "followTheSun"] as const) {
      team[list].forEach((id, index) => {
        if (id === team.id)
          report.error(
            pointerOf([...place, list, index]),
            "own_backup",
            `"${id}" can't stand in for itself: name another team.`,
          );
      });
    }
  });
};

export const checkPeople: Check = (input, report) => {
  lastResorts(input, report);
  held(input, report);
  persons(input.document, report);
  teams(input, report);
  deactivated(input, report);
  managerCircles(input.document, report);
};
