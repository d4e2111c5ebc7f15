/**
 * What can't be true of one lead at once: an account's owner without an account, an open opportunity without one, a
 * contact's e-mail matched by contact without the contact, a title and a rank that it doesn't say. Anything not listed
 * here is taken as possible, so what is proved of this world is true of the real one, which is part of it.
 */
import { readTitle } from "../../enrichment/title.ts";
import { parseEmail } from "../../enrichment/email.ts";
import { NO, YES, type Diagrams, type Ref } from "./diagram.ts";
import type { Candidate, Value } from "./candidates.ts";
import type { Variable } from "./variables.ts";

/** `a` and `b` are values of the two fields, on candidates that stand for one value or for many. */
interface Relation {
  fields: readonly [string, string];
  allows: (a: Value, b: Value, candidates: { a: Candidate; b: Candidate }) => boolean;
}

const needs = (field: string, hub: string): Relation => ({
  fields: [hub, field],
  allows: (there, value) => there !== null || value === null,
});

const isOpen = (candidate: Candidate, field: string): boolean => candidate.open.includes(field);

const RELATIONS: readonly Relation[] = [
  {
    fields: ["match.method", "account.id"],
    allows: (method, id) => (id === null ? method === "none" || method === "contact" : method !== "none"),
  },
  {
    fields: ["match.method", "match.accountId"],
    allows: (method, id) => (method === "none") === (id === null),
  },
  { fields: ["match.method", "contact.id"], allows: (method, id) => method !== "contact" || id !== null },
  { fields: ["account.id", "opportunity.open"], allows: (id, open) => open !== true || id !== null },
  { fields: ["opportunity.open", "opportunity.id"], allows: (open, id) => (open === true) === (id !== null) },
  {
    fields: ["contact.id", "contact.doNotContact"],
    allows: (id, asked) => (id === null) === (asked === null),
  },
  { fields: ["lead.emailDomain", "lead.email"], allows: (host, email) => host === null || email !== null },
  {
    fields: ["lead.emailDomain", "lead.roleAddress"],
    allows: (host, role) => host !== null || role !== true,
  },
  {
    fields: ["lead.email", "lead.emailDomain"],
    allows: (email, host, { a, b }) => {
      if (typeof email !== "string" || isOpen(a, "lead.email") || isOpen(b, "lead.emailDomain")) return true;
      const parsed = parseEmail(email);
      return parsed.ok ? parsed.domain === host : host === null;
    },
  },
  ...(["seniority", "function"] as const).map((what): Relation => ({
    fields: ["lead.title", `lead.${what}`],
    allows: (title, rank, { a }) =>
      title === null
        ? rank === null
        : isOpen(a, "lead.title") || typeof title !== "string" || readTitle(title)[what] === rank,
  })),
  { fields: ["lead.phone", "lead.phoneE164"], allows: (phone, number) => phone !== null || number === null },
];

/** Fields whose group is absent as a whole, by the field that says whether it is there. */
const HUBS: readonly (readonly [space: string, hub: string])[] = [
  ["account.", "account.id"],
  ["contact.", "contact.id"],
];

const relationsFor = (fields: readonly string[]): Relation[] => [
  ...RELATIONS,
  ...HUBS.flatMap(([space, hub]) =>
    fields.filter((field) => field.startsWith(space) && field !== hub).map((field) => needs(field, hub)),
  ),
  ...fields
    .filter((field) => field.startsWith("opportunity.") && !/\.(open|id)$/.test(field))
    .map((field): Relation => ({
      fields: ["opportunity.open", field],
      allows: (open, value) => open === true || value === null,
    })),
];

/** Two cells go together if some of their values do. */
const compatible = (
  { fields: [first, second], allows }: Relation,
  a: readonly Candidate[],
  b: readonly Candidate[],
): boolean =>
  a.some((left) =>
    b.some((right) =>
      allows(left.values[first] ?? null, right.values[second] ?? null, { a: left, b: right }),
    ),
  );

/** The world: every relation between variables that exist, as one function. */
export const worldOf = (diagrams: Diagrams, variables: readonly Variable[]): Ref => {
  const levelOf = new Map(variables.flatMap(({ fields }, level) => fields.map((field) => [field, level])));
  const literal = (level: number, allowed: readonly boolean[]): Ref =>
    diagrams.node(
      level,
      allowed.map((is) => (is ? YES : NO)),
    );
  return relationsFor([...levelOf.keys()]).reduce<Ref>((world, relation) => {
    const [first, second] = relation.fields.map((field) => levelOf.get(field));
    if (first === undefined || second === undefined || first === second) return world;
    const [left, right] = [variables[first]?.cells ?? [], variables[second]?.cells ?? []];
    const pairs = left.reduce<Ref>((all, cell, at) => {
      const here = literal(
        first,
        left.map((_, other) => other === at),
      );
      const there = literal(
        second,
        right.map((other) => compatible(relation, cell, other)),
      );
      return diagrams.or(all, diagrams.and(here, there));
    }, NO);
    return diagrams.and(world, pairs);
  }, YES);
};
