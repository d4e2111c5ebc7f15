/** Everything under /board/config, fetched when it is first opened. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Loading, Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import type { PAGES } from "./policy/pages.ts";
import { NotFound } from "./strays.tsx";

type Pages = typeof PAGES;

/** Kept from then on: going from one of its pages to another shows no gap. */
let known: Pages | null = null;

export function PolicyArea({ path }: { path: string }) {
  const pages = useSignal<Pages | null>(known);
  const failed = useSignal(false);
  const load = async () => {
    failed.value = false;
    try {
      const found = await import("./policy/pages.ts");
      pages.value = known = found.PAGES;
    } catch {
      failed.value = true;
    }
  };
  useEffect(() => {
    if (!known) void load();
  }, []);
  if (pages.value) {
    const Found = pages.value[path];
    return Found ? <Found /> : <NotFound />;
  }
  return (
    <Page title="Policy">
      {failed.value ? (
        <Notice tone="strong">
          <p>This page didn’t load. Perhaps Leadclock was updated meanwhile: load it again.</p>
          <button type="button" class="button" onClick={() => void load()}>
            Try again
          </button>
        </Notice>
      ) : (
        <Loading what="the policy" />
      )}
    </Page>
  );
}
