/** What people owe beside the first touch: one's own, or everybody's; open, overdue or done. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Task, TaskList } from "../../schema/wire/tasks.ts";
import { asApiError, call } from "../api/http.ts";
import { useResource } from "../api/resource.ts";
import { me } from "../api/session.ts";
import { may } from "../logic/rights.ts";
import { go, place, withQuery } from "../router.ts";
import { Empty, Failure, Loading } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { TaskRow } from "../ui/taskRow.tsx";

const STATES = [
  ["open", "Open"],
  ["overdue", "Overdue"],
  ["done", "Done"],
] as const;
type State = (typeof STATES)[number][0];

const EMPTY: Record<State, readonly [string, string]> = {
  open: [
    "Nothing to do",
    "Second touches, unanswered leads, next steps and hand-overs appear here when they are due. A touch does them by itself.",
  ],
  overdue: ["Nothing is overdue", "Tasks whose time has passed appear here."],
  done: ["Nothing was done yet", "Tasks appear here once a touch did them or somebody said so."],
};

export function TasksPage() {
  const { query } = place.value;
  const state = STATES.find(([value]) => value === query.get("state"))?.[0] ?? "open";
  // Who leads others begins with everybody's; a rep with their own.
  const whose = query.get("whose") ?? (may(me.value?.role, "people.others") ? "all" : "mine");
  const path = withQuery("/v1/tasks", { state, owner: whose === "mine" ? me.value?.id : null, limit: "100" });
  const { value, error, reload } = useResource<TaskList>(path);
  const to = (next: Record<string, string>) =>
    go(withQuery("/board/tasks", { whose, state, ...next }), "replace");
  return (
    <Page
      title="Tasks"
      aside={
        <div class="buttons">
          <Segmented
            label="Whose tasks"
            chosen={whose}
            choices={[
              ["mine", "Mine"],
              ["all", "All"],
            ]}
            choose={(next) => to({ whose: next })}
          />
          <Segmented
            label="Which tasks"
            chosen={state}
            choices={STATES}
            choose={(next) => to({ state: next })}
          />
        </div>
      }
    >
      {error.value && <Failure error={error.value} what="Tasks didn’t load." retry={() => void reload()} />}
      {value.value === null && !error.value && <Loading what="tasks" />}
      {value.value && <Tasks key={path} first={value.value} path={path} state={state} reload={reload} />}
    </Page>
  );
}

interface TasksProps {
  first: TaskList;
  path: string;
  state: State;
  reload: () => Promise<void>;
}

function Tasks({ first, path, state, reload }: TasksProps) {
  const more = useSignal<Task[]>([]);
  const next = useSignal(first.next);
  const failed = useSignal<string | null>(null);
  useEffect(() => {
    more.value = [];
    next.value = first.next;
  }, [first]);
  const load = async () => {
    try {
      const page = await call<TaskList>(`${path}&after=${encodeURIComponent(next.peek() ?? "")}`);
      more.value = [...more.peek(), ...page.tasks];
      next.value = page.next;
      failed.value = null;
    } catch (failure) {
      failed.value = asApiError(failure).message;
    }
  };
  const tasks = [...first.tasks, ...more.value];
  const [title, words] = EMPTY[state];
  if (tasks.length === 0)
    return (
      <Empty title={title}>
        <p>{words}</p>
      </Empty>
    );
  return (
    <>
      <ul class="deliveries">
        {tasks.map((task) => (
          <TaskRow key={task.id} task={task} changed={reload} />
        ))}
      </ul>
      {failed.value && (
        <p class="form-error" role="alert">
          {failed.value}
        </p>
      )}
      {next.value !== null && (
        <button type="button" class="button" onClick={() => void load()}>
          Show more
        </button>
      )}
    </>
  );
}
