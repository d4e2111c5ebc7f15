/** Every version ever in force, and the way to put an old one into the editor: rollback is publishing it again. */
import type { Resource } from "../../api/resource.ts";
import { board } from "../../api/live.ts";
import { actorName } from "../../logic/sentences.ts";
import { Card } from "../../ui/card.tsx";
import { Failure } from "../../ui/notice.tsx";
import { Time } from "../../ui/time.tsx";

export interface Version {
  version: number;
  publishedAt: string;
  publishedBy: string | null;
  note: string | null;
}

const speaker = {
  name: (id: string) => board.value?.people.find((person) => person.id === id)?.name ?? id,
  time: String,
};

interface Props {
  list: Resource<{ versions: Version[] }>;
  load: ((version: number) => void) | null;
}

export function Versions({ list, load }: Props) {
  const versions = list.value.value?.versions ?? [];
  return (
    <Card title="Versions">
      {list.error.value && (
        <Failure error={list.error.value} what="Versions didn’t load." retry={() => void list.reload()} />
      )}
      <ol class="versions">
        {versions.map(({ version, publishedAt, publishedBy, note }, index) => (
          <li key={version}>
            <p>
              <strong>Version {version}</strong>{" "}
              {index === 0 ? (
                <span class="chip">in force</span>
              ) : (
                load && (
                  <button type="button" class="as-link" onClick={() => load(version)}>
                    Put into the editor
                  </button>
                )
              )}
            </p>
            <p class="faint">
              <Time at={publishedAt} />
              {publishedBy && ` by ${actorName(publishedBy, speaker)}`}
            </p>
            {note && <p>{note}</p>}
          </li>
        ))}
      </ol>
    </Card>
  );
}
