/** Every event type has its sentence; data that is missing is left out and never shown as a hole. */
import { describe, expect, test } from "vitest";
import { actorName, sentence, type Speaker } from "../../../board/logic/sentences.ts";
import { EVENT_TYPE_LIST, type EventType } from "../../../schema/events.ts";

const names: Record<string, string> = { ana: "Ana", ben: "Ben" };
const speaker: Speaker = {
  name: (id) => names[id] ?? id,
  time: (at) => new Date(at).toISOString().slice(11, 16),
};
const say = (type: EventType, data: Record<string, unknown> = {}, actor = "system") =>
  sentence({ id: "e", at: "2026-11-22T09:00:00.000Z", type, actor, data }, speaker);

test.each(EVENT_TYPE_LIST)("%s reads as a sentence without any data", (type) => {
  const text = say(type);
  expect(text).toMatch(/^[A-Z].*[.”]$/);
  expect(text).not.toMatch(/undefined|null|NaN|\[object|\s{2}|\s[.,:;]/);
});

test.each([
  ["person:ana", "Ana"],
  ["person:gone", "gone"],
  ["key:admin", "the admin key"],
  ["key:3f", "an API key"],
  ["visitor", "the visitor"],
  ["system", "Leadclock"],
])("the actor %s is %s", (actor, words) => {
  expect(actorName(actor, speaker)).toBe(words);
});

describe("with data", () => {
  test.each<[EventType, Record<string, unknown>, string, string]>([
    [
      "lead.assigned",
      { owner: "ben", ruleId: "rest", firstTouchDueAt: "2026-11-22T09:10:00.000Z" },
      "system",
      "Assigned to Ben by the rule rest, first touch due 09:10.",
    ],
    [
      "lead.assigned",
      { owner: { id: "ben", name: "Benjamin" }, reason: "last owner" },
      "system",
      "Assigned to Benjamin: last owner.",
    ],
    [
      "lead.matched",
      {
        corrected: true,
        account: { id: "a1", name: "Acme" },
        method: "name",
        previous: { accountId: "b1", name: "Globex" },
        reason: "their holding",
      },
      "person:ana",
      "Ana corrected the account to Acme (was Globex): their holding.",
    ],
    [
      "lead.matched",
      { corrected: true, account: null, method: "none", previous: { accountId: null, name: null } },
      "key:k",
      "An API key said it belongs to no account.",
    ],
    [
      "account.alias_learned",
      { account: { id: "a1", name: "Acme" }, kind: "domain", value: "acme.example" },
      "person:ana",
      "Ana taught that mail from acme.example is Acme from the next match on.",
    ],
    [
      "account.alias_dropped",
      { account: { id: "a1", name: "Acme" }, kind: "name", value: "ACME Ltd" },
      "person:ana",
      "Ana took back that “ACME Ltd” is Acme.",
    ],
    [
      "lead.reassigned",
      { from: "ben", to: "ana", reason: "first touch missed" },
      "system",
      "Reassigned from Ben to Ana: first touch missed.",
    ],
    [
      "lead.reassigned",
      { from: "ben", to: "zoe", toName: "Zoë" },
      "person:ana",
      "Ana reassigned it from Ben to Zoë.",
    ],
    [
      "lead.touched",
      { channel: "call", outcome: "no_answer", by: "ben" },
      "person:ben",
      "Ben reached out by call: no answer.",
    ],
    [
      "lead.touched",
      { channel: "sms", counted: "covered", by: "ana" },
      "person:ana",
      "Ana reached out by SMS (covering for the owner).",
    ],
    [
      "lead.matched",
      { method: "domain", confidence: 0.973, account: { id: "a", name: "Northwind" } },
      "system",
      "Matched to Northwind by e-mail domain, 97 % sure.",
    ],
    ["lead.matched", { method: "none" }, "system", "No account matched."],
    [
      "sla.breached",
      { target: "firstTouch", owner: "ben", attributedTo: "person" },
      "system",
      "The first touch target passed without it while Ben held it (put down to the owner).",
    ],
    [
      "lead.closed",
      { code: "not_icp_fit", label: "Not a fit", nextStep: "none" },
      "person:ben",
      "Ben closed it as Not a fit; next: none.",
    ],
    [
      "lead.booked",
      { code: "meeting_booked", label: "Meeting booked", nextStep: "demo" },
      "person:ben",
      "Ben noted: Meeting booked; next: demo.",
    ],
    [
      "lead.handed_off",
      { to: "ana", stage: "sql", nextAction: "demo" },
      "person:ben",
      "Ben handed it to Ana as SQL; next: demo.",
    ],
    [
      "person.availability",
      { person: "ben", availability: "away", until: "2026-11-22T13:00:00.000Z" },
      "person:ben",
      "Ben is away until 13:00.",
    ],
  ])("%s %j", (type, data, actor, expected) => expect(say(type, data, actor)).toBe(expected));
});
