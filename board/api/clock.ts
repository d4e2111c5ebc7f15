/** Server time in the browser: one signal that ticks on the server's full seconds. */
import { signal } from "@preact/signals";
import { better, sampleOf, type Sample } from "../logic/offset.ts";

let kept: Sample | null = null;

const read = () => Date.now() + (kept?.offset ?? 0);

/** Server time in epoch ms, changed once a second. Text bound to it changes without rendering a component again. */
export const now = signal(read());

/** The same without waiting for the next tick. */
export const serverNow = read;

export function observe(serverAt: number, sentAt: number, receivedAt: number, coarseMs: number): void {
  if (!Number.isFinite(serverAt)) return;
  const before = kept?.offset ?? 0;
  kept = better(kept, sampleOf(serverAt, sentAt, receivedAt, coarseMs));
  if (Math.abs(kept.offset - before) > 250) now.value = read();
}

let timer: ReturnType<typeof setTimeout> | undefined;

function tick(): void {
  now.value = read();
  timer = setTimeout(tick, 1000 - (Math.floor(now.peek()) % 1000) + 5);
}

/** Starts ticking; a page that comes back from the background catches up at once. */
export function startClock(): void {
  clearTimeout(timer);
  tick();
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") tick();
    else timer = setTimeout(tick, 1000);
  });
}
