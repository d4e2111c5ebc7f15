/** What changed between two documents, said so that a person who wrote neither understands it. */
import { expect, test } from "vitest";
import { diffDocuments } from "../../../worker/domain/config/diff.ts";
import { parseDocument } from "../../../worker/domain/verification/parse.ts";
import { applyEdits, type Edits } from "../../cases/config-finding.ts";
import { example } from "../verification/support.ts";

const RULES = example().routing.rules as object[];

const shape = (input: unknown) => {
  const { document } = parseDocument(input);
  if (!document) throw new Error("no document");
  return document;
};

const changes = (edits: Edits): string[] => {
  const newer = example();
  applyEdits(newer, edits);
  return diffDocuments(shape(example()), shape(newer)).map(({ pointer, text }) => `${pointer} ${text}`);
};

test.each<[string, Edits, string[]]>([
  ["nothing", {}, []],
  ["a default written out", { "/people/0/skills": [] }, []],
  ["a person's capacity", { "/people/1/capacity": 8 }, ['/people/1 The person "ben": capacity: 5 → 8.']],
  [
    "a condition, in words",
    { "/territories/0/when/value": ["DE"] },
    [
      '/territories/0 The territory "dach": when: lead.country is one of DE, AT, CH → lead.country is one of DE.',
    ],
  ],
  [
    "a new rule",
    { "/routing/rules/-": { id: "extra", to: { team: "smb" } } },
    ['/routing/rules/4 The rule "extra" is new.'],
  ],
  [
    "a rule gone",
    { "/routing/rules": RULES.slice(1) },
    ['/routing/rules/0 The rule "free-mail" is removed.'],
  ],
  [
    "one rule moved to the front: only that one moved",
    { "/routing/rules": [3, 0, 1, 2].map((at) => RULES[at]) },
    ['/routing/rules/0 The rule "rest" now stands at place 1.'],
  ],
  [
    "the default chain",
    { "/routing/default": ["ben"] },
    ['/routing/default routing.default: ["ana"] → ["ben"].'],
  ],
  [
    "how sure a match must be",
    { "/matching": { acceptThreshold: 0.9, reviewThreshold: 0.1 } },
    ["/matching matching: acceptThreshold: 0.6 → 0.9."],
  ],
  [
    "the workspace",
    { "/workspace/name": "Other" },
    ['/workspace workspace: name: "Acme Robotics" → "Other".'],
  ],
])("%s", (_what, edits, expected) => {
  expect(changes(edits)).toEqual(expected);
});
