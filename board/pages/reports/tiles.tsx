/** A report's totals as tiles: the figure, what was committed, what it was at the baseline. */
import type { Report, ReportColumn } from "../../../schema/wire/reports.ts";
import { againstBaseline, figureWords } from "../../logic/reports.ts";

const MOST = 6;

/** Shares and durations say more than counts; of each the report's own order. */
const telling = (columns: readonly ReportColumn[]): ReportColumn[] => {
  const said = columns.filter(({ kind }) => kind === "share" || kind === "seconds");
  const counted = columns.filter(({ kind }) => kind === "count" || kind === "amount");
  return [...counted.slice(0, Math.max(2, MOST - said.length)), ...said].slice(0, MOST);
};

export function Tiles({
  report,
  columns = report.columns,
}: {
  report: Report;
  columns?: readonly ReportColumn[];
}) {
  const { totals } = report;
  if (totals === null) return null;
  const shown = telling(columns).filter(({ key }) => totals[key] !== undefined && totals[key] !== null);
  if (shown.length === 0) return null;
  return (
    <dl class="tiles">
      {shown.map((column) => (
        <Tile key={column.key} report={report} column={column} value={totals[column.key] ?? null} />
      ))}
    </dl>
  );
}

function Tile({ report, column, value }: { report: Report; column: ReportColumn; value: number | null }) {
  const committed = report.commitments.find(({ id }) => id === column.key);
  const was = againstBaseline(report, column);
  return (
    <div class="tile">
      <dt>{column.label}</dt>
      <dd>
        <span class="figure tile-figure">{figureWords(value, column.kind)}</span>
        {committed && (
          <span class={committed.met === false ? "tile-note tile-short" : "tile-note"}>
            committed {figureWords(committed.target, committed.kind)}
            {committed.met === false ? ", not met" : ", met"}
          </span>
        )}
        {was && <span class="tile-note">{was}</span>}
      </dd>
    </div>
  );
}
