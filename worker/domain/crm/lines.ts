/** Text to lines, piece by piece and with bounded memory: a line that is too long is reported and passed over. */

/** Longest line that is read, in characters. */
export const MAX_LINE = 65_536;

export type Line = { line: number; text: string } | { line: number; tooLong: true };

export interface LineReader {
  feed(text: string): Line[];
  end(): Line[];
}

export const tooLong = (what: "line" | "row"): string =>
  `the ${what} is longer than ${MAX_LINE / 1024} kB: shorten it or send fewer fields`;

/** Lines end with LF or CRLF; `line` counts from 1. */
export const lineReader = (): LineReader => {
  let held = "";
  let number = 1;
  let skipping = false;
  const take = (text: string): Line => {
    const whole = skipping || text.length > MAX_LINE ? null : text.endsWith("\r") ? text.slice(0, -1) : text;
    skipping = false;
    const line = number++;
    return whole === null ? { line, tooLong: true } : { line, text: whole };
  };
  const hold = (text: string): void => {
    skipping ||= text.length > MAX_LINE;
    held = skipping ? "" : text;
  };
  return {
    feed(text) {
      const parts = (held + text).split("\n");
      const rest = parts.pop() ?? "";
      const lines = parts.map(take);
      hold(rest);
      return lines;
    },
    end() {
      const last = held;
      held = "";
      return last !== "" || skipping ? [take(last)] : [];
    },
  };
};
