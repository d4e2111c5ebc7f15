/** The calendars that somebody's time off comes from, and what is wrong with one that can't be read. */
import type { BoardPerson } from "../../../schema/wire/board.ts";
import { plural } from "../../logic/words.ts";
import { Time } from "../../ui/time.tsx";

/** One of `GET /v1/time-off-feeds`. */
export interface Feed {
  id: string;
  person: string | null;
  team: string | null;
  okAt: string | null;
  failures: number;
  /** False: it can't be read any more, and what it told may be cancelled by hand. */
  readable: boolean;
  error: string | null;
  events: number;
}

export function Feeds({ person, feeds }: { person: BoardPerson; feeds: readonly Feed[] | null }) {
  const theirs = (feeds ?? []).filter(
    ({ person: id, team }) => id === person.id || (team !== null && person.teams.includes(team)),
  );
  if (theirs.length === 0) return null;
  return (
    <ul class="time-off" aria-label={`Calendars of ${person.name}`}>
      {theirs.map((feed) => (
        <li key={feed.id}>
          {feed.error === null ? <Read feed={feed} /> : <Unread feed={feed} error={feed.error} />}
        </li>
      ))}
    </ul>
  );
}

function Read({ feed: { id, okAt, events } }: { feed: Feed }) {
  if (okAt === null) return <span class="faint">Calendar “{id}” is read within a minute.</span>;
  return (
    <span class="faint">
      Calendar “{id}”: {plural(events, "absence")} ahead, read <Time at={okAt} />
    </span>
  );
}

function Unread({ feed: { id, okAt, failures, readable }, error }: { feed: Feed; error: string }) {
  return (
    <>
      <strong>
        Calendar “{id}” {readable ? "wasn’t read the last time" : "can’t be read"}:
      </strong>{" "}
      {error}, {plural(failures, "try", "tries")} in a row.{" "}
      {okAt === null ? (
        "No time off came from it yet."
      ) : (
        <>
          Time off stays as it was read <Time at={okAt} />.
        </>
      )}
    </>
  );
}
