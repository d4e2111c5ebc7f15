/** The frame of every form that does one thing: fields, what went wrong, the button that does it. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { formValues, type Action } from "./action.ts";

interface Props {
  action: Action;
  submit: string;
  children: ComponentChildren;
  onValues: (values: Record<string, string>) => void;
  onCancel?: (() => void) | undefined;
  /** Names whose errors stand beside their fields, so that they aren't said twice. */
  fields: readonly string[];
}

export function ActionForm({ action, submit, children, onValues, onCancel, fields }: Props) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // A form that came after its dialog (its choices had to be fetched) takes the focus from the title.
    const title = document.activeElement;
    if (title instanceof HTMLHeadingElement && title.closest("dialog")) {
      form.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
    }
  }, []);
  const error = action.error.value;
  const beside = error !== null && fields.some((name) => error.field(name) !== null);
  return (
    <form
      ref={form}
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        onValues(formValues(event.currentTarget));
      }}
    >
      {children}
      {error && (
        <p class="form-error" role="alert">
          {beside ? "Look at the marked field: nothing was changed." : error.message}
        </p>
      )}
      <div class="buttons">
        <button type="submit" class="button button-main" disabled={action.busy.value}>
          {action.busy.value ? "Sending…" : submit}
        </button>
        {onCancel && (
          <button type="button" class="button" onClick={onCancel}>
            Cancel
          </button>
        )}
      </div>
    </form>
  );
}
