/** What is open for this lead; nothing where nothing is. */
import { useEffect, useRef } from "preact/hooks";
import type { Lead } from "../../../schema/wire/lead.ts";
import type { TaskList } from "../../../schema/wire/tasks.ts";
import { useResource } from "../../api/resource.ts";
import { Card } from "../../ui/card.tsx";
import { TaskRow } from "../../ui/taskRow.tsx";

export function Tasks({ lead, onDone }: { lead: Lead; onDone: () => Promise<void> }) {
  const { value, reload } = useResource<TaskList>(`/v1/tasks?lead=${encodeURIComponent(lead.id)}`);
  // Timers make tasks and touches do them: what changed the lead may have changed these.
  const seen = useRef(lead.version);
  useEffect(() => {
    if (seen.current === lead.version) return;
    seen.current = lead.version;
    void reload();
  }, [lead.version]);
  const tasks = value.value?.tasks ?? [];
  if (tasks.length === 0) return null;
  const changed = async () => {
    await Promise.all([reload(), onDone()]);
  };
  return (
    <Card title="To do">
      <ul class="tasks">
        {tasks.map((task) => (
          <TaskRow key={task.id} task={task} changed={changed} withLead={false} />
        ))}
      </ul>
    </Card>
  );
}
