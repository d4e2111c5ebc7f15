/** A draft tried on the real leads of a period: begin one, watch it, cancel it, read what would have been. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Backtest, BacktestAnswer } from "../../../schema/wire/backtests.ts";
import { now } from "../../api/clock.ts";
import { draft } from "../../api/draft.ts";
import { call } from "../../api/http.ts";
import { useResource } from "../../api/resource.ts";
import { me, zone } from "../../api/session.ts";
import { speaker } from "../../api/speaker.ts";
import { progressOf, STATUS_WORDS, triedInWords } from "../../logic/backtest.ts";
import { may } from "../../logic/rights.ts";
import { actorName } from "../../logic/sentences.ts";
import { addDays, localDay, zoneCity } from "../../logic/times.ts";
import { plural } from "../../logic/words.ts";
import { go, place, withQuery } from "../../router.ts";
import { useAction } from "../../ui/action.ts";
import { ActionForm } from "../../ui/actionForm.tsx";
import { announce } from "../../ui/announcer.tsx";
import { Card } from "../../ui/card.tsx";
import { Field } from "../../ui/field.tsx";
import { Failure, Loading } from "../../ui/notice.tsx";
import { Time } from "../../ui/time.tsx";
import { BacktestResult } from "./backtestResult.tsx";
import { PolicyPage } from "./frame.tsx";

const ADDRESS = "/board/config/backtest";
const POLL_MS = 1500;

export function BacktestPage() {
  const id = place.value.query.get("id");
  const list = useResource<{ backtests: Backtest[] }>("/v1/backtests");
  useEffect(() => void draft.loadOnce(), []);
  return (
    <PolicyPage title="Back-test">
      <div class="trial-page">
        <div class="policy-side">
          {may(me.value?.role, "config.write") && <Begin begun={() => void list.reload()} />}
          <Card title="Back-tests so far">
            {list.error.value && (
              <Failure error={list.error.value} what="They didn’t load." retry={() => void list.reload()} />
            )}
            {list.value.value?.backtests.length === 0 && <p class="faint">None yet.</p>}
            {(list.value.value?.backtests.length ?? 0) > 0 && (
              <p class="faint">Times are in {zoneCity(zone.value)}.</p>
            )}
            <ol class="hole-list">
              {(list.value.value?.backtests ?? []).map((each) => (
                <li key={each.id}>
                  <p>
                    <a
                      href={withQuery(ADDRESS, { id: each.id })}
                      aria-current={each.id === id ? "true" : undefined}
                    >
                      {triedInWords(each)}, <Time at={each.from} /> to <Time at={each.to} />
                    </a>
                  </p>
                  <p class="faint">
                    {STATUS_WORDS[each.status]}, by {actorName(each.startedBy, speaker)}{" "}
                    <Time at={each.startedAt} />
                  </p>
                </li>
              ))}
            </ol>
          </Card>
        </div>
        <div class="answer">
          {id === null ? (
            <div class="empty">
              <h2>What would have been appears here</h2>
              <p>
                Who would have owned which lead, each person’s load before and after, promises, and the
                breaches that would (not) have happened; decided by the very functions that route. Nothing is
                changed.
              </p>
            </div>
          ) : (
            <One key={id} id={id} ended={() => void list.reload()} />
          )}
        </div>
      </div>
    </PolicyPage>
  );
}

function Begin({ begun }: { begun: () => void }) {
  const action = useAction();
  const error = action.error.value;
  const today = localDay(now.peek(), zone.value);
  const begin = (values: Record<string, string>) =>
    action.run(async () => {
      const body = {
        from: values["from"],
        to: values["to"],
        ...(values["what"] === "draft" && { document: draft.document.peek() }),
      };
      const { id } = await call<BacktestAnswer>("/v1/backtests", { method: "POST", body });
      go(withQuery(ADDRESS, { id }), "replace");
      begun();
    });
  return (
    <Card title="Try a policy on real leads">
      <ActionForm
        action={action}
        submit="Start"
        fields={["from", "to", "document"]}
        onValues={(values) => void begin(values)}
      >
        <div class="field-pair">
          <Field label="From" error={error?.field("from")}>
            <input name="from" type="date" required defaultValue={addDays(today, -7)} max={today} />
          </Field>
          <Field label="To" error={error?.field("to")} help="Included">
            <input name="to" type="date" required defaultValue={today} max={today} />
          </Field>
        </div>
        <Field
          label="Policy"
          error={error?.field("document")}
          help={
            draft.dirty.value
              ? undefined
              : "Change it on Edit, and your text can be tried here before it is published."
          }
        >
          <select name="what">
            {draft.dirty.value && <option value="draft">The text in the editor</option>}
            <option value="live">The version in force</option>
          </select>
        </Field>
      </ActionForm>
    </Card>
  );
}

function One({ id, ended }: { id: string; ended: () => void }) {
  const path = `/v1/backtests/${encodeURIComponent(id)}`;
  const found = useResource<BacktestAnswer>(path);
  const cancelling = useAction(() => void found.reload());
  const running = useSignal(false);
  const test = found.value.value;
  useEffect(() => {
    if (!test) return undefined;
    if (test.status !== "running") {
      if (running.peek()) {
        announce(`The back-test is ${STATUS_WORDS[test.status].toLowerCase()}.`);
        ended();
      }
      running.value = false;
      return undefined;
    }
    running.value = true;
    const timer = setTimeout(() => void found.reload(), POLL_MS);
    return () => clearTimeout(timer);
  }, [test]);

  if (!test)
    return found.error.value ? (
      <Failure
        error={found.error.value}
        what="The back-test didn’t load."
        retry={() => void found.reload()}
      />
    ) : (
      <Loading what="the back-test" />
    );
  const { decided, total } = test.progress;
  return (
    <>
      <section class="trial-outcome" aria-label="State of the back-test">
        <p class="trial-headline">
          {STATUS_WORDS[test.status]}: {triedInWords(test)}
        </p>
        <p>
          <Time at={test.from} /> to <Time at={test.to} />, {zoneCity(zone.value)} time
        </p>
        {test.status === "running" && (
          <>
            <progress max={1} value={progressOf(test)} aria-label="Progress" />
            <p class="faint">
              {decided.toLocaleString("en-GB")} of {plural(total, "lead")} decided
            </p>
            {may(me.value?.role, "config.write") && (
              <div class="buttons">
                <button
                  type="button"
                  class="button"
                  disabled={cancelling.busy.value}
                  onClick={() =>
                    void cancelling.run(async () => {
                      await call(`${path}/cancel`, { method: "POST", body: {} });
                      await found.reload();
                    })
                  }
                >
                  Cancel
                </button>
              </div>
            )}
          </>
        )}
        {test.error && <p>{test.error}</p>}
      </section>
      {found.error.value && (
        <Failure error={found.error.value} what="It wasn’t fetched anew." retry={() => void found.reload()} />
      )}
      {test.summary && <BacktestResult test={test} summary={test.summary} />}
    </>
  );
}
