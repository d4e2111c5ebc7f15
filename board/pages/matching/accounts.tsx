/** Accounts found by name, domain or id: the way to what an account is known by, and to what it has learned. */
import { useSignalEffect } from "@preact/signals";
import { useAccountSearch, type FoundAccount } from "../../api/accountSearch.ts";
import { plural } from "../../logic/words.ts";
import { go, place, withOwn } from "../../router.ts";
import { Field } from "../../ui/field.tsx";
import { Empty, Failure, Loading } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { accountPath, ACCOUNTS, Tabs } from "./tabs.tsx";

export function AccountsPage() {
  const { typed, asked, searching, found } = useAccountSearch(place.peek().own.get("q") ?? "");
  // The search stands in the address, behind its # as it may be somebody's e-mail: back from an account leads to what was found.
  useSignalEffect(() => {
    const q = asked.value;
    if (place.peek().path === ACCOUNTS) go(withOwn(ACCOUNTS, { q }), "replace");
  });
  const accounts = found.value.value?.accounts ?? null;
  return (
    <Page title="Accounts" aside={<Tabs here={ACCOUNTS} />}>
      <search class="account-search">
        <Field label="Find an account" help="By name, domain, e-mail or id; misspelt is fine.">
          <input
            type="search"
            autocomplete="off"
            maxLength={200}
            defaultValue={typed.peek()}
            onInput={(event) => (typed.value = event.currentTarget.value)}
          />
        </Field>
      </search>
      {!searching && (
        <Empty title="Which account?">
          <p>Type two characters or more: the accounts that are called so appear here.</p>
          <p>Each shows the domains and names it is found by, and what corrections taught it.</p>
        </Empty>
      )}
      {found.error.value && (
        <Failure
          error={found.error.value}
          what="The accounts weren’t searched."
          retry={() => void found.reload()}
        />
      )}
      {searching && accounts === null && !found.error.value && <Loading what="accounts" />}
      {searching && accounts !== null && <Found accounts={accounts} asked={asked.value} />}
    </Page>
  );
}

function Found({ accounts, asked }: { accounts: readonly FoundAccount[]; asked: string }) {
  if (accounts.length === 0)
    return (
      <Empty title="No account is called so">
        <p>None has “{asked}” as its name, domain or id, nor anything near it.</p>
      </Empty>
    );
  return (
    <>
      <p class="unseen" role="status">
        {plural(accounts.length, "account")} found.
      </p>
      <ul class="accounts">
        {accounts.map(({ id, name, domain, city, country }) => (
          <li key={id} class="account">
            <a class="row-link" href={accountPath(id)} data-row>
              {name}
            </a>
            <span>{domain ?? <span class="faint">no domain</span>}</span>
            <span class="faint">{[city, country].filter(Boolean).join(", ")}</span>
            <span class="faint account-id">{id}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
