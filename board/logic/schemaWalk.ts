/** Walks a JSON Schema along a path of the document: what may stand there. Pure. */

export interface JsonSchema {
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema | boolean;
  prefixItems?: JsonSchema[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  description?: string;
  examples?: unknown[];
}

/** Alternatives laid side by side, references followed; a reference to itself ends the walk. */
function flatten(root: JsonSchema, schema: JsonSchema, seen: ReadonlySet<string> = new Set()): JsonSchema[] {
  if (schema.$ref !== undefined) {
    if (seen.has(schema.$ref)) return [];
    const name = /^#\/\$defs\/(.+)$/.exec(schema.$ref)?.[1];
    const target = name === undefined ? undefined : root.$defs?.[name];
    return target ? flatten(root, target, new Set([...seen, schema.$ref])) : [];
  }
  const others = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return [schema, ...others.flatMap((other) => flatten(root, other, seen))];
}

function child(root: JsonSchema, schema: JsonSchema, key: string | number): JsonSchema[] {
  if (typeof key === "number") {
    const item = schema.prefixItems?.[key] ?? schema.items;
    return typeof item === "object" ? flatten(root, item) : [];
  }
  const own = schema.properties?.[key];
  if (own) return flatten(root, own);
  return typeof schema.additionalProperties === "object" ? flatten(root, schema.additionalProperties) : [];
}

/** Every schema that may hold at a path. */
export function schemasAt(root: JsonSchema, path: readonly (string | number)[]): JsonSchema[] {
  let here = flatten(root, root);
  for (const key of path) here = here.flatMap((schema) => child(root, schema, key));
  return here;
}

export interface Offered {
  name: string;
  /** How its value begins: what is typed for the reader. */
  begins: "{}" | "[]" | '""' | "";
  detail: string;
}

const kindOf = (schemas: readonly JsonSchema[]): string | undefined => {
  const type = schemas.map((schema) => schema.type).find((found) => found !== undefined);
  return Array.isArray(type) ? type.find((each) => each !== "null") : type;
};

const BEGINS: Record<string, Offered["begins"]> = { object: "{}", array: "[]", string: '""' };

/** Names that may stand in the object at a path, without those that do. */
export function namesAt(
  root: JsonSchema,
  path: readonly (string | number)[],
  present: ReadonlySet<string>,
): Offered[] {
  const offered = new Map<string, Offered>();
  for (const schema of schemasAt(root, path)) {
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      if (present.has(name) || offered.has(name)) continue;
      const schemas = flatten(root, property);
      const type = kindOf(schemas);
      const detail = schemas.map(({ description }) => description).find(Boolean) ?? type ?? "";
      offered.set(name, { name, begins: BEGINS[type ?? ""] ?? "", detail });
    }
  }
  return [...offered.values()];
}

/** Values that may stand at a path, where the schema lists them. */
export function valuesAt(root: JsonSchema, path: readonly (string | number)[]): unknown[] {
  const values = schemasAt(root, path).flatMap((schema) => [
    ...(schema.enum ?? []),
    ...(schema.const === undefined ? [] : [schema.const]),
    ...(kindOf([schema]) === "boolean" && schema.const === undefined ? [true, false] : []),
    ...(schema.examples ?? []),
  ]);
  return [...new Set(values)];
}

/** Lists of the document whose ids a name refers to. */
const REFERS: Record<string, string> = {
  person: "people",
  manager: "people",
  backup: "people",
  steward: "people",
  backupSteward: "people",
  alert: "people",
  nudge: "notifications",
  default: "people",
  team: "teams",
  backupTeams: "teams",
  followTheSun: "teams",
  queue: "queues",
  calendar: "calendars",
  sla: "sla",
  defaultSla: "sla",
};

/** Ids of the document that may stand at a path, by what the name there refers to. */
export function idsAt(document: unknown, path: readonly (string | number)[]): string[] {
  const name = path.findLast((part) => typeof part === "string");
  const list = name === undefined ? undefined : REFERS[name];
  const found = list === undefined ? undefined : (document as Record<string, unknown> | null)?.[list];
  if (!Array.isArray(found)) return [];
  return found.flatMap((item: { id?: unknown } | null) => (typeof item?.id === "string" ? [item.id] : []));
}
