/** The brake: a banner on every page while clocks only report, and the way to pull and to release it, with a reason. */
import { useSignal } from "@preact/signals";
import { enforcement, setEnforcement } from "../api/enforcement.ts";
import { me } from "../api/session.ts";
import { speaker } from "../api/speaker.ts";
import { may } from "../logic/rights.ts";
import { actorName } from "../logic/sentences.ts";
import { useAction } from "./action.ts";
import { ActionForm } from "./actionForm.tsx";
import { announce } from "./announcer.tsx";
import { Dialog } from "./dialog.tsx";
import { Field } from "./field.tsx";
import { Time } from "./time.tsx";

export function BrakeBanner() {
  const now = enforcement.value;
  if (now?.mode !== "observe") return null;
  return (
    <aside class="brake" aria-label="The brake is on">
      <p>
        <strong>Clocks only report.</strong> Nothing is reassigned and nobody gets a strike
        {now.since && (
          <>
            , since <Time at={now.since} />
          </>
        )}
        {now.by && ` by ${actorName(now.by, speaker)}`}
        {now.reason ? `: ${now.reason}` : ""}.
      </p>
      <Brake />
    </aside>
  );
}

/** The button, for those who may. */
export function Brake() {
  const open = useSignal(false);
  const now = enforcement.value;
  if (!now || !may(me.value?.role, "brake")) return null;
  const braked = now.mode === "observe";
  return (
    <>
      <button type="button" class="button" onClick={() => (open.value = true)}>
        {braked ? "Let clocks act again…" : "Pull the brake…"}
      </button>
      {open.value && <BrakeDialog braked={braked} onClose={() => (open.value = false)} />}
    </>
  );
}

function BrakeDialog({ braked, onClose }: { braked: boolean; onClose: () => void }) {
  const action = useAction();
  const turn = async (reason: string) => {
    if (!(await action.run(() => setEnforcement(braked ? "enforce" : "observe", reason)))) return;
    announce(braked ? "Clocks act again." : "The brake is on: clocks only report.");
    onClose();
  };
  return (
    <Dialog title={braked ? "Let clocks act again" : "Pull the brake"} onClose={onClose}>
      <p>
        {braked
          ? "Leads whose first touch passed meanwhile begin anew with a whole target each, one after another: nothing is taken from anybody at once."
          : "Clocks go on and report what passes, but nothing is reassigned and nobody gets a strike. Warnings, tasks and openings go on."}
      </p>
      <ActionForm
        action={action}
        submit={braked ? "Let them act" : "Pull the brake"}
        onCancel={onClose}
        fields={["reason"]}
        onValues={({ reason = "" }) => void turn(reason)}
      >
        <Field label="Why" help="It is kept, with your name." error={action.error.value?.field("reason")}>
          <input name="reason" required minLength={3} maxLength={500} autocomplete="off" />
        </Field>
      </ActionForm>
    </Dialog>
  );
}
