/** The document's published JSON Schema, fetched once: what the text completes from and the condition builder offers. */
import { signal } from "@preact/signals";
import type { JsonSchema } from "../logic/schemaWalk.ts";
import { call } from "./http.ts";

export interface PolicySchema extends JsonSchema {
  /** Every declared field of a condition with its type. */
  "x-fields"?: Record<string, string>;
}

export const policySchema = signal<PolicySchema | null>(null);
let asked: Promise<void> | null = null;

/** Without it the editor still edits: it only completes nothing. */
export function loadPolicySchema(): Promise<void> {
  asked ??= call<PolicySchema>("/v1/config/schema.json").then(
    (found) => void (policySchema.value = found),
    () => void (asked = null),
  );
  return asked;
}

export const fieldTypes = (): Record<string, string> => policySchema.value?.["x-fields"] ?? {};
