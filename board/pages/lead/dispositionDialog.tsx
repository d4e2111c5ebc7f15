/** Closing a lead: nothing closes without a code and a next step. */
import { useSignal } from "@preact/signals";
import { call } from "../../api/http.ts";
import { useResource } from "../../api/resource.ts";
import { zone } from "../../api/session.ts";
import { wallToInstant, zoneCity } from "../../logic/times.ts";
import { useAction } from "../../ui/action.ts";
import { ActionForm } from "../../ui/actionForm.tsx";
import { announce } from "../../ui/announcer.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Failure, Loading } from "../../ui/notice.tsx";
import type { LeadDialogProps } from "./actions.tsx";

interface Code {
  code: string;
  label: string;
  outcome: string;
  recycle: boolean;
}

const OUTCOME_WORDS: Record<string, string> = {
  qualified: "Qualified",
  scheduled: "Meeting booked",
  disqualified: "Disqualified",
  rejected: "Rejected",
  recycled: "Back to marketing",
};

/** Nobody asks not to be contacted by booking a meeting. */
const WON: ReadonlySet<string> = new Set(["qualified", "scheduled"]);

export function DispositionDialog({ lead, onClose, onDone, onConflict }: LeadDialogProps) {
  const codes = useResource<{ dispositions: Code[] }>("/v1/dispositions");
  const chosen = useSignal("");
  const action = useAction(() => {
    onConflict();
    onClose();
  });
  const known = codes.value.value?.dispositions;
  const picked = known?.find(({ code }) => code === chosen.value);
  const error = action.error.value;
  const close = async (values: Record<string, string>) => {
    const at = values["nextActionAt"] ? wallToInstant(values["nextActionAt"], zone.peek()) : null;
    const body = {
      code: chosen.peek(),
      nextStep: values["nextStep"] ?? null,
      note: values["note"] ?? null,
      recycleOn: values["recycleOn"] ?? null,
      nextActionAt: at === null ? null : new Date(at).toISOString(),
      suppress: values["suppress"] !== undefined,
    };
    const done = await action.run(() =>
      call(`/v1/leads/${encodeURIComponent(lead.id)}/disposition`, { method: "POST", body }),
    );
    if (!done) return;
    announce(
      picked?.outcome === "scheduled"
        ? `Booked: ${picked.label}. The lead stays open.`
        : `Closed as ${picked?.label ?? body.code}.`,
    );
    await onDone();
  };
  return (
    <Dialog title="Close this lead" onClose={onClose}>
      {codes.error.value && (
        <Failure error={codes.error.value} what="The codes didn’t load." retry={() => void codes.reload()} />
      )}
      {!known && !codes.error.value && <Loading what="codes" />}
      {known && known.length === 0 && (
        <p>No codes are configured yet. RevOps adds them to the policy under “dispositions”.</p>
      )}
      {known && known.length > 0 && (
        <ActionForm
          action={action}
          submit="Close the lead"
          onCancel={onClose}
          fields={["code", "nextStep", "note", "recycleOn", "nextActionAt"]}
          onValues={(values) => void close(values)}
        >
          <Field label="How did it end?" error={error?.field("code")}>
            <select name="code" required onChange={(event) => (chosen.value = event.currentTarget.value)}>
              <option value="">Choose a code</option>
              {Object.entries(Object.groupBy(known, ({ outcome }) => outcome)).map(([outcome, group]) => (
                <optgroup key={outcome} label={OUTCOME_WORDS[outcome] ?? outcome}>
                  {(group ?? []).map(({ code, label }) => (
                    <option key={code} value={code} selected={chosen.value === code}>
                      {label}
                    </option>
                  ))}
                </optgroup>
              ))}
            </select>
          </Field>
          <Field label="Next step" error={error?.field("nextStep")} help="What happens now, and who does it.">
            <input name="nextStep" required maxLength={1000} autocomplete="off" />
          </Field>
          {picked?.outcome === "scheduled" && (
            <Field
              label="When is it?"
              optional
              help={`The lead stays open, and its clock waits for it. Times are in ${zoneCity(zone.value)}.`}
              error={error?.field("nextActionAt")}
            >
              <input type="datetime-local" name="nextActionAt" />
            </Field>
          )}
          {picked?.recycle && (
            <Field label="Back to marketing on" optional error={error?.field("recycleOn")}>
              <input type="date" name="recycleOn" />
            </Field>
          )}
          <Field label="Note" optional error={error?.field("note")}>
            <textarea name="note" rows={3} maxLength={5000} />
          </Field>
          {picked && !WON.has(picked.outcome) && (
            <label class="check">
              <input type="checkbox" name="suppress" />
              <span>Don’t contact this address any more</span>
            </label>
          )}
        </ActionForm>
      )}
    </Dialog>
  );
}
