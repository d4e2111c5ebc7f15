/** Findings about conditions and rules: the change to the example document, and what verification must say of it. */
import { error, warning, type Cases } from "./config-finding.ts";

export const POLICY_FINDINGS: Cases = {
  conditions: [
    error(
      "an unknown field",
      {
        "/routing/rules/1/when/value": "DE",
        "/routing/rules/1/when/field": "lead.contry",
        "/routing/rules/1/when/op": "eq",
      },
      "unknown_field",
      "/routing/rules/1/when/field",
      'mean "lead.country"',
    ),
    error(
      "an unknown namespace",
      { "/routing/rules/1/when": { any: [{ field: "leads.email", op: "exists" }] } },
      "unknown_field",
      "/routing/rules/1/when/any/0/field",
      "lead.email",
    ),
    error(
      "a number compared with text",
      {
        "/routing/rules/1/when/value": "60",
        "/routing/rules/1/when/field": "score",
        "/routing/rules/1/when/op": "gte",
      },
      "wrong_value",
      "/routing/rules/1/when/value",
      "a number",
    ),
    error(
      "text compared with a number",
      {
        "/routing/rules/1/when/value": ["DE", 49],
        "/routing/rules/1/when/field": "lead.country",
        "/routing/rules/1/when/op": "in",
      },
      "wrong_value",
      "/routing/rules/1/when/value",
    ),
    error(
      "order of yes and no",
      {
        "/routing/rules/1/when/value": true,
        "/routing/rules/1/when/field": "lead.freeMail",
        "/routing/rules/1/when/op": "gt",
      },
      "wrong_operator",
      "/routing/rules/1/when/op",
    ),
    error(
      "a part of a number",
      {
        "/routing/rules/1/when/value": "5",
        "/routing/rules/1/when/field": "account.employees",
        "/routing/rules/1/when/op": "contains",
      },
      "wrong_operator",
      "/routing/rules/1/when/op",
    ),
    error(
      "in without a list",
      {
        "/routing/rules/1/when/value": "DE",
        "/routing/rules/1/when/field": "lead.country",
        "/routing/rules/1/when/op": "in",
      },
      "wrong_value",
      "/routing/rules/1/when/value",
      '["DE"]',
    ),
    error(
      "eq with a list",
      {
        "/routing/rules/1/when/value": ["DE"],
        "/routing/rules/1/when/field": "lead.country",
        "/routing/rules/1/when/op": "eq",
      },
      "wrong_value",
      "/routing/rules/1/when/value",
      '"in"',
    ),
    error(
      "gt with a list",
      {
        "/routing/rules/1/when/value": ["DE", "AT"],
        "/routing/rules/1/when/field": "lead.country",
        "/routing/rules/1/when/op": "gt",
      },
      "wrong_value",
      "/routing/rules/1/when/value",
    ),
    error(
      "nothing to compare with",
      { "/routing/rules/1/when/field": "lead.country", "/routing/rules/1/when/op": "eq" },
      "wrong_value",
      "/routing/rules/1/when/value",
    ),
    error(
      "exists with text",
      { "/routing/rules/1/when/value": "DE", "/routing/rules/1/when/field": "lead.country" },
      "wrong_value",
      "/routing/rules/1/when/value",
    ),
    error(
      "in a team member's condition",
      { "/teams/0/members/0/when": { field: "x", op: "exists" } },
      "unknown_field",
      "/teams/0/members/0/when/field",
    ),
    error(
      "in a stage's entry",
      { "/stages/0/entry/field": "fitt", "/stages/0/entry/value": 1 },
      "unknown_field",
      "/stages/0/entry/field",
      "fit",
    ),
    warning(
      "a segment that isn't",
      {
        "/routing/rules/1/when/value": ["hot", "hott"],
        "/routing/rules/1/when/field": "segment",
        "/routing/rules/1/when/op": "in",
      },
      "unknown_value",
      "/routing/rules/1/when/value/1",
      'mean "hot"',
    ),
    warning(
      "a score in a scoring rule",
      {
        "/scoring/rules/0/when/field": "score",
        "/scoring/rules/0/when/op": "gt",
        "/scoring/rules/0/when/value": 1,
      },
      "not_known_yet",
      "/scoring/rules/0/when/field",
    ),
    warning(
      "an empty list",
      {
        "/routing/rules/1/when/value": [],
        "/routing/rules/1/when/field": "lead.country",
        "/routing/rules/1/when/op": "in",
      },
      "empty_list",
      "/routing/rules/1/when/value",
    ),
    error(
      "languages from an unknown field",
      { "/routing/rules/1/requires": { languages: { field: "lead.lang" } } },
      "unknown_field",
      "/routing/rules/1/requires/languages/field",
    ),
    warning(
      "a skill nobody has",
      { "/routing/rules/1/requires": { skills: ["entreprise"] } },
      "nobody_has",
      "/routing/rules/1/requires/skills/0",
      "enterprise",
    ),
  ],
  rules: [
    warning(
      "after a rule that always holds",
      { "/routing/rules/-": { id: "extra", when: {}, to: { team: "smb" } } },
      "unreachable",
      "/routing/rules/4",
      '"rest"',
    ),
    warning(
      "after an always-true `any`",
      { "/routing/rules/1/when": { any: [{}, { field: "score", op: "gt", value: 1 }] } },
      "unreachable",
      "/routing/rules/2",
      '"owned-account"',
    ),
    warning(
      "after a suppression that always holds",
      { "/suppression/1/when": { all: [] } },
      "unreachable",
      "/routing/rules/0",
    ),
    warning(
      "a condition that can't hold",
      { "/routing/rules/1/when": { not: { all: [] } } },
      "never_holds",
      "/routing/rules/1",
    ),
    warning(
      "a territory after one that always holds",
      {
        "/territories": [
          { id: "dach", when: {}, to: { person: "ben" } },
          { id: "two", when: {}, to: { person: "ben" } },
        ],
      },
      "unreachable",
      "/territories/1",
    ),
    warning(
      "customers unprotected",
      {
        "/suppression": [
          {
            id: "open-opportunities",
            when: { field: "opportunity.open", op: "eq", value: true },
            to: { opportunityOwner: true },
          },
        ],
      },
      "customers_unprotected",
      "/suppression",
    ),
    warning(
      "customers half protected",
      {
        "/suppression/0/when": {
          all: [
            { field: "account.lifecycle", op: "eq", value: "customer" },
            { field: "lead.country", op: "eq", value: "US" },
          ],
        },
      },
      "customers_unprotected",
      "/suppression",
    ),
    warning(
      "opportunities unprotected",
      {
        "/suppression": [
          {
            id: "customers",
            when: { field: "account.lifecycle", op: "eq", value: "customer" },
            to: { accountRole: "csm" },
            backup: { accountOwner: true },
          },
        ],
      },
      "opportunities_unprotected",
      "/suppression",
    ),
    warning("territories without any", { "/territories": [] }, "no_territories", "/routing/rules/2/to"),
    error(
      "a territory to itself",
      { "/territories/0/to": { territory: true } },
      "own_target",
      "/territories/0/to",
    ),
    error(
      "two segments from one minimum",
      { "/scoring/segments/1/min": 60 },
      "duplicate_minimum",
      "/scoring/segments/1/min",
    ),
    warning(
      "segments out of order",
      {
        "/scoring/segments": [
          { id: "hot", min: 60 },
          { id: "warm", min: 10 },
          { id: "tepid", min: 20 },
          { id: "cold", min: 0 },
        ],
      },
      "unsorted",
      "/scoring/segments/2/min",
    ),
  ],
};
