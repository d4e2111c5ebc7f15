/** One form's life: its state, what shows it, and the pieces that change it, put together. */
import { render } from "../dom/jsx-runtime.ts";
import type { FormContext, PublicForm, Values } from "../types.ts";
import { makeActions } from "./actions.ts";
import { promisedAt } from "./promise.ts";
import { makeSender } from "./sender.ts";
import type { FormState, Session } from "./state.ts";
import { findPending } from "./submission.ts";
import { FormView } from "./view.tsx";

/** Hidden fields take what the page gives, else the address's parameter of that name, else the definition's value. */
function initialValues({ definition, values: given }: FormContext): Values {
  const address = new URLSearchParams(location.search);
  const values: Values = {};
  for (const { name, type, value } of definition.fields) {
    const preset = given[name] ?? (type === "hidden" ? address.get(name) : null) ?? value;
    if (type === "checkbox") values[name] = preset === true || preset === "true";
    else values[name] = typeof preset === "string" || typeof preset === "number" ? `${preset}` : "";
  }
  return values;
}

const named = new Map<string, number>();

/** Landmarks need names of their own: the second form of one kind is numbered. */
function uniqueName({ title, name }: PublicForm): string {
  const own = title ?? name;
  const count = (named.get(own) ?? 0) + 1;
  named.set(own, count);
  return count > 1 ? `${own} ${count}` : own;
}

/** Seconds count down while we wait, minutes until the promised time has come. */
function isCounting({ phase, now }: FormState): boolean {
  if (phase.at === "waiting") return true;
  return phase.at === "acknowledged" && promisedAt(phase.answer.acknowledgement) > now;
}

export function startForm(context: FormContext): void {
  const { host, mount, base, definition } = context;
  const pending = findPending(context);
  let ticking: ReturnType<typeof setTimeout> | undefined;
  const state: FormState = {
    definition,
    name: uniqueName(definition),
    base,
    values: { ...initialValues(context), ...pending?.values },
    errors: {},
    hints: {},
    message: null,
    phase: { at: "editing" },
    now: Date.now(),
  };
  const paint = (): void => {
    state.now = Date.now();
    render(mount, FormView({ state, actions }));
    clearTimeout(ticking);
    // An element taken out of the page stops counting, and goes on when it is back.
    if (isCounting(state)) ticking = setTimeout(() => host.isConnected && paint(), 1000);
  };
  const session: Session = {
    context,
    state,
    paint,
    go: (phase) => {
      state.phase = phase;
      paint();
    },
    focusField: (name) => mount.querySelector<HTMLElement>(`[name="${name}"]`)?.focus(),
  };
  const sender = makeSender(session, pending);
  const actions = makeActions(session, sender);
  host.addEventListener("leadclock:connected", paint);
  paint();
  if (pending) sender.send(pending);
}
