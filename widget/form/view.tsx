/** The form as it is filled in and sent. Views are plain functions of the state; `app.ts` owns every change. */
import type { Child } from "../dom/jsx-runtime.ts";
import type { PublicForm } from "../types.ts";
import { Acknowledged } from "./acknowledged.tsx";
import type { Reason } from "./delivery.ts";
import { FieldView, Tick } from "./field.tsx";
import type { Actions, FormState } from "./state.ts";
import { CONSENT } from "./validate.ts";
import { wideFields } from "./wide.ts";

const WHY: Record<Reason, string> = {
  offline: "No answer yet.",
  trouble: "The server has trouble.",
  busy: "Very busy just now.",
};

function Waiting({ reason, seconds, actions }: { reason: Reason; seconds: number; actions: Actions }): Child {
  return (
    <>
      {WHY[reason]} Still trying, nothing is lost
      <span aria-hidden="true">{seconds > 0 ? ` (${seconds} s)` : ""}</span>.{" "}
      <button type="button" class="link" onClick={actions.edit}>
        Edit answers
      </button>
    </>
  );
}

function Summary({ state, actions }: { state: FormState; actions: Actions }): Child {
  const { definition, errors, message } = state;
  const labels: [string, string][] = definition.fields.map(({ name, label }) => [name, label]);
  const wrong = [...labels, [CONSENT, "Consent"] as const].filter(([name]) => errors[name]);
  if (message) return <strong>{message}</strong>;
  if (!wrong.length) return null;
  return (
    <>
      {wrong.length === 1 ? "One answer needs a look: " : `${wrong.length} answers need a look: `}
      {wrong.map(([name, label], at) => (
        <span>
          {at > 0 && ", "}
          <button type="button" class="link" onClick={() => actions.focusField(name)}>
            {label}
          </button>
        </span>
      ))}
    </>
  );
}

function Status({ state, actions }: { state: FormState; actions: Actions }): Child {
  const { phase, now } = state;
  if (phase.at === "waiting") {
    const seconds = Math.ceil((phase.until - now) / 1000);
    return <Waiting reason={phase.reason} seconds={seconds} actions={actions} />;
  }
  if (phase.at === "sending") return phase.slow ? "This is taking longer than usual. Nothing is lost." : null;
  return <Summary state={state} actions={actions} />;
}

const LABEL: Partial<Record<FormState["phase"]["at"], string>> = { sending: "Sending…", waiting: "Try now" };

function Foot({ state, actions }: { state: FormState; actions: Actions }): Child {
  const { phase, definition } = state;
  const isBusy = phase.at === "sending" || (phase.at === "waiting" && phase.reason === "busy");
  const label = phase.at === "waiting" && isBusy ? "Waiting…" : (LABEL[phase.at] ?? definition.submitLabel);
  return (
    <div class="foot wide">
      <button type="submit" class="submit" aria-disabled={isBusy}>
        {label}
      </button>
      <p class={`status ${phase.at}`} role="status">
        <Status state={state} actions={actions} />
      </p>
    </div>
  );
}

function Head({ definition }: { definition: PublicForm }): Child {
  const { title, description } = definition;
  if (!title && !description) return null;
  return (
    <div class="wide">
      {title && (
        <p class="title" id="title" role="heading" aria-level={2}>
          {title}
        </p>
      )}
      {description && <p class="description">{description}</p>}
    </div>
  );
}

function Fields({ state, actions }: { state: FormState; actions: Actions }): Child {
  const { definition, values, errors, hints, phase } = state;
  const isLocked = phase.at !== "editing";
  const shown = definition.fields.filter(({ type }) => type !== "hidden");
  const wide = wideFields(shown);
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    if (isLocked) actions.retry();
    else actions.submit();
  };
  return (
    <form class="grid" novalidate aria-label={state.name} onSubmit={onSubmit}>
      <Head definition={definition} />
      {shown.map((field) => (
        <FieldView
          field={field}
          value={values[field.name]}
          error={errors[field.name]}
          hint={hints[field.name]}
          isWide={wide.includes(field)}
          isLocked={isLocked}
          actions={actions}
        />
      ))}
      {definition.consent && (
        <Tick
          name={CONSENT}
          label={definition.consent.label}
          isRequired={definition.consent.required}
          isTicked={values[CONSENT] === true}
          error={errors[CONSENT]}
          isLocked={isLocked}
          actions={actions}
        />
      )}
      <Foot state={state} actions={actions} />
    </form>
  );
}

export function FormView({ state, actions }: { state: FormState; actions: Actions }): Child {
  const { phase, base, now } = state;
  if (phase.at === "acknowledged") return <Acknowledged answer={phase.answer} base={base} now={now} />;
  return <Fields state={state} actions={actions} />;
}
