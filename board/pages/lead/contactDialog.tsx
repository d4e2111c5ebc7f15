/** Putting contact data right: only what somebody changed is sent, and what that changes is said before they send it. */
import type { Lead } from "../../../schema/wire/lead.ts";
import { call } from "../../api/http.ts";
import { useAction } from "../../ui/action.ts";
import { ActionForm } from "../../ui/actionForm.tsx";
import { announce } from "../../ui/announcer.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import type { LeadDialogProps } from "./actions.tsx";

type Name = "email" | "phone" | "name" | "company" | "title" | "country";

const FIELDS: readonly (readonly [name: Name, label: string, type: "email" | "tel" | "text"])[] = [
  ["email", "E-mail", "email"],
  ["phone", "Phone", "tel"],
  ["name", "Name", "text"],
  ["company", "Company", "text"],
  ["title", "Title", "text"],
  ["country", "Country", "text"],
];

/** What differs from the lead as it was opened; null empties a field. */
export const changedContact = (
  person: Pick<Lead["person"], Name>,
  values: Readonly<Record<string, string>>,
): Partial<Record<Name, string | null>> =>
  Object.fromEntries(
    FIELDS.map(([name]) => [name, values[name] ?? null] as const).filter(
      ([name, value]) => value !== (person[name]?.trim() || null),
    ),
  );

export function ContactDialog({ lead, onClose, onDone, onConflict }: LeadDialogProps) {
  const action = useAction();
  const error = action.error.value;
  const correct = async (values: Record<string, string>) => {
    const changed = changedContact(lead.person, values);
    if (Object.keys(changed).length === 0) return onClose();
    const body = { ...changed, reason: values["reason"] ?? null, version: lead.version };
    const path = `/v1/leads/${encodeURIComponent(lead.id)}`;
    if (await action.run(() => call(path, { method: "PATCH", body }))) {
      announce("The contact data were corrected.");
      return onDone();
    }
    // An address that another lead has is theirs to choose again; a lead that changed is to be looked at first.
    const failed = action.error.peek();
    if (failed?.kind !== "conflict" || failed.field("email") !== null) return;
    onConflict();
    onClose();
  };
  return (
    <Dialog title="Correct contact data" onClose={onClose}>
      <p>
        The lead is matched and scored again. While nobody has acted it may be routed to somebody else; out of
        data cleanup it goes back to its owner, with a new target.
      </p>
      <ActionForm
        action={action}
        submit="Correct it"
        onCancel={onClose}
        fields={FIELDS.map(([name]) => name)}
        onValues={(values) => void correct(values)}
      >
        {FIELDS.map(([name, label, type]) => (
          <Field key={name} label={label} optional={name !== "email"} error={error?.field(name)}>
            <input
              name={name}
              type={type as "text"}
              required={name === "email"}
              maxLength={name === "email" ? 254 : name === "phone" ? 40 : 500}
              autocomplete="off"
              defaultValue={lead.person[name] ?? ""}
            />
          </Field>
        ))}
        <Field label="Why" optional error={error?.field("reason")}>
          <input
            name="reason"
            maxLength={500}
            autocomplete="off"
            placeholder="They wrote from another address"
          />
        </Field>
      </ActionForm>
    </Dialog>
  );
}
