/** One action under way: busy, failed or done. A conflict fetches again and says that somebody else was faster. */
import { useSignal, type Signal } from "@preact/signals";
import { asApiError, type ApiError } from "../api/http.ts";

export interface Action {
  busy: Signal<boolean>;
  error: Signal<ApiError | null>;
  /** Runs it unless one is under way; true where it went well. */
  run: (work: () => Promise<unknown>) => Promise<boolean>;
}

export function useAction(onConflict?: () => void): Action {
  const busy = useSignal(false);
  const error = useSignal<ApiError | null>(null);
  async function run(work: () => Promise<unknown>): Promise<boolean> {
    if (busy.peek()) return false;
    busy.value = true;
    error.value = null;
    try {
      await work();
      return true;
    } catch (failure) {
      error.value = asApiError(failure);
      if (error.value.kind === "conflict") onConflict?.();
      return false;
    } finally {
      busy.value = false;
    }
  }
  return { busy, error, run };
}

/** What a form's controls hold, trimmed, empty ones left out. */
export function formValues(form: HTMLFormElement): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value.trim() !== "") values[name] = value.trim();
  }
  return values;
}

/** Makes a retry the same action. `randomUUID` exists only in secure contexts; the board may be read over plain HTTP at home. */
export function freshId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
