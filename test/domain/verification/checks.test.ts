/** Every kind of finding, at its place, in the one document that had none. */
import { describe, expect, test } from "vitest";
import { demoConfig } from "../../../cli/demo/config.ts";
import { DOCUMENT_FINDINGS } from "../../cases/config-document-findings.ts";
import { applyEdits } from "../../cases/config-finding.ts";
import { POLICY_FINDINGS } from "../../cases/config-policy-findings.ts";
import { TIME_AND_FORM_FINDINGS } from "../../cases/config-time-and-form-findings.ts";
import { parseDocument } from "../../../worker/domain/verification/parse.ts";
import { example, verifyDocument } from "./support.ts";

const NONE = { errors: [], warnings: [] };

const brief = ({ errors, warnings }: ReturnType<typeof verifyDocument>) => ({
  errors,
  warnings: warnings.map(({ code, pointer }) => `${code} ${pointer}`),
});

/** One rep, two days a week, and more points asked than there are. */
const OF_THE_EXAMPLE = [
  "never_holds /slaRules/0",
  "unreachable /scoring/segments/0",
  "single_point_of_failure /people/1",
  "promise_beyond_capacity /commitments/marketing/mqlsPerWeek",
];

test("the example publishes, and what is said of it is so", () => {
  expect(brief(verifyDocument(example()))).toEqual({ errors: [], warnings: OF_THE_EXAMPLE });
});

test("the demo publishes; at night one rep speaks Arabic, and they need sleep", () => {
  const found = verifyDocument(demoConfig("http://localhost:8787"));
  expect(brief(found)).toEqual({
    errors: [],
    warnings: ["hours_without_cover /routing/rules/4", "single_point_of_failure /people/7"],
  });
  // The rule has a backup: it isn't told to get one.
  const [hours, absence] = found.warnings.map(({ message }) => message);
  expect(hours).toMatch(
    /: its backup, Inbound desk, can't take them then either\. Name one who can, or give Americas hours/,
  );
  expect(absence).toMatch(/: name others, or add somebody to the team\.$/);
});

test("who has no backup is told to get one, and only they", () => {
  const document = example();
  const advice = () =>
    verifyDocument(document).warnings.find(({ pointer }) => pointer === "/people/1")?.message;
  expect(advice()).toMatch(/ Give "rest" a backup, or the team somebody else\.$/);
  document.routing.rules[3].backup = { person: "ben" };
  expect(advice()).toMatch(/ Their backups can't take them then either/);
});

test("what was parsed parses to itself: reading and putting back changes nothing", () => {
  const { document } = parseDocument(example());
  expect(parseDocument(JSON.parse(JSON.stringify(document)))).toEqual({ document, ...NONE });
});

describe.each(Object.entries({ ...DOCUMENT_FINDINGS, ...POLICY_FINDINGS, ...TIME_AND_FORM_FINDINGS }))(
  "%s",
  (_group, cases) => {
    test.each(cases)("$what", ({ edits, kind, code, pointer, says, deactivated, holdings }) => {
      const document = example();
      applyEdits(document, edits);
      const found = verifyDocument(document, deactivated, holdings);
      const finding = found[kind].find((item) => item.code === code && item.pointer === pointer);
      expect(finding, JSON.stringify(found, null, 1)).toBeDefined();
      expect(finding?.message).toContain(says);
      if (kind === "warnings" && deactivated.length === 0) expect(found.errors).toEqual([]);
    });
  },
);

test("unknown names are left out of the document that takes effect", () => {
  const input = example();
  input.people[0].emial = "x";
  input.routing.rules[0].to.note = "x";
  const { document, warnings } = parseDocument(input);
  expect(document).toEqual(parseDocument(example()).document);
  expect(warnings.map(({ pointer }) => pointer)).toEqual(["/people/0/emial", "/routing/rules/0/to/note"]);
  expect(input.people[0].emial).toBe("x");
});

test("a target shorter than the assign target is no error", () => {
  const document = example();
  Object.assign(document.sla[0], { assign: "PT10M", firstTouch: "PT1S", firstTouchByChannel: {} });
  expect(brief(verifyDocument(document))).toEqual({ errors: [], warnings: OF_THE_EXAMPLE });
});

test("a rule after one that sends all to a queue is reached by what the queue lets go", () => {
  const document = example();
  document.routing.rules[0].when = {};
  expect(brief(verifyDocument(document))).toEqual({
    errors: [],
    warnings: OF_THE_EXAMPLE.filter((warning) => !warning.startsWith("single")),
  });
});

test("a rule that only observes shadows nothing", () => {
  const document = example();
  document.routing.rules[1].when = {};
  document.routing.rules[1].mode = "observe";
  expect(brief(verifyDocument(document))).toEqual({ errors: [], warnings: OF_THE_EXAMPLE });
});

test.each([
  "http://localhost:8787/hook",
  "http://127.0.0.1/x",
  "http://[::1]:9/x",
  "https://hooks.acme.example:8443/a?b=c",
])("%s may be posted to", (url) => {
  const document = example();
  document.notifications[0].url = url;
  expect(verifyDocument(document).errors).toEqual([]);
});
