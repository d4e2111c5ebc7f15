/** What a touch is taken for, and by which words somebody counts as reached. */
import { describe, expect, test } from "vitest";
import { reached } from "../../../worker/domain/reports/touched.ts";
import { judgeTouch, type TouchFacts } from "../../../worker/domain/sla/touch.ts";
import { outcomeWithoutPerson } from "../../../worker/domain/privacy/erase.ts";

const facts = (more: Partial<TouchFacts> = {}): TouchFacts => ({
  channel: "call",
  direction: "outbound",
  personal: true,
  automated: false,
  replyPath: false,
  outcome: "connected",
  by: "ben",
  ...more,
});

describe("a touch", () => {
  test.each<[string, Partial<TouchFacts>, string]>([
    ["by the owner", {}, "owned"],
    ["by a colleague", { by: "cleo" }, "covered"],
    ["by the system with a way to reply", { by: null, automated: true, replyPath: true }, "owned"],
    ["by a machine", { automated: true }, "not counted"],
    ["of no person", { personal: false }, "not counted"],
    ["on a channel that isn't accepted", { channel: "letter" }, "not counted"],
    ["without an outcome", { outcome: null }, "not counted"],
    ["from the person", { direction: "inbound", outcome: null }, "reply"],
    ["from the person's machine", { direction: "inbound", automated: true }, "not counted"],
  ])("%s", (_, more, kind) => {
    expect(judgeTouch(facts(more), "ben", new Set(["call", "email"]))).toMatchObject({ kind });
  });
});

describe("reached", () => {
  test.each([
    ["call", "connected", true],
    ["call", "Spoke with them", true],
    ["call", "talked", true],
    ["email", "replied", true],
    ["call", "not_interested", true],
    ["meeting", "held", true],
    ["meeting", "logged", true],
    ["meeting", null, true],
    ["meeting", "no_show", false],
    ["call", "meeting cancelled", false],
    ["call", "reached voicemail", false],
    ["call", "voicemail", false],
    ["email", "sent", false],
    ["call", null, false],
  ])("by %s: %s", (channel, outcome, is) => {
    expect(reached({ channel, outcome })).toBe(is);
  });

  test.each([
    ["call", "Spoke with Robin"],
    ["meeting", "No show, Robin was ill"],
    ["meeting", "Went well with Robin"],
    ["call", "Left Robin a word"],
  ])("stays what it was without the person: %s, %s", (channel, outcome) => {
    const kept = outcomeWithoutPerson(outcome);
    expect(kept).not.toContain("Robin");
    expect(reached({ channel, outcome: kept })).toBe(reached({ channel, outcome }));
  });
});
