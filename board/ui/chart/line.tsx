/** A line over time. The picture has a sentence for those who can't see it; the table is one click away. */
export interface Point {
  label: string;
  /** Null where there is nothing to say; the line is broken there. */
  value: number | null;
}

interface Props {
  points: readonly Point[];
  label: string;
  words: (value: number) => string;
  target?: number | null;
}

const WIDTH = 600;
const HEIGHT = 160;

/** Runs of neighbouring points, each a path of its own. */
function paths(points: readonly Point[], most: number): string[] {
  const step = points.length > 1 ? WIDTH / (points.length - 1) : 0;
  const runs: string[] = [];
  let run = "";
  points.forEach(({ value }, nth) => {
    if (value === null) {
      if (run) runs.push(run);
      run = "";
      return;
    }
    const at = `${(nth * step).toFixed(1)} ${(HEIGHT - (value / most) * HEIGHT).toFixed(1)}`;
    run += run === "" ? `M${at} h0.01` : ` L${at}`;
  });
  if (run) runs.push(run);
  return runs;
}

export function Line({ points, label, words, target = null }: Props) {
  const values = points.map(({ value }) => value).filter((value) => value !== null);
  if (values.length === 0) return <p class="faint">Nothing in this period to draw.</p>;
  const most = Math.max(...values, target ?? 0) || 1;
  const [first, last] = [points[0], points.at(-1)];
  const said = `${label}, ${first?.label ?? ""} to ${last?.label ?? ""}: between ${words(Math.min(...values))} and ${words(Math.max(...values))}, last ${words(values.at(-1) ?? 0)}.`;
  const y = target === null ? 0 : HEIGHT - (target / most) * HEIGHT;
  return (
    <figure class="line-chart">
      <span class="line-top figure">{words(most)}</span>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={said}>
        <line class="line-base" x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
        {target !== null && <line class="line-target" x1="0" x2={WIDTH} y1={y} y2={y} />}
        {paths(points, most).map((path) => (
          <path key={path} class="line-path" d={path} />
        ))}
      </svg>
      <figcaption>
        <span>{first?.label}</span>
        {target !== null && <span>dashed: committed, {words(target)}</span>}
        <span>{last?.label}</span>
      </figcaption>
    </figure>
  );
}
