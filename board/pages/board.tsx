/** The live board: who has what waiting, how long it may still wait, and what the safety nets hold. */
import { useComputed } from "@preact/signals";
import { now } from "../api/clock.ts";
import { board, boardError, connection, refresh } from "../api/live.ts";
import { me } from "../api/session.ts";
import { groupBoard, type Grouped, type OwnerGroup, type QueueGroup, type Show } from "../logic/grouping.ts";
import { plural } from "../logic/words.ts";
import { go, place, withQuery } from "../router.ts";
import { LeadRow } from "../ui/leadRow.tsx";
import { Failure, Loading } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { Load, LocalTime, State } from "../ui/personBits.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Ahead } from "./boardAhead.tsx";
import { BoardEmpty } from "./boardEmpty.tsx";
import { Figures } from "./boardFigures.tsx";
import { Idle } from "./boardIdle.tsx";

const SHOW_KEY = "leadclock.show";
const SHOWS: readonly [Show, string][] = [
  ["mine", "Mine"],
  ["team", "My team"],
  ["all", "All"],
];

/** The address wins, then what this browser last used, then what the role usually looks at. */
function shown(): Show {
  const wanted = place.value.query.get("show") ?? safeStorage(() => localStorage.getItem(SHOW_KEY));
  const known = SHOWS.find(([show]) => show === wanted)?.[0];
  return known ?? (me.value?.role === "rep" ? "mine" : "all");
}

function safeStorage<T>(access: () => T): T | null {
  try {
    return access();
  } catch {
    return null;
  }
}

export function BoardPage() {
  const show = shown();
  // A provisional lead moves to its owner's list when its window opens: the minute is fine enough for that.
  const minute = useComputed(() => Math.floor(now.value / 60_000));
  const current = board.value;
  const at = Math.max(minute.value * 60_000, now.peek());
  return (
    <Page title="Awaiting first touch" aside={<ShowFilter show={show} />}>
      <Reconnecting />
      {boardError.value && !current && (
        <Failure error={boardError.value} what="The board didn’t load." retry={() => void refresh()} />
      )}
      {!current && !boardError.value && <Loading what="the board" />}
      {current && <Figures today={current.today} nets={current.nets} />}
      {current && <Waiting grouped={groupBoard(current, me.value?.id ?? null, show, at)} show={show} />}
    </Page>
  );
}

function ShowFilter({ show }: { show: Show }) {
  const choose = (next: Show) => {
    safeStorage(() => localStorage.setItem(SHOW_KEY, next));
    go(withQuery("/board", { show: next }), "replace");
  };
  return <Segmented label="Whose leads" choices={SHOWS} chosen={show} choose={choose} />;
}

/** Quiet: what is on show stays, and it says how fresh it is kept meanwhile. */
function Reconnecting() {
  if (connection.value !== "reconnecting" || !board.value) return null;
  return (
    <p class="reconnecting" role="status">
      Reconnecting…{" "}
      {boardError.value
        ? "Shown is what was last known."
        : "Meanwhile the board is fetched every ten seconds."}
    </p>
  );
}

function Waiting({ grouped, show }: { grouped: Grouped; show: Show }) {
  if (grouped.total === 0) return <BoardEmpty show={show} idle={grouped.idle} />;
  return (
    <div class="board">
      {grouped.owners.map((group) => (
        <Owner key={group.person.id} group={group} />
      ))}
      {grouped.ahead.length > 0 && <Ahead leads={grouped.ahead} />}
      {grouped.queues.map((queue) => (
        <QueueList key={queue.id} queue={queue} />
      ))}
      {grouped.idle.length > 0 && <Idle people={grouped.idle} />}
    </div>
  );
}

function Owner({ group: { person, leads } }: { group: OwnerGroup }) {
  const id = `owner-${person.id}`;
  return (
    <section class="group" aria-labelledby={id}>
      <header class="group-head">
        <h2 id={id}>
          {person.name}
          {person.id === me.value?.id && <span class="faint"> (you)</span>}
        </h2>
        <State person={person} />
        <Load person={person} />
        <LocalTime timezone={person.timezone} />
      </header>
      <ul class="rows">
        {leads.map((lead) => (
          <LeadRow key={lead.id} lead={lead} />
        ))}
      </ul>
    </section>
  );
}

function QueueList({ queue }: { queue: QueueGroup }) {
  const id = `queue-${queue.id}`;
  return (
    <section class="group" aria-labelledby={id}>
      <header class="group-head">
        <h2 id={id}>
          <span class="faint">Queue</span> {queue.name}
        </h2>
        <span>looked after by {queue.steward.name}</span>
        <span>{plural(queue.leads.length, "lead")}</span>
      </header>
      <ul class="rows">
        {queue.leads.map((lead) => (
          <LeadRow key={lead.id} lead={lead} />
        ))}
      </ul>
    </section>
  );
}
