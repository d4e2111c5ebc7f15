/** What a form shows at a moment, and what the visitor can do to it. */
import type { CaptureAnswer, FormContext, MailHint, PublicForm, Values } from "../types.ts";
import type { Reason } from "./delivery.ts";
import { CONSENT } from "./validate.ts";

export type Phase =
  | { at: "editing" }
  /** `slow` once it has taken long enough to wonder. */
  | { at: "sending"; slow: boolean }
  | { at: "waiting"; reason: Reason; until: number }
  | { at: "acknowledged"; answer: CaptureAnswer };

export interface FormState {
  definition: PublicForm;
  /** What the form is called on this page; two of one kind are numbered. */
  name: string;
  base: string;
  values: Values;
  /** By field name; `:consent` for the consent box. */
  errors: Record<string, string>;
  /** Advice by field name: nothing is wrong, and nothing is kept from being sent. */
  hints: Record<string, MailHint>;
  /** What concerns the form as a whole. */
  message: string | null;
  phase: Phase;
  /** Epoch ms for countdowns. */
  now: number;
}

export interface Actions {
  input: (name: string, value: string | boolean) => void;
  blur: (name: string) => void;
  /** Take the advice given beside a field. */
  accept: (name: string) => void;
  submit: () => void;
  retry: () => void;
  /** Give up waiting and change the answers. */
  edit: () => void;
  /** Move focus to a field named in the summary. */
  focusField: (name: string) => void;
}

/** What the parts of one form share. */
export interface Session {
  context: FormContext;
  state: FormState;
  /** Show the state as it is now. */
  paint: () => void;
  go: (phase: Phase) => void;
  focusField: (name: string) => void;
}

export function focusFirstError({ state, focusField }: Session): void {
  const names = [...state.definition.fields.map(({ name }) => name), CONSENT];
  const first = names.find((name) => state.errors[name]);
  if (first) focusField(first);
}
