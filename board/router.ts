/** Client-side routes under /board: one signal for where we are, links intercepted, focus moved on a change. */
import { signal } from "@preact/signals";

export interface Place {
  path: string;
  query: URLSearchParams;
  /** As a query, behind the #: never sent anywhere. */
  own: URLSearchParams;
  /** Counts navigations that change the page, so that focus moves then and only then. */
  visit: number;
}

const read = (visit: number): Place => ({
  path: location.pathname.replace(/\/+$/, "") || "/board",
  query: new URLSearchParams(location.search),
  own: new URLSearchParams(location.hash.slice(1)),
  visit,
});

export const place = signal<Place>(read(0));

function arrive(): void {
  const before = place.peek();
  const next = read(before.visit);
  if (next.path !== before.path) next.visit++;
  place.value = next;
  if (next.path !== before.path) scrollTo(0, 0);
}

export function go(to: string, how: "push" | "replace" = "push"): void {
  if (how === "push") history.pushState(null, "", to);
  else history.replaceState(null, "", to);
  arrive();
}

/** Filters live in the address, so that a view can be sent to a colleague. */
export { withOwn, withQuery } from "./logic/query.ts";

export function startRouter(): void {
  addEventListener("popstate", arrive);
  addEventListener("click", (event) => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    ) {
      return;
    }
    const link = (event.target as Element | null)?.closest?.("a[href]");
    if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute("download")) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || !/^\/board(\/|$)/.test(url.pathname)) return;
    const isAnchor = url.hash !== "" && !url.hash.includes("=");
    if (isAnchor && url.pathname === location.pathname && url.search === location.search) return;
    event.preventDefault();
    go(url.pathname + url.search + url.hash);
  });
}
