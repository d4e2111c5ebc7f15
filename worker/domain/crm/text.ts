/**
 * Bytes of an uploaded file to text, piece by piece: UTF-8, or UTF-16 where it says so or looks like it. Bytes that are no
 * UTF-8 are read as Windows-1252, which is what they nearly always are (a spreadsheet saved as "CSV"), so "Müller" survives.
 */

export interface TextReader {
  /** Text of these bytes and of what was held back; a sequence cut by the end of the piece waits for the next. */
  feed(bytes: Uint8Array): string;
  /** What is left when no more comes. */
  end(): string;
}

/** 0x80 to 0x9F of Windows-1252; the five unassigned ones stay what they are. */
const WINDOWS_1252 =
  "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f" +
  "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

const singleByte = (byte: number): number => (byte < 0xa0 ? WINDOWS_1252.charCodeAt(byte - 0x80) : byte);

const NONE = new Uint8Array(0);

const joined = (a: Uint8Array, b: Uint8Array): Uint8Array => {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
};

/** `apply` takes only so many arguments. */
const toText = (units: Uint16Array): string => {
  let text = "";
  for (let at = 0; at < units.length; at += 8192)
    text += String.fromCharCode.apply(null, units.subarray(at, at + 8192) as unknown as number[]);
  return text;
};

/** Length of the sequence a lead byte announces; 0 for a byte that can't lead one. */
const lengthOf = (lead: number): number =>
  lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? (lead < 0xf0 ? 3 : 0) : lead >= 0xc2 ? 2 : 0;

const LEAST = [0, 0, 0x80, 0x800, 0x10000];

/** The code point of a whole sequence, or -1 if it is none; -2 if its end is missing. */
const readSequence = (bytes: Uint8Array, at: number): number => {
  const lead = bytes[at] ?? 0;
  const length = lengthOf(lead);
  if (length === 0) return -1;
  let point = lead & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) {
    if (at + i >= bytes.length) return -2;
    const next = bytes[at + i] ?? 0;
    if ((next & 0xc0) !== 0x80) return -1;
    point = (point << 6) | (next & 0x3f);
  }
  const isSurrogate = point >= 0xd800 && point < 0xe000;
  return point < (LEAST[length] ?? 0) || point > 0x10ffff || isSurrogate ? -1 : point;
};

const readUtf8 = (bytes: Uint8Array, final: boolean): { text: string; rest: Uint8Array } => {
  const units = new Uint16Array(bytes.length);
  let count = 0;
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) {
      units[count++] = byte;
      at++;
      continue;
    }
    const point = readSequence(bytes, at);
    if (point === -2 && !final) break;
    if (point < 0) {
      units[count++] = singleByte(byte);
      at++;
    } else if (point < 0x10000) {
      units[count++] = point;
      at += point < 0x800 ? 2 : 3;
    } else {
      units[count++] = 0xd7c0 + (point >> 10);
      units[count++] = 0xdc00 | (point & 0x3ff);
      at += 4;
    }
  }
  return { text: toText(units.subarray(0, count)), rest: bytes.slice(at) };
};

const readUtf16 = (bytes: Uint8Array, little: boolean): { text: string; rest: Uint8Array } => {
  const count = bytes.length >> 1;
  const units = new Uint16Array(count);
  const [high, low] = little ? [1, 0] : [0, 1];
  for (let i = 0; i < count; i++) units[i] = ((bytes[2 * i + high] ?? 0) << 8) | (bytes[2 * i + low] ?? 0);
  return { text: toText(units), rest: bytes.slice(count * 2) };
};

type Encoding = { kind: "utf8" | "utf16le" | "utf16be"; mark: number };

/** By byte order mark; without one, a zero byte beside the first character gives UTF-16 away. */
const detect = (bytes: Uint8Array): Encoding => {
  const [a, b, c] = bytes;
  if (a === 0xff && b === 0xfe) return { kind: "utf16le", mark: 2 };
  if (a === 0xfe && b === 0xff) return { kind: "utf16be", mark: 2 };
  if (a === 0xef && b === 0xbb && c === 0xbf) return { kind: "utf8", mark: 3 };
  if (b === 0 && a !== 0) return { kind: "utf16le", mark: 0 };
  if (a === 0 && b !== undefined && b !== 0) return { kind: "utf16be", mark: 0 };
  return { kind: "utf8", mark: 0 };
};

export const textReader = (): TextReader => {
  let held: Uint8Array = NONE;
  let encoding: Encoding["kind"] | null = null;
  const read = (bytes: Uint8Array, final: boolean): string => {
    held = joined(held, bytes);
    if (encoding === null) {
      if (held.length < 3 && !final) return "";
      const found = detect(held);
      encoding = found.kind;
      held = held.subarray(found.mark);
    }
    const { text, rest } =
      encoding === "utf8" ? readUtf8(held, final) : readUtf16(held, encoding === "utf16le");
    held = rest;
    return text;
  };
  return { feed: (bytes) => read(bytes, false), end: () => read(NONE, true) };
};
