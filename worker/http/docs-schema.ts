/** A schema of the OpenAPI document as a table that a person reads: names, types in words, what is allowed. */
import { html } from "hono/html";

type Html = ReturnType<typeof html>;

/** The parts of JSON Schema that our routes' schemas come out as. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  prefixItems?: Schema[];
  additionalProperties?: boolean | Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  description?: string;
  default?: unknown;
  examples?: unknown[];
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
}

/** Nested objects unfold into dotted names down to here; deeper ones are called objects. */
const MOST_DEPTH = 3;
const BIG = 9_007_199_254_740_991;

const refName = (ref: string): string => ref.slice(ref.lastIndexOf("/") + 1);

const isNull = (schema: Schema): boolean => schema.type === "null";

const joined = (parts: readonly Html[], between: string): Html =>
  html`${parts.map((part, index) => (index === 0 ? part : html`${between}${part}`))}`;

const literal = (value: unknown): Html => html`<code>${JSON.stringify(value)}</code>`;

const arrayWords = ({ items, prefixItems }: Schema): Html =>
  prefixItems
    ? html`[${joined(prefixItems.map(typeWords), ", ")}]`
    : html`list of ${items ? typeWords(items) : "anything"}`;

const plainWords = (schema: Schema): Html => {
  const types = [schema.type ?? []].flat();
  if (types.includes("array")) return arrayWords(schema);
  if (typeof schema.additionalProperties === "object" && !schema.properties)
    return html`object of ${typeWords(schema.additionalProperties)}`;
  const words = types.map((type) => (type === "integer" ? "whole number" : type)).join(" or ");
  return html`${words || "anything"}`;
};

/** `list of Lead or null`, with links to named schemas. */
export const typeWords = (schema: Schema): Html => {
  if (schema.$ref) return html`<a href="#schema-${refName(schema.$ref)}">${refName(schema.$ref)}</a>`;
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum) return joined(schema.enum.map(literal), " | ");
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices)
    return joined(
      [...choices.filter((one) => !isNull(one)), ...choices.filter(isNull)].map(typeWords),
      " or ",
    );
  if (schema.allOf?.length === 1 && schema.allOf[0]) return typeWords(schema.allOf[0]);
  return plainWords(schema);
};

const range = (words: string, low: number | undefined, high: number | undefined): string | null => {
  const [from, to] = [
    low !== undefined && low > -BIG ? low : undefined,
    high !== undefined && high < BIG ? high : undefined,
  ];
  if (from !== undefined && to !== undefined) return `${from} to ${to}${words}`;
  if (to !== undefined) return `at most ${to}${words}`;
  return from !== undefined && from !== 0 ? `at least ${from}${words}` : null;
};

/** A nullable value's limits are those of the value. */
const inner = (schema: Schema): Schema => {
  const choices = (schema.anyOf ?? schema.oneOf)?.filter((one) => !isNull(one));
  return choices?.length === 1 && choices[0] ? { ...choices[0], ...schema } : schema;
};

const limits = (schema: Schema): string[] => {
  const { format, minLength, maxLength, minimum, maximum, minItems, maxItems } = inner(schema);
  return [
    format ?? null,
    range(" characters", minLength, maxLength),
    range("", minimum, maximum),
    range(" items", minItems, maxItems),
    schema.default === undefined ? null : `default ${JSON.stringify(schema.default)}`,
  ].filter((words) => words !== null);
};

interface Row {
  name: string;
  schema: Schema;
  required: boolean;
}

const unfolded = ({ name, schema, required }: Row, depth: number): Row[] => {
  const own = inner(schema);
  const listed = own.items && !own.items.$ref ? own.items : null;
  const nested = own.properties ? own : listed?.properties ? listed : null;
  const below =
    nested && depth < MOST_DEPTH && !own.$ref
      ? rowsOf(nested, `${name}${nested === own ? "." : "[]."}`, depth + 1)
      : [];
  return [{ name, schema, required }, ...below];
};

const rowsOf = (schema: Schema, prefix: string, depth: number): Row[] =>
  Object.entries(schema.properties ?? {}).flatMap(([key, value]) =>
    unfolded(
      { name: `${prefix}${key}`, schema: value, required: schema.required?.includes(key) ?? false },
      depth,
    ),
  );

const rowHtml = ({ name, schema, required }: Row): Html =>
  html`<tr>
    <th scope="row"><code>${name}</code>${required ? html` <span class="must">required</span>` : ""}</th>
    <td>${typeWords(schema)}</td>
    <td>${inner(schema).description ?? ""} <span class="soft">${limits(schema).join(", ")}</span></td>
  </tr>`;

const tableOf = (caption: string, rows: readonly Row[]): Html =>
  html`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        <th scope="col">Name</th>
        <th scope="col">Type</th>
        <th scope="col">Meaning</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(rowHtml)}
    </tbody>
  </table>`;

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: Schema;
  description?: string;
}

export const parameterTable = (parameters: readonly Parameter[]): Html =>
  tableOf(
    "Parameters",
    parameters.map(({ name, in: place, required, schema, description }) => ({
      name,
      required: required ?? false,
      schema: {
        ...schema,
        description: [`In the ${place}.`, description ?? schema?.description ?? ""].join(" ").trim(),
      },
    })),
  );

/** A table where there are names to list, else one line. */
export const schemaTable = (caption: string, schema: Schema): Html => {
  const list = schema.items?.properties ? schema.items : null;
  const rows = rowsOf(list ?? schema, list ? "[]." : "", 1);
  return rows.length > 0
    ? tableOf(caption, rows)
    : html`<p>
        <span class="caption">${caption}</span> ${typeWords(schema)}
        <span class="soft">${limits(schema).join(", ")}</span>
      </p>`;
};
