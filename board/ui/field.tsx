/** A labelled control with its help and its error beside it. */
import { cloneElement, type ComponentChildren, type VNode } from "preact";
import { useId } from "preact/hooks";

interface Props {
  label: string;
  /** One control; it gets the id and the descriptions. */
  children: VNode<Record<string, unknown>>;
  help?: ComponentChildren;
  error?: string | null | undefined;
  optional?: boolean;
}

export function Field({ label, children, help, error, optional = false }: Props) {
  const id = useId();
  const described = [help ? `${id}-help` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  const control = cloneElement(children, {
    id,
    ...(described && { "aria-describedby": described }),
    ...(error && { "aria-invalid": "true" }),
  });
  return (
    <div class="field">
      <label for={id}>
        {label}
        {optional && <span class="faint"> (optional)</span>}
      </label>
      {control}
      {help && (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
