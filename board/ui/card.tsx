/** A titled part of a page. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

export function Card({
  title,
  children,
  aside,
}: {
  title: string;
  children: ComponentChildren;
  aside?: ComponentChildren;
}) {
  const id = useId();
  return (
    <section class="card" aria-labelledby={id}>
      <header class="card-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}

/** Raw data for those who want it, closed until asked for. */
export function Raw({ data, label = "Raw data" }: { data: unknown; label?: string }) {
  return (
    <details class="raw">
      <summary>{label}</summary>
      <pre tabIndex={0}>{JSON.stringify(data, null, 2)}</pre>
    </details>
  );
}
