/** Asks before something is done for which nothing has to be filled in. */
import type { ComponentChildren } from "preact";
import { useAction } from "./action.ts";
import { ActionForm } from "./actionForm.tsx";
import { announce } from "./announcer.tsx";
import { Dialog } from "./dialog.tsx";

interface Props {
  title: string;
  /** What it does, before it is done. */
  children: ComponentChildren;
  submit: string;
  act: () => Promise<unknown>;
  /** What is said once it is done. */
  done: string;
  onClose: () => void;
  onDone: () => Promise<void>;
}

export function ConfirmDialog({ title, children, submit, act, done, onClose, onDone }: Props) {
  const action = useAction();
  const confirm = async () => {
    if (!(await action.run(act))) return;
    announce(done);
    await onDone();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <ActionForm
        action={action}
        submit={submit}
        onCancel={onClose}
        fields={[]}
        onValues={() => void confirm()}
      >
        {children}
      </ActionForm>
    </Dialog>
  );
}
