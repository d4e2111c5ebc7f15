/** Publishing: a word on what changed, refused while errors are known; and what happens when somebody else was faster. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ConfigVersion } from "../../../schema/wire/config.ts";
import { draft } from "../../api/draft.ts";
import { call } from "../../api/http.ts";
import { verification } from "../../api/check.ts";
import { speaker } from "../../api/speaker.ts";
import type { syntaxError } from "../../logic/jsonPosition.ts";
import { actorName } from "../../logic/sentences.ts";
import { plural } from "../../logic/words.ts";
import { announce } from "../../ui/announcer.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Time } from "../../ui/time.tsx";
import { ChangeList } from "./versions.tsx";

/** Why it can't be published as it stands; null where nothing is known against it. */
function obstacle(syntax: ReturnType<typeof syntaxError>): string | null {
  if (syntax) return "The text isn’t valid JSON.";
  const found = verification.found.value;
  const errors = found && found.text === draft.text.value ? found.verification.errors.length : 0;
  if (errors > 0)
    return `${plural(errors, "error")} would let a lead reach nobody, or can’t be read: see the findings.`;
  return draft.dirty.value ? null : "Nothing has changed yet.";
}

export function PublishBar({ syntax }: { syntax: ReturnType<typeof syntaxError> }) {
  const note = useSignal("");
  const { busy, error, published, check } = verification;
  const against = obstacle(syntax);
  async function publish(): Promise<void> {
    if (!(await verification.publish(note.peek()))) return;
    note.value = "";
    announce(`Version ${published.peek() ?? ""} is published and in force.`);
  }
  const next = draft.version.value === null ? "" : ` as version ${draft.version.value + 1}`;
  return (
    <form
      class="publish"
      onSubmit={(event) => {
        event.preventDefault();
        void publish();
      }}
    >
      <button
        type="button"
        class="button"
        disabled={busy.value !== null || syntax !== null}
        onClick={() => void check()}
      >
        {busy.value === "checking" ? "Proving…" : "Check"}
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
        disabled={busy.value === "publishing" || against !== null}
        aria-describedby="publish-against"
      >
        {busy.value === "publishing" ? "Proving…" : `Publish${next}`}
      </button>
      <p id="publish-against" class="faint">
        {published.value !== null && !draft.dirty.value ? "" : against}
      </p>
      {published.value !== null && !draft.dirty.value && (
        <p class="done">
          Version {published.value} is in force. Open leads finish under the version they started with.
        </p>
      )}
      {error.value && (
        <p class="form-error" role="alert">
          {error.value.status === 422 ? "Not published: see the findings." : error.value.message}
        </p>
      )}
    </form>
  );
}

/** Somebody published in between: who, when, why; the text here is kept, and nothing was overwritten. */
export function Conflict() {
  const conflict = verification.conflict.value;
  const theirs = conflict?.version ?? null;
  const versions = useSignal<ConfigVersion[]>([]);
  useEffect(() => {
    if (theirs === null) return;
    call<{ versions: ConfigVersion[] }>("/v1/config/versions").then(
      (answer) => (versions.value = answer.versions),
      () => (versions.value = []),
    );
  }, [theirs]);
  if (theirs === null) return null;
  const mine = draft.version.value ?? 0;
  const since = versions.value.filter(({ version }) => version > mine && version <= theirs);
  return (
    <Notice tone="strong">
      <p>
        <strong>
          Not published: version {theirs} came into force while you were editing version {mine}.
        </strong>{" "}
        Your text is kept here.
      </p>
      <ul>
        {since.map(({ version, publishedAt, publishedBy, note }) => (
          <li key={version}>
            Version {version}, <Time at={publishedAt} /> by {actorName(publishedBy, speaker)}
            {note && `: ${note}`}
          </li>
        ))}
      </ul>
      {conflict && conflict.changes.length > 0 && (
        <details open>
          <summary>What they changed</summary>
          <ChangeList changes={conflict.changes} />
        </details>
      )}
      <div class="buttons">
        <button
          type="button"
          class="button"
          onClick={() => {
            draft.rebase(theirs);
            verification.conflict.value = null;
          }}
        >
          Keep my text: publish it over theirs next
        </button>
        <button
          type="button"
          class="button"
          onClick={() => {
            verification.conflict.value = null;
            void draft.load();
          }}
        >
          Drop my text: take version {theirs}
        </button>
      </div>
    </Notice>
  );
}
