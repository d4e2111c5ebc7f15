/** A thing fetched for a page: value, failure and loading, dropped when the page asks for another. */
import { signal, type Signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { asApiError, call, type ApiError } from "./http.ts";

export interface Resource<T> {
  value: Signal<T | null>;
  error: Signal<ApiError | null>;
  loading: Signal<boolean>;
  reload: () => Promise<void>;
}

/** Fetches `path` and again whenever it changes; null fetches nothing. A value stays on show while it reloads. */
export function useResource<T>(path: string | null): Resource<T> {
  const resource = useMemo(() => makeResource<T>(), []);
  useEffect(() => {
    resource.show(path);
    return resource.cancel;
  }, [path]);
  return resource;
}

function makeResource<T>() {
  const value = signal<T | null>(null);
  const error = signal<ApiError | null>(null);
  const loading = signal(true);
  let current: string | null = null;
  let controller: AbortController | null = null;

  async function reload(): Promise<void> {
    if (current === null) return;
    controller?.abort();
    const mine = (controller = new AbortController());
    loading.value = true;
    try {
      const answer = await call<T>(current, { signal: mine.signal });
      if (mine.signal.aborted) return;
      value.value = answer;
      error.value = null;
    } catch (failure) {
      if (mine.signal.aborted) return;
      error.value = asApiError(failure);
    }
    loading.value = false;
  }

  function show(path: string | null): void {
    if (path !== current) value.value = error.value = null;
    current = path;
    if (path === null) loading.value = false;
    else void reload();
  }

  return { value, error, loading, reload, show, cancel: () => controller?.abort() };
}
