/** Letting somebody go for good, and taking them back: what they hold goes to others, unless the policy would have a hole. */
import { call } from "../../api/http.ts";
import { me } from "../../api/session.ts";
import { readHoles } from "../../logic/policy.ts";
import { may } from "../../logic/rights.ts";
import { plural } from "../../logic/words.ts";
import { useAction } from "../../ui/action.ts";
import { ActionForm } from "../../ui/actionForm.tsx";
import { announce } from "../../ui/announcer.tsx";
import { ConfirmDialog } from "../../ui/confirmDialog.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Example } from "../policy/example.tsx";
import { personPath, type PersonDialogProps } from "./dialogs.tsx";

interface Departure {
  leads: number;
  queued: number;
  tasks: number;
}

const goneInWords = (name: string, { leads, queued, tasks }: Departure): string => {
  const held = [
    ...(leads > 0 ? [plural(leads, "lead")] : []),
    ...(queued > 0 ? [`${plural(queued, "lead")} in queues`] : []),
    ...(tasks > 0 ? [plural(tasks, "task")] : []),
  ];
  return held.length === 0
    ? `${name} is deactivated.`
    : `${name} is deactivated: ${held.join(", ")} went to others.`;
};

export function DeactivateDialog({ person, onClose, onDone }: PersonDialogProps) {
  const action = useAction();
  const error = action.error.value;
  const holes = error ? readHoles(error.body) : [];
  const leave = async ({ reason = null }: { reason?: string | null }) => {
    let gone: Departure = { leads: 0, queued: 0, tasks: 0 };
    const ask = async () => {
      gone = await call<Departure>(personPath(person, "deactivate"), { method: "POST", body: { reason } });
    };
    if (!(await action.run(ask))) return;
    announce(goneInWords(person.name, gone));
    await onDone();
  };
  if (holes.length > 0)
    return (
      <Dialog title={`${person.name} can’t be deactivated yet`} onClose={onClose}>
        <Holes name={person.name} holes={holes} />
        <div class="buttons">
          <button type="button" class="button" onClick={onClose}>
            Close
          </button>
        </div>
      </Dialog>
    );
  return (
    <Dialog title={`Deactivate ${person.name}`} onClose={onClose}>
      <ActionForm
        action={action}
        submit="Deactivate"
        onCancel={onClose}
        fields={["reason"]}
        onValues={(values) => void leave(values)}
      >
        <p class="help">
          For somebody who leaves. The {plural(person.open, "open lead")} they own, their tasks and the queues
          they keep go to others at once; no policy assigns to them any more. It is refused where a lead could
          then end with nobody.
        </p>
        <Field label="Reason" optional error={error?.field("reason")}>
          <input name="reason" maxLength={500} autocomplete="off" />
        </Field>
      </ActionForm>
    </Dialog>
  );
}

interface HolesProps {
  name: string;
  holes: ReturnType<typeof readHoles>;
}

function Holes({ name, holes }: HolesProps) {
  const replays = may(me.value?.role, "config.read");
  return (
    <>
      <p role="alert">
        Without {name} the policy in force would have{" "}
        {holes.length === 1 ? "a hole" : `${holes.length} holes`}. Nothing was changed. Publish a document
        that does without them, then try again.
      </p>
      <ul class="finding-list finding-error">
        {holes.map((hole, index) => (
          <li key={index}>
            <p>{hole.message}</p>
            {replays && hole.counterexample && (
              <Example finding={hole.message} example={hole.counterexample} />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

export const ReactivateDialog = ({ person, onClose, onDone }: PersonDialogProps) => (
  <ConfirmDialog
    title={`Take ${person.name} back`}
    submit="Reactivate"
    act={() => call(personPath(person, "reactivate"), { method: "POST", body: {} })}
    done={`${person.name} is active again.`}
    onClose={onClose}
    onDone={onDone}
  >
    <p>{person.name} takes part in every rotation again from now on. What they held stays where it went.</p>
  </ConfirmDialog>
);
