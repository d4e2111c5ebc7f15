/** Period and grouping of a report; they stand in the address. */
import { now } from "../../api/clock.ts";
import { session } from "../../api/session.ts";
import { GROUPS_OF, lastDays, PRESETS, type Period, type ReportCard } from "../../logic/reports.ts";
import { humanise } from "../../logic/words.ts";
import { Field } from "../../ui/field.tsx";

export interface Asked extends Partial<Period> {
  group?: string;
  view?: string;
  figure?: string;
}

interface Props {
  card: ReportCard;
  asked: Asked;
  period: Period | null;
  set: (next: Asked) => void;
}

export function Controls({ card, asked, period, set }: Props) {
  const groups = GROUPS_OF(card.name);
  const from = asked.from ?? period?.from ?? "";
  const to = asked.to ?? period?.to ?? "";
  return (
    <search class="filters report-controls">
      <div class="segmented" role="group" aria-label="Period">
        {PRESETS.map((days) => {
          const preset = lastDays(now.peek(), days, session.value?.workspace.timezone ?? "UTC");
          const chosen = preset.from === from && preset.to === to;
          return (
            <button type="button" key={days} aria-pressed={chosen} onClick={() => set(preset)}>
              {days} days
            </button>
          );
        })}
      </div>
      <Day label="From" value={from} set={(value) => set({ from: value })} />
      <Day label="To" value={to} set={(value) => set({ to: value })} />
      {groups.length > 0 && (
        <Field label="By">
          <select
            name="group"
            value={asked.group ?? ""}
            onChange={(event) => set({ group: event.currentTarget.value })}
          >
            <option value="">As usual</option>
            {groups.map((group) => (
              <option key={group} value={group}>
                {humanise(group)}
              </option>
            ))}
          </select>
        </Field>
      )}
    </search>
  );
}

function Day({ label, value, set }: { label: string; value: string; set: (day: string) => void }) {
  return (
    <Field label={label}>
      <input
        type="date"
        name={label.toLowerCase()}
        value={value}
        onChange={(event) => set(event.currentTarget.value)}
      />
    </Field>
  );
}
