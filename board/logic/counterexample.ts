/** A finding's counterexample in words: which lead, when, with whom absent. Pure. */

export interface Counterexample {
  leads: Record<string, unknown>[];
  at: string | null;
  absent: string[];
  /** Taken as having left for good. */
  deactivated: string[];
  /** What happens, step by step. */
  path: string[];
}

const NOT_TOLD = new Set(["id"]);

/** `email mara@x.example, country DE; the CRM has account.owner ben`. */
export function leadInWords(lead: Record<string, unknown>): string {
  const { assume, fields, ...beside } = lead;
  const own = facts({ ...beside, ...(fields as object | undefined) });
  const crm = facts((assume ?? {}) as Record<string, unknown>);
  const told = own.length === 0 ? "a lead that says nothing" : own.join(", ");
  return crm.length === 0 ? told : `${told}; the CRM has ${crm.join(", ")}`;
}

/** Nested names with dots, as conditions have them. */
function facts(values: Record<string, unknown>, before = ""): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (value === null || value === undefined || NOT_TOLD.has(name)) return [];
    const path = `${before}${name}`;
    if (typeof value === "object" && !Array.isArray(value))
      return facts(value as Record<string, unknown>, `${path}.`);
    return [
      `${path} ${Array.isArray(value) ? value.join(", ") : typeof value === "string" ? value : JSON.stringify(value)}`,
    ];
  });
}
