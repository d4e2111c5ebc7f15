/** The hero of a lead's page: what is due and how long is left, who owns it, what the visitor was promised. */
import { useComputed } from "@preact/signals";
import type { Lead } from "../../../schema/wire/lead.ts";
import { now } from "../../api/clock.ts";
import { board } from "../../api/live.ts";
import { me, zone } from "../../api/session.ts";
import { duration } from "../../logic/countdown.ts";
import { deadlineOf, isAhead, isClosed } from "../../logic/grouping.ts";
import { promiseState, provenTouch } from "../../logic/promise.ts";
import { stewardDueAt } from "../../logic/steward.ts";
import { knownZone } from "../../logic/times.ts";
import { stageBeside, STATUS_WORDS } from "../../logic/words.ts";
import { Countdown } from "../../ui/countdown.tsx";
import { Facts, type Fact } from "../../ui/facts.tsx";
import { State } from "../../ui/personBits.tsx";
import { Time } from "../../ui/time.tsx";
import { Opening } from "../boardAhead.tsx";

export function Hero({ lead }: { lead: Lead }) {
  return (
    <section class="hero" aria-label="Now">
      <div class="hero-clock">
        <Clock lead={lead} />
      </div>
      <Facts of={factsOf(lead)} look="hero-facts" />
    </section>
  );
}

const factsOf = (lead: Lead): Fact[] => [
  [lead.queue ? "Queue" : "Owner", <Holder lead={lead} />],
  ["Promised to the visitor", <Promised lead={lead} />],
  [
    "Status",
    <>
      {[STATUS_WORDS[lead.status], stageBeside(STATUS_WORDS[lead.status], lead.stage)]
        .filter(Boolean)
        .join(", ")}
      {lead.reassignments > 0 && <span class="faint"> (reassigned {lead.reassignments}×)</span>}
    </>,
  ],
  [
    "Score",
    <>
      <span class="figure">{lead.score}</span>{" "}
      <span class="faint">
        fit {lead.fit}, intent {lead.intent}
        {lead.segment ? `, ${lead.segment}` : ""}
      </span>
    </>,
  ],
];

function Clock({ lead }: { lead: Lead }) {
  if (lead.disposition && isClosed(lead)) {
    return (
      <>
        <p class="hero-label">
          Closed <Time at={lead.disposition.at} />
        </p>
        <p class="hero-words">{lead.disposition.label}</p>
        {lead.disposition.note && <p class="quoted">{lead.disposition.note}</p>}
      </>
    );
  }
  if (isAhead(lead, now.peek())) {
    const owner = board.value?.people.find(({ id }) => id === lead.owner?.id);
    return (
      <>
        <p class="hero-label">Waiting for opening</p>
        <p class="hero-words">
          <Opening at={lead.clockStartsAt} timezone={knownZone(owner?.timezone, zone.value)} />
        </p>
      </>
    );
  }
  const deadline = lead.queue ? { ...deadlineOf(lead), dueAt: stewardDueAt(lead) } : deadlineOf(lead);
  if (deadline.dueAt === null) return <Touched lead={lead} />;
  return (
    <>
      <p class="hero-label">{dueWhat(lead)}</p>
      <Countdown deadline={deadline} size="hero" />
      <p class="hero-due">
        due <Time at={deadline.dueAt} lead={lead.person.timezone} exact />
      </p>
      {lead.firstTouchAt !== null && <Touched lead={lead} small />}
    </>
  );
}

function dueWhat(lead: Lead): string {
  if (lead.queue) return "Steward’s answer";
  if (lead.firstTouchAt === null) return "First touch";
  return lead.secondTouchAt === null && lead.secondTouchDueAt !== null ? "Second touch" : "Next action";
}

function Touched({ lead, small = false }: { lead: Lead; small?: boolean }) {
  if (lead.firstTouchAt === null) return <p class="hero-words">No deadline</p>;
  const took = duration(Date.parse(lead.firstTouchAt) - Date.parse(lead.createdAt));
  if (small) return <p class="hero-due">first touch after {took}</p>;
  return (
    <>
      <p class="hero-label">First touch</p>
      <p class="hero-words figure">after {took}</p>
      <p class="hero-due">
        <Time at={lead.firstTouchAt} lead={lead.person.timezone} />
      </p>
    </>
  );
}

function Holder({ lead }: { lead: Lead }) {
  if (lead.queue) {
    return (
      <>
        {lead.queue.name} <span class="faint">looked after by {lead.queue.steward.name}</span>
      </>
    );
  }
  if (!lead.owner) return <span class="faint">being assigned</span>;
  const person = board.value?.people.find(({ id }) => id === lead.owner!.id);
  return (
    <>
      {lead.owner.name}
      {lead.owner.id === me.value?.id && <span class="faint"> (you)</span>}
      {lead.provisional && <span class="faint"> provisionally</span>}
      {person && (
        <>
          {" "}
          <State person={person} />
        </>
      )}
      {lead.backup && <div class="faint">backup {lead.backup.name}</div>}
    </>
  );
}

function Promised({ lead }: { lead: Lead }) {
  const { promiseAt, firstTouchAt } = lead;
  const closedAt = isClosed(lead) ? (lead.disposition?.at ?? null) : null;
  // Read for the render that a passing deadline asks for.
  const at = (moment: number) => promiseState(promiseAt, firstTouchAt, moment, closedAt, provenTouch(lead));
  const state = useComputed(() => at(now.value).kind).value;
  const promise = at(now.peek());
  if (promise.kind === "none") return <span class="faint">that somebody will answer, without a time</span>;
  return (
    <>
      by <Time at={promise.promiseAt} lead={lead.person.timezone} />{" "}
      <span class={`promise promise-${promise.kind === "closed" && promise.late ? "broken" : state}`}>
        {promise.kind === "kept" && `kept, with ${duration(promise.earlyMs)} to spare`}
        {promise.kind === "broken" && promise.answered && `not kept: ${duration(promise.lateMs)} late`}
        {promise.kind === "broken" && !promise.answered && "not kept so far"}
        {promise.kind === "open" && "still to keep"}
        {promise.kind === "closed" &&
          (promise.late ? "not kept: closed before anybody reached out" : "withdrawn: closed before that")}
      </span>
    </>
  );
}
