/** Files in parts: nothing is lost, no record is cut, and the parts read as the whole does, by the file's own lines. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  csvCutter,
  csvHeader,
  lineCutter,
  type Cutter,
  type Part,
  type Start,
} from "../../../worker/domain/crm/cut.ts";
import { guessKind } from "../../../worker/domain/crm/kinds.ts";
import { recordReader, UnreadableUpload, type Read } from "../../../worker/domain/crm/reader.ts";
import { FILES, HEADERS, type FileCase } from "../../cases/crm-parts.ts";

const SEED = 20261122;
const SMALL = { records: 7, characters: 200 };

type Format = FileCase["format"];

const encoder = new TextEncoder();

const readAll = (format: Format, text: string, firstLine?: number): Read[] => {
  const reader = recordReader("accounts", format, firstLine ?? null);
  return [...reader.feed(encoder.encode(text)), ...reader.end()];
};

interface Sent {
  parts: Part[];
  header: string;
}

const cutterOf = (
  format: Format,
  text: string,
  from?: Start,
): { cutter: Cutter; header: string; start: Start } => {
  if (format === "ndjson") {
    const start = from ?? { position: 0, line: 1 };
    return { cutter: lineCutter(start, SMALL), header: "", start };
  }
  const header = csvHeader(text);
  if (header === null || "error" in header) throw new Error("no header");
  const start = from ?? header.start;
  return { cutter: csvCutter(header.separator, start, SMALL), header: header.text, start };
};

const cut = (format: Format, text: string, sizes: readonly number[], from?: Start): Sent => {
  const { cutter, header, start } = cutterOf(format, text, from);
  const parts: Part[] = [];
  let at = start.position;
  for (let n = 0; at < text.length; n++) {
    const size = sizes[n % sizes.length] ?? 1;
    parts.push(...cutter.feed(text.slice(at, at + size)));
    at += size;
  }
  return { parts: [...parts, ...cutter.end()], header };
};

const readParts = (format: Format, { parts, header }: Sent): Read[] =>
  parts.flatMap(({ text, line }) => readAll(format, header + text, line));

describe.each([[1], [64], [1000, 3], [70_000]])("fed in pieces of %i, %i", (...sizes) => {
  test.each(FILES)("$name ($format)", ({ format, text }) => {
    // Character by character only where there aren't hundreds of thousands.
    const pieces = text.length > 10_000 ? sizes.map((size) => Math.max(size, 5000)) : sizes;
    expect(readParts(format, cut(format, text, pieces))).toEqual(readAll(format, text));
  });
});

describe("resumed", () => {
  test.each(FILES)(
    "$name ($format): from any part on, cut anew, the rest is the same",
    ({ format, text }) => {
      const { parts, header } = cut(format, text, [300]);
      const whole = readAll(format, text);
      for (const [at, part] of parts.slice(0, 5).entries()) {
        const start = { position: part.position, line: part.nextLine };
        const rest = cut(format, text, [777], start).parts;
        const read = readParts(format, { parts: [...parts.slice(0, at + 1), ...rest], header });
        expect(read).toEqual(whole);
      }
    },
  );
});

test("a part holds whole records and not many more than asked for", () => {
  const text = `id,name\n${'1,"a\nb"\n'.repeat(1000)}`;
  const { parts } = cut("csv", text, [64]);
  expect(parts.length).toBeGreaterThan(50);
  for (const part of parts) expect(part.text.length).toBeLessThan(SMALL.characters + 130);
  expect(parts.map((part) => part.text).join("")).toBe(text.slice(8));
});

test("of a line without end little is kept", () => {
  const { cutter } = cutterOf("csv", "id,name\n");
  const parts = [...Array(200).keys()].flatMap(() => cutter.feed("x".repeat(65_536)));
  const [last] = [...parts, ...cutter.feed("\n1,A\n"), ...cutter.end()];
  expect(last?.text.length).toBeLessThan(400_000);
  expect(last?.position).toBe(8 + 200 * 65_536 + 5);
});

const piece = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom("a", "1", ",", ";", '"', "\n", "\r\n", "\r", " ", '""', "ü", '"\n'),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 5 }) },
);

test("any text, cut anywhere, reads in parts as it does whole", () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 200 }),
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 }),
      (pieces, sizes) => {
        const text = `id,name\n${pieces.join("")}`;
        expect(readParts("csv", cut("csv", text, sizes))).toEqual(readAll("csv", text));
      },
    ),
    { seed: SEED, numRuns: 400 },
  );
});

test("lines of anything, cut anywhere, read in parts as they do whole", () => {
  const line = fc.oneof(fc.constant('{"id":"1","name":"A"}'), fc.constant(""), fc.string({ maxLength: 20 }));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 80 }), fc.integer({ min: 1, max: 90 }), (lines, size) => {
      const text = lines.join("\n");
      expect(readParts("ndjson", cut("ndjson", text, [size]))).toEqual(readAll("ndjson", text));
    }),
    { seed: SEED, numRuns: 200 },
  );
});

test("a header that isn't one is said, not thrown", () => {
  expect(csvHeader("")).toBeNull();
  expect(csvHeader("\n\n")).toBeNull();
  expect(csvHeader('"a" b,c\n1,2\n')).toMatchObject({
    error: expect.stringContaining("closing quote") as string,
  });
  expect(() => readAll("csv", "a,b\n")).toThrow(UnreadableUpload);
});

describe("which kind", () => {
  test.each(HEADERS)("%s in %s: %s", (names, file, kind) => {
    expect(guessKind(names.split(","), file)).toBe(kind);
  });
});
