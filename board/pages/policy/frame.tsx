/** What the policy's pages share: the way from one to the other. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { draft } from "../../api/draft.ts";
import { place } from "../../router.ts";
import { Page } from "../../ui/page.tsx";

const TABS: readonly (readonly [path: string, label: string])[] = [
  ["/board/config", "Waterfall"],
  ["/board/config/coverage", "Coverage"],
  ["/board/config/edit", "Edit"],
  ["/board/config/try", "Dry run"],
  ["/board/config/backtest", "Back-test"],
  ["/board/config/versions", "Versions"],
];

interface Props {
  title: string;
  aside?: ComponentChildren;
  children: ComponentChildren;
}

export function PolicyPage({ title, aside, children }: Props) {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a telephone the row of tabs is wider than the screen.
    nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, []);
  return (
    <Page title={title} aside={aside}>
      <nav class="tabs" aria-label="Policy" ref={nav}>
        <ul>
          {TABS.map(([path, label]) => (
            <li key={path}>
              <a href={path} aria-current={place.value.path === path ? "page" : undefined}>
                {label}
                {path.endsWith("/edit") && draft.dirty.value && (
                  <>
                    <span class="tab-mark" aria-hidden="true" />
                    <span class="unseen"> (changes not published)</span>
                  </>
                )}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </Page>
  );
}
