/** Who hears, and what has been overtaken. */
import { describe, expect, test } from "vitest";
import type { Owed } from "../../../worker/domain/owed.ts";
import { whoHears } from "../../../worker/outbound/recipients.ts";
import { obsolete } from "../../../worker/outbound/relevance.ts";
import type { LeadState, Scene } from "../../../worker/outbound/scene.ts";
import { assignment, compiled, lead, NOW, owed, scene } from "./scenes.ts";

const heard = (about: Scene): string[] | string => {
  const result = whoHears(about);
  return result.kind === "readers" ? result.readers.map((reader) => reader.email) : result.kind;
};
const queue = (id = "quali") => ({
  lead: lead({ ownerId: null, queueId: id, stewardId: "mia" }),
  assignment: assignment({ personId: null, stewardId: "mia" }),
});

describe("who hears", () => {
  test.each<[string, Scene, string[] | string]>([
    ["the owner of that assignment", scene(owed("x", "owner")), ["ben@acme.example"]],
    ["the former owner", scene(owed("lead.taken", "previous")), ["cleo@acme.example"]],
    [
      "nobody, where there was no former owner",
      scene(owed("lead.taken", "previous"), { previous: null }),
      "obsolete",
    ],
    [
      "nobody, where it came back to the former owner",
      scene(owed("lead.taken", "previous"), { previous: assignment({ personId: "ben" }) }),
      "obsolete",
    ],
    ["the owner's manager", scene(owed("x", "manager")), ["mia@acme.example"]],
    [
      "the team's manager, where the owner has none",
      scene(owed("x", "manager"), { assignment: assignment({ personId: "cleo" }) }),
      ["last@acme.example"],
    ],
    [
      "the next in line, where the manager has gone",
      scene(owed("x", "manager"), { deactivated: new Set(["mia"]) }),
      ["last@acme.example"],
    ],
    [
      "themselves, at the end of the chain",
      scene(owed("x", "manager"), {
        assignment: assignment({ personId: "last", teamId: null }),
        compiled: compiled({ routing: { rules: [], default: ["last"], defaultSla: "standard" } }),
      }),
      ["last@acme.example"],
    ],
    ["the steward", scene(owed("x", "steward"), queue()), ["mia@acme.example"]],
    [
      "the backup, where the steward has gone",
      scene(owed("x", "steward"), { ...queue(), deactivated: new Set(["mia"]) }),
      ["cleo@acme.example"],
    ],
    ["the backup steward", scene(owed("x", "backupSteward"), queue()), ["cleo@acme.example"]],
    [
      "nobody, where there is no backup steward",
      scene(owed("x", "backupSteward"), queue("alone")),
      "obsolete",
    ],
    ["a person", scene(owed("x", "person:cleo")), ["cleo@acme.example"]],
    [
      "not a person who has gone",
      scene(owed("x", "person:cleo"), { deactivated: new Set(["cleo"]) }),
      "unreachable",
    ],
    ["not a person nobody knows", scene(owed("x", "person:ghost")), "unreachable"],
    [
      "a queue's alert person",
      scene(owed("queue.aged", "queueAlert"), queue("watched")),
      ["ben@acme.example"],
    ],
    [
      "the end of the default chain, where the alert person has gone",
      scene(owed("queue.unattended", "queueAlert"), { ...queue("watched"), deactivated: new Set(["ben"]) }),
      ["last@acme.example"],
    ],
    [
      "not the steward twice",
      scene(owed("queue.aged", "queueAlert"), { ...queue(), deactivated: new Set(["last"]) }),
      "obsolete",
    ],
    ["subscribers", scene(owed("event", "notification:desk")), ["desk@acme.example", "second@acme.example"]],
    ["an address", scene(owed("signin.link", "address:mia@acme.example")), ["mia@acme.example"]],
    ["the visitor", scene(owed("x", "visitor")), ["Robin.Example@globex.example"]],
    [
      "not a visitor without an address",
      scene(owed("x", "visitor"), { lead: lead({}, { email: "nobody" }) }),
      "obsolete",
    ],
    [
      "operators: the default chain",
      scene(owed("ops.alert", "operators")),
      ["last@acme.example", "mia@acme.example"],
    ],
    [
      "operators: the alert address",
      scene(owed("ops.alert", "operators"), {
        compiled: compiled({ workspace: { name: "A", timezone: "UTC", alertEmail: "alerts@acme.example" } }),
      }),
      ["alerts@acme.example"],
    ],
    [
      "operators: the deployment's, before anything is published",
      scene(owed("ops.alert", "operators"), { compiled: null, alertEmail: "root@acme.example" }),
      ["root@acme.example"],
    ],
    ["not a recipient of no kind", scene(owed("x", "constructor")), "unreachable"],
  ])("%s", (_, about, expected) => expect(heard(about)).toEqual(expected));

  test("an address in another script is written to in ASCII", () => {
    expect(heard(scene(owed("x", "visitor"), { lead: lead({}, { email: "Jo@bücher.example" }) }))).toEqual([
      "Jo@xn--bcher-kva.example",
    ]);
  });
});

describe("overtaken", () => {
  const at = (kind: string, state: Partial<LeadState>, more: Partial<Owed> = {}): string | null =>
    obsolete(scene(owed(kind, "owner", more), { lead: lead(state) }));

  test.each<[string, Partial<LeadState>, Partial<Owed>, boolean]>([
    ["lead.assigned", {}, {}, false],
    ["lead.assigned", { assignmentSeq: 3 }, {}, true],
    ["lead.assigned", { open: false }, {}, true],
    ["lead.assigned", { firstTouchAt: NOW }, {}, false],
    ["sla.warning", {}, {}, false],
    ["sla.warning", { assignmentSeq: 3 }, {}, true],
    ["sla.warning", { firstTouchAt: NOW }, {}, true],
    ["sla.escalated", { firstTouchAt: NOW }, {}, true],
    ["sla.breached", { assignmentSeq: 3, open: false }, {}, false],
    ["lead.taken", { assignmentSeq: 3 }, {}, false],
    ["sla.second_touch", { firstTouchAt: NOW }, {}, false],
    ["sla.second_touch", { secondTouchAt: NOW }, {}, true],
    ["sla.second_touch", { secondTouchAt: NOW - 100_000 }, {}, false],
    ["sla.second_touch", { firstTouchAt: NOW - 100_000, repliedAt: NOW - 90_000 }, {}, false],
    ["sla.no_reply", { repliedAt: NOW }, {}, true],
    ["sla.no_reply", { firstTouchAt: NOW - 1000, repliedAt: NOW - 2000 }, {}, false],
    ["queue.aged", { ownerId: null }, {}, false],
    ["queue.aged", { ownerId: "ben" }, {}, true],
    ["visitor.acknowledged", { assignmentSeq: 9, open: false }, {}, false],
    ["something.new", { open: false }, {}, false],
  ])("%s with %o: %s", (kind, state, more, expected) =>
    expect(at(kind, state, more) !== null).toBe(expected),
  );

  test("a lead that is gone takes its news along", () => {
    expect(obsolete(scene(owed("event", "notification:ops"), { lead: null }))).toBe("the lead is gone");
  });

  test("a notification that was removed hears nothing more", () => {
    expect(obsolete(scene(owed("event", "notification:removed")))).toMatch(/no longer configured/);
  });

  test("an old sign-in link isn't sent any more", () => {
    const old = owed("signin.link", "address:mia@acme.example", {
      leadId: null,
      seq: null,
      createdAt: NOW - 16 * 60_000,
    });
    expect(obsolete(scene(old))).toMatch(/expired/);
  });
});
