/** Which accounts leads get: asked of the server for a page, anew when the question changes or somebody asks once more. */
import { useSignal, type Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { MatchAnswer } from "../../schema/wire/match.ts";
import type { Matched } from "../logic/matched.ts";
import type { Asked } from "../logic/pasted.ts";
import { announce } from "../ui/announcer.tsx";
import { asApiError, call, type ApiError } from "./http.ts";

/** Each call is quick, and the reader sees it move. */
const AT_ONCE = 200;

export interface Matches {
  /** In the order of the leads, as far as they are compared. */
  results: Signal<readonly Matched[]>;
  /** Null until the first are compared. */
  thresholds: Signal<MatchAnswer["thresholds"] | null>;
  error: Signal<ApiError | null>;
  retry: () => void;
}

/** `question` is another whenever the leads are; `told` is what a screen reader hears of the answer. */
export function useMatches(
  leads: readonly Asked[],
  question: unknown,
  told: (results: readonly Matched[]) => string,
): Matches {
  const results = useSignal<readonly Matched[]>([]);
  const thresholds = useSignal<MatchAnswer["thresholds"] | null>(null);
  const error = useSignal<ApiError | null>(null);
  const again = useSignal(0);
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    results.value = [];
    thresholds.value = error.value = null;
    const compare = async () => {
      for (let from = 0; from < leads.length; from += AT_ONCE) {
        const body = { leads: leads.slice(from, from + AT_ONCE) };
        const found = await call<MatchAnswer>("/v1/match", { method: "POST", body, signal });
        if (signal.aborted) return;
        thresholds.value = found.thresholds;
        results.value = [...results.value, ...found.results];
      }
      if (leads.length > 0) announce(told(results.value));
    };
    compare().catch((failure: unknown) => {
      if (!signal.aborted) error.value = asApiError(failure);
    });
    return () => leaving.abort();
  }, [question, again.value]);
  return { results, thresholds, error, retry: () => again.value++ };
}
