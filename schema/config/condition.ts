/** Conditions of rules, territories, scores and suppressions: `all` / `any` / `not` over typed field comparisons. */
import * as z from "zod";

export const OPERATORS = [
  "eq",
  "ne",
  "in",
  "nin",
  "gt",
  "gte",
  "lt",
  "lte",
  "exists",
  "contains",
  "startsWith",
  "endsWith",
  "glob",
] as const;

export type Operator = (typeof OPERATORS)[number];
export type Scalar = string | number | boolean;

export interface Comparison {
  field: string;
  op: Operator;
  value?: Scalar | Scalar[] | undefined;
}
/** An empty object always holds. */
export type Condition =
  { all: Condition[] } | { any: Condition[] } | { not: Condition } | Comparison | Record<string, never>;

const scalar = z.union([z.string().max(500), z.number(), z.boolean()]);

const comparison = z.strictObject({
  field: z.string().min(1).max(100),
  op: z.enum(OPERATORS),
  value: z.union([scalar, z.array(scalar).max(5000)]).optional(),
});

/** Depth is bounded by the size limit of the document; a union keeps error pointers exact. */
export const condition: z.ZodType<Condition> = z
  .lazy(() =>
    z.union([
      z.strictObject({ all: z.array(condition).max(200) }),
      z.strictObject({ any: z.array(condition).max(200) }),
      z.strictObject({ not: condition }),
      comparison,
      // Not a strict object: of that zod says only which names it doesn't know, in place of what is wrong with the others.
      z.record(z.string(), z.never()),
    ]),
  )
  .meta({
    id: "Condition",
    description: "all / any / not over field comparisons; an empty object always holds",
  });
