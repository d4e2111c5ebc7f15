/** Every version ever in force: who, when and why, what it changed; an old one is put into the editor or brought back. */
import { useSignal } from "@preact/signals";
import type { ConfigChange, ConfigVersion } from "../../../schema/wire/config.ts";
import { draft } from "../../api/draft.ts";
import { call } from "../../api/http.ts";
import { useResource, type Resource } from "../../api/resource.ts";
import { me } from "../../api/session.ts";
import { speaker } from "../../api/speaker.ts";
import { printPolicy } from "../../logic/policy.ts";
import { may } from "../../logic/rights.ts";
import { actorName } from "../../logic/sentences.ts";
import { go } from "../../router.ts";
import { useAction, type Action } from "../../ui/action.ts";
import { ActionForm } from "../../ui/actionForm.tsx";
import { announce } from "../../ui/announcer.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Empty, Failure, Loading } from "../../ui/notice.tsx";
import { Time } from "../../ui/time.tsx";
import { PolicyPage } from "./frame.tsx";
import { Replan } from "./replan.tsx";

export function VersionsPage() {
  const list = useResource<{ versions: ConfigVersion[] }>("/v1/config/versions");
  const loading = useAction();
  const back = useSignal<number | null>(null);
  const versions = list.value.value?.versions ?? null;
  const newest = versions?.[0]?.version ?? 0;
  const edit = (version: number) =>
    loading.run(async () => {
      await draft.loadOnce();
      draft.text.value = printPolicy(await call(`/v1/config?version=${version}`));
      go("/board/config/edit");
    });
  return (
    <PolicyPage title="Versions">
      {list.error.value && (
        <Failure error={list.error.value} what="Versions didn’t load." retry={() => void list.reload()} />
      )}
      {!versions && !list.error.value && <Loading what="versions" />}
      {versions?.length === 0 && (
        <Empty title="Nothing is published yet">
          <p>Each published version appears here with who published it, when and why, and stays.</p>
        </Empty>
      )}
      {loading.error.value && <Failure error={loading.error.value} what="That version didn’t load." />}
      {newest > 1 && may(me.value?.role, "config.write") && <Replan version={newest} />}
      {versions && versions.length > 0 && (
        <ol class="versions">
          {versions.map((version) => (
            <Row
              key={version.version}
              version={version}
              newest={newest}
              loading={loading}
              edit={() => void edit(version.version)}
              bringBack={() => (back.value = version.version)}
            />
          ))}
        </ol>
      )}
      {back.value !== null && (
        <BringBack version={back.value} newest={newest} list={list} onClose={() => (back.value = null)} />
      )}
    </PolicyPage>
  );
}

interface RowProps {
  version: ConfigVersion;
  newest: number;
  loading: Action;
  edit: () => void;
  bringBack: () => void;
}

function Row({
  version: { version, publishedAt, publishedBy, note },
  newest,
  loading,
  edit,
  bringBack,
}: RowProps) {
  const inForce = version === newest;
  return (
    <li class="version">
      <div class="version-what">
        <h2>
          Version {version} {inForce && <span class="chip">in force</span>}
        </h2>
        <p class="faint">
          <Time at={publishedAt} /> by {actorName(publishedBy, speaker)}
        </p>
        {note && <p>{note}</p>}
        {version > 1 && (
          <Changes
            summary={`What it changed in version ${version - 1}`}
            version={version}
            against={version - 1}
          />
        )}
        {!inForce && version + 1 < newest && (
          <Changes summary={`What version ${newest} has otherwise`} version={newest} against={version} />
        )}
      </div>
      {!inForce && may(me.value?.role, "config.write") && (
        <div class="buttons">
          <button type="button" class="button" disabled={loading.busy.value} onClick={edit}>
            Put into the editor
          </button>
          <button type="button" class="button" onClick={bringBack}>
            Bring back…
          </button>
        </div>
      )}
    </li>
  );
}

/** Fetched when somebody looks: most lists are only skimmed. */
function Changes({ summary, version, against }: { summary: string; version: number; against: number }) {
  const open = useSignal(false);
  const diff = useResource<{ changes: ConfigChange[] }>(
    open.value ? `/v1/config/versions/${version}/diff?against=${against}` : null,
  );
  return (
    <details class="raw" onToggle={(event) => (open.value = event.currentTarget.open)}>
      <summary>{summary}</summary>
      {open.value && !diff.value.value && !diff.error.value && <Loading what="changes" />}
      {diff.error.value && (
        <Failure error={diff.error.value} what="The changes didn’t load." retry={() => void diff.reload()} />
      )}
      {diff.value.value && <ChangeList changes={diff.value.value.changes} />}
    </details>
  );
}

export function ChangeList({ changes }: { changes: readonly ConfigChange[] }) {
  if (changes.length === 0) return <p class="faint">Nothing.</p>;
  return (
    <ul class="changes">
      {changes.map(({ kind, text, pointer }) => (
        <li key={`${kind} ${pointer} ${text}`}>
          <span class="chip">{kind}</span> {text}
        </li>
      ))}
    </ul>
  );
}

interface BackProps {
  version: number;
  newest: number;
  list: Resource<unknown>;
  onClose: () => void;
}

/** Rollback is publishing an old version again: verified as of today, with a word on why. */
function BringBack({ version, newest, list, onClose }: BackProps) {
  const action = useAction(() => void list.reload());
  const bring = async (note: string) => {
    const path = `/v1/config/versions/${version}/restore?note=${encodeURIComponent(note)}`;
    const headers = { "if-match": `"v${newest}"` };
    if (!(await action.run(() => call(path, { method: "POST", body: {}, headers })))) return;
    announce(`Version ${version} is in force again, as version ${newest + 1}.`);
    onClose();
    await list.reload();
    // Whoever edits goes on from what is in force now; a text with changes is kept and told at publishing.
    if (!draft.dirty.peek()) await draft.load();
  };
  return (
    <Dialog title={`Bring version ${version} back`} onClose={onClose}>
      <p>
        It is verified as of today and published as version {newest + 1}. Open leads finish under the version
        they started with; nobody who was deactivated comes back.
      </p>
      <Changes summary="What that changes" version={version} against={newest} />
      <ActionForm
        action={action}
        submit={`Publish version ${version} again`}
        onCancel={onClose}
        fields={[]}
        onValues={({ note = "" }) => void bring(note)}
      >
        <Field label="Why">
          <input name="note" required maxLength={500} autocomplete="off" />
        </Field>
      </ActionForm>
    </Dialog>
  );
}
