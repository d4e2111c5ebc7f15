/** What a migration may not say, and which ones may no longer change: decisions on text alone. */

export interface Migration {
  readonly name: string;
  readonly sql: string;
}

const forbidden: readonly (readonly [RegExp, string])[] = [
  [/\bDROP\s+TABLE\b/i, "DROP TABLE loses rows; add, copy and stop using instead"],
  [
    /\bON\s+DELETE\s+CASCADE\b/i,
    "ON DELETE CASCADE fires when a table is rebuilt; delete children in the flow",
  ],
];

/** Comments and string literals say nothing to the database's schema. */
function withoutProse(sql: string): string {
  return sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, " ");
}

export function forbiddenStatements(migration: Migration): string[] {
  const sql = withoutProse(migration.sql);
  return forbidden
    .filter(([pattern]) => pattern.test(sql))
    .map(([, reason]) => `${migration.name}: ${reason}.`);
}

/** Migrations are append-only: what the base has must stand unchanged, and new ones come after it. */
export function editedMigrations(base: readonly Migration[], now: readonly Migration[]): string[] {
  const current = new Map(now.map(({ name, sql }) => [name, sql]));
  const problems = base.flatMap(({ name, sql }) => {
    if (!current.has(name)) return [`${name}: was released and is gone; migrations are append-only.`];
    return current.get(name) === sql
      ? []
      : [`${name}: was released and has been edited; add a new migration.`];
  });
  const last =
    base
      .map(({ name }) => name)
      .sort()
      .at(-1) ?? "";
  const known = new Set(base.map(({ name }) => name));
  const late = now.filter(({ name }) => !known.has(name) && name < last);
  return [
    ...problems,
    ...late.map(({ name }) => `${name}: sorts before ${last}, which databases already have.`),
  ];
}
