/** How far it is: a bar that is drawn over at a terminal, a line now and then anywhere else. */

export interface Progress {
  /** `done` and `all` in any unit; `records` as counted by the server. */
  show(done: number, all: number, records: number): void;
  /** A line of its own. */
  say(line: string): void;
  /** The bar gives way to what is said next. */
  end(): void;
}

export interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const BAR = 24;
/** At a terminal, and elsewhere. */
const REDRAW_MS = 100;
const LINE_MS = 10_000;

export const grouped = (value: number): string => value.toLocaleString("en-US");

/** "1 record", "1,200 records". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${grouped(count)} ${count === 1 ? one : many}`;

/** "312 bytes", "48 kB", "1.2 MB". */
export const sized = (bytes: number): string => {
  if (bytes < 1000) return counted(bytes, "byte");
  return bytes < 999_500 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
};

export const lasting = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

export function progressOn(screen: Screen, now: () => number): Progress {
  const startedAt = now();
  let first: { done: number; records: number } | null = null;
  let lastAt = Number.NEGATIVE_INFINITY;
  let drawn = false;
  const clear = () => {
    if (drawn) screen.write("\r\x1b[K");
    drawn = false;
  };
  return {
    show(done, all, records) {
      first ??= { done, records };
      const at = now();
      const share = all > 0 ? Math.min(1, done / all) : 1;
      if (share < 1 && at - lastAt < (screen.isTTY ? REDRAW_MS : LINE_MS)) return;
      lastAt = at;
      const passed = at - startedAt;
      const rate = passed > 0 ? ((records - first.records) * 1000) / passed : 0;
      const left = done > first.done ? (passed * (all - done)) / (done - first.done) : null;
      const figures = [
        `${Math.floor(share * 100)} %`,
        counted(records, "record"),
        ...(rate > 0 ? [`${grouped(Math.round(rate))} a second`] : []),
        ...(left !== null && share < 1 ? [`${lasting(left)} left`] : []),
      ].join(", ");
      if (!screen.isTTY) {
        screen.write(`${figures}\n`);
        return;
      }
      const full = Math.round(share * BAR);
      const line = `[${"█".repeat(full)}${"░".repeat(BAR - full)}] ${figures}`;
      screen.write(`\r\x1b[K${line.slice(0, (screen.columns ?? 80) - 1)}`);
      drawn = true;
    },
    say(line) {
      clear();
      screen.write(`${line}\n`);
    },
    end: clear,
  };
}
