/** The time off that is planned for somebody, each with the way to cancel it; what a calendar says is cancelled there, while that can be read. */
import type { BoardPerson, Strike } from "../../../schema/wire/board.ts";
import { call } from "../../api/http.ts";
import { useAction } from "../../ui/action.ts";
import { announce } from "../../ui/announcer.tsx";
import { Time } from "../../ui/time.tsx";
import type { Feed } from "./feeds.tsx";

/** `GET /v1/people`. */
export interface PeopleAnswer {
  people: BoardPerson[];
  timeOff: {
    id: string;
    person: string;
    start: string;
    end: string;
    reason: string | null;
    feed: string | null;
  }[];
  strikes: Strike[];
  deadlinesMissed: { person: string; count: number }[];
}
export type PersonWithTimeOff = BoardPerson & {
  timeOff: PeopleAnswer["timeOff"];
  strikes: PeopleAnswer["strikes"];
  deadlinesMissed: number;
};

export const withTimeOff = ({
  people,
  timeOff,
  strikes,
  deadlinesMissed,
}: PeopleAnswer): PersonWithTimeOff[] =>
  people.map((person) => ({
    ...person,
    timeOff: timeOff.filter((each) => each.person === person.id),
    strikes: strikes.filter((each) => each.person === person.id),
    deadlinesMissed: deadlinesMissed.find((each) => each.person === person.id)?.count ?? 0,
  }));

export function TimeOffList({
  person,
  feeds,
  changed,
}: {
  person: PersonWithTimeOff;
  feeds: readonly Feed[] | null;
  changed: () => Promise<void>;
}) {
  const action = useAction();
  const planned = person.timeOff;
  if (planned.length === 0) return null;
  const cancelledHere = (from: string | null) =>
    from === null || (feeds !== null && !feeds.some(({ id, readable }) => id === from && readable));
  const cancel = async (id: string) => {
    const path = `/v1/people/${encodeURIComponent(person.id)}/time-off/${encodeURIComponent(id)}`;
    if (!(await action.run(() => call(path, { method: "DELETE" })))) return;
    announce("The time off was cancelled.");
    await changed();
  };
  return (
    <ul class="time-off" aria-label={`Time off of ${person.name}`}>
      {planned.map(({ id, start, end, reason, feed }) => (
        <li key={id}>
          off from <Time at={start} /> to <Time at={end} />
          {reason && <span class="faint"> ({reason})</span>}{" "}
          {cancelledHere(feed) && (
            <button
              type="button"
              class="as-link"
              disabled={action.busy.value}
              onClick={() => void cancel(id)}
            >
              Cancel it
            </button>
          )}
        </li>
      ))}
      {action.error.value && (
        <li class="form-error" role="alert">
          {action.error.value.message}
        </li>
      )}
    </ul>
  );
}
