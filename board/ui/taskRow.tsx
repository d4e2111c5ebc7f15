/** One task: what is to be done, for whom, until when, and the button that says it is done. */
import type { Task } from "../../schema/wire/tasks.ts";
import { now } from "../api/clock.ts";
import { call } from "../api/http.ts";
import { me } from "../api/session.ts";
import { may } from "../logic/rights.ts";
import { TASK_WORDS } from "../logic/words.ts";
import { useAction } from "./action.ts";
import { announce } from "./announcer.tsx";
import { Time } from "./time.tsx";

/** Reps do what is theirs; managers anybody's. */
const mayComplete = (task: Task): boolean =>
  may(me.value?.role, "work") && (task.owner.id === me.value?.id || may(me.value?.role, "people.others"));

const HOW: Record<NonNullable<Task["doneHow"]>, string> = {
  touch: "by a touch",
  reply: "by a reply",
  correction: "by a correction",
  closed: "with the lead",
  completed: "and said so",
};

interface Props {
  task: Task;
  changed: () => Promise<void>;
  /** On a lead's own page its name goes without saying. */
  withLead?: boolean;
}

export function TaskRow({ task, changed, withLead = true }: Props) {
  const action = useAction(() => void changed());
  const complete = async () => {
    const path = `/v1/tasks/${encodeURIComponent(task.id)}/complete`;
    if (!(await action.run(() => call(path, { method: "POST", body: {} })))) return;
    announce("It is done.");
    await changed();
  };
  const { name, company } = task.lead;
  const about = [name, company].filter(Boolean).join(", ") || "Somebody";
  const overdue = task.doneAt === null && Date.parse(task.dueAt) <= now.peek();
  return (
    <li class="delivery" data-task={task.id}>
      <div class="delivery-what">
        <strong>{TASK_WORDS[task.kind]}</strong>
        {withLead && <a href={`/board/leads/${task.leadId}`}>{about}</a>}
        {overdue && <span class="chip u-breached">overdue</span>}
      </div>
      <p class="faint">
        {task.doneAt === null ? (
          <>
            {task.owner.id === me.value?.id ? "Yours" : task.owner.name}, due <Time at={task.dueAt} />
          </>
        ) : (
          <>
            Done <Time at={task.doneAt} /> {task.doneHow && HOW[task.doneHow]}
          </>
        )}
      </p>
      {task.note && <p>{task.note}</p>}
      {action.error.value && (
        <p class="form-error" role="alert">
          {action.error.value.message}
        </p>
      )}
      {task.doneAt === null && mayComplete(task) && (
        <button type="button" class="button" disabled={action.busy.value} onClick={() => void complete()}>
          Done
          <span class="unseen">
            : {TASK_WORDS[task.kind]} for {about}
          </span>
        </button>
      )}
    </li>
  );
}
