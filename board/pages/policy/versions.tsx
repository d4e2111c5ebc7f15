/** Every version ever in force: who, when and why; an old one can be put into the editor. */
import { useResource } from "../../api/resource.ts";
import { call } from "../../api/http.ts";
import { draft } from "../../api/draft.ts";
import { me } from "../../api/session.ts";
import { speaker } from "../../api/speaker.ts";
import { printPolicy, readConfig } from "../../logic/policy.ts";
import { may } from "../../logic/rights.ts";
import { actorName } from "../../logic/sentences.ts";
import { go } from "../../router.ts";
import { useAction } from "../../ui/action.ts";
import { Empty, Failure, Loading } from "../../ui/notice.tsx";
import { Time } from "../../ui/time.tsx";
import { PolicyPage } from "./frame.tsx";

export interface Version {
  version: number;
  publishedAt: string;
  publishedBy: string | null;
  note: string | null;
}

export function VersionsPage() {
  const list = useResource<{ versions: Version[] }>("/v1/config/versions");
  const loading = useAction();
  const writes = may(me.value?.role, "config.write");
  const versions = list.value.value?.versions ?? null;
  const edit = (version: number) =>
    loading.run(async () => {
      await draft.loadOnce();
      const old = readConfig(await call(`/v1/config?version=${version}`));
      draft.text.value = printPolicy(old.document);
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
      {versions && versions.length > 0 && (
        <ol class="versions">
          {versions.map(({ version, publishedAt, publishedBy, note }, index) => (
            <li key={version} class="version">
              <div>
                <h2>
                  Version {version} {index === 0 && <span class="chip">in force</span>}
                </h2>
                <p class="faint">
                  <Time at={publishedAt} />
                  {publishedBy && ` by ${actorName(publishedBy, speaker)}`}
                </p>
                {note && <p>{note}</p>}
              </div>
              {writes && index > 0 && (
                <div class="buttons">
                  <button
                    type="button"
                    class="button"
                    disabled={loading.busy.value}
                    onClick={() => void edit(version)}
                  >
                    Put into the editor
                  </button>
                </div>
              )}
            </li>
          ))}
        </ol>
      )}
    </PolicyPage>
  );
}
