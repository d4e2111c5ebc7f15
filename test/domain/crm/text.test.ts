/** Bytes to text: encodings, cuts inside a character, bytes that are no UTF-8. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineReader, MAX_LINE } from "../../../worker/domain/crm/lines.ts";
import { textReader } from "../../../worker/domain/crm/text.ts";

const SEED = 20261122;

const textOf = (bytes: Uint8Array, ...cuts: number[]): string => {
  const reader = textReader();
  const at = [0, ...cuts, bytes.length];
  return (
    at
      .slice(1)
      .map((end, index) => reader.feed(bytes.subarray(at[index], end)))
      .join("") + reader.end()
  );
};

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const utf16 = (text: string, little: boolean, mark: boolean): Uint8Array => {
  const units = (mark ? "\ufeff" : "") + text;
  const bytes = new Uint8Array(units.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < units.length; at++) view.setUint16(at * 2, units.charCodeAt(at), little);
  return bytes;
};

describe("encodings", () => {
  const text = "id,name\n1,Müller & Söhne – 株式会社 😀\n";
  test.each([
    ["UTF-8", utf8(text)],
    ["UTF-8 with a mark", utf8(`\ufeff${text}`)],
    ["UTF-16 little-endian", utf16(text, true, true)],
    ["UTF-16 big-endian", utf16(text, false, true)],
    ["UTF-16 little-endian without a mark", utf16(text, true, false)],
    ["UTF-16 big-endian without a mark", utf16(text, false, false)],
  ])("%s, cut anywhere", (_, bytes) => {
    for (let cut = 0; cut <= bytes.length; cut++) expect(textOf(bytes, cut)).toBe(text);
    expect(textOf(bytes, ...bytes.keys())).toBe(text);
  });

  test("Windows-1252 beside UTF-8", () => {
    const latin = new Uint8Array([0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72, 0x20, 0x96, 0x20, 0x80, 0x0a]);
    expect(textOf(new Uint8Array([...latin, ...utf8("Söhne\n")]))).toBe("Müller – €\nSöhne\n");
  });

  test("a character that the end cuts off", () =>
    expect(textOf(new Uint8Array([0x61, 0x62, 0x63, 0xc3]))).toBe("abcÃ"));
});

test("all well-formed text survives in UTF-8, as the platform's own decoder reads it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.nat(200), (text, cut) => {
      const bytes = utf8(`xxx${text}`);
      expect(textOf(bytes, Math.min(cut, bytes.length))).toBe(
        new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes),
      );
    }),
    { seed: SEED, numRuns: 1000 },
  );
});

test("no bytes at all make it throw or depend on where they are cut", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.array(fc.nat(40), { maxLength: 5 }), (bytes, cuts) => {
      const at = cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b);
      expect(textOf(bytes, ...at)).toBe(textOf(bytes));
    }),
    { seed: SEED, numRuns: 1000 },
  );
});

describe("lines", () => {
  const linesOf = (...pieces: string[]) => {
    const reader = lineReader();
    return [...pieces.flatMap((piece) => reader.feed(piece)), ...reader.end()];
  };

  test("LF, CRLF, and a last line without either", () =>
    expect(linesOf("a\r", "\nb\n\nc")).toEqual([
      { line: 1, text: "a" },
      { line: 2, text: "b" },
      { line: 3, text: "" },
      { line: 4, text: "c" },
    ]));

  test("a long line is passed over, the next one read", () => {
    const long = "x".repeat(MAX_LINE);
    expect(linesOf("a\n", long, long, "\nb", "\n")).toEqual([
      { line: 1, text: "a" },
      { line: 2, tooLong: true },
      { line: 3, text: "b" },
    ]);
  });
});
