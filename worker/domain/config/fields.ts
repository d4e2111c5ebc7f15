/** The fields that conditions may name, each with its declared type. */

export type FieldType = "string" | "number" | "boolean" | "list";

const LEAD: Record<string, FieldType> = {
  email: "string",
  emailDomain: "string",
  corporateDomain: "string",
  freeMail: "boolean",
  disposable: "boolean",
  roleAddress: "boolean",
  name: "string",
  firstName: "string",
  lastName: "string",
  company: "string",
  phone: "string",
  phoneE164: "string",
  title: "string",
  seniority: "string",
  function: "string",
  country: "string",
  city: "string",
  region: "string",
  timezone: "string",
  language: "string",
  website: "string",
  message: "string",
};

const DECLARED: Record<string, Record<string, FieldType>> = {
  lead: LEAD,
  contact: {
    id: "string",
    owner: "string",
    title: "string",
    lifecycle: "string",
    doNotContact: "boolean",
  },
  match: { method: "string", confidence: "number", accountId: "string" },
  account: {
    id: "string",
    name: "string",
    domain: "string",
    owner: "string",
    parentId: "string",
    country: "string",
    city: "string",
    industry: "string",
    employees: "number",
    lifecycle: "string",
  },
  opportunity: { open: "boolean", id: "string", stage: "string", amount: "number", owner: "string" },
  company: { name: "string", employees: "number", industry: "string", country: "string", city: "string" },
  territory: { id: "string" },
  page: { url: "string", referrer: "string", title: "string", timezone: "string", language: "string" },
  attribution: {
    source: "string",
    medium: "string",
    campaign: "string",
    term: "string",
    content: "string",
    channel: "string",
    landing: "string",
    referrerHost: "string",
  },
  form: { key: "string" },
  time: { hour: "number", weekday: "string", date: "string" },
};

const SINGLE: Record<string, FieldType> = {
  score: "number",
  fit: "number",
  intent: "number",
  segment: "string",
  source: "string",
};

/**
 * The declared type of a field, `"any"` for the open namespaces (`custom.*`, and roles such as `account.csm`),
 * or null when there is no such field.
 */
export const fieldType = (field: string): FieldType | "any" | null => {
  const single = SINGLE[field];
  if (single) return single;
  const dot = field.indexOf(".");
  if (dot < 1 || dot === field.length - 1) return null;
  const space = field.slice(0, dot);
  if (space === "custom") return "any";
  const name = field.slice(dot + 1);
  const declared = DECLARED[space];
  if (!declared) return null;
  if (Object.hasOwn(declared, name)) return declared[name] ?? null;
  return space === "account" && (name === "csm" || name.startsWith("extra.") || name.startsWith("roles."))
    ? "any"
    : null;
};

/** Every declared field with its type; `custom.*` and roles of the account come on top. */
export const declaredFields = (): Record<string, FieldType> => ({
  ...SINGLE,
  ...Object.fromEntries(
    Object.entries(DECLARED).flatMap(([space, names]) =>
      Object.entries(names).map(([name, type]) => [`${space}.${name}`, type]),
    ),
  ),
});

/** For messages: the fields of the same namespace, or all namespaces. */
export const fieldsLike = (field: string): string[] => {
  const space = field.split(".")[0] ?? "";
  const declared = DECLARED[space];
  if (declared) return Object.keys(declared).map((name) => `${space}.${name}`);
  return [...Object.keys(DECLARED).map((name) => `${name}.*`), "custom.*", ...Object.keys(SINGLE)];
};
