/** What the loader and the form code, built apart, agree upon. Types only: nothing here reaches a bundle. */
import type {
  Acknowledgement,
  CaptureAnswer,
  CaptureBody,
  MailHint,
  PublicForm,
} from "../schema/wire/capture.ts";
import type { Problem } from "../schema/wire/common.ts";

export type { Acknowledgement, CaptureAnswer, CaptureBody, MailHint, Problem, PublicForm };
export type Field = PublicForm["fields"][number];
export type Values = Record<string, string | boolean>;

/** Everything the form code is given about the place it renders in. */
export interface FormContext {
  host: HTMLElement;
  /** An element inside the shadow root that the form fills. */
  mount: HTMLElement;
  /** Where Leadclock is served, with a closing slash. */
  base: string;
  definition: PublicForm;
  /** `#rrggbb` from the embed; the definition's own accent when null. */
  accent: string | null;
  /** Initial values by field name. */
  values: Record<string, unknown>;
  attribution: () => Record<string, unknown>;
  /** Dispatch `leadclock:<type>` on the element. Details carry no answers and no names. */
  announce: (type: string, detail: Record<string, unknown>) => void;
  addStyles: (css: string) => void;
  /** Keep at least the present height, so that swapping the contents moves nothing below. */
  holdHeight: () => void;
}

export type StartForm = (context: FormContext) => void;

export interface MountOptions {
  form: string;
  theme?: "light" | "dark" | "auto";
  accent?: string;
  height?: number;
  host?: string;
  values?: Record<string, unknown>;
}

/** The one global, `window.Leadclock`. */
export interface LeadclockGlobal {
  version: string;
  mount: (place: Element, options: MountOptions) => HTMLElement;
  /** Look again for script tags that wait for their form. */
  scan: () => void;
  /** The form code reports itself here. */
  provide: (start: StartForm) => void;
}

declare global {
  interface Window {
    Leadclock?: LeadclockGlobal;
    dataLayer?: unknown;
  }
}
