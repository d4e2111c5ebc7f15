/** What happened (as sentences), what is armed, and who had it when. */
import type { Lead } from "../../../schema/wire/lead.ts";
import { now } from "../../api/clock.ts";
import { board } from "../../api/live.ts";
import { zone } from "../../api/session.ts";
import { meaning, sentence, type Speaker } from "../../logic/sentences.ts";
import { stewardDueAt } from "../../logic/steward.ts";
import { when } from "../../logic/times.ts";
import { causeInWords, TIMER_WORDS } from "../../logic/words.ts";
import { Card, Raw } from "../../ui/card.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Time } from "../../ui/time.tsx";

function speakerFor(lead: Lead): Speaker {
  const names = new Map((board.value?.people ?? []).map(({ id, name }) => [id, name]));
  for (const ref of [
    lead.owner,
    lead.backup,
    lead.queue?.steward,
    ...lead.assignments.map(({ owner }) => owner),
  ]) {
    if (ref) names.set(ref.id, ref.name);
  }
  return { name: (id) => names.get(id) ?? id, time: (at) => when(at, now.peek(), zone.value, true) };
}

/** Newest first: the reader wants to know what happened last. */
export function Timeline({ lead }: { lead: Lead }) {
  const speaker = speakerFor(lead);
  // Turned round first: what happened in one instant stays in its order, too.
  const events = lead.timeline.toReversed().sort((left, right) => right.at.localeCompare(left.at));
  return (
    <Card title="Timeline">
      {events.length === 0 && <p class="faint">Nothing has happened yet.</p>}
      <ol class="timeline">
        {events.map((event) => (
          <li key={event.id} class={`event event-${event.type.replace(/[._]/g, "-")}`}>
            <span class="event-at figure">
              <Time at={event.at} />
            </span>
            <div class="event-body">
              <p title={meaning(event.type)}>{sentence(event, speaker)}</p>
              {typeof event.data["body"] === "string" && <p class="quoted">{event.data["body"]}</p>}
              <Raw
                data={{ type: event.type, actor: event.actor, at: event.at, data: event.data }}
                label="Details"
              />
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}

export function Timers({ lead }: { lead: Lead }) {
  const timers = [...lead.timers].sort((left, right) => left.dueAt.localeCompare(right.dueAt));
  return (
    <Card title="Clock" aside={<span class="faint">SLA {lead.sla}</span>}>
      {timers.length === 0 ? (
        <p class="faint">No timer is armed.</p>
      ) : (
        <Facts
          of={timers.map(({ kind, dueAt }) => [
            kind === "queueAge" && Date.parse(dueAt) !== stewardDueAt(lead)
              ? "Remind the steward"
              : TIMER_WORDS[kind],
            <Time at={dueAt} lead={lead.person.timezone} exact />,
          ])}
        />
      )}
    </Card>
  );
}

export function Assignments({ lead }: { lead: Lead }) {
  return (
    <Card title="Owners">
      <ol class="assignments">
        {lead.assignments.map((each) => (
          <li key={each.seq}>
            <p>
              <strong>{each.owner?.name ?? each.queue ?? "nobody"}</strong>
              {each.owner && each.queue && <span class="faint"> (queue {each.queue})</span>}{" "}
              <span class="faint">
                from <Time at={each.at} />
              </span>
            </p>
            <p class="faint">
              {causeInWords(each.reason)}
              {each.ruleId && (
                <>
                  {" "}
                  (<code>{each.ruleId}</code>)
                </>
              )}
            </p>
            {each.considered.length > 0 && (
              <Raw data={each.considered} label={`Considered (${each.considered.length})`} />
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}
