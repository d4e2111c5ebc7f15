/** One invented person and what they send, before the script gives them a time. */
import type { Story } from "./stories.ts";

/** One submission before it has a time. */
export interface Persona {
  /** Part of the submission's id: letters, digits, dashes. */
  key: string;
  form: "demo" | "contact";
  email: string;
  country: string;
  name?: string | undefined;
  company?: string | undefined;
  title?: string | undefined;
  phone?: string | undefined;
  message?: string | undefined;
  /** Came from the pricing page with an executive's title: scores hot, answered within five minutes. */
  hot?: boolean | undefined;
  /** Where the browser's language isn't their country's. */
  language?: string | undefined;
}

export interface LiveLead {
  persona: Persona;
  /** Minutes before now at which it came in. */
  ago: number;
  story: Story;
  /** Minutes to the first touch; for stories that have one. */
  firstTouch?: number;
  /** Minutes before now at which the same person sends the form again. */
  again?: number;
  /** The calendar of the team it waits for, where no other team takes over by night. */
  waitsFor?: string;
}

type Given = Omit<Persona, "key" | "form">;

/** Somebody who asks for a demo. */
export const demo = (key: string, persona: Given): Persona => ({ key, form: "demo", ...persona });
/** Somebody who only asks a question. */
export const contact = (key: string, persona: Given): Persona => ({ key, form: "contact", ...persona });
