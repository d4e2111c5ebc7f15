/** Checking and publishing: the check is the server's proof; publishing needs a word on what changed. */
import { useSignal, type Signal } from "@preact/signals";
import { asApiError, call } from "../../api/http.ts";
import { positionOf, type syntaxError } from "../../logic/jsonPosition.ts";
import { readVerification, type Verification } from "../../logic/policy.ts";
import { plural } from "../../logic/words.ts";
import { useAction, type Action } from "../../ui/action.ts";
import { announce } from "../../ui/announcer.tsx";

export interface VerificationState {
  /** What the server found, and for which text: findings about an older text say so. */
  found: Signal<{ verification: Verification; text: string } | null>;
  published: Signal<number | null>;
  action: Action;
  check: () => Promise<void>;
  publish: (note: string) => Promise<boolean>;
  marks: (text: string, syntax: ReturnType<typeof syntaxError>) => ReadonlySet<number>;
}

export function useVerification(text: Signal<string | null>, onPublished: () => void): VerificationState {
  const found = useSignal<{ verification: Verification; text: string } | null>(null);
  const published = useSignal<number | null>(null);
  const action = useAction();

  async function send(query: string): Promise<unknown> {
    const sent = text.peek() ?? "";
    published.value = null;
    try {
      const answer = await call<unknown>(`/v1/config${query}`, { method: "PUT", body: sent });
      found.value = { verification: readVerification(answer) ?? { errors: [], warnings: [] }, text: sent };
      return answer;
    } catch (failure) {
      // A refusal carries what was found; it is an answer, not only a failure.
      const error = asApiError(failure);
      const verification = error.status === 422 || error.status === 400 ? readVerification(error.body) : null;
      if (verification) found.value = { verification, text: sent };
      throw error;
    }
  }

  async function check(): Promise<void> {
    if (!(await action.run(() => send("?dryRun=1")))) return;
    const { errors, warnings } = found.peek()!.verification;
    announce(`Checked: ${plural(errors.length, "error")}, ${plural(warnings.length, "warning")}.`);
  }

  async function publish(note: string): Promise<boolean> {
    const query = `?note=${encodeURIComponent(note)}`;
    const done = await action.run(async () => {
      const answer = (await send(query)) as { version?: number } | null;
      published.value = answer?.version ?? 0;
    });
    if (!done) return false;
    announce(`Version ${published.peek() ?? ""} is published and in force.`);
    onPublished();
    return true;
  }

  function marks(current: string, syntax: ReturnType<typeof syntaxError>): ReadonlySet<number> {
    if (syntax) return new Set([syntax.line]);
    const lines = (found.value?.verification.errors ?? []).flatMap(
      ({ pointer }) => positionOf(current, pointer)?.line ?? [],
    );
    return new Set(lines);
  }

  return { found, published, action, check, publish, marks };
}

interface BarProps {
  verification: VerificationState;
  syntax: ReturnType<typeof syntaxError>;
  dirty: boolean;
  newest: number | null;
}

export function PublishBar({
  verification: { action, check, publish, published },
  syntax,
  dirty,
  newest,
}: BarProps) {
  const note = useSignal("");
  const refused = action.error.value;
  return (
    <form
      class="publish"
      onSubmit={async (event) => {
        event.preventDefault();
        if (await publish(note.peek())) note.value = "";
      }}
    >
      <button
        type="button"
        class="button"
        disabled={action.busy.value || syntax !== null}
        onClick={() => void check()}
      >
        Check
      </button>
      <label class="publish-note">
        <span class="unseen">What changed, and why</span>
        <input
          placeholder="What changed, and why"
          required
          maxLength={500}
          autocomplete="off"
          value={note.value}
          onInput={(event) => (note.value = event.currentTarget.value)}
        />
      </label>
      <button
        type="submit"
        class="button button-main"
        disabled={action.busy.value || syntax !== null || !dirty}
      >
        {action.busy.value ? "Proving…" : `Publish${newest === null ? "" : ` as version ${newest + 1}`}`}
      </button>
      {published.value !== null && (
        <p class="done">
          Version {published.value} is in force. Open leads finish under the version they started with.
        </p>
      )}
      {refused && (
        <p class="form-error" role="alert">
          {refused.status === 422
            ? "Not published: the errors below would let a lead reach nobody, or can’t be read."
            : refused.message}
        </p>
      )}
    </form>
  );
}
