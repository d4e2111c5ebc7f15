/** Who asked is taken to the answer where a long form, or the bar at the top, hides it. */
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

/** Whenever another question is asked, and again once its answer stands there; null asks nothing. */
export function useIntoView(
  place: RefObject<HTMLElement | null>,
  question: unknown,
  isAnswered: boolean,
): void {
  useEffect(() => {
    if (question === null) return;
    const element = place.current;
    if (!element) return;
    const { top } = element.getBoundingClientRect();
    // The bar at the top stays, and covers as much as is kept free above the place.
    const covered = parseFloat(getComputedStyle(element).scrollMarginTop) || 0;
    if (top < covered || top > innerHeight / 2) element.scrollIntoView();
  }, [question, isAnswered]);
}
