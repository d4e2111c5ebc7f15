/** The filters above the list of leads. Text waits for a pause in typing; the rest acts at once. */
import { useEffect, useRef } from "preact/hooks";
import type { Status } from "../../schema/wire/lead.ts";
import { board } from "../api/live.ts";
import type { Filter, Filters } from "../logic/filters.ts";
import { STATUS_WORDS } from "../logic/words.ts";
import { Field } from "../ui/field.tsx";

interface Props {
  filters: Filters;
  set: (next: Filters) => void;
  segments: string[];
}

const TYPING_PAUSE_MS = 250;

export function LeadFilters({ filters, set, segments }: Props) {
  const narrowed = (["owner", "team", "segment", "from", "to"] as const).some((name) => filters[name]);
  const options =
    segments.includes(filters.segment ?? "") || !filters.segment ? segments : [filters.segment, ...segments];
  return (
    <search class="filters">
      <Search value={filters.q ?? ""} set={(q) => set({ q })} />
      <Choice
        name="status"
        label="Status"
        {...{ filters, set }}
        options={Object.entries(STATUS_WORDS) as [Status, string][]}
      />
      <details class="filters-more" open={narrowed || matchMedia("(min-width: 960px)").matches}>
        <summary>More filters</summary>
        <div class="filters-more-box">
          <Choice
            name="owner"
            label="Owner"
            {...{ filters, set }}
            options={(board.value?.people ?? []).map(({ id, name }) => [id, name])}
          />
          <Choice
            name="team"
            label="Team"
            {...{ filters, set }}
            options={(board.value?.teams ?? []).map(({ id, name }) => [id, name])}
          />
          <Choice
            name="segment"
            label="Segment"
            {...{ filters, set }}
            options={options.map((segment) => [segment, segment])}
          />
          <Day name="from" label="From" {...{ filters, set }} />
          <Day name="to" label="To" {...{ filters, set }} />
        </div>
      </details>
    </search>
  );
}

function Search({ value, set }: { value: string; set: (q: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // The address may change under the field (back, "show all"); what is being typed is not overwritten.
  useEffect(() => {
    if (input.current && document.activeElement !== input.current) input.current.value = value;
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <Field label="Search">
      <input
        ref={input}
        type="search"
        placeholder="Name, e-mail, company"
        defaultValue={value}
        onInput={(event) => {
          const text = event.currentTarget.value;
          clearTimeout(timer.current);
          timer.current = setTimeout(() => set(text), TYPING_PAUSE_MS);
        }}
      />
    </Field>
  );
}

interface ControlProps {
  name: Filter;
  label: string;
  filters: Filters;
  set: (next: Filters) => void;
}

function Choice({
  name,
  label,
  filters,
  set,
  options,
}: ControlProps & { options: readonly (readonly [string, string])[] }) {
  return (
    <Field label={label}>
      <select value={filters[name] ?? ""} onChange={(event) => set({ [name]: event.currentTarget.value })}>
        <option value="">Any</option>
        {options.map(([value, text]) => (
          <option key={value} value={value} selected={filters[name] === value}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  );
}

const Day = ({ name, label, filters, set }: ControlProps) => (
  <Field label={label}>
    <input
      type="date"
      value={filters[name] ?? ""}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  </Field>
);
