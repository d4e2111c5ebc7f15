/** A form's submission on its way: what is kept, what the visitor sees meanwhile, and what becomes of the outcome. */
import type { CaptureAnswer, Values } from "../types.ts";
import { deliver, type Delivery, type Result } from "./delivery.ts";
import { readRefusal } from "./problem.ts";
import { focusFirstError, type Session } from "./state.ts";
import { forget, keep, makeSubmission, type Submission } from "./submission.ts";

/** Sending is instant most of the time; only after this does the form say that it takes longer. */
const SLOW_MS = 3000;

export interface Sender {
  /** Send these values: under the last submission's id if they are unchanged. */
  submit: (values: Values) => void;
  send: (submission: Submission) => void;
  retry: () => void;
  stop: () => void;
}

/** Tag managers that already run on the page learn that a form was sent, and nothing about who sent it. */
function tellDataLayer(form: string, kind: string): void {
  if (Array.isArray(window.dataLayer)) {
    window.dataLayer.push({ event: "leadclock_submitted", leadclock_form: form, leadclock_kind: kind });
  }
}

/** The answer takes the form's place. Focus follows only where it was: who has moved on in the page stays there. */
function acknowledge({ context, go }: Session, answer: CaptureAnswer): void {
  const { host, mount, definition, holdHeight } = context;
  const { kind, owner, promiseAt } = answer.acknowledgement;
  const hadFocus = !!host.shadowRoot?.activeElement;
  holdHeight();
  go({ at: "acknowledged", answer });
  const shown = mount.querySelector<HTMLElement>(".acknowledged");
  if (hadFocus && shown) {
    shown.focus({ preventScroll: true });
    const { top, bottom } = shown.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) shown.scrollIntoView({ block: "center" });
  }
  const form = definition.key;
  context.announce("acknowledged", {
    form,
    leadId: answer.leadId,
    kind,
    hasOwner: owner !== null,
    promiseAt,
  });
  tellDataLayer(form, kind);
}

/** Nothing was stored: the answers stay in the form. */
function refuse(session: Session, { status, problem }: Extract<Result, { kind: "refused" }>): void {
  const { context, state, go } = session;
  const { key } = context.definition;
  Object.assign(state, readRefusal(status, problem, context.definition));
  go({ at: "editing" });
  focusFirstError(session);
  context.announce("error", { form: key, reason: "refused", status, fields: Object.keys(state.errors) });
}

/** @param last the submission that an earlier page left unanswered */
export function makeSender(session: Session, last: Submission | null): Sender {
  const { context, state, go } = session;
  const { base, definition } = context;
  const form = definition.key;
  const url = `${base}v1/forms/${encodeURIComponent(form)}/submissions`;
  let delivery: Delivery | undefined;
  let isSecondId = false;

  const ended = (submission: Submission, result: Exclude<Result, { kind: "again" }>): void => {
    forget(context, submission);
    if (result.kind === "answered") acknowledge(session, result.answer);
    else if (result.status === 409 && !isSecondId) {
      // The id belongs to something else: the same content, once, under a fresh one.
      isSecondId = true;
      send(makeSubmission(context, submission.values, null));
    } else refuse(session, result);
  };
  const send = (submission: Submission): void => {
    last = submission;
    keep(context, submission);
    delivery = deliver(url, submission.body, {
      sending: () => {
        go({ at: "sending", slow: false });
        setTimeout(() => state.phase.at === "sending" && go({ at: "sending", slow: true }), SLOW_MS);
      },
      waiting: (reason, until) => {
        go({ at: "waiting", reason, until });
        context.announce("error", { form, reason, status: 0, fields: [] });
      },
      ended: (result) => ended(submission, result),
    });
  };
  const submit = (values: Values): void => {
    isSecondId = false;
    const submission = makeSubmission(context, values, last);
    context.announce("submit", { form, submissionId: submission.id });
    send(submission);
  };
  return { submit, send, retry: () => delivery?.now(), stop: () => delivery?.stop() };
}
