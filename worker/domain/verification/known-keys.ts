/** The names a schema takes at a path, to suggest the right one for a misspelt one. */
import type * as z from "zod";

type Def = z.core.$ZodTypeDef & {
  innerType?: z.core.$ZodType;
  getter?: () => z.core.$ZodType;
  element?: z.core.$ZodType;
  valueType?: z.core.$ZodType;
  options?: readonly z.core.$ZodType[];
  items?: readonly z.core.$ZodType[];
  shape?: Readonly<Record<string, z.core.$ZodType>>;
};

/** What stands behind optional, nullable, default and lazy. */
const bare = (schema: z.core.$ZodType): readonly Def[] => {
  const def = (schema as z.ZodType).def as Def;
  if (def.innerType) return bare(def.innerType);
  if (def.getter) return bare(def.getter());
  return def.options ? def.options.flatMap(bare) : [def];
};

const step = (def: Def, part: PropertyKey): readonly z.core.$ZodType[] => {
  if (def.shape) return Object.hasOwn(def.shape, part) ? [def.shape[part as string] as z.core.$ZodType] : [];
  const next = def.element ?? def.valueType ?? def.items?.[Number(part)];
  return next ? [next] : [];
};

const defsAt = (schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly Def[] => {
  let at = bare(schema);
  for (const part of path) at = [...new Set(at.flatMap((def) => step(def, part)).flatMap(bare))];
  return at;
};

/** In a union: the names of all its alternatives. */
export const knownKeys = (schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] => [
  ...new Set(defsAt(schema, path).flatMap((def) => Object.keys(def.shape ?? {}))),
];

/** Whether several kinds of object may stand at a path. */
export const isUnion = (schema: z.core.$ZodType, path: readonly PropertyKey[]): boolean =>
  defsAt(schema, path).filter((def) => def.shape).length > 1;
