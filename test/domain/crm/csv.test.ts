/** CSV rows from text in any pieces, and what a broken line costs. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvReader, type CsvRow } from "../../../worker/domain/crm/csv.ts";
import { MAX_LINE } from "../../../worker/domain/crm/lines.ts";

const SEED = 20261122;

const rowsOf = (...pieces: string[]): CsvRow[] => {
  const reader = csvReader();
  return [...pieces.flatMap((piece) => reader.feed(piece)), ...reader.end()];
};

const cellsOf = (text: string): unknown[] =>
  rowsOf(text).map((row) => ("cells" in row ? row.cells : row.line));

describe("what is read", () => {
  test.each([
    [
      "commas",
      "a,b\n1,2\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "no line break at the end",
      "a,b\n1,2",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "CRLF",
      "a,b\r\n1,2\r\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "CR alone",
      "a,b\r1,2\r",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "semicolons",
      "a;b\n1,5;2\n",
      [
        ["a", "b"],
        ["1,5", "2"],
      ],
    ],
    [
      "tabs",
      "a\tb\n1\t\n",
      [
        ["a", "b"],
        ["1", ""],
      ],
    ],
    ["a told separator", "sep=;\na;b,c\n", [["a", "b,c"]]],
    [
      "quotes",
      'a,b\n"1,""x""","two\nlines"\n',
      [
        ["a", "b"],
        ['1,"x"', "two\nlines"],
      ],
    ],
    [
      "a quote inside bare text",
      'a,b\n5" pipe,x\n',
      [
        ["a", "b"],
        ['5" pipe', "x"],
      ],
    ],
    [
      "spaces around quotes",
      'a,b\n "1" , "2"\n',
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "separators in quoted names",
      '"a;x;y",b\n1,2\n',
      [
        ["a;x;y", "b"],
        ["1", "2"],
      ],
    ],
    [
      "blank lines",
      "a,b\n\n,\n1,2\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    ["nothing", "", []],
  ])("%s", (_, text, expected) => expect(cellsOf(text)).toEqual(expected));

  test("lines are counted through quoted breaks and blank lines", () => {
    const lines = rowsOf('id,n\n"1\n\n","x"\n\n2,y\r\n3,z').map((row) => row.line);
    expect(lines).toEqual([1, 2, 6, 7]);
  });
});

describe("what a broken line costs", () => {
  test("a quote that is never closed costs its own line", () => {
    const rows = rowsOf('id,n\n1,"open\n2,b\n3,c\n');
    expect(rows.map((row) => ("cells" in row ? row.cells[0] : `line ${row.line}`))).toEqual([
      "id",
      "line 2",
      "2",
      "3",
    ]);
  });

  test("also where 64 kB follow before anything is known to be wrong", () => {
    const many = Array.from({ length: 20_000 }, (_, at) => `${at},name\n`);
    const rows = rowsOf('id,n\n0,"open\n', ...many);
    expect(rows.filter((row) => "error" in row)).toHaveLength(1);
    expect(rows).toHaveLength(20_002);
    expect(rows.at(-1)).toEqual({ line: 20_002, next: 20_003, cells: ["19999", "name"] });
  });

  test("text after a closing quote", () => {
    const rows = rowsOf('id,n\n1,"a" b\n2,c\n');
    expect(rows[1]).toMatchObject({ line: 2, error: expect.stringContaining("closing quote") as string });
    expect(rows[2]).toEqual({ line: 3, next: 4, cells: ["2", "c"] });
  });

  test("a line without end is passed over with bounded memory", () => {
    const long = "x".repeat(MAX_LINE);
    const rows = rowsOf("id,n\n1,", long, long, long, "\n2,b\n");
    expect(rows.map((row) => row.line)).toEqual([1, 2, 3]);
    expect(rows[1]).toHaveProperty("error");
    expect(rows[2]).toEqual({ line: 3, next: 4, cells: ["2", "b"] });
  });
});

const cell = fc.oneof(
  fc.stringMatching(/^[a-z",;\n\r\t ]{0,8}$/).map((text) => text.trim()),
  fc.constantFrom("", "Müller", '"', "a,b", "x\ny", "😀"),
);
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

test("whatever was quoted comes back, however the text is cut", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 }),
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.array(fc.nat(400), { maxLength: 10 }),
      (table, lineBreak, cuts) => {
        const full = table.filter((row) => row.some((each) => each !== ""));
        const text = ["k0,k1,k2", ...full.map((row) => row.map(quoted).join(","))].join(lineBreak);
        const at = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
        const pieces = at.slice(1).map((end, index) => text.slice(at[index], end));
        const rows = rowsOf(...pieces);
        expect(rows.map((row) => ("cells" in row ? row.cells : row.error))).toEqual([
          ["k0", "k1", "k2"],
          ...full,
        ]);
      },
    ),
    { seed: SEED, numRuns: 500 },
  );
});

test("any text at all, in any pieces, gives the same rows and ends", () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[ab",;\n\r]{0,12}$/), { maxLength: 12 }), (pieces) => {
      expect(rowsOf(`h,i\n`, ...pieces)).toEqual(rowsOf(`h,i\n${pieces.join("")}`));
    }),
    { seed: SEED, numRuns: 1000 },
  );
});
