/** Imports of records: how far each came, what was refused, and what to do about one that stopped. */
import { useEffect } from "preact/hooks";
import type { ImportOnWire } from "../../schema/wire/imports.ts";
import { useResource } from "../api/resource.ts";
import { speaker } from "../api/speaker.ts";
import { advice, pollEvery, shareOf, stateWords } from "../logic/imports.ts";
import { actorName } from "../logic/sentences.ts";
import { plural } from "../logic/words.ts";
import { Card } from "../ui/card.tsx";
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
      {imports?.length === 0 && (
        <Empty title="Nothing was imported yet">
          <p>
            Accounts, contacts and opportunities from your CRM appear here while they come in, and afterwards.
          </p>
          <HowTo />
        </Empty>
      )}
      {imports !== null && imports.length > 0 && (
        <>
          <ul class="imports">
            {imports.map((each) => (
              <ImportRow key={each.id} of={each} />
            ))}
          </ul>
          <Card title="Import another file">
            <HowTo />
          </Card>
        </>
      )}
    </Page>
  );
}

/** An import is begun where the file is: there is nothing to press here. */
function HowTo() {
  return (
    <div class="import-how">
      <p>
        Save the records from your CRM as CSV or NDJSON. Then, in a folder with Leadclock’s repository, run
      </p>
      <p>
        <code>npx leadclock import accounts.csv --to {location.origin}</code>
      </p>
      <p>
        The path to your file stands in place of <code>accounts.csv</code>; contacts and opportunities come in
        the same way. The command needs an API key with the scope <code>crm:write</code>, in the variable{" "}
        <code>LEADCLOCK_API_KEY</code>, except for the Leadclock of the same folder. The import appears here
        as soon as it begins; interrupted, the same command goes on where it was.
      </p>
      <p>
        A program sends records to <code>PUT /v1/accounts</code>, <code>/v1/contacts</code> or{" "}
        <code>/v1/opportunities</code>, and a large file in parts after <code>PUT /v1/imports/…</code>, which
        appear here, too: the <a href="/docs">API’s documentation</a> says how.
      </p>
    </div>
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
