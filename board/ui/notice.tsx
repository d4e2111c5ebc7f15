/** Words for what happened: notices, failures and empty pages. None of them is red: red is for missed deadlines. */
import type { ComponentChildren } from "preact";
import type { ApiError } from "../api/http.ts";

export function Notice({
  tone = "plain",
  children,
}: {
  tone?: "plain" | "strong" | "good";
  children: ComponentChildren;
}) {
  return (
    <div class={`notice notice-${tone}`} role={tone === "strong" ? "alert" : "status"}>
      {children}
    </div>
  );
}

/** What happened, what was kept, what to do. */
export function Failure({ error, what, retry }: { error: ApiError; what: string; retry?: () => void }) {
  return (
    <Notice tone="strong">
      <p>
        <strong>{what}</strong> {error.message}
      </p>
      {error.problem?.errors && error.problem.errors.length > 0 && (
        <ul>
          {error.problem.errors.map(({ pointer, detail }) => (
            <li key={pointer + detail}>
              <code>{pointer}</code> {detail}
            </li>
          ))}
        </ul>
      )}
      {retry && (
        <button type="button" class="button" onClick={retry}>
          Try again
        </button>
      )}
    </Notice>
  );
}

export function Empty({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="empty">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** Stands where content will be; says so only to screen readers, and only after a moment to the eye. */
export function Loading({ what }: { what: string }) {
  return (
    <div class="loading" role="status">
      <span class="unseen">Loading {what}…</span>
      <span class="loading-line" />
      <span class="loading-line" />
      <span class="loading-line" />
    </div>
  );
}
