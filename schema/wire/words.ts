/**
 * Lists and words that the Worker and the web app both say. No zod in here: the web app imports values from this file, and
 * would carry the whole library along with them.
 */
import type { Operator } from "../config/condition.ts";

/** Conditions in words: traces and the policy's forms read alike. */
export const OPERATOR_WORDS: Readonly<Record<Operator, string>> = {
  eq: "is",
  ne: "is not",
  in: "is one of",
  nin: "is none of",
  gt: "is more than",
  gte: "is at least",
  lt: "is less than",
  lte: "is at most",
  exists: "is known",
  contains: "contains",
  startsWith: "starts with",
  endsWith: "ends with",
  glob: "looks like",
};

/** How an account was found, the surest first. */
export const MATCH_METHODS = [
  "contact",
  "domain",
  "alias",
  "suffix",
  "name",
  "fuzzy",
  "family",
  "none",
] as const;

/** What a job title says of rank, the highest first. */
export const SENIORITIES = [
  "owner",
  "c_level",
  "vp",
  "director",
  "manager",
  "senior",
  "individual",
  "intern",
] as const;
