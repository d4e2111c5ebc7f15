/** Logging a touch in full: channel, outcome, note, and when it was. */
import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { Channel } from "../../../schema/config/routing.ts";
import { serverNow } from "../../api/clock.ts";
import { call } from "../../api/http.ts";
import { zone } from "../../api/session.ts";
import { instantToWall, wallToInstant, zoneCity } from "../../logic/times.ts";
import { CHANNEL_WORDS, OUTCOMES_BY_CHANNEL } from "../../logic/words.ts";
import { freshId, useAction } from "../../ui/action.ts";
import { ActionForm } from "../../ui/actionForm.tsx";
import { announce } from "../../ui/announcer.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import type { LeadDialogProps } from "./actions.tsx";

export function TouchDialog({ lead, onClose, onDone, onConflict }: LeadDialogProps) {
  const action = useAction(() => {
    onConflict();
    onClose();
  });
  const channel = useSignal<Channel>(lead.person.phone ? "call" : "email");
  // One id for as long as the dialog is open: a second try after a lost answer is the same touch.
  const id = useMemo(freshId, []);
  const error = action.error.value;
  const log = async (values: Record<string, string>) => {
    const at = values["at"] ? wallToInstant(values["at"], zone.peek()) : null;
    const body = {
      id,
      channel: channel.peek(),
      direction: values["direction"] ?? "outbound",
      outcome: values["outcome"],
      body: values["body"] ?? null,
      at: at === null ? null : new Date(at).toISOString(),
    };
    const done = await action.run(() =>
      call(`/v1/leads/${encodeURIComponent(lead.id)}/touches`, { method: "POST", body }),
    );
    if (!done) return;
    announce("The touch was logged.");
    await onDone();
  };
  return (
    <Dialog title="Log a touch" onClose={onClose}>
      <ActionForm
        action={action}
        submit="Log it"
        onCancel={onClose}
        fields={["channel", "outcome", "body", "at", "direction"]}
        onValues={(values) => void log(values)}
      >
        <div class="field-pair">
          <Field label="Channel" error={error?.field("channel")}>
            <select
              name="channel"
              onChange={(event) => (channel.value = event.currentTarget.value as Channel)}
            >
              {(Object.entries(CHANNEL_WORDS) as [Channel, string][]).map(([value, label]) => (
                <option key={value} value={value} selected={channel.value === value}>
                  {label}
                </option>
              ))}
            </select>
          </Field>
          <Field label="Outcome" error={error?.field("outcome")}>
            <select name="outcome" key={channel.value} required>
              {OUTCOMES_BY_CHANNEL[channel.value].map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </Field>
        </div>
        <Field label="Who started it" error={error?.field("direction")}>
          <select name="direction">
            <option value="outbound">I reached out</option>
            <option value="inbound">They reached us</option>
          </select>
        </Field>
        <Field label="Note" optional error={error?.field("body")}>
          <textarea name="body" rows={3} maxLength={20_000} />
        </Field>
        <Field
          label="When"
          optional
          help={`Empty means now. Times are in ${zoneCity(zone.value)}.`}
          error={error?.field("at")}
        >
          <input type="datetime-local" name="at" max={instantToWall(serverNow(), zone.value)} />
        </Field>
      </ActionForm>
    </Dialog>
  );
}
