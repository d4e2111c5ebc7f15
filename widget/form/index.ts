/** The form code's entry: styles the place it is given and starts the form there. */
import type { FormContext } from "../types.ts";
import { startForm } from "./app.ts";
import { accentRules } from "./colour.ts";
import css from "./form.css?inline";

window.Leadclock?.provide((context: FormContext) => {
  context.addStyles(css);
  context.addStyles(accentRules(context.accent ?? context.definition.accent));
  startForm(context);
});
