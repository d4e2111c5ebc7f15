/** Accounts found by what is typed, once the typing pauses. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type * as z from "zod";
import type { accountList } from "../../schema/wire/crm.ts";
import { useResource } from "./resource.ts";

export type AccountList = z.infer<typeof accountList>;
export type FoundAccount = AccountList["accounts"][number];

const PAUSE_MS = 250;
/** The server asks for as many. */
const LEAST = 2;

/** Of an e-mail address only the domain: it tells the company, and addresses of requests end up in logs. */
const withoutPerson = (text: string): string => text.slice(text.lastIndexOf("@") + 1);

/** `asked` is what is searched for now; `searching` says whether that is enough to search. */
export function useAccountSearch(first = "") {
  const typed = useSignal(first);
  const asked = useSignal(first.trim());
  useEffect(() => {
    const timer = setTimeout(() => (asked.value = typed.value.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed.value]);
  const sent = withoutPerson(asked.value);
  const searching = sent.length >= LEAST;
  const found = useResource<AccountList>(searching ? `/v1/accounts?q=${encodeURIComponent(sent)}` : null);
  return { typed, asked, searching, found };
}
