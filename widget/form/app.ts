/** One form's life: its state, every change to it, and when the page is told. */
import { render } from "../dom/jsx-runtime.ts";
import type { CaptureAnswer, FormContext, Values } from "../shared.ts";
import { type Delivery, deliver, type Result } from "./delivery.ts";
import { announce, tellDataLayer } from "./events.ts";
import { readRefusal } from "./problem.ts";
import type { Actions, FormState, Phase } from "./state.ts";
import { findPending, forget, keep, makeSubmission, type Submission } from "./submission.ts";
import { CONSENT, faultOf, faultsOf } from "./validate.ts";
import { FormView } from "./view.tsx";

/** Sending is instant most of the time; only after this does the form say that it takes longer. */
const SLOW_MS = 3000;

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

function uniqueName({ title, name }: FormContext["definition"]): string {
  const own = title ?? name;
  const count = (named.get(own) ?? 0) + 1;
  named.set(own, count);
  return count > 1 ? `${own} ${count}` : own;
}

export function startForm(context: FormContext): void {
  const { host, mount, base, definition } = context;
  const { key } = definition;
  const url = `${base}v1/forms/${encodeURIComponent(key)}/submissions`;
  let current: Submission | null = findPending(context);
  let delivery: Delivery | null = null;
  let ticking: ReturnType<typeof setTimeout> | undefined;
  let hasNewId = false;
  const state: FormState = {
    definition,
    name: uniqueName(definition),
    base,
    values: { ...initialValues(context), ...current?.values },
    errors: {},
    message: null,
    phase: { at: "editing" },
    now: Date.now(),
  };

  const paint = (): void => {
    state.now = Date.now();
    render(mount, FormView({ state, actions }));
    clearTimeout(ticking);
    const isCounting = state.phase.at === "waiting" || (state.phase.at === "acknowledged" && isAhead(state.phase.answer));
    // An element taken out of the page stops counting, and goes on when it is back.
    if (isCounting) ticking = setTimeout(() => (host.isConnected ? paint() : undefined), 1000);
  };
  const isAhead = ({ acknowledgement }: CaptureAnswer): boolean =>
    acknowledgement.promiseAt !== null && Date.parse(acknowledgement.promiseAt) > state.now;
  const go = (phase: Phase): void => {
    state.phase = phase;
    paint();
  };
  const focusField = (name: string): void => mount.querySelector<HTMLElement>(`[name="${name}"]`)?.focus();
  const focusFirstError = (): void => {
    const first = [...definition.fields.map(({ name }) => name), CONSENT].find((name) => state.errors[name]);
    if (first) focusField(first);
  };

  const acknowledge = (submission: Submission, answer: CaptureAnswer): void => {
    forget(context, submission);
    const { kind, owner, promiseAt } = answer.acknowledgement;
    const hadFocus = !!host.shadowRoot?.activeElement;
    context.holdHeight();
    go({ at: "acknowledged", answer });
    const shown = mount.querySelector<HTMLElement>(".acknowledged");
    // Focus only follows where it was: somebody who has moved on to another part of the page stays there.
    if (hadFocus && shown) {
      shown.focus({ preventScroll: true });
      const { top, bottom } = shown.getBoundingClientRect();
      if (top < 0 || bottom > innerHeight) shown.scrollIntoView({ block: "center" });
    }
    announce(host, "acknowledged", { form: key, leadId: answer.leadId, kind, hasOwner: owner !== null, promiseAt });
    tellDataLayer(key, kind);
  };
  const refuse = (submission: Submission, { status, problem }: Extract<Result, { kind: "refused" }>): void => {
    if (status === 409 && !hasNewId) {
      hasNewId = true;
      forget(context, submission);
      // The id belongs to something else: the same content under a fresh one.
      send(makeSubmission(context, submission.values, null));
      return;
    }
    // Nothing was stored: the answers stay in the form, and the id with them should they be sent unchanged.
    forget(context, submission);
    const refusal = readRefusal(status, problem, definition);
    state.errors = refusal.errors;
    state.message = refusal.message;
    go({ at: "editing" });
    focusFirstError();
    if (status === 403) console.error(`Leadclock: ${location.origin} is not among the allowed origins of form "${key}"`);
    announce(host, "error", { form: key, reason: "refused", status, fields: Object.keys(refusal.errors) });
  };
  const send = (submission: Submission): void => {
    current = submission;
    keep(context, submission);
    delivery = deliver(url, submission.body, {
      sending: () => {
        go({ at: "sending", slow: false });
        setTimeout(() => state.phase.at === "sending" && go({ at: "sending", slow: true }), SLOW_MS);
      },
      waiting: (reason, until) => {
        go({ at: "waiting", reason, until });
        announce(host, "error", { form: key, reason, status: 0, fields: [] });
      },
      ended: (result) => {
        if (result.kind === "answered") acknowledge(submission, result.answer);
        else refuse(submission, result);
      },
    });
  };

  const check = (name: string): string | null => {
    if (name === CONSENT) return faultsOf(definition, state.values)[CONSENT] ?? null;
    const field = definition.fields.find((field) => field.name === name);
    return field ? faultOf(field, state.values[name]) : null;
  };
  const recheck = (name: string): void => {
    const { [name]: _, ...others } = state.errors;
    const fault = check(name);
    state.errors = fault ? { ...others, [name]: fault } : others;
    paint();
  };
  const edited = new Set<string>();
  const actions: Actions = {
    input: (name, value) => {
      state.values[name] = value;
      edited.add(name);
      state.message = null;
      // Late to blame, quick to forgive: while typing only a message that is already there changes.
      if (state.errors[name] || typeof value === "boolean") recheck(name);
    },
    blur: (name) => {
      if (edited.has(name) && state.phase.at === "editing") recheck(name);
    },
    submit: () => {
      if (state.phase.at !== "editing") return;
      state.message = null;
      state.errors = faultsOf(definition, state.values);
      paint();
      const fields = Object.keys(state.errors);
      if (fields.length) {
        focusFirstError();
        announce(host, "error", { form: key, reason: "invalid", status: 0, fields });
        return;
      }
      hasNewId = false;
      const submission = makeSubmission(context, state.values, current);
      announce(host, "submit", { form: key, submissionId: submission.id });
      send(submission);
    },
    retry: () => delivery?.now(),
    edit: () => {
      delivery?.stop();
      go({ at: "editing" });
      const first = definition.fields.find(({ type }) => type !== "hidden");
      if (first) focusField(first.name);
    },
    focusField,
  };

  host.addEventListener("leadclock:connected", paint);
  paint();
  if (current) send(current);
}
