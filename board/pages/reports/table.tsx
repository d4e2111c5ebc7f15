/** A report's table: every figure that counts leads leads to them. */
import type { ReportColumn, ReportRow, ReportTable } from "../../../schema/wire/reports.ts";
import { cellWords, linkOf, shownColumns } from "../../logic/reports.ts";
import { Time } from "../../ui/time.tsx";

type Table = Pick<ReportTable, "columns" | "rows">;

export function FigureTable({ title, table, first }: { title: string; table: Table; first: string }) {
  const columns = shownColumns(table);
  return (
    <div class="report-scroll" role="region" aria-label={title} tabIndex={0}>
      <table class="report-table">
        <caption class="unseen">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {columns.map(({ key, label, kind }) => (
              <th key={key} scope="col" class={kind === "text" || kind === "time" ? undefined : "number"}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <Row key={row.key} row={row} columns={columns} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row, columns }: { row: ReportRow; columns: readonly ReportColumn[] }) {
  const lead = linkOf(row, null);
  return (
    <tr>
      <th scope="row">{lead === null ? row.label : <a href={lead}>{row.label}</a>}</th>
      {columns.map((column) => (
        <td
          key={column.key}
          class={column.kind === "text" || column.kind === "time" ? undefined : "number figure"}
        >
          <Cell row={row} column={column} />
        </td>
      ))}
    </tr>
  );
}

function Cell({ row, column }: { row: ReportRow; column: ReportColumn }) {
  const value = row.values[column.key];
  if (column.kind === "time") return <Time at={typeof value === "string" ? value : null} />;
  if (column.key === "met") return <Met value={value} />;
  if (column.kind === "flag")
    return value === true ? <strong class="flagged">Yes</strong> : <span class="faint">–</span>;
  const words = cellWords(row, column);
  const href = linkOf(row, column);
  return href === null ? <>{words}</> : <a href={href}>{words}</a>;
}

/** A commitment that was kept needs no attention; one that wasn't does. */
function Met({ value }: { value: unknown }) {
  if (value === false) return <strong class="flagged">No</strong>;
  return value === true ? <>Yes</> : <span class="faint">–</span>;
}
