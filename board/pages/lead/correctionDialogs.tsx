/** Reporting that an address or a number fails, and moving a lead to another stage. */
import { call } from "../../api/http.ts";
import { useAction } from "../../ui/action.ts";
import { ActionForm } from "../../ui/actionForm.tsx";
import { announce } from "../../ui/announcer.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import type { LeadDialogProps } from "./actions.tsx";
import { StageSelect } from "./ownerDialogs.tsx";

export function BounceDialog({ lead, onClose, onDone, onConflict }: LeadDialogProps) {
  const action = useAction(() => {
    onConflict();
    onClose();
  });
  const error = action.error.value;
  const report = async (values: Record<string, string>) => {
    const kind = values["kind"] === "phone" ? "phone" : "email";
    const body = {
      kind,
      value: kind === "phone" ? lead.person.phone : lead.person.email,
      reason: values["reason"] ?? null,
    };
    const done = await action.run(() =>
      call(`/v1/leads/${encodeURIComponent(lead.id)}/bounces`, { method: "POST", body }),
    );
    if (!done) return;
    announce("The bounce was reported.");
    await onDone();
  };
  return (
    <Dialog title="Report a bounce" onClose={onClose}>
      <p>
        Where no other channel works, the lead goes to data cleanup. Its clock stops when the steward agrees.
      </p>
      <ActionForm
        action={action}
        submit="Report"
        onCancel={onClose}
        fields={["kind", "value", "reason"]}
        onValues={(values) => void report(values)}
      >
        <Field label="What failed" error={error?.field("kind") ?? error?.field("value")}>
          <select name="kind">
            <option value="email">E-mail: {lead.person.email}</option>
            {lead.person.phone && <option value="phone">Phone: {lead.person.phone}</option>}
          </select>
        </Field>
        <Field label="What happened" optional error={error?.field("reason")}>
          <input name="reason" maxLength={1000} autocomplete="off" placeholder="The mailbox doesn’t exist" />
        </Field>
      </ActionForm>
    </Dialog>
  );
}

export function StageDialog({ lead, onClose, onDone, onConflict }: LeadDialogProps) {
  const action = useAction(() => {
    onConflict();
    onClose();
  });
  const move = async ({ stage }: Record<string, string>) => {
    const done = await action.run(() =>
      call(`/v1/leads/${encodeURIComponent(lead.id)}/stage`, { method: "POST", body: { stage } }),
    );
    if (!done) return;
    announce("The stage was changed.");
    await onDone();
  };
  return (
    <Dialog title="Change the stage" onClose={onClose}>
      <ActionForm
        action={action}
        submit="Change it"
        onCancel={onClose}
        fields={["stage"]}
        onValues={(values) => void move(values)}
      >
        <Field
          label="Stage"
          error={action.error.value?.field("stage")}
          help="The owner stays. To change both, hand the lead off."
        >
          <StageSelect current={lead.stage} />
        </Field>
      </ActionForm>
    </Dialog>
  );
}
