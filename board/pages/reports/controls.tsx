/** Period and grouping of a report; they stand in the address. */
import { now } from "../../api/clock.ts";
import { session } from "../../api/session.ts";
import { groupsOf, lastDays, PRESETS, type Period, type ReportCard } from "../../logic/reports.ts";
import { humanise } from "../../logic/words.ts";
import { Field } from "../../ui/field.tsx";
import { Segmented } from "../../ui/segmented.tsx";

export interface Asked extends Partial<Period> {
  group?: string;
  view?: string;
  figure?: string;
}

interface Props {
  card: ReportCard;
  asked: Asked;
  period: Period | null;
  /** How the report that is shown groups; null while none is. */
  group: string | null;
  set: (next: Asked) => void;
}

export function Controls({ card, asked, period, group, set }: Props) {
  const groups = groupsOf(card.name);
  const from = asked.from ?? period?.from ?? "";
  const to = asked.to ?? period?.to ?? "";
  const last = (days: number) => lastDays(now.peek(), days, session.value?.workspace.timezone ?? "UTC");
  return (
    <search class="filters report-controls">
      <Segmented
        label="Period"
        choices={PRESETS.map((days) => [days, `${days} days`] as const)}
        chosen={
          PRESETS.find((days) => {
            const preset = last(days);
            return preset.from === from && preset.to === to;
          }) ?? null
        }
        choose={(days) => set(last(days))}
      />
      <Day label="From" value={from} set={(value) => set({ from: value })} />
      <Day label="To" value={to} set={(value) => set({ to: value })} />
      {groups.length > 0 && (
        <Field label="By">
          <select
            name="group"
            value={asked.group ?? group ?? ""}
            onChange={(event) => set({ group: event.currentTarget.value })}
          >
            {groups.map((each) => (
              <option key={each} value={each}>
                {humanise(each)}
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
