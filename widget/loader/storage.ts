/** Web storage that may be blocked, full or absent: then nothing is remembered and nothing breaks. */

export type Area = "localStorage" | "sessionStorage";

/** @returns the parsed value as we once wrote it, or null when absent, unreadable or not JSON */
export function recall(area: Area, key: string): unknown {
  try {
    return JSON.parse(window[area].getItem(key) ?? "null");
  } catch {
    return null;
  }
}

export function keysOf(area: Area): string[] {
  try {
    return Object.keys(window[area]);
  } catch {
    return [];
  }
}

/** @param value null forgets the key */
export function remember(area: Area, key: string, value: unknown): void {
  try {
    if (value === null) window[area].removeItem(key);
    else window[area].setItem(key, JSON.stringify(value));
  } catch {
    // Private windows and blocked storage throw; the visit goes on without memory.
  }
}
