/** A table of a report as CSV: a line for each row, a column for each figure. Pure. */
import type { ReportTable } from "../../../schema/wire/reports.ts";
import { toCsv } from "./csv.ts";

type Value = ReportTable["rows"][number]["values"][string] | undefined;

const plain = (value: Value): string | number | null =>
  typeof value === "boolean" ? String(value) : (value ?? null);

export const tableToCsv = ({ columns, rows }: Pick<ReportTable, "columns" | "rows">): string => {
  const units = [...new Set(columns.flatMap(({ unit }) => unit ?? []))].join(" ");
  const withLead = rows.some(({ leadId }) => leadId !== undefined);
  return toCsv([
    [
      "key",
      "label",
      ...(withLead ? ["leadId"] : []),
      ...columns.map(({ key }) => key),
      ...(units === "" ? [] : ["currency"]),
    ],
    ...rows.map((row) => [
      row.key,
      row.label,
      ...(withLead ? [row.leadId ?? null] : []),
      ...columns.map(({ key }) => plain(row.values[key])),
      ...(units === "" ? [] : [units]),
    ]),
  ]);
};
