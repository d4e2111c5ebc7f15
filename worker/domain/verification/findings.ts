/** What verification says about a document, and how it is collected. */

export interface Finding {
  severity: "error" | "warning" | "note";
  /** RFC 6901 pointer into the document as it was sent; "" is the whole document. */
  pointer: string;
  /** Stable name of the kind of finding. */
  code: string;
  /** In words, with the fix. */
  message: string;
  /** Ids of the rules it is about: of suppression, routing, territories; where it is about people, those they serve. */
  rules?: string[];
  /** Body of `POST /v1/route` that shows it; it was tried and does. */
  counterexample?: Counterexample;
}

export interface Counterexample {
  leads: object[];
  /** ISO 8601. */
  at: string;
  /** People to take as absent. */
  absent?: string[];
  /** People to take as having left. */
  deactivated?: string[];
  /** What happens then, step by step. */
  path: string[];
}

/** What took more than the budget: neither safe nor unsafe. */
export interface Undecided {
  code: string;
  pointer: string;
  rules: string[];
  message: string;
}

export interface Verification {
  /** Block publishing. */
  errors: Finding[];
  /** Are shown. */
  warnings: Finding[];
}

/** Gathers findings of one check after the other. */
export interface Report extends Verification {
  error(pointer: string, code: string, message: string): void;
  warn(pointer: string, code: string, message: string): void;
}

export const newReport = (): Report => {
  const errors: Finding[] = [];
  const warnings: Finding[] = [];
  return {
    errors,
    warnings,
    error: (pointer, code, message) => void errors.push({ severity: "error", pointer, code, message }),
    warn: (pointer, code, message) => void warnings.push({ severity: "warning", pointer, code, message }),
  };
};

/** A list a person would still read; the last line says what was left out. */
const SHOWN = 300;

export const bounded = (findings: readonly Finding[]): Finding[] => {
  if (findings.length <= SHOWN) return [...findings];
  const rest = findings.length - SHOWN;
  const message = `${rest} more findings aren't listed; correct these and check again.`;
  return [
    ...findings.slice(0, SHOWN),
    { severity: findings[0]?.severity ?? "note", pointer: "", code: "more", message },
  ];
};

/** RFC 6901: the pointer of a path of keys and indexes. */
export const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** What the document leaves open: absent and null mean the same everywhere in it. */
export const isNone = (value: unknown): value is null | undefined => value === null || value === undefined;
