/**
 * The policy being edited. It outlives the page it is edited on, so that a dry run, the waterfall or an old version can
 * be looked at in between; it ends with the tab, and the browser asks before that.
 */
import { computed, effect, signal } from "@preact/signals";
import { parsePolicy, printPolicy, type Policy } from "../logic/policy.ts";
import { asApiError, call, type ApiError } from "./http.ts";

const text = signal<string | null>(null);
const base = signal("");
/** The version that the text began as; a publication names it, so that nobody's version is overwritten unseen. */
const version = signal<number | null>(null);
const error = signal<ApiError | null>(null);
const dirty = computed(() => text.value !== null && text.value !== base.value);

export const draft = {
  text,
  version,
  error,
  dirty,
  /** The document as data; null while the text is no JSON object. */
  document: computed<Policy | null>(() => (text.value === null ? null : parsePolicy(text.value))),
  /** As it was read, for comparing. */
  base,
  load,
  loadOnce: () => (text.peek() === null ? load() : Promise.resolve()),
  /** Goes on from a version that somebody else published, with the text as it is. */
  rebase: (onto: number) => (version.value = onto),
  published,
  change,
};

effect(() => {
  if (!dirty.value) return undefined;
  const ask = (event: BeforeUnloadEvent) => event.preventDefault();
  addEventListener("beforeunload", ask);
  return () => removeEventListener("beforeunload", ask);
});

async function fetchPolicy(): Promise<{ printed: string; found: number | null }> {
  let found: number | null = null;
  const document = await call<unknown>("/v1/config", {
    onHeaders: (headers) => (found = Number(headers.get("x-config-version")) || null),
  });
  return { printed: printPolicy(document), found };
}

/** The version in force, in place of whatever was being written. */
async function load(): Promise<void> {
  try {
    const { printed, found } = await fetchPolicy();
    text.value = base.value = printed;
    version.value = found;
    error.value = null;
  } catch (failure) {
    error.value = asApiError(failure);
  }
}

function published(as: number, what: string): void {
  version.value = as;
  base.value = what;
}

/** A change made in a form: the document is changed as data and written anew. */
function change(edit: (document: Policy) => void): void {
  const document = parsePolicy(text.peek() ?? "");
  if (!document) return;
  edit(document);
  text.value = printPolicy(document);
}
