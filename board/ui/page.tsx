/** The frame of a page: title in the tab, one heading that gets the focus when the page changes. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { place } from "../router.ts";

interface Props {
  title: string;
  /** In the heading's place, where the page's hero is more than its title. */
  lead?: ComponentChildren;
  aside?: ComponentChildren;
  children: ComponentChildren;
}

export function Page({ title, aside, lead, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Leadclock`;
  }, [title]);
  useEffect(() => {
    // Not on the first page: a fresh load starts at the top, as everywhere.
    if (place.peek().visit > 0) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <>
      <header class="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead}
        {aside && <div class="page-aside">{aside}</div>}
      </header>
      {children}
    </>
  );
}
