/** What the visitor does, and when they are told that something is wrong: late to blame, quick to forgive. */
import type { Field, MailHint } from "../types.ts";
import type { Sender } from "./sender.ts";
import { type Actions, focusFirstError, type Session } from "./state.ts";
import { faultOf, faultsOf } from "./validate.ts";

/** Judge one field again and show the result. @returns its type; none for the consent box */
function recheck({ state, paint }: Session, name: string): Field["type"] | undefined {
  const { definition, values } = state;
  const field = definition.fields.find((field) => field.name === name);
  const fault = field ? faultOf(field, values[name]) : faultsOf(definition, values)[name];
  state.errors[name] = fault ?? "";
  paint();
  return field?.type;
}

/** A misspelt mail provider is told beside the address, and stands in nobody's way. Only the domain is asked about. */
function advise({ context, state, paint }: Session, name: string): void {
  const typed = state.values[name] as string;
  const say = (hint: MailHint): void => {
    if (!hint.message || state.values[name] !== typed) return;
    state.hints[name] = hint;
    paint();
  };
  fetch(`${context.base}v1/mail-domains/${typed.split("@")[1]}`)
    .then((answer): Promise<MailHint> => answer.json())
    // Without an answer there is no advice, and nothing is amiss.
    .then(say, () => {});
}

/** @returns whether the form may be sent; if not, its faults are shown */
function judge(session: Session): boolean {
  const { context, state, paint } = session;
  state.message = null;
  state.errors = faultsOf(state.definition, state.values);
  paint();
  const fields = Object.keys(state.errors);
  if (!fields.length) return true;
  focusFirstError(session);
  context.announce("error", { form: state.definition.key, reason: "invalid", status: 0, fields });
  return false;
}

export function makeActions(session: Session, sender: Sender): Actions {
  const { state, paint, go, focusField } = session;
  const edited = new Set<string>();
  return {
    input: (name, value) => {
      state.values[name] = value;
      state.message = null;
      edited.add(name);
      const hint = state.hints[name];
      delete state.hints[name];
      if (state.errors[name] || typeof value === "boolean") recheck(session, name);
      else if (hint) paint();
    },
    blur: (name) => {
      if (!edited.has(name) || state.phase.at !== "editing") return;
      if (recheck(session, name) === "email" && !state.errors[name]) advise(session, name);
    },
    accept: (name) => {
      const meant = `@${state.hints[name]?.suggestion}`;
      state.values[name] = (state.values[name] as string).replace(/@.*/, meant);
      state.hints = {};
      paint();
      focusField(name);
    },
    submit: () => {
      if (state.phase.at === "editing" && judge(session)) sender.submit(state.values);
    },
    retry: sender.retry,
    edit: () => {
      sender.stop();
      go({ at: "editing" });
      const first = state.definition.fields.find(({ type }) => type !== "hidden");
      if (first) focusField(first.name);
    },
    focusField,
  };
}
