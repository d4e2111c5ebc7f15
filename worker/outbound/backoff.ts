/** When a message that failed is tried again. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Wait after the first failure, the second, …; after the last one it has been tried for about a day. */
export const WAITS_MS: readonly number[] = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
];
const LONGEST_MS = 24 * HOUR;

/** FNV-1a: enough to spread messages, the same on every machine. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return value;
};

/** Up to a fifth more or less, so that what failed together doesn't come back together. */
const jitter = (ms: number, id: string, attempt: number): number =>
  Math.round(ms * (0.8 + (0.4 * (hash(`${id}#${attempt}`) % 10_000)) / 10_000));

/**
 * Milliseconds to wait after the `attempt`th failure (from 1); null when it is given up. What the receiver asks for
 * (`retryAfterMs`) is kept, up to a day.
 */
export const waitAfter = (id: string, attempt: number, retryAfterMs = 0): number | null => {
  const wait = WAITS_MS[attempt - 1];
  return wait === undefined ? null : Math.max(jitter(wait, id, attempt), Math.min(retryAfterMs, LONGEST_MS));
};
