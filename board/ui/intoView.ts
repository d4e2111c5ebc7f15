/** On a telephone a form fills the screen: who asked is taken to the answer. */
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

/** Whenever another question is asked, and again once its answer stands there; null asks nothing. */
export function useIntoView(place: RefObject<HTMLElement | null>, question: unknown, isAnswered: boolean): void {
  useEffect(() => {
    if (question === null) return;
    const top = place.current?.getBoundingClientRect().top ?? 0;
    if (top < 0 || top > innerHeight / 2) place.current?.scrollIntoView();
  }, [question, isAnswered]);
}
