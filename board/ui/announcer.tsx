/** The live region: what a screen reader should hear without moving. Never each second. */
import { signal } from "@preact/signals";

const words = signal("");
let clear: ReturnType<typeof setTimeout> | undefined;

export function announce(text: string): void {
  clearTimeout(clear);
  words.value = "";
  // The same words twice are only heard when the region was empty in between.
  setTimeout(() => (words.value = text), 50);
  clear = setTimeout(() => (words.value = ""), 8000);
}

export const Announcer = () => (
  <div class="unseen" role="status" aria-live="polite" data-testid="announcer">
    {words}
  </div>
);
