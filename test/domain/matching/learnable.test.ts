/** What a correction may teach of an account, and what would send every stranger there. */
import { describe, expect, test } from "vitest";
import { absorb, absorbPatch } from "../../../worker/domain/crm/absorb.ts";
import { joinLearned, knownAs, learnedIn, MAX_LESSONS, unlearn } from "../../../worker/domain/crm/learned.ts";
import type { Lesson } from "../../../worker/domain/crm/learned.ts";
import { enrich } from "../../../worker/domain/enrichment/enrich.ts";
import { learnableDomain, learnableName } from "../../../worker/domain/matching/learnable.ts";

const acme = {
  name: "Acme Robotics GmbH",
  domain: "https://www.acme.example/",
  domains: ["acme-robots.example"],
  otherNames: ["Roboworks"],
};

describe("a domain", () => {
  test.each([
    ["x@eu.newco.example", "newco.example"],
    ["x@newco.github.io", "newco.github.io"],
    // One letter from live.com, but a person says that it is theirs.
    ["x@mail.jive.com", "jive.com"],
    ["x@acme.example", null],
    ["x@mail.acme-robots.example", null],
  ])("%s teaches %s", (email, value) => {
    expect(learnableDomain(enrich({ fields: { email }, edge: {} }), acme)).toEqual({ ok: true, value });
  });

  test.each([
    ["x@gmail.com", "free mail"],
    ["x@mailinator.com", "throw-away"],
    ["x@gmial.com", "looks like gmail.com misspelt"],
    ["x@facebook.com", "host that many companies share"],
    ["x@github.io", "names no company"],
    ["nobody", "no usable address"],
    ["", "no usable address"],
  ])("%j teaches none: %s", (email, why) => {
    const learnable = learnableDomain(enrich({ fields: { email }, edge: {} }), acme);
    expect(learnable).toEqual({ ok: false, why: expect.stringContaining(why) });
  });
});

describe("a name", () => {
  test.each([
    ["  Acme   Automation ", "Acme Automation"],
    ["ACME Robotics", null],
    ["Robo Works Ltd", null],
    ["株式会社クロノス", "株式会社クロノス"],
  ])("%j teaches %j", (company, value) => {
    expect(learnableName(company, acme)).toEqual({ ok: true, value });
  });

  test.each([
    [null, "gave no company"],
    ["n/a", "not a company's name"],
    ["asdf", "not a company's name"],
    ["Self employed", "not a company's name"],
    ["Consulting Group International", "only words that many"],
    ["Bank", "only words that many"],
  ])("%j teaches none: %s", (company, why) => {
    expect(learnableName(company, acme)).toEqual({ ok: false, why: expect.stringContaining(why) });
  });
});

describe("lessons", () => {
  const lesson = (kind: Lesson["kind"], value: string, at = 1): Lesson => ({
    kind,
    value,
    at,
    by: "person:mia",
    leadId: "lead_1",
  });
  const row = (id: string, lessons: Lesson[]) => ({
    id,
    name: id,
    domain: null,
    domains: '["crm.example"]',
    other_names: '["Crm"]',
    learned: JSON.stringify(lessons),
  });

  test("stand before what the CRM says, each once", () => {
    const known = row("A", [
      lesson("domain", "new.example"),
      lesson("domain", "crm.example"),
      lesson("name", "New"),
    ]);
    expect(knownAs(known)).toEqual({ domains: ["new.example", "crm.example"], otherNames: ["New", "Crm"] });
    expect(knownAs({})).toEqual({ domains: [], otherNames: [] });
  });

  test("join without regard to case; the first stays, and there is a limit", () => {
    const first = lesson("name", "New", 1);
    expect(joinLearned([first], [lesson("name", "NEW", 2), lesson("domain", "new", 2)])).toEqual([
      first,
      lesson("domain", "new", 2),
    ]);
    const many = Array.from({ length: MAX_LESSONS + 5 }, (_, at) => lesson("name", `n${at}`));
    expect(joinLearned([], many)).toHaveLength(MAX_LESSONS);
  });

  test("are taken back by their value", () => {
    const [a, b] = [lesson("domain", "a.example"), lesson("name", "B")];
    expect(unlearn([a, b], " A.EXAMPLE ")).toEqual({ kept: [b], dropped: [a] });
    expect(unlearn([a, b], "c")).toEqual({ kept: [a, b], dropped: [] });
  });

  test("follow a merge; a record that is still sent takes none away", () => {
    const [mine, theirs] = [lesson("name", "Mine"), lesson("domain", "theirs.example")];
    const merged = absorb(row("A", [mine]), row("B", [theirs]));
    expect(learnedIn(merged)).toEqual([mine, theirs]);
    const sent = absorbPatch(merged, { id: "B", set: { name: "B", learned: "[]" }, roles: {}, extra: {} });
    expect(learnedIn(sent)).toEqual([mine, theirs]);
  });
});
