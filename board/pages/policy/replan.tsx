/** Open leads finish under the version they came under, until RevOps moves them: first what would move, then the word. */
import { useSignal, type Signal } from "@preact/signals";
import type { ReplanAnswer } from "../../../schema/wire/replan.ts";
import { call } from "../../api/http.ts";
import { speaker } from "../../api/speaker.ts";
import { addUp, NOTHING_MOVED, shiftOf, shiftWords, type ReplanSum } from "../../logic/replan.ts";
import { plural } from "../../logic/words.ts";
import { useAction, type Action } from "../../ui/action.ts";
import { ActionForm } from "../../ui/actionForm.tsx";
import { announce } from "../../ui/announcer.tsx";
import { Field } from "../../ui/field.tsx";
import { LeadLink } from "../../ui/leadLink.tsx";
import { Time } from "../../ui/time.tsx";

const A_PAGE = 50;
/** More rows than this nobody reads; the sums have them all. */
const MOST_ROWS = 50;

/** Page after page, so that a long list shows how far it is and no single call takes too long. */
async function replanAll(reason: string, dryRun: boolean, so: (sum: ReplanSum) => void): Promise<ReplanSum> {
  let sum = NOTHING_MOVED;
  let after: string | null = null;
  do {
    const answer: ReplanAnswer = await call("/v1/leads/replan", {
      method: "POST",
      body: { dryRun, reason, limit: A_PAGE, after },
    });
    sum = addUp(sum, answer);
    so(sum);
    after = answer.next;
  } while (after !== null);
  return sum;
}

export function Replan({ version }: { version: number }) {
  const preview = useSignal<ReplanSum | null>(null);
  const moved = useSignal<ReplanSum | null>(null);
  const looking = useAction();
  const moving = useAction();
  const look = async () => {
    moved.value = null;
    const ok = await looking.run(() => replanAll("Preview", true, (sum) => (preview.value = sum)));
    if (!ok) preview.value = null;
  };
  const move = async (reason: string) => {
    if (!(await moving.run(() => replanAll(reason, false, (sum) => (moved.value = sum))))) return;
    announce(`${plural(moved.peek()?.leads ?? 0, "lead")} moved to version ${version}.`);
    preview.value = null;
  };
  return (
    <section class="replan" aria-label="Open leads under older versions">
      <h2>Open leads under older versions</h2>
      <p>
        They finish under the version they came under. You may move them to version {version}: owners stay, no
        rule is run again, a first touch that is awaited gets its new target, and no promise to a visitor
        moves.
      </p>
      <button type="button" class="button" disabled={looking.busy.value} onClick={() => void look()}>
        {looking.busy.value ? `Looking… ${preview.value?.leads ?? 0} so far` : "See what would move"}
      </button>
      <Failed action={looking} />
      {preview.value && !looking.busy.value && <Preview sum={preview.value} />}
      {preview.value && preview.value.leads > 0 && !looking.busy.value && (
        <MoveForm sum={preview.value} version={version} moving={moving} move={(why) => void move(why)} />
      )}
      <Moved moved={moved} version={version} busy={moving.busy.value} />
    </section>
  );
}

const Failed = ({ action }: { action: Action }) =>
  action.error.value && (
    <p class="form-error" role="alert">
      {action.error.value.message}
    </p>
  );

interface MoveProps {
  sum: ReplanSum;
  version: number;
  moving: Action;
  move: (reason: string) => void;
}

const MoveForm = ({ sum, version, moving, move }: MoveProps) => (
  <ActionForm
    action={moving}
    submit={`Move ${plural(sum.leads, "lead")} to version ${version}`}
    fields={["reason"]}
    onValues={({ reason = "" }) => move(reason)}
  >
    <Field label="Why" error={moving.error.value?.field("reason")} help="It stands in each lead’s timeline.">
      <input name="reason" required maxLength={500} autocomplete="off" />
    </Field>
  </ActionForm>
);

function Moved({
  moved,
  version,
  busy,
}: {
  moved: Signal<ReplanSum | null>;
  version: number;
  busy: boolean;
}) {
  const sum = moved.value;
  if (!sum) return null;
  const left = sum.refused === 0 ? "" : ` ${plural(sum.refused, "lead")} changed meanwhile; look again.`;
  return (
    <p class="done">
      {busy
        ? `${sum.leads} moved so far…`
        : `${plural(sum.leads, "lead")} moved to version ${version}.${left}`}
    </p>
  );
}

function Preview({ sum }: { sum: ReplanSum }) {
  if (sum.leads === 0) return <p class="faint">None: every open lead is under the version in force.</p>;
  return (
    <>
      <p>
        <strong>{plural(sum.leads, "lead")} would move.</strong> First touches: {sum.sooner} due sooner,{" "}
        {sum.later} later, {sum.same} as they are.
      </p>
      {sum.changed.length > 0 && (
        <div class="report-scroll" role="region" aria-label="What would move" tabIndex={0}>
          <table class="report-table">
            <thead>
              <tr>
                <th scope="col">Lead</th>
                <th scope="col">Owner</th>
                <th scope="col">SLA policy</th>
                <th scope="col">First touch due</th>
                <th scope="col">Would be</th>
                <th scope="col">Change</th>
              </tr>
            </thead>
            <tbody>
              {sum.changed.slice(0, MOST_ROWS).map((each) => (
                <Row key={each.leadId} moved={each} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {sum.changed.length > MOST_ROWS && (
        <p class="faint">
          The first {MOST_ROWS} of {sum.changed.length} whose deadline or SLA policy changes.
        </p>
      )}
    </>
  );
}

function Row({ moved: { leadId, owner, before, after } }: { moved: ReplanAnswer["moved"][number] }) {
  return (
    <tr>
      <th scope="row">
        <LeadLink id={leadId} />
      </th>
      <td>{owner === null ? "–" : speaker.name(owner)}</td>
      <td>{before.sla === after.sla ? after.sla : `${before.sla} → ${after.sla}`}</td>
      <td>
        <Time at={before.firstTouchDueAt} />
      </td>
      <td>
        <Time at={after.firstTouchDueAt} />
      </td>
      <td class="figure">{shiftWords(shiftOf({ before, after }))}</td>
    </tr>
  );
}
