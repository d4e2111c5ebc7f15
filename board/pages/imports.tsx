/** Imports of records: how far each came, what was refused, and what to do about one that stopped. */
import { useEffect } from "preact/hooks";
import type { ImportOnWire } from "../../schema/wire/imports.ts";
import { useResource } from "../api/resource.ts";
import { speaker } from "../api/speaker.ts";
import { advice, pollEvery, shareOf, stateWords } from "../logic/imports.ts";
import { actorName } from "../logic/sentences.ts";
import { plural } from "../logic/words.ts";
import { Empty, Failure, Loading } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { Time } from "../ui/time.tsx";

const grouped = (count: number): string => count.toLocaleString("en");

export function ImportsPage() {
  const { value, error, reload } = useResource<{ imports: ImportOnWire[] }>("/v1/imports?limit=50");
  const imports = value.value?.imports ?? null;
  const every = pollEvery(imports);
  useEffect(() => {
    // A page nobody looks at asks nothing.
    const timer = setInterval(() => document.hidden || void reload(), every);
    return () => clearInterval(timer);
  }, [every]);
  return (
    <Page title="Imports">
      {error.value && <Failure error={error.value} what="Imports didn’t load." retry={() => void reload()} />}
      {imports === null && !error.value && <Loading what="imports" />}
      {imports?.length === 0 && <NoImports />}
      {imports !== null && imports.length > 0 && (
        <ul class="imports">
          {imports.map((each) => (
            <ImportRow key={each.id} of={each} />
          ))}
        </ul>
      )}
    </Page>
  );
}

function NoImports() {
  return (
    <Empty title="Nothing was imported yet">
      <p>
        Accounts, contacts and opportunities from your CRM appear here while they come in, and afterwards.
      </p>
      <p>
        On a machine with this repository:{" "}
        <code>npx leadclock import accounts.csv --to {location.origin}</code>
      </p>
    </Empty>
  );
}

function ImportRow({ of: each }: { of: ImportOnWire }) {
  const { kind, name, received, upserted, rejected, startedAt, updatedAt, finishedAt, status } = each;
  const hint = advice(each);
  return (
    <li class="import">
      <div class="import-what">
        <strong>{name}</strong> {kind !== "keys" && <span class="chip">{kind}</span>}
        <span class={`import-state import-${status}`}>{stateWords(each)}</span>
      </div>
      <Bar of={each} />
      <p class="import-figures">
        <span>
          <span class="figure">{grouped(received)}</span> {kind === "keys" ? "looked at" : "read"}
        </span>
        <span>
          <span class="figure">{grouped(upserted)}</span> {kind === "keys" ? "rebuilt" : "taken"}
        </span>
        {rejected > 0 && <Refused of={each} />}
      </p>
      {hint && <p>{hint}</p>}
      <p class="faint">
        {finishedAt === null ? "Begun " : "Done "}
        <Time at={finishedAt ?? startedAt} /> by {actorName(each.startedBy, speaker)}
        {finishedAt === null && (
          <>
            , last news <Time at={updatedAt} />
          </>
        )}
      </p>
    </li>
  );
}

function Bar({ of: each }: { of: ImportOnWire }) {
  const share = shareOf(each);
  if (each.status === "done" || share === null) return null;
  const percent = Math.floor(share * 100);
  return (
    <div class="import-bar">
      <progress value={percent} max={100} aria-label={`Progress of ${each.name}`}>
        {percent} %
      </progress>
      <span class="figure">{percent} %</span>
    </div>
  );
}

function Refused({ of: { id, name, rejected, errorsKept } }: { of: ImportOnWire }) {
  return (
    <span>
      <a
        href={`/v1/imports/${encodeURIComponent(id)}/errors`}
        download
        aria-label={`${plural(rejected, "refused line")} of ${name}, as a file`}
      >
        <span class="figure">{grouped(rejected)}</span> refused
      </a>
      {errorsKept < rejected && <span class="faint"> (the file has the first {grouped(errorsKept)})</span>}
    </span>
  );
}
