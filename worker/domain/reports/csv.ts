/** Tables as CSV (RFC 4180): lines end in CRLF, what a spreadsheet would take for a formula is marked as text. */

/** With these a cell begins what some spreadsheet runs: the signs, be they of full width, and blanks before them that it skips. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** Excel reads a file as Windows text that doesn't begin with this; other programs would read it as part of the first name. */
export const BYTE_ORDER_MARK = "\ufeff";

const cell = (value: string | number | null): string => {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const plain = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};

export const toCsv = (rows: readonly (readonly (string | number | null)[])[]): string =>
  rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
