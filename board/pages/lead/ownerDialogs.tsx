/** Changing the owner: a manager's reassignment, and the handoff that changes owner and stage together. */
import { useSignal } from "@preact/signals";
import type { BoardPerson } from "../../../schema/wire/board.ts";
import { call } from "../../api/http.ts";
import { useResource } from "../../api/resource.ts";
import { zone } from "../../api/session.ts";
import { wallToInstant, zoneCity } from "../../logic/times.ts";
import { STAGE_WORDS, STATE_WORDS } from "../../logic/words.ts";
import { useAction } from "../../ui/action.ts";
import { ActionForm } from "../../ui/actionForm.tsx";
import { announce } from "../../ui/announcer.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { board } from "../../api/live.ts";
import type { LeadDialogProps } from "./actions.tsx";

export function ReassignDialog({ lead, onClose, onDone, onConflict }: LeadDialogProps) {
  const action = useAction(() => {
    onConflict();
    onClose();
  });
  const error = action.error.value;
  const to = useSignal("");
  const reassign = async (values: Record<string, string>) => {
    const body = { to: to.peek() || null, reason: values["reason"] };
    const done = await action.run(() =>
      call(`/v1/leads/${encodeURIComponent(lead.id)}/reassign`, { method: "POST", body }),
    );
    if (!done) return;
    announce("The lead was reassigned.");
    await onDone();
  };
  return (
    <Dialog title="Reassign this lead" onClose={onClose}>
      <ActionForm
        action={action}
        submit="Reassign"
        onCancel={onClose}
        fields={["to", "reason"]}
        onValues={(values) => void reassign(values)}
      >
        <Field label="To" error={error?.field("to")} help="The promise to the visitor stays as it was told.">
          <PersonSelect
            name="to"
            chosen={to.value}
            choose={(id) => (to.value = id)}
            not={lead.owner?.id}
            none="Whoever the policy picks next"
          />
        </Field>
        <Field label="Reason" error={error?.field("reason")} help="Both owners and the timeline are told.">
          <input name="reason" required maxLength={500} autocomplete="off" />
        </Field>
      </ActionForm>
    </Dialog>
  );
}

export function HandoffDialog({ lead, onClose, onDone, onConflict }: LeadDialogProps) {
  const action = useAction(() => {
    onConflict();
    onClose();
  });
  const error = action.error.value;
  const to = useSignal("");
  const handOff = async (values: Record<string, string>) => {
    const at = values["nextActionAt"] ? wallToInstant(values["nextActionAt"], zone.peek()) : null;
    const body = {
      stage: values["stage"],
      to: to.peek(),
      nextAction: values["nextAction"],
      nextActionAt: at === null ? null : new Date(at).toISOString(),
    };
    const done = await action.run(() =>
      call(`/v1/leads/${encodeURIComponent(lead.id)}/handoff`, { method: "POST", body }),
    );
    if (!done) return;
    announce("The lead was handed off.");
    await onDone();
  };
  return (
    <Dialog title="Hand this lead off" onClose={onClose}>
      <ActionForm
        action={action}
        submit="Hand off"
        onCancel={onClose}
        fields={["stage", "to", "nextAction", "nextActionAt"]}
        onValues={(values) => void handOff(values)}
      >
        <Field label="To" error={error?.field("to")}>
          <PersonSelect name="to" chosen={to.value} choose={(id) => (to.value = id)} not={lead.owner?.id} />
        </Field>
        <Field label="New stage" error={error?.field("stage")}>
          <StageSelect current={lead.stage} />
        </Field>
        <Field label="Next action" error={error?.field("nextAction")} help="What the new owner does first.">
          <input name="nextAction" required maxLength={1000} autocomplete="off" />
        </Field>
        <Field
          label="By when"
          optional
          help={`Times are in ${zoneCity(zone.value)}.`}
          error={error?.field("nextActionAt")}
        >
          <input type="datetime-local" name="nextActionAt" />
        </Field>
      </ActionForm>
    </Dialog>
  );
}

export function StageSelect({ current, ...rest }: { current: string; [key: string]: unknown }) {
  return (
    <select {...rest} name="stage" required>
      {Object.entries(STAGE_WORDS).map(([value, label]) => (
        <option key={value} value={value} selected={value === current}>
          {label}
        </option>
      ))}
    </select>
  );
}

interface PersonProps {
  name: string;
  chosen: string;
  choose: (id: string) => void;
  not: string | undefined;
  none?: string;
  [key: string]: unknown;
}

/** People who may hold a lead, those available first; the rest say why not, and may be chosen all the same. */
function PersonSelect({ name, chosen, choose, not, none, ...rest }: PersonProps) {
  const fetched = useResource<{ people: BoardPerson[] }>("/v1/people");
  const people = (fetched.value.value?.people ?? board.value?.people ?? []).filter(
    ({ id, state }) => id !== not && state !== "deactivated",
  );
  const order = (person: BoardPerson) => (person.state === "available" ? 0 : 1);
  const sorted = [...people].sort(
    (left, right) => order(left) - order(right) || left.name.localeCompare(right.name),
  );
  return (
    <select {...rest} name={name} required={!none} onChange={(event) => choose(event.currentTarget.value)}>
      <option value="">{none ?? "Choose a person"}</option>
      {sorted.map((person) => (
        <option key={person.id} value={person.id} selected={chosen === person.id}>
          {person.name}
          {person.state === "available" ? "" : ` (${STATE_WORDS[person.state].toLowerCase()})`}
          {person.capacity !== null && person.awaiting >= person.capacity ? " (full)" : ""}
        </option>
      ))}
    </select>
  );
}
