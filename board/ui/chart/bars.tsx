/** Horizontal bars: a name, a bar, a figure. Reads as a list, so it needs no other words. */
export interface Bar {
  key: string;
  label: string;
  value: number;
  words: string;
  href: string | null;
}

interface Props {
  bars: readonly Bar[];
  /** Of what the bars are. */
  label: string;
  /** A commitment to compare with, in the bars' own unit. */
  target?: number | null;
}

const shareOf = (value: number, most: number): string =>
  `${most <= 0 ? 0 : Math.max(0, (value / most) * 100)}%`;

export function Bars({ bars, label, target = null }: Props) {
  const most = Math.max(...bars.map(({ value }) => value), target ?? 0);
  return (
    <ol class="bars" aria-label={label}>
      {bars.map(({ key, label: name, value, words, href }) => (
        <li key={key} class="bar">
          <span class="bar-name">{href === null ? name : <a href={href}>{name}</a>}</span>
          <svg class="bar-line" aria-hidden="true">
            <rect class="bar-fill" width={shareOf(value, most)} height="100%" rx="3" />
            {target !== null && (
              <line
                class="bar-target"
                x1={shareOf(target, most)}
                x2={shareOf(target, most)}
                y1="0"
                y2="100%"
              />
            )}
          </svg>
          <span class="figure bar-words">{words}</span>
        </li>
      ))}
    </ol>
  );
}
