/** A few choices side by side, of which one is made. */
interface Props<T extends string | number> {
  label: string;
  choices: readonly (readonly [value: T, words: string])[];
  /** Null where none of them is. */
  chosen: T | null;
  choose: (value: T) => void;
  /** One that can't be chosen now. */
  barred?: T | null;
  /** Many, which may take more than a line. */
  wrap?: boolean;
}

export function Segmented<T extends string | number>(props: Props<T>) {
  const { label, choices, chosen, choose, barred = null, wrap = false } = props;
  return (
    <div class={wrap ? "segmented segmented-wrap" : "segmented"} role="group" aria-label={label}>
      {choices.map(([value, words]) => (
        <button
          type="button"
          key={value}
          aria-pressed={chosen === value}
          disabled={barred === value}
          onClick={() => choose(value)}
        >
          {words}
        </button>
      ))}
    </div>
  );
}
